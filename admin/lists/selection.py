"""«Отбор наставников»: candidates with what they lack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta

from actions.selection import Standing
from actions.work import Work
from admin.filters import OneOf, Words
from admin.listing import Made, Source
from admin.tables import Column, Many, Table
from program.forms import FORMS
from program.roles import Category
from program.selection import SOON
from program.text import Text

STATES = ("new", "ready", "gaps", "expired", "soon", "admitted", "shortlist")


def built(
    work: Work, standings: Iterable[Standing], busy: Collection[int]
) -> tuple[Table[Standing], Source[Standing]]:
    """Args:
    busy: places that are in a pair at work.
    """
    forms = [(slug, work.settings.form_name(slug)) for slug in work.settings.forms if slug in FORMS]
    kinds = [(one.value, Text(f"admin-category-{one}")) for one in Category]

    def stands(one: Standing) -> Many:
        at_work = [Text("selection-at-work")] if one.place.id in busy else []
        return Many([Text(f"selection-{_stands(one)}"), *at_work])

    columns: list[Column[Standing]] = [
        Column("name", "selection-who", lambda one: one.place.person.plain, _name),
        Column("where", "admin-people-class", cell=_where, hidden=True),
        Column(
            "form",
            "selection-form",
            lambda one: one.place.form,
            lambda one: work.settings.form_name(one.place.form),
        ),
        Column("stands", "selection-stands", lambda one: (_stands(one), one.place.id in busy), stands),
        Column("lacks", "selection-lacks", lambda one: len(one.gaps), _lacks),
        Column("phone", "admin-people-phone", cell=lambda one: one.place.person.phone, hidden=True),
        Column("list", "selection-list", lambda one: not one.shortlisted, _listed),
    ]
    rules = _rules(work.today)
    table = Table(
        "selection",
        "selection-title",
        columns,
        [
            Words("q", "admin-people-words", fits=Words.of(lambda one: one.place.person.plain)),
            OneOf(
                "state",
                "selection-filter-state",
                fits=lambda one, state: rules[state](one),
                options=[(one, Text(f"selection-state-{one}")) for one in STATES],
            ),
            OneOf(
                "form", "selection-filter-form", fits=lambda one, slug: one.place.form == slug, options=forms
            ),
            OneOf(
                "category",
                "selection-filter-category",
                fits=lambda one, kind: one.place.person.category == kind,
                options=kinds,
            ),
        ],
        usual="name",
    )
    return table, Made(list(standings))


def _rules(today: date) -> dict[str, Callable[[Standing], bool]]:
    return {
        "new": lambda one: not one.place.admitted,
        "ready": lambda one: not one.place.admitted and not one.gaps,
        "gaps": lambda one: bool(one.gaps),
        "expired": lambda one: any(gap.until for gap in one.gaps),
        "soon": lambda one: any(
            have.until and today <= have.until <= today + timedelta(days=SOON) for have in one.held.values()
        ),
        "admitted": lambda one: one.place.admitted,
        "shortlist": lambda one: one.shortlisted,
    }


def _stands(one: Standing) -> str:
    if one.barred:
        return "barred"
    return "admitted" if one.place.admitted else "not-admitted"


def _lacks(one: Standing) -> Many:
    return Many([gap.text for gap in one.gaps] or [Text("selection-everything")])


def _listed(one: Standing) -> Text | None:
    return Text("selection-is-there") if one.shortlisted else None


def _name(one: Standing) -> str:
    return one.place.person.full_name or one.place.person.first_name


def _where(one: Standing) -> str:
    who = one.place.person
    return who.class_name or who.position or who.workplace

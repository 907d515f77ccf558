"""«Участники»: everybody with a name; narrowed, sorted, downloaded, and ticked for what is done to many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import ColumnElement, Select, case, func, not_, select

from actions import consent_filter, consents
from actions.accounts import Staff
from actions.bulk_verbs import VERBS
from actions.work import Work
from admin.access import may
from admin.filters import Days, Filter, OneOf, Words
from admin.listing import Source, Stored, download, view
from admin.show import page, version
from admin.tables import Column, Many, Table
from admin.visit import Reading, Signed
from program.consents import REQUIRED, ConsentState
from program.forms import FORMS
from program.roles import PersonState, Side, StaffRole
from program.settings import SchoolSettings
from program.states import ParticipationStatus
from program.text import Text, raw
from storage import lists
from storage.overview import KEPT
from storage.tables import Address, Participation, Person

router = APIRouter()

STATES = (PersonState.INVITED, PersonState.ACTIVE, PersonState.FROZEN, "guardian", "admission", "unreachable")
CONSENTS = {"given": "admin-consent-state-given", "missing": "admin-people-consent-missing"}


@dataclass(frozen=True)
class Row:
    """One person of the list. `consent`: of those that taking part needs, the one furthest from given."""

    person: Person
    consent: ConsentState
    places: list[Text]


@router.get("/people", name="people")
async def people(request: Request, staff: Signed, work: Reading) -> Response:
    table, source = await built(work, staff)
    shown = await view(request, staff, work, table, source)
    return page(
        request,
        "people/people.html",
        work,
        section="people",
        view=shown,
        year=work.settings.year,
        class_name=shown.asked.given.get("class_name", ""),
        verbs=[verb for verb in VERBS.values() if may(staff.role, verb.right)],
        script=version("tables.js"),
    )


# A POST: taking a list of names out of the house is written into the journal.
@router.post("/people/file", name="people-file")
async def people_file(request: Request, staff: Signed) -> Response:
    return await download(request, staff, lambda work: built(work, staff))


async def built(work: Work, staff: Staff) -> tuple[Table[Row], Source[Row]]:
    """The table of everybody whom this user may see; a class teacher never sees past the own class."""

    async def load(ids: list[int]) -> list[Row]:
        return await rows(work, ids)

    return await table_of(work, staff), Stored(work, everybody(work, staff), load)


def everybody(work: Work, staff: Staff) -> Select[int]:
    base = select(Person.id).where(Person.school_id == work.school.id, Person.state.in_(KEPT))
    return base.where(Person.class_name == staff.class_name) if _own_class(staff) else base


async def table_of(work: Work, staff: Staff) -> Table[Row]:
    given = await consent_filter.given(work)
    # 2А before 10Б; those without a class come last, by what they do.
    by_class = (Person.class_name == "", func.length(Person.class_name), Person.class_name, Person.position)
    columns: list[Column[Row]] = [
        Column("name", "admin-people-name", [Person.plain], _name),
        Column("class", "admin-people-class", [*by_class, Person.plain], _class),
        Column("places", "admin-people-places", [_stage(work), Person.plain], lambda row: Many(row.places)),
        Column("consent", "admin-people-consent", [case((given, 1), else_=0), Person.plain], _consent),
        Column("channel", "admin-people-channel", [_newest(), Person.plain], _channels),
        Column("since", "admin-people-since", [Person.created_at], lambda row: row.person.created_at),
        Column("phone", "admin-people-phone", cell=lambda row: row.person.phone, hidden=True),
    ]
    own = _own_class(staff)
    return Table(
        "people",
        "admin-nav-people",
        columns,
        [one for one in await _filters(work, given) if one.key != "class_name" or not own],
        usual="name",
        together=_together(work.settings.year),
        kept_said=[Text("table-own-class", {"name": staff.class_name})] if own else [],
    )


async def _filters(work: Work, given: ColumnElement[bool]) -> list[Filter]:
    forms = [(slug, work.settings.form_name(slug)) for slug in work.settings.forms if slug in FORMS]
    classes = [(name, raw(name)) for name in await lists.classes(work.session, work.school.id)]
    stages = [(one.value, Text(f"admin-place-{one}")) for one in ParticipationStatus]
    states = [(str(one), Text(f"admin-state-{one}")) for one in STATES]
    sides = [(one.value, Text(f"admin-side-{one}")) for one in Side]
    spoken = [(code, Text(text)) for code, text in CONSENTS.items()]
    return [
        Words("q", "admin-people-words"),
        OneOf("side", "admin-people-side", options=sides),
        OneOf("class_name", "admin-people-class-name", options=classes),
        OneOf("form", "admin-people-form", options=forms, more=True),
        OneOf("status", "admin-people-status", options=stages, more=True),
        OneOf(
            "consent",
            "admin-people-consent",
            lambda code: given if code == "given" else not_(given),
            options=spoken,
            more=True,
        ),
        OneOf("state", "admin-people-state", options=states, more=True),
        Days("since", "admin-people-since", Days.of_column(Person.created_at), zone=work.zone, more=True),
    ]


def _together(year: str) -> Callable[[Mapping[str, str]], list[ColumnElement[bool]]]:
    def conditions(given: Mapping[str, str]) -> list[ColumnElement[bool]]:
        by = lists.Narrowed(
            words=given.get("q", ""),
            **{name: given.get(name, "") for name in ("side", "form", "class_name", "status", "state")},
        )
        return lists.conditions(year, by)

    return conditions


async def rows(work: Work, ids: Iterable[int]) -> list[Row]:
    """These people in this order, with their consents and places of this year."""
    found = await lists.with_places(work.session, work.school.id, ids)
    known = await agreed(work, found)
    return [Row(person, known[person.id], places(person, work.settings)) for person in found]


async def agreed(work: Work, people: list[Person]) -> dict[int, ConsentState]:
    """Of the consents that taking part needs, the one that is furthest from given."""
    states = await consents.states(work, people, REQUIRED)
    worst = list(ConsentState)
    worst.remove(ConsentState.GIVEN)
    return {
        key: next((state for state in worst if state in of.values()), ConsentState.GIVEN)
        for key, of in states.items()
    }


def places(person: Person, settings: SchoolSettings) -> list[Text]:
    """«наставник, ученик – ученик: в паре» for every place of this year."""
    return [
        Text(
            "admin-place",
            {
                "side": Text(f"admin-side-{place.side}"),
                "form": settings.form_name(place.form),
                "status": Text(f"admin-place-{place.status}"),
            },
        )
        for place in person.participations
        if place.year == settings.year
    ]


def _stage(work: Work) -> ColumnElement[int | None]:
    """The farthest of this year's places, for sorting."""
    order = case(
        {one.value: number for number, one in enumerate(ParticipationStatus)}, value=Participation.status
    )
    of_year = (Participation.person_id == Person.id, Participation.year == work.settings.year)
    return func.coalesce(select(func.max(order)).where(*of_year).correlate(Person).scalar_subquery(), -1)


def _newest() -> ColumnElement[str]:
    """The channel where the person was heard, for sorting: without one first, then those that are lost."""
    lost = case((Address.unreachable_since.is_(None), "b:"), else_="a:")
    of = select(func.max(lost + Address.channel)).where(Address.person_id == Person.id)
    return func.coalesce(of.correlate(Person).scalar_subquery(), "")


def _name(row: Row) -> str:
    return row.person.full_name or row.person.first_name


def _class(row: Row) -> str:
    return row.person.class_name or row.person.position


def _consent(row: Row) -> Text | None:
    asked = row.person.participations or row.consent is not ConsentState.NOT_REQUESTED
    return Text(f"admin-consent-state-{row.consent}") if asked else None


def _channels(row: Row) -> Many:
    return Many(
        [
            Text("table-channel-lost", {"channel": Text(f"admin-channel-{one.channel}")})
            if one.unreachable_since
            else Text(f"admin-channel-{one.channel}")
            for one in row.person.addresses
        ]
    )


def _own_class(staff: Staff) -> bool:
    return staff.role is StaffRole.CLASS_TEACHER

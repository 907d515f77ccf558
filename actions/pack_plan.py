"""What the pack of a school will consist of: every paper by its folder and name, and what cannot be in it, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from actions import award_facts, awards_reading, pack_changes, paper_values
from actions.reports import ENDINGS, REPORTS
from actions.reports.asked import Asked, asked
from actions.template_finish import MOST
from actions.work import Work
from locales import Texts
from program.gatherings import GatheringState
from program.names import class_order, folded
from program.packs import XLSX, Names, Part, Wanted, safe
from program.report_settings import ReportSettings
from program.roles import Category, Side
from program.templates import AWARDS, BY_CODE
from program.text import Arg, Text, raw
from storage import awards as candidates_of
from storage import gatherings, plans, school_papers
from storage import own_templates as issued
from storage import pairs as pair_rows
from storage.tables import Pair

say = Texts()
CONTENTS = {"make": "contents"}
# Of whom each paper to be signed is made.
PUPILS = ("application", "consent-data", "consent-child", "consent-publication")
ADULTS = ("application", "consent-data", "consent-publication")
EMPLOYEES, MENTORS = "consent-employee", "nondisclosure"


@dataclass
class Thing:
    """What is made at once, in one form or several.

    Args:
        task: what `actions.pack_making` makes of it. stem: the file's name. about: whom, in names.
        why: it cannot be in the pack, for this reason.
    """

    part: Part | None
    task: dict[str, Any]
    stem: str
    title: str
    endings: tuple[str, ...]
    about: str = ""
    personal: bool = True
    why: str = ""
    names: list[str] = field(default_factory=list)


async def planned(work: Work, wanted: Wanted) -> list[Thing]:
    """In the order of the archive; the table of contents comes first and is made last."""
    of = asked(work, wanted.year, wanted.part, wanted.on)
    makers = {
        Part.ORDERS: _orders, Part.RULES: _rules, Part.CONSENTS: _consents, Part.AGREEMENTS: _agreements,
        Part.PLANS: _plans, Part.DIARIES: _diaries, Part.PROTOCOLS: _protocols, Part.AWARDS: _awards,
        Part.REPORTS: _reports, Part.OWN: _own,
    }  # fmt: skip
    found = [Thing(None, CONTENTS, _t("contents-file"), _t("contents"), (XLSX,))]
    for part in wanted.parts:
        found += await makers[part](work, wanted, of)
    names = Names()
    for one in found:
        if one.why:
            one.endings, one.names = ("",), [""]
        else:
            one.names = names.free(folder_of(one.part) if one.part else "", one.stem, one.endings)
    return found


def folder_of(part: Part) -> str:
    """«03 Заявления и согласия»."""
    return f"{list(Part).index(part) + 1:02} {say(Text(f'pack-part-{part}'))}"


async def _orders(work: Work, wanted: Wanted, of: Asked) -> list[Thing]:
    found = [_paper(Part.ORDERS, code, wanted) for code in ("order-launch", "order-pairs", "order-reward")]
    changed = [
        _of_pair(Part.ORDERS, wanted, "order-change", one, change)
        for one, change in pack_changes.changes(work, await _pairs(work, wanted), of)
    ]
    return [
        *found,
        *(changed or [Thing(Part.ORDERS, {}, "", _title("order-change"), ("",), why=_t("why-change"))]),
    ]


async def _rules(work: Work, wanted: Wanted, of: Asked) -> list[Thing]:
    return [_paper(Part.RULES, code, wanted) for code in ("regulation", "programme", "roadmap")]


async def _consents(work: Work, wanted: Wanted, of: Asked) -> list[Thing]:
    """By class, then other adults: one file of each paper for all of them, a copy on its own page."""
    everybody = await candidates_of.of_year(work.session, work.school.id, wanted.year)
    known = {one.person_id: one for one in everybody}
    mentors = {one.person_id for one in everybody if one.side == Side.MENTOR}
    groups: dict[str, list[int]] = {}
    for one in sorted(known.values(), key=lambda one: (folded(one.name), one.person_id)):
        pupil = one.category == Category.PUPIL
        groups.setdefault(one.class_name or ("" if pupil else "-"), []).append(one.person_id)
    found: list[Thing] = []
    for name, people in sorted(groups.items(), key=lambda one: (not one[0].strip("-"), class_order(one[0]))):
        pupils = name != "-"
        label = _t("adults") if not pupils else _t("class", name=raw(name)) if name else _t("no-class")
        teachers = [key for key in people if known[key].category == Category.TEACHER]
        lead = [key for key in people if key in mentors]
        for code, chosen in (
            *((code, people) for code in (PUPILS if pupils else ADULTS)), (EMPLOYEES, teachers), (MENTORS, lead),
        ):  # fmt: skip
            found += _signed_by(wanted, code, label, chosen)
    empty = Thing(
        Part.CONSENTS, {"make": "people", "code": "withdrawal", "people": []},
        _t("blank", title=raw(_title("withdrawal"))), _title("withdrawal"), wanted.forms, personal=False,
    )  # fmt: skip
    if not everybody:
        found.append(Thing(Part.CONSENTS, {}, "", _t("consents"), ("",), why=_t("why-nobody")))
    return [*found, empty]


def _signed_by(wanted: Wanted, code: str, label: str, people: Sequence[int]) -> Iterator[Thing]:
    """One file for so many copies as a document holds."""
    for number, start in enumerate(range(0, len(people), MOST), 1):
        chosen = list(people[start : start + MOST])
        more = f", {_t('piece', n=number)}" if len(people) > MOST else ""
        yield Thing(
            Part.CONSENTS, {"make": "people", "code": code, "people": chosen}, f"{label}. {_title(code)}{more}",
            _title(code), wanted.forms, about=f"{label}, {_t('copies', n=len(chosen))}",
        )  # fmt: skip


async def _agreements(work: Work, wanted: Wanted, of: Asked) -> list[Thing]:
    return [
        _of_pair(Part.AGREEMENTS, wanted, "agreement", one) for one in await _pairs(work, wanted)
    ] or _no_pairs(Part.AGREEMENTS)


async def _plans(work: Work, wanted: Wanted, of: Asked) -> list[Thing]:
    found = await _pairs(work, wanted)
    written = await plans.of_pairs(work.session, work.school.id, [one.id for one in found])
    made = []
    for one in found:
        thing = _of_pair(Part.PLANS, wanted, "plan", one)
        if one.id not in written:
            thing.why = _t("why-no-plan")
        made.append(thing)
    return made or _no_pairs(Part.PLANS)


async def _diaries(work: Work, wanted: Wanted, of: Asked) -> list[Thing]:
    found = await _pairs(work, wanted)
    written = await plans.of_pairs(work.session, work.school.id, [one.id for one in found])
    made = []
    for one in found:
        made.append(_of_pair(Part.DIARIES, wanted, "diary", one))
        if one.id in written:
            made.append(_of_pair(Part.DIARIES, wanted, "mentor-report", one))
    return made or _no_pairs(Part.DIARIES)


async def _protocols(work: Work, wanted: Wanted, of: Asked) -> list[Thing]:
    made = []
    for one in sorted(
        await gatherings.of_year(work.session, work.school.id, wanted.year), key=lambda one: (one.starts_at, one.id)
    ):  # fmt: skip
        day = one.starts_at.astimezone(work.zone).date()
        if one.state == GatheringState.CANCELLED or not of.first <= one.starts_at < of.until:
            continue
        what = say(Text(f"meeting-kind-{one.kind}"))
        made.append(
            Thing(
                Part.PROTOCOLS, {"make": "gathering", "gathering": one.id}, f"{_title('protocol')}, {what}, {day}",
                _title("protocol"), wanted.forms, about=f"{what}, {paper_values.day(day)}",
            )
        )  # fmt: skip
    if made:
        return made
    return [Thing(Part.PROTOCOLS, {}, "", _title("protocol"), ("",), why=_t("why-no-gathering"))]


async def _awards(work: Work, wanted: Wanted, of: Asked) -> list[Thing]:
    made = []
    for code in AWARDS:
        given = await issued.given_out(
            work.session, work.school.id, [code], of.first.date(), (of.until - timedelta(days=1)).date()
        )
        found = [one for one in await awards_reading.with_people(work, given) if one.person or one.partner]
        for number, start in enumerate(range(0, len(found), MOST), 1):
            some = [one.paper.id for one in found[start : start + MOST]]
            more = f", {_t('piece', n=number)}" if len(found) > MOST else ""
            made.append(
                Thing(
                    Part.AWARDS, {"make": "awards", "code": code, "papers": some}, f"{_title(code)}{more}", _title(code),
                    wanted.forms, about=_t("copies", n=len(some)),
                )
            )  # fmt: skip
        if not found:
            made.append(Thing(Part.AWARDS, {}, "", _title(code), ("",), why=_t("why-no-award")))
    return made


async def _reports(work: Work, wanted: Wanted, of: Asked) -> list[Thing]:
    own = ReportSettings.read(work.settings.reports)
    made = []
    for number, one in enumerate(REPORTS, 1):
        title = own.title(one.name, one.title)
        endings = (XLSX, *(form for form in ENDINGS if one.paper and form in wanted.forms))
        task = {"make": "report", "name": one.name}
        made.append(Thing(Part.REPORTS, task, f"{number:02} {title}", title, endings, personal=one.personal))
    head = say(Text("head-title"))
    stem = f"{len(REPORTS) + 1:02} {head}"
    return [*made, Thing(Part.REPORTS, {"make": "head"}, stem, head, wanted.forms, personal=False)]


async def _own(work: Work, wanted: Wanted, of: Asked) -> list[Thing]:
    """The newest version of each, as it was uploaded."""
    made = []
    for one in await school_papers.of_school(work.session, work.school.id):
        newest = one.versions[0] if one.versions else None
        if newest is None:
            continue
        stem, _, ending = newest.file.name.rpartition(".")
        made.append(
            Thing(
                Part.OWN, {"make": "stored", "file": newest.file_id}, one.title, one.title,
                (safe(ending).lower() if stem else "",), about=newest.signed_number, personal=not one.public,
            )
        )  # fmt: skip
    return made or [Thing(Part.OWN, {}, "", _t("part-own"), ("",), why=_t("why-no-own"))]


def _paper(part: Part, code: str, wanted: Wanted) -> Thing:
    task = {"make": "template", "code": code}
    return Thing(part, task, _title(code), _title(code), wanted.forms, personal=BY_CODE[code].personal)


async def _pairs(work: Work, wanted: Wanted) -> list[Pair]:
    """Those of the year that have worked, in the order of their numbers."""
    found = await pair_rows.board(work.session, work.school.id, wanted.year, None, award_facts.WORKED)
    return sorted(found, key=lambda one: one.id)


def _of_pair(
    part: Part, wanted: Wanted, code: str, pair: Pair, more: Mapping[str, Any] = MappingProxyType({})
) -> Thing:
    """A file's name never says who is in a pair; the table of contents does. `more`: of the task."""
    number = _t("group" if pair.is_group else "pair", n=str(pair.id))
    whom = paper_values.names(one.person for one in pair_rows.present(pair) or pair.members)
    return Thing(
        part, {"make": "pair", "code": code, "pair": pair.id, **more}, f"{number}. {_title(code)}", _title(code),
        wanted.forms, about=f"{number}: {whom}",
    )  # fmt: skip


def _no_pairs(part: Part) -> list[Thing]:
    return [Thing(part, {}, "", _t(f"part-{part}"), ("",), why=_t("why-no-pairs"))]


def _title(code: str) -> str:
    return say(Text(f"templates-name-{code}"))


def _t(key: str, **args: Arg) -> str:
    return say(Text(f"pack-{key}", args))

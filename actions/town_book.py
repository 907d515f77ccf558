"""The coordinator's book: files of schools with their own copy, and the sums RP19 and RP20 over all schools.

A school is known by its key. Until the coordinator has compared its fingerprint, its numbers stand apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import structlog

from actions import journal, school_figures, town
from actions.reports import heading
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Page, Remark, Share, Value
from program import town as rules
from program.errors import Refusal
from program.forms import FORMS
from program.hiding import LEAST
from program.text import Text
from program.town import FIGURES, Numbers
from storage import school_numbers
from storage import town as rows
from storage.tables import TownNumbers, TownSchool

log = structlog.get_logger()

RP19, RP20 = "rp19", "rp20"


@dataclass(frozen=True)
class Known:
    """A school with its own copy, its last file, and whether another key goes by the same name."""

    school: TownSchool
    fingerprint: str
    last: TownNumbers | None
    twin: bool


async def known(work: Work) -> list[Known]:
    found = await rows.schools(work.session, work.school.id)
    last = await rows.newest(work.session, work.school.id)
    names = [one.name for one in found]
    return [
        Known(one, rules.fingerprint(one.public_key), last.get(one.id), names.count(one.name) > 1)
        for one in found
    ]


async def add(work: Work, data: bytes) -> TownSchool:
    """Takes a file in.

    Raises:
        Refusal: it is no such file, was changed, was taken in before, or a newer one of the school is there.
    """
    key, signed = town.verified(data)
    numbers = rules.read(signed, work.today)
    await rows.add_school(
        work.session, school_id=work.school.id, public_key=key, name=numbers.school, city=numbers.city,
        municipality=numbers.municipality, added_at=work.now,
    )  # fmt: skip
    school = await rows.of_key(work.session, work.school.id, key)
    assert school is not None
    if numbers.number <= await rows.last_number(work.session, school.id):
        before = await rows.of_number(work.session, school.id, numbers.number)
        same = before is not None and before.body == numbers.to_json()
        raise Refusal("town-file-double" if same else "town-file-old")
    school.name, school.city, school.municipality = numbers.school, numbers.city, numbers.municipality
    await rows.add_numbers(
        work.session, school_id=work.school.id, town_school_id=school.id, number=numbers.number,
        year=numbers.year, made_on=numbers.made_on, body=numbers.to_json(), added_at=work.now,
        added_by=work.actor,
    )  # fmt: skip
    await work.session.flush()
    await journal.note(work, "town.added", f"town:{school.id}", after={"year": numbers.year})
    log.info("town.added", school=work.school.id, town_school=school.id, number=numbers.number)
    return school


async def trust(work: Work, town_school_id: int) -> None:
    """The coordinator has compared the fingerprint. Twice is once. Raises Refusal: no such school."""
    school = await _held(work, town_school_id)
    if school.trusted_at is None:
        school.trusted_at, school.trusted_by = work.now, work.actor
        await work.session.flush()
        await journal.note(work, "town.trusted", f"town:{school.id}")


async def remove(work: Work, town_school_id: int) -> None:
    """The school and its files go from the book. Raises Refusal: no such school."""
    school = await _held(work, town_school_id)
    await rows.remove(work.session, school.id)
    await journal.note(work, "town.removed", f"town:{town_school_id}")


async def _held(work: Work, town_school_id: int) -> TownSchool:
    found = await rows.school(work.session, work.school.id, town_school_id)
    if found is None:
        raise Refusal("town-gone")
    return found


# --- the sums ---


@dataclass(frozen=True)
class Line:
    """One school of a sum. `by_file`: of a copy of its own."""

    numbers: Numbers
    by_file: bool


async def lines(work: Work, year: str) -> list[Line]:
    """Every school of the municipality in this database, and every trusted one whose file is of this year."""
    found = []
    for school in await school_numbers.of_municipality(work.session, work.school):
        there = Work(work.session, school, work.now, work.actor)
        counted = await school_figures.of(there, year)
        figures, forms = rules.hidden(counted)
        names = {slug: say(there.settings.form_name(slug)) for slug in forms}
        flags = rules.flags_of(counted)
        found.append(
            Line(
                Numbers(school.name, school.city, school.municipality, year, 1, work.today, figures, forms, names, flags),
                by_file=False,
            )
        )  # fmt: skip
    last = await rows.newest(work.session, work.school.id, year)
    for one in await rows.schools(work.session, work.school.id):
        if one.trusted_at is not None and one.id in last:
            found.append(Line(rules.read(last[one.id].body, date.max.replace(year=9000)), by_file=True))
    return sorted(found, key=lambda line: (line.numbers.municipality, line.numbers.school))


async def report(work: Work, which: str, year: str) -> tuple[str, bytes]:
    """(file name, .xlsx) of RP19 or RP20. Raises Refusal: no such report."""
    if which not in (RP19, RP20):
        raise Refusal("town-report-unknown")
    found = await lines(work, year)
    top = await heading.lines(work, year, "report-rule-people")
    made = _schools(found, top) if which == RP19 else _municipalities(found, top)
    pages = [made, *([_forms(found, top)] if which == RP19 else []), _rules()]
    await journal.note(work, "report.made", f"report:{which}", after={"year": year})
    return heading.file(work, say(Text(f"town-{which}")), pages)


_SHARES = {
    "pupils_base": "pupils", "pupils_mentees": "pupils", "pupils_mentors": "pupils", "teachers_base": "teachers",
    "teachers_mentees": "teachers", "teachers_mentors": "teachers",
}  # fmt: skip


def _head(first: Sequence[str]) -> list[str]:
    titles = [say(Text(f"town-column-{one}")) for one in first]
    for name in FIGURES:
        titles.append(say(Text(f"year-number-{name}")))
        if name in _SHARES:
            titles.append("%")
    return titles


def _cells(figures: rules.Figures, summed: Sequence[Line] = ()) -> list[Value]:
    """`summed`: of which these are the sum; where one of them hides a number, a share would be of something else."""
    cells: list[Value] = []
    for name in FIGURES:
        value = figures.get(name)
        cells.append(say(Text("town-few")) if value is None else value)
        if name in _SHARES:
            whole = figures.get(_SHARES[name]) or 0
            known = all(line.numbers.figures.get(name) is not None for line in summed)
            cells.append(Share(value, whole) if value is not None and whole and known else None)
    return cells


def total(found: Sequence[Line]) -> dict[str, int | None]:
    """Of what is told: a sum of everything would tell what is not."""
    return {name: sum(line.numbers.figures.get(name) or 0 for line in found) for name in FIGURES}


def _schools(found: Sequence[Line], top: Sequence[str]) -> Page:
    body: list[list[Value]] = [
        [
            one.numbers.school, one.numbers.municipality,
            say(Text("town-by-file" if one.by_file else "town-by-base")), one.numbers.made_on,
            *_cells(one.numbers.figures), _flags(one.numbers),
        ]
        for one in found
    ]  # fmt: skip
    body.append([say(Text("report-total")), "", "", None, *_cells(total(found), found), ""])
    head = [*_head(("school", "municipality", "source", "made")), say(Text("town-column-flags"))]
    remarks = [Remark(say(Text("town-flagged", {"n": n})), alarm=True)] if (n := _flagged(found)) else []
    return Page(say(Text("town-sheet-schools")), head, body, say(Text("town-rp19")), top, remarks)


def _municipalities(found: Sequence[Line], top: Sequence[str]) -> Page:
    names = sorted({one.numbers.municipality for one in found})
    body: list[list[Value]] = []
    for name in names:
        mine = [one for one in found if one.numbers.municipality == name]
        body.append(
            [
                name or say(Text("town-no-municipality")),
                len(mine),
                *_cells(total(mine), mine),
                _flagged(mine) or "",
            ]
        )
    body.append([say(Text("report-total")), len(found), *_cells(total(found), found), _flagged(found) or ""])
    head = [*_head(("municipality", "schools")), say(Text("town-column-flags"))]
    return Page(say(Text("town-sheet-towns")), head, body, say(Text("town-rp20")), top)


def _forms(found: Sequence[Line], top: Sequence[str]) -> Page:
    body: list[list[Value]] = []
    for one in found:
        for slug, of_form in one.numbers.forms.items():
            name = one.numbers.names.get(slug) or (say(Text(FORMS[slug].text)) if slug in FORMS else slug)
            few = say(Text("town-few"))
            body.append(
                [
                    one.numbers.school,
                    name,
                    *(few if (v := of_form.get(k)) is None else v for k in rules.OF_FORM),
                ]
            )
    head = [say(Text(f"town-column-{one}")) for one in ("school", "form", *rules.OF_FORM)]
    return Page(say(Text("town-sheet-forms")), head, body, say(Text("town-sheet-forms")), top)


def _rules() -> Page:
    listed = (
        "town-rule-base",
        "town-rule-entered",
        "town-rule-few",
        "town-rule-total",
        "town-rule-file",
        "town-rule-flags",
    )
    return Page(
        say(Text("report-rules"))[:31],
        ("№", "Правило"),
        [(n, say(Text(one, {"least": LEAST}))) for n, one in enumerate(listed, 1)],
        title=say(Text("report-rules")),
        widths=(6, 110),
    )


def _flags(numbers: Numbers) -> str:
    return "; ".join(say(Text(f"town-flag-{flag}")) for flag in numbers.flags)


def _flagged(found: Sequence[Line]) -> int:
    return sum(bool(one.numbers.flags) for one in found)

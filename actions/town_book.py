"""The coordinator's book: files of schools with their own copy, and the sums RP19 and RP20 over all schools.

A school is known by its key. Until the coordinator has compared its fingerprint, its numbers stand apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import structlog

from actions import journal, town, town_sums
from actions.reports import heading
from actions.reports.heading import say
from actions.town_sums import Line
from actions.work import Work
from program import town as rules
from program.errors import Refusal
from program.report_settings import ReportSettings
from program.text import Text
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


async def lines(work: Work, year: str) -> list[Line]:
    """Every school of the municipality in this database, and every trusted one whose file is of this year."""
    found = []
    for school in await school_numbers.of_municipality(work.session, work.school):
        there = Work(work.session, school, work.now, work.actor)
        found.append(Line(await town.numbers(there, year, 1), by_file=False))
    last = await rows.newest(work.session, work.school.id, year)
    for one in await rows.schools(work.session, work.school.id):
        if one.trusted_at is not None and one.id in last:
            found.append(Line(rules.read(last[one.id].body, date.max.replace(year=9000)), by_file=True))
    return sorted(found, key=lambda line: (line.numbers.municipality, line.numbers.school))


async def years(work: Work) -> list[str]:
    """Of which there are numbers, the newest first; the year in work is always there."""
    schools = [one.id for one in await school_numbers.of_municipality(work.session, work.school)]
    known = await rows.years(work.session, work.school.id, schools)
    return sorted({work.settings.year, *known}, reverse=True)


async def report(work: Work, which: str, year: str) -> tuple[str, bytes]:
    """(file name, .xlsx) of RP19 or RP20. Raises Refusal: no such report, or nothing is known of that year."""
    if which not in (RP19, RP20) or year not in await years(work):
        raise Refusal("town-report-unknown")
    found = await lines(work, year)
    top = await heading.lines(work, year, "report-rule-people")
    own = ReportSettings.read(work.settings.reports).targets
    pages = (
        town_sums.of_schools(found, top, year, own)
        if which == RP19
        else town_sums.of_towns(found, top, year, own)
    )
    await journal.note(work, "report.made", f"report:{which}", after={"year": year})
    return heading.file(work, say(Text(f"town-{which}")), pages)

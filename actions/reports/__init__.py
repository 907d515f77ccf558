"""Reports for the school's staff as .xlsx. To add one: a module here and a line in REPORTS."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from actions import journal
from actions.reports import coverage, meetings, mentees, mentors, numbers, partners, roadmap, school_papers
from actions.work import Work
from program.errors import Refusal

log = structlog.get_logger()


@dataclass(frozen=True)
class Report:
    """Args:
    name: for the command line and addresses.
    title: as the documents of the programme call it (domain.md 3.1, 3.2, 5.3).
    build: (work, school year) -> (file name, .xlsx); reads only.
    personal: it names people.
    """

    name: str
    title: str
    build: Callable[[Work, str], Awaitable[tuple[str, bytes]]]
    personal: bool = True


REPORTS = (
    Report("mentees", mentees.TITLE, mentees.build),
    Report("mentors", mentors.TITLE, mentors.build),
    Report("coverage", coverage.TITLE, coverage.build, personal=False),
    Report("meetings", meetings.TITLE, meetings.build),
    Report("numbers", numbers.TITLE, numbers.build, personal=False),
    Report("roadmap", roadmap.TITLE, roadmap.build),
    Report("partners", partners.TITLE, partners.build, personal=False),
    Report("papers", school_papers.TITLE, school_papers.build, personal=False),
)


async def make(work: Work, name: str, year: str = "") -> tuple[str, bytes]:
    """(file name, .xlsx) of a report; that it was made goes into the journal of changes.

    Args:
        year: "2026-2027"; by default the school's year in work.

    Raises:
        Refusal: no such report, or that is no school year.
    """
    report = next((report for report in REPORTS if report.name == name), None)
    if report is None:
        raise Refusal("report-unknown", name=name, names=", ".join(each.name for each in REPORTS))
    year = year or work.settings.year
    if not re.fullmatch(r"20\d\d-20\d\d", year) or int(year[5:]) != int(year[:4]) + 1:
        raise Refusal("report-year", year=year)
    made = await report.build(work, year)
    await journal.note(work, "report.made", f"report:{name}", after={"year": year})
    log.info("report.made", report=name, school=work.school.id, year=year, size=len(made[1]))
    return made

"""Reports for the school's staff: a register of data. To add one: a module here and a line in REPORTS."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

import structlog

from actions import journal
from actions.reports import coverage, meetings, mentees, mentors, numbers, partners, roadmap, school_papers
from actions.reports.asked import Asked, Built, asked
from actions.work import Work
from actions.workbook import Page, workbook
from program.errors import Refusal
from program.periods import WHOLE
from program.report_settings import ReportSettings, arranged

log = structlog.get_logger()


@dataclass(frozen=True)
class Report:
    """Args:
    name: for the command line and addresses. code: of domain.md 5.6, several with a comma.
    title: as the documents of the programme call it (domain.md 3.1, 3.2, 5.3, 5.6).
    build: counts it; reads only.
    personal: it names people.
    tables: tables whose columns the school may arrange: key -> (name of the sheet, own columns).
    """

    name: str
    code: str
    title: str
    build: Callable[[Work, Asked], Awaitable[Built]]
    personal: bool = True
    tables: Mapping[str, tuple[str, Sequence[str]]] = field(default_factory=dict)


REPORTS = (
    Report(
        "mentees", "RP1", mentees.TITLE, mentees.build, tables={"mentees": (mentees.TITLE, mentees.COLUMNS)}
    ),
    Report(
        "mentors", "RP2", mentors.TITLE, mentors.build, tables={"mentors": (mentors.TITLE, mentors.COLUMNS)}
    ),
    Report("coverage", "RP3, RP4, RP5", coverage.TITLE, coverage.build, personal=False),
    Report(
        "meetings",
        "RP13",
        meetings.TITLE,
        meetings.build,
        tables={
            "meetings": (meetings.TITLE, meetings.COLUMNS),
            "attendance": ("Посещаемость", meetings.BY_PERSON),
        },
    ),
    Report("numbers", "RP18", numbers.TITLE, numbers.build, personal=False),
    Report(
        "roadmap",
        "RP11",
        roadmap.TITLE,
        roadmap.build,
        tables={"roadmap": ("Дорожная карта", roadmap.COLUMNS)},
    ),
    Report(
        "partners",
        "RP15",
        partners.TITLE,
        partners.build,
        personal=False,
        tables={"partners": ("Партнёры", partners.COLUMNS)},
    ),
    Report(
        "papers",
        "RP16",
        school_papers.TITLE,
        school_papers.build,
        personal=False,
        tables={"papers": ("Документы", school_papers.PAPERS), "posts": ("Публикации", school_papers.POSTS)},
    ),
)


def known(name: str) -> Report:
    """Raises Refusal: no such report."""
    report = next((report for report in REPORTS if report.name == name), None)
    if report is None:
        raise Refusal("report-unknown", name=name, names=", ".join(each.name for each in REPORTS))
    return report


async def counted(work: Work, report: Report, of: Asked) -> Built:
    """The report with the school's own title and columns."""
    built = await report.build(work, of)
    own = ReportSettings.read(work.settings.reports)
    title = own.title(report.name, built.title)
    pages = [
        _arranged(replace(page, title=title if page.title == built.title else page.title), own)
        for page in built.pages
    ]
    return replace(built, title=title, pages=pages)


async def make(
    work: Work, name: str, year: str = "", part: str = WHOLE, on: date | None = None
) -> tuple[str, bytes]:
    """(file name, .xlsx) of a report; that it was made goes into the journal of changes.

    Args:
        year: "2026-2027"; by default the school's year in work. part: of it. on: the day it stands for.

    Raises:
        Refusal: no such report, that is no school year, or the day is not in it.
    """
    report = known(name)
    of = asked(work, year, part, on)
    built = await counted(work, report, of)
    data = workbook(built.pages, datetime.combine(of.on, time(), work.zone))
    await noted(work, report, of, "xlsx", len(data))
    return file_name(built.title, of, "xlsx"), data


async def noted(work: Work, report: Report, of: Asked, ending: str, size: int) -> None:
    after = {"year": of.year} | ({"part": of.of.code} if of.of.code != WHOLE else {})
    await journal.note(work, "report.made", f"report:{report.name}", after=after)
    log.info("report.made", report=report.name, school=work.school.id, year=of.year, size=size, ending=ending)


def file_name(title: str, of: Asked, ending: str) -> str:
    kept = "".join(c if c.isalnum() or c in " -_()«»" else " " for c in title)
    return f"{'_'.join(kept.split())}_{of.on:%Y-%m-%d}.{ending}"


def _arranged(page: Page, own: ReportSettings) -> Page:
    if not page.key or page.key not in own.columns:
        return page
    columns = own.of_table(page.key, page.columns)
    shown = [one for one in columns if one.shown]
    return replace(
        page,
        columns=[one.title or one.name for one in shown],
        rows=[arranged(row, page.columns, columns) for row in page.rows],
        widths=arranged(page.widths, page.columns, columns) if page.widths else (),
        keep=min(page.keep, len(shown)),
    )

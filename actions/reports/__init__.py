"""Reports for the school's staff: a register of data. To add one: a module here and a line in REPORTS."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

import structlog

from actions import collecting, journal, report_paper
from actions.reports import (
    coverage,
    dynamics,
    federal,
    meetings,
    mentees,
    mentor_work,
    mentors,
    note,
    numbers,
    partners,
    process,
    programmes,
    roadmap,
    satisfaction,
    school_papers,
    self_check,
)
from actions.reports.asked import Asked, Built, asked
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Page, workbook
from program.errors import Refusal
from program.periods import WHOLE
from program.report_settings import ReportSettings, arranged
from program.text import Text

log = structlog.get_logger()


@dataclass(frozen=True)
class Report:
    """Args:
    name: for the command line and addresses. code: of domain.md 5.6, several with a comma.
    title: as the documents of the programme call it (domain.md 3.1, 3.2, 5.3, 5.6).
    build: counts it; reads only.
    personal: it names people.
    paper: it may be had as .docx and PDF besides.
    tables: tables whose columns the school may arrange: key -> (name of the sheet, own columns).
    nameless: columns that name nobody; of a list that the municipality gets with these alone.
    """

    name: str
    code: str
    title: str
    build: Callable[[Work, Asked], Awaitable[Built]]
    personal: bool = True
    paper: bool = False
    tables: Mapping[str, tuple[str, Sequence[str]]] = field(default_factory=dict)
    nameless: Sequence[str] = ()


REPORTS = (
    Report(
        "mentees", "RP1", mentees.TITLE, mentees.build, tables={"mentees": (mentees.TITLE, mentees.COLUMNS)},
        nameless=mentees.NAMELESS,
    ),
    Report(
        "mentors", "RP2", mentors.TITLE, mentors.build, tables={"mentors": (mentors.TITLE, mentors.COLUMNS)},
        nameless=mentors.NAMELESS,
    ),
    Report("coverage", "RP3, RP4, RP5", coverage.TITLE, coverage.build, personal=False, paper=True),
    Report(
        "federal", "RP6", federal.TITLE, federal.build, personal=False, paper=True,
        tables={"federal": ("Показатели", federal.COLUMNS)},
    ),
    Report("satisfaction", "RP7", satisfaction.TITLE, satisfaction.build, personal=False),
    Report("dynamics", "RP8", dynamics.TITLE, dynamics.build, personal=False, paper=True),
    Report(
        "swot", "RP9", self_check.SWOT_TITLE, self_check.swot, personal=False, paper=True,
        tables={"swot": ("SWOT", self_check.SWOT)},
    ),
    Report(
        "cond", "RP10", self_check.COND_TITLE, self_check.cond, personal=False, paper=True,
        tables={"cond": ("Условия", self_check.COND)},
    ),
    Report(
        "roadmap", "RP11", roadmap.TITLE, roadmap.build, paper=True,
        tables={"roadmap": ("Дорожная карта", roadmap.COLUMNS)},
    ),
    Report(
        "programmes", "RP12", programmes.TITLE, programmes.build, paper=True,
        tables={"programmes": ("Программы", programmes.COLUMNS)},
    ),
    Report(
        "meetings", "RP13", meetings.TITLE, meetings.build,
        tables={
            "meetings": (meetings.TITLE, meetings.COLUMNS),
            "attendance": ("Посещаемость", meetings.BY_PERSON),
        },
    ),
    Report(
        "work", "RP14", mentor_work.TITLE, mentor_work.build,
        tables={
            "pairs": ("По парам", mentor_work.COLUMNS),
            "by_mentor": ("По наставникам", mentor_work.BY_MENTOR),
        },
    ),
    Report(
        "partners", "RP15", partners.TITLE, partners.build, personal=False,
        tables={"partners": ("Партнёры", partners.COLUMNS)},
    ),
    Report(
        "papers", "RP16", school_papers.TITLE, school_papers.build, personal=False, paper=True,
        tables={"papers": ("Документы", school_papers.PAPERS), "posts": ("Публикации", school_papers.POSTS)},
    ),
    Report("note", "RP17", note.TITLE, note.build, personal=False, paper=True),
    Report("numbers", "RP18", numbers.TITLE, numbers.build, personal=False),
    Report(
        "process", "", process.TITLE, process.build, personal=False, paper=True,
        tables={"process": ("Ход программы", process.COLUMNS)},
    ),
)  # fmt: skip
ENDINGS = ("xlsx", "docx", "pdf")
NAMELESS = "open"  # the table without personal data, for the municipality


def known(name: str) -> Report:
    """Raises Refusal: no such report."""
    report = next((report for report in REPORTS if report.name == name), None)
    if report is None:
        raise Refusal("report-unknown", name=name, names=", ".join(each.name for each in REPORTS))
    return report


async def counted(work: Work, report: Report, of: Asked, *, nameless: bool = False) -> Built:
    """The report with the school's own title and columns. `nameless`: without those that name somebody."""
    built = await report.build(work, of)
    if nameless:
        built = replace(built, pages=[_nameless(page, report.nameless) for page in built.pages])
    own = ReportSettings.read(work.settings.reports)
    title = own.title(report.name, built.title)
    pages = [
        _arranged(replace(page, title=title if page.title == built.title else page.title), own)
        for page in built.pages
    ]
    return replace(built, title=title, pages=pages)


async def make(
    work: Work, name: str, year: str = "", part: str = WHOLE, on: date | None = None, ending: str = "xlsx"
) -> tuple[str, bytes]:
    """(file name, file) of a report; that it was made goes into the journal of changes.

    Args:
        year: "2026-2027"; by default the school's year in work. part: of it. on: the day it stands for.
        ending: of `ENDINGS`, or `NAMELESS`; words and PDF only of a report that may be had so.

    Raises:
        Refusal: no such report, that is no school year, the day is not in it, or it is no document.
    """
    report = known(name)
    nameless = ending == NAMELESS and bool(report.nameless)
    ending = "xlsx" if nameless else ending
    if ending not in (ENDINGS if report.paper else ENDINGS[:1]):
        raise Refusal("report-no-paper", title=report.title)
    of = asked(work, year, part, on)
    with collecting.put_off():
        built = await counted(work, report, of, nameless=nameless)
    if nameless:
        title = say(Text("report-nameless", {"title": built.title}))
        pages = [replace(one, title=title if one.title == built.title else one.title) for one in built.pages]
        built = replace(built, title=title, pages=pages)
    if ending == "xlsx":
        with collecting.put_off():
            data = await asyncio.to_thread(workbook, built.pages, datetime.combine(of.on, time(), work.zone))
    else:
        data = await report_paper.made(work, built, of, pdf=ending == "pdf")
    await noted(work, report, of, ending, len(data))
    return file_name(built.title, of, ending), data


async def noted(work: Work, report: Report, of: Asked, ending: str, size: int) -> None:
    after = {"year": of.year} | ({"part": of.of.code} if of.of.code != WHOLE else {})
    await journal.note(work, "report.made", f"report:{report.name}", after=after)
    log.info("report.made", report=report.name, school=work.school.id, year=of.year, size=size, ending=ending)


def file_name(title: str, of: Asked, ending: str) -> str:
    kept = "".join(c if c.isalnum() or c in " -_()«»" else " " for c in title)
    return f"{'_'.join(kept.split())}_{of.on:%Y-%m-%d}.{ending}"


def _nameless(page: Page, kept: Sequence[str]) -> Page:
    """Without the columns that name somebody."""
    if not page.personal:
        return page
    return replace(page.only(kept), personal=False, keep=1)


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
        paper=(),  # the school's own choice is printed as it is
    )

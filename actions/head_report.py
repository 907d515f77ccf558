"""The report for the head as a .docx to be edited and signed: what «Отчёты» shows of a time, with its pictures.

It leaves the house, so groups of one to four people are not told, as in «Программа в числах».
"""

from __future__ import annotations

import asyncio
from datetime import date

from actions import journal, report_charts, year_numbers
from actions.chart_pictures import png
from actions.charts import Chart, number
from actions.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Picture,
    Points,
    Signatures,
    Table,
    Title,
    docx,
)
from actions.reports import heading
from actions.reports.heading import say
from actions.reports.numbers import told
from actions.work import Work
from actions.year_numbers import Board, Figures
from locales import dates
from program.hiding import LEAST
from program.periods import Period
from program.text import Arg, Text

LINE = "_" * 78


async def build(work: Work, of: Period) -> tuple[str, bytes]:
    """(file name, .docx); that it was made goes into the journal."""
    data = await asyncio.to_thread(docx, await document(work, of), work.now)  # a tenth of a second
    await journal.note(work, "report.made", "report:head", after={"year": of.year, "part": of.code})
    return f"{_t('head-file')}_{work.today:%Y-%m-%d}.docx", data


async def document(work: Work, of: Period) -> Document:
    """What it consists of. Reads only."""
    board = await year_numbers.board(work, of)
    charts = report_charts.outward(say, work, board)
    made = Document(_t("head-title"), work.school.name, _t("head-footer", school=work.school.name))
    made.add(*await _letterhead(work, of))
    made.add(Heading(_t("head-figures")), _figures(work, board))
    made.add(Paragraph(_t("head-hidden", least=LEAST), size=10, after=8))
    made.add(Heading(_t("head-charts")))
    for chart in charts:
        made.add(*await _chart(chart))
    made.add(*_conclusion(work, charts))
    return made


async def _letterhead(work: Work, of: Period) -> list[Block]:
    whole = work.settings.operator or work.school.name
    place = work.school.city if work.school.city and work.school.city not in whole else ""
    until = min(of.last, work.today)
    span = _t("reports-span", **{"from": _full_day(of.first), "to": _full_day(until)})
    return [
        Paragraph(whole, align="center", bold=True, after=2),
        *([Paragraph(place, align="center", after=2)] if place else []),
        Paragraph(LINE, align="center", size=8, after=10),
        Title(_t("head-title")),
        Paragraph(_t("head-span", year=of.year.replace("-", "–"), span=span), align="center"),
        Paragraph(
            (await heading.lines(work, of.year, "report-rule-people"))[2], align="center", size=10, after=10
        ),
    ]


def _figures(work: Work, board: Board) -> Table:
    def percent(of: Figures) -> str:
        return _t("reports-unknown") if of.share is None else _t("reports-percent", value=of.share)

    def mean(of: Figures) -> str:
        return _t("reports-unknown") if of.marks.mean is None else number(of.marks.mean)

    def count(of: Figures, name: str) -> str:
        return number(told(getattr(of, name)), _t("reports-hidden")) if of.any else _t("reports-unknown")

    now, past, days = board.now, board.past, work.settings.warn_after
    rows = [
        (_t(f"reports-{name}"), count(now, name), count(past, name), _t(about))
        for name, about in (
            ("mentors", "reports-base-about"), ("mentees", "reports-base-about"),
            ("pairs", "reports-pairs-about"), ("meetings", "reports-meetings-about"),
        )
    ]  # fmt: skip
    about = _t("reports-share-about", count=now.old, some=now.lately, days=days)
    rows.append((_t("reports-share"), percent(now), percent(past), about))
    about = _t("reports-mean-about", count=now.marks.shown, least=LEAST)
    rows.append((_t("reports-mean"), mean(now), mean(past), about))
    head = tuple(_t(f"head-col-{name}") for name in ("what", "now", "past", "about"))
    return Table(head, rows, (50, 24, 24, 75))


async def _chart(chart: Chart) -> list[Block]:
    if not chart.known:
        return [Paragraph(f"{chart.title}. {chart.said}")]
    picture = await asyncio.to_thread(png, chart)
    columns = len(chart.head)
    widths = (173 - 28 * (columns - 1), *(28 for _ in chart.head[1:]))
    found: list[Block] = [Picture(picture, f"{chart.title}. {chart.said}"), Paragraph(chart.said)]
    if chart.rows:
        found.append(Table(chart.head, [(row.label, *row.cells) for row in chart.rows], widths))
    return found


def _conclusion(work: Work, charts: list[Chart]) -> list[Block]:
    """What the numbers say, to be put right in words, and room for what they do not say."""
    return [
        Heading(_t("head-conclusions")),
        Points([chart.said for chart in charts if chart.concludes]),
        Heading(_t("head-done")),
        *(Paragraph(LINE, align="left", after=6) for _ in range(3)),
        Heading(_t("head-proposals")),
        *(Paragraph(LINE, align="left", after=6) for _ in range(3)),
        Signatures(
            [(_t("head-curator"), work.settings.curator_name), (_t("head-director"), "")], _t("head-day")
        ),
    ]


def _full_day(day: date) -> str:
    return f"{dates.day(day)} {day.year}"


def _t(key: str, **args: Arg) -> str:
    return say(Text(key, args))

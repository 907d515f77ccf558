"""Reports as documents: tables of a workbook as .docx and PDF, in the school's house style."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from actions import pages as paper
from actions.document import Block, Document, Paragraph, Table, Title, docx
from actions.reports.asked import Asked, Built
from actions.reports.heading import RULES, say
from actions.work import Work
from actions.workbook import Count, Page, Share, Value
from program.errors import Refusal
from program.text import Text

NARROW, WIDE = 173.0, 257.0  # millimetres between the margins of A4, upright and on its side
MOST_UPRIGHT = 6  # columns
SIZES = (10.0, 9.0, 8.0, 7.0, 6.0)  # points
POINT = 0.3528  # millimetres
BOLD, PLAIN = 0.62, 0.55  # of its size that a letter is wide, with some room to spare
PADDING = 4.0  # millimetres of a cell beside its words
MOST_LETTERS = 24
MOST_LINES = 4  # of a cell, before smaller letters are tried
READABLE = 8.0  # points; smaller only where words would be torn
MOST_ROWS = 2_000  # a document of more is no document: the workbook has all of them


async def made(work: Work, built: Built, of: Asked, *, pdf: bool) -> bytes:
    """The document: the same data give the same bytes all day.

    Raises:
        Refusal: it has more rows than a document holds.
    """
    if sum(len(page.rows) for page in built.pages) > MOST_ROWS:
        raise Refusal("report-too-long", most=MOST_ROWS)
    built = replace(built, pages=[one.only(one.paper) if one.paper else one for one in built.pages])
    wide = not built.blocks and any(len(page.columns) > MOST_UPRIGHT for page in built.pages)
    personal = any(page.personal for page in built.pages)
    footer = say(Text("report-footer-personal")) if personal else work.school.name
    document = Document(built.title, work.school.name, footer, wide=wide)
    document.add(*(built.blocks or _blocks(built, wide=wide)))
    made_at = datetime.combine(of.on, time(), work.zone)
    data = await asyncio.to_thread(docx, document, made_at)
    return await asyncio.to_thread(paper.pdf, data, made_at) if pdf else data


def head(title: str, lines: Sequence[str]) -> list[Block]:
    return [
        Title(title),
        *(Paragraph(line, align="center", size=10, after=2) for line in lines),
        Paragraph("", after=4),
    ]


def _blocks(built: Built, *, wide: bool) -> list[Block]:
    """The lines above a table are said once: those of the first one."""
    found = head(built.title, built.pages[0].lines if built.pages else ())
    for page in built.pages:
        if page.name != RULES or page.rows:
            found += table(page, WIDE if wide else NARROW, above=built.title)
    return found


def table(page: Page, width: float = NARROW, above: str = "") -> list[Block]:
    """One table with its name and its remarks. `above`: what stands above it already, said once."""
    found: list[Block] = []
    title = page.title if page.title != above else page.name
    if title != above:
        found.append(Paragraph(title, bold=True, align="left", after=3, together=True))
    if page.rows:
        rows = [[words(one) for one in row] for row in page.rows]
        size, widths = _measured(page, rows, width)
        head = [one.replace("/", "/\u200b") for one in page.columns]  # a line may end there
        middle = [
            n
            for n in range(len(page.columns))
            if not any(isinstance(row[n], str) and row[n] for row in page.rows)
        ]
        found.append(Table(head, rows, widths, size=size, middle=middle))
    else:
        found.append(Paragraph(say(Text("report-nothing")), align="left"))
    # A contradiction is put right before the paper is signed: the page says it beside the button.
    found += [Paragraph(one.words, italic=True, size=10) for one in page.remarks if not one.inside]
    return found


def _measured(page: Page, rows: Sequence[Sequence[str]], width: float) -> tuple[float, list[float]]:
    """(size in points, widths in millimetres): the largest letters at which no word is torn and no row grows tall."""
    longest = [
        (max(map(len, re.split(r"[\s/]", title))), max((_longest(row[n]) for row in rows), default=0))
        for n, title in enumerate(page.columns)
    ]
    text = [max(len(row[n]) for row in rows) for n in range(len(page.columns))]
    whole: list[tuple[float, list[float]]] = []  # sizes at which no word is torn
    for size in SIZES:
        em = size * POINT
        least = [max(head * BOLD, cell * PLAIN) * em + PADDING for head, cell in longest]
        widths = _shared(page, least, width)
        if sum(least) <= width:
            whole.append((size, widths))
            lines = max(n * PLAIN * em / (one - PADDING) for n, one in zip(text, widths, strict=True))
            if lines <= MOST_LINES:
                return size, widths
    readable = [one for one in whole if one[0] >= READABLE]
    return readable[-1] if readable else whole[0] if whole else (SIZES[-1], widths)


def _shared(page: Page, least: Sequence[float], width: float) -> list[float]:
    """At least so much for each column; what is left is given as the sheet's own widths are."""
    fits = [one * min(1.0, width / sum(least)) for one in least]
    given = [float(one) for one in page.widths] or [
        float(max(8, min(30, len(title)))) for title in page.columns
    ]
    scale = width / sum(given)
    more = [max(one * scale - few, 0.0) for one, few in zip(given, fits, strict=True)]
    rest = (width - sum(fits)) / (sum(more) or 1.0)
    return [round(few + rest * one, 1) for few, one in zip(fits, more, strict=True)]


def _longest(said: str) -> int:
    """Letters of its longest word, an address and the like left out: they are torn."""
    return min(max(map(len, re.split("[ \n]", said))), MOST_LETTERS)


def words(value: Value) -> str:
    """A cell as text, with a comma in its number."""
    match value:
        case None:
            return ""
        case Count():
            return str(value.number)
        case Share():
            return (
                f"{100 * value.part / value.whole:.1f}".replace(".", ",") + "\u00a0%" if value.whole else ""
            )
        case datetime():
            return f"{value:%d.%m.%Y %H:%M}"
        case date():
            return f"{value:%d.%m.%Y}"
        case float():
            return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",").replace("-", "\N{MINUS SIGN}")
        case _:
            return str(value)

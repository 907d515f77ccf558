"""Workbooks in the school's house style: they open, filter and print alike in Excel, Р7-Офис, МойОфис and
LibreOffice. The same content gives the same bytes. Source: ux.md 3.2.
"""

from __future__ import annotations

import io
import re
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeAlias

import xlsxwriter

from actions.workbook_charts import Picture, draw
from actions.workbook_rows import LETTER, LINE, Sheet, require_written
from locales import Texts
from program.text import Text

LONGEST = 32_000  # characters of a cell; the format allows 32,767
NARROWEST, WIDEST = 6, 42  # characters
BOLD = 1.2  # of a digit, in which widths are counted, what a bold letter takes on the average
MOST_BOUND = 80  # rows of a print title cannot help beyond a page; widths are measured on this many rows
_HOSTILE = ("=", "+", "-", "@")
_MARKS = (*_HOSTILE, " ", "\n", "\xa0")  # such words may begin so; all others need no second look
_BIDI = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Share:
    """A part of a whole, shown as a percentage; an empty whole shows nothing."""

    part: int
    whole: int


@dataclass(frozen=True)
class Count:
    """A number and those who stand behind it, for the page that shows them; the file has the number alone.

    Args:
        people, pairs: ids.
        route: of the page where its answers or rows stand, if people may not be named for it.
    """

    number: int
    people: frozenset[int] = frozenset()
    pairs: frozenset[int] = frozenset()
    route: str = ""


@dataclass(frozen=True)
class Remark:
    """A sentence under the table; an alarm stands out by its word, its weight and its colour.

    Args:
        desk: work for whoever makes the report. Like an alarm it stands on the page and in the workbook, not in a paper
            that is signed.
        settled: nothing has to be done.
    """

    words: str
    alarm: bool = False
    desk: bool = False
    settled: bool = False

    @property
    def inside(self) -> bool:
        return self.alarm or self.desk


Value: TypeAlias = (
    str | int | float | date | Share | Count | None
)  # a moment by the wall clock, without a zone


@dataclass(frozen=True)
class Page:
    """One sheet.

    Args:
        title, lines: what stands above the table: what it is, on which day, who formed it, what is counted.
        keep: columns that stay in sight when the table is moved sideways.
        personal: «Содержит персональные данные» goes into the footer.
        widths: of columns in characters where the content should not decide.
        picture: a chart of the office's own below the table.
        key: of a table whose columns the school may name, move and hide (`program.report_settings`).
        paper: the columns of it as a document, where all of them would be too small to be read; of none named, all.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    title: str = ""
    lines: Sequence[str] = ()
    remarks: Sequence[Remark] = ()
    keep: int = 1
    personal: bool = False
    widths: Sequence[int] = ()
    picture: Picture | None = None
    key: str = ""
    paper: Sequence[str] = ()

    def only(self, names: Sequence[str]) -> Page:
        """With these columns alone."""
        shown = [number for number, name in enumerate(self.columns) if name in names]
        return replace(
            self,
            columns=[self.columns[number] for number in shown],
            rows=[[row[number] for number in shown] for row in self.rows],
            widths=[self.widths[number] for number in shown] if self.widths else (),
        )


def workbook(pages: Sequence[Page], made_at: datetime) -> bytes:
    """The .xlsx. Words never become formulas or links, whatever they begin with.

    Args:
        made_at: stands in the file's properties; wall clock of the school.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": made_at.replace(tzinfo=None, microsecond=0), "author": "Наставник"})
    formats = _formats(book)
    for page in pages:
        sheet = book.add_worksheet(page.name, worksheet_class=Sheet)
        head = _write(sheet, page, formats)
        if page.picture is not None:
            below = head + len(page.rows) + len(page.remarks) + 3
            draw(book, sheet, page.name, page.picture, head, below)
    book.close()
    require_written(book.worksheets())
    return buffer.getvalue()


def clean(words: str) -> str:
    """Without characters that break the file or turn the reading direction; shortened to a cell's limit."""
    if words.isprintable() and len(words) <= LONGEST:
        return words
    kept = (
        c
        for c in words
        if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs", "Cn") and c not in _BIDI)
    )
    text = "".join(kept)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _formats(book: Any) -> dict[str, Any]:
    cell = {"border": 1, "border_color": "#BFBFBF", "valign": "top", "text_wrap": True}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "line": book.add_format({"font_color": "#404040"}),
        # Written out: a «table style» stays invisible in LibreOffice.
        "head": book.add_format(
            {**cell, "bold": True, "bg_color": "#DCE6F1", "border_color": "#7F7F7F", "valign": "vcenter"}
        ),
        "text": book.add_format(cell),
        # Excel takes such words for a formula once somebody edits the cell; the quote prefix prevents it.
        "quoted": book.add_format({**cell, "quote_prefix": True}),
        "number": book.add_format({**cell, "num_format": "0"}),
        "decimal": book.add_format({**cell, "num_format": "0.0#"}),
        "date": book.add_format({**cell, "num_format": "dd.mm.yyyy", "align": "left"}),
        "moment": book.add_format({**cell, "num_format": "dd.mm.yyyy hh:mm", "align": "left"}),
        "share": book.add_format({**cell, "num_format": "0.0%"}),
        "remark": book.add_format({"italic": True}),
        "alarm": book.add_format({"bold": True, "font_color": "#9C0006", "bg_color": "#FFC7CE"}),
    }


def _write(sheet: Any, page: Page, formats: dict[str, Any]) -> int:
    """Row of the column titles."""
    row = 0
    for words, style in ((page.title, "title"), *((line, "line") for line in page.lines)):
        if words:
            sheet.write_string(row, 0, clean(words), formats[style])
            row += 1
    head = row + 1 if row else 0
    widths = page.widths or _widths(page)
    for column, title in enumerate(page.columns):
        sheet.write_string(head, column, title, formats["head"])
    tall = max(_tall(title, width) for title, width in zip(page.columns, widths, strict=False))
    if tall > 1:
        sheet.set_row(head, LINE * tall)
    sheet.put(head + 1, page.rows, _read, formats, widths)
    last = head + len(page.rows)
    for row, remark in enumerate(page.remarks, last + 2):
        sheet.write_string(row, 0, clean(remark.words), formats["alarm" if remark.alarm else "remark"])
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(head + 1, page.keep)
    if page.rows:
        sheet.autofilter(head, 0, last, len(page.columns) - 1)
    _print(sheet, page, head)
    return head


def _read(value: Value) -> tuple[str, Any]:
    """Of what kind a cell is and what stands in it; None: nothing."""
    if type(value) is str:
        if not value:
            return "text", None
        words = clean(value)
        hostile = words[:1] in _MARKS and words.lstrip().startswith(_HOSTILE)
        return ("quoted" if hostile else "text"), words or None
    match value:
        case None:
            return "text", None
        case str():
            return _read(str(value))
        case Share():
            return ("share", value.part / value.whole) if value.whole else ("text", None)
        case Count():
            return "number", value.number
        case datetime():
            return "moment", value
        case date():
            return "date", value
        case float():
            return "decimal", value
        case _:
            return "number", int(value)


def _tall(title: str, width: int) -> int:
    """Lines of a column's title: in bold letters, beside the filter's arrow."""
    return len(textwrap.wrap(title.replace("/", "/ "), max(4, int((width - 2) / BOLD))))


def _widths(page: Page) -> list[int]:
    """Wide enough for the longest word of the title and for usual content; long content wraps."""
    widths = []
    for column, title in enumerate(page.columns):
        least = max(len(word) for word in re.split(r"[\s/-]+", title)) + 3  # 3: the filter's arrow
        cells = [row[column] for row in page.rows[:MOST_BOUND] if column < len(row)]
        usual = max((len(value) if isinstance(value, str) else 10 for value in cells if value), default=0)
        widths.append(max(NARROWEST, least, min(int(usual * LETTER) + 1, WIDEST)))
    return widths


def _print(sheet: Any, page: Page, head: int) -> None:
    """A4 across, all columns on one page, the header on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    left = Texts()(Text("report-footer-personal")) if page.personal else ""
    sheet.set_footer(f"&L{left}&R&P / &N")

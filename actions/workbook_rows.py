"""The rows of a table as XML, set into a sheet that XlsxWriter makes: a quarter of the time of a call for each cell.

RP1 of a region has two million cells. Words stand in their cells (inline strings), so that nothing is kept for the whole
book. Titles, widths, filters and print set-up stay XlsxWriter's.

The library has no public way in for this: `_write_rows` is its own, so pyproject.toml holds it to the versions that were
tried. To take a newer one: tests/actions/test_workbook_rows.py and benchmarks/reports.py, then the files in an office.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from math import ceil
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_ESCAPED = re.compile(r"(_x[0-9a-fA-F]{4}_)")  # Excel reads _x0041_ as A
_EPOCH = date(1899, 12, 30)
_DAY = 86_400  # seconds
_AT_ONCE = 2_000  # rows joined before they are written
_MOST_KNOWN = 20_000  # different values kept
LINE = 15  # points of a line
_TALLEST = 27  # lines; a row is 409 points at most
# LibreOffice gives a row no more height than the file says. Of a region's table nobody reads every row by eye.
_MOST_MEASURED = 20_000
LETTER = 1.1  # of the digit in which widths are counted, what a letter takes on the average


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet whose table comes at once."""

    body: tuple[int, Sequence[Sequence[Any]], Callable[[Any], tuple[str, Any]], Mapping[str, Any]] | None = (
        None
    )
    fits: Sequence[float] = ()  # letters that a line of each column holds

    def put(
        self,
        first: int,
        rows: Sequence[Sequence[Any]],
        read: Callable[[Any], tuple[str, Any]],
        formats: Mapping[str, Any],
        widths: Sequence[int],
    ) -> None:
        """Keeps a table for the moment at which the sheet is written.

        Args:
            first: its first row, from 0.
            read: value -> (format, what stands in the cell).
            widths: of the columns, in digits.
        """
        if rows:
            self.fits = [width / LETTER for width in widths]
            self.body = first, rows, read, formats
            self._check_dimensions(first + len(rows) - 1, max(len(row) for row in rows) - 1)

    def _write_rows(self) -> None:
        if self.body is None:
            super()._write_rows()
            return
        first, rows = self.body[:2]
        here: Any = self
        top, bottom = here.dim_rowmin, here.dim_rowmax
        self.dim_rowmax = first - 1
        super()._write_rows()
        self._write_body(*self.body)
        self.body = None
        self.dim_rowmin, self.dim_rowmax = first + len(rows), bottom
        super()._write_rows()
        self.dim_rowmin = top

    def _write_body(
        self,
        first: int,
        rows: Sequence[Sequence[Any]],
        read: Callable[[Any], tuple[str, Any]],
        formats: Mapping[str, Any],
    ) -> None:
        style = {name: found._get_xf_index() for name, found in formats.items()}
        columns = [f'<c r="{xl_col_to_name(number)}' for number in range(self.dim_colmax + 1)]
        write = self.fh.write
        part: list[str] = []
        measured = len(rows) <= _MOST_MEASURED
        # What stands behind a cell's address. A region's table says «продолжается» and the same day a hundred thousand times.
        known: dict[Any, str] = {None: f'" s="{style["text"]}"/>'}
        for number, row in enumerate(rows, first + 1):
            begins, tall = len(part), 1
            part.append("")
            for column, fit, value in zip(columns, self.fits, row, strict=False):
                kind = type(value)
                plain = kind is str or kind is date or value is None  # 1, 1.0 and True are one key
                words = known.get(value) if plain else None
                if words is None:
                    words = _told(read(value), style)
                    if plain and len(known) < _MOST_KNOWN:
                        known[value] = words
                if measured and kind is str and (len(value) > fit or "\n" in value):
                    tall = max(tall, lines(value, fit))
                part.append(f"{column}{number}{words}")
            part[begins] = f'<row r="{number}">' if tall == 1 else f'<row r="{number}" ht="{LINE * tall}">'
            part.append("</row>")
            if number % _AT_ONCE == 0:
                write("".join(part))
                part.clear()
        write("".join(part))


def _told(found: tuple[str, Any], style: Mapping[str, int]) -> str:
    """Behind a cell's address: its format and what stands in it."""
    name, told = found
    if told is None:
        return f'" s="{style[name]}"/>'
    if type(told) is str:
        return f'" s="{style[name]}" t="inlineStr"><is><t xml:space="preserve">{_escaped(told)}</t></is></c>'
    return f'" s="{style[name]}"><v>{_number(told)}</v></c>'


def require_written(sheets: Iterable[Sheet]) -> None:
    """Raises RuntimeError: XlsxWriter has closed a sheet without asking for its rows; better no file than an empty one."""
    if any(sheet.body is not None for sheet in sheets):
        raise RuntimeError("XlsxWriter no longer writes rows by Worksheet._write_rows")


def lines(words: str, fit: float) -> int:
    """How many lines these words take where one holds so many letters; a little more rather than less."""
    count = sum(ceil(len(line) / fit) or 1 for line in words.split("\n"))
    return min(count, _TALLEST)


def _escaped(words: str) -> str:
    if "_x" in words:
        words = _ESCAPED.sub(r"_x005F\1", words)
    if "&" in words or "<" in words or ">" in words:
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return words


def _number(value: Any) -> str:
    """As the format counts: days since the end of 1899."""
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return f"{value.toordinal() - _EPOCH.toordinal() + seconds / _DAY:.16G}"
    if isinstance(value, date):
        return str(value.toordinal() - _EPOCH.toordinal())
    return f"{value:.16G}" if isinstance(value, float) else str(value)

"""The school's own file once more, with red and yellow cells where something is to be put right. Source: ux.md A7.

Values only: whatever a cell computed comes back as what it showed, and no words become a formula.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import xlsxwriter

from actions.recognition import Kind
from actions.roster import Preview
from actions.sheets import Sheet
from actions.workbook import clean
from program.cells import Cell
from program.roster_marks import marked
from program.text import Text

LONGEST_NAME = 31  # of a sheet in Excel
RED, YELLOW = "#FFC7CE", "#FFEB9C"
Marks = dict[tuple[str, int, int], tuple[bool, list[Text]]]


def copy(tables: Sequence[Sheet], preview: Preview, say: Callable[[Text], str], made_at: datetime) -> bytes:
    """The .xlsx.

    Args:
        say: words a remark for the comment of its cell.
        made_at: stands in the file's properties; wall clock of the school.
    """
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    book.set_properties({"created": made_at.replace(tzinfo=None, microsecond=0)})
    formats = {
        (colour, kind): book.add_format({**look, **({"bg_color": colour} if colour else {})})
        for colour in ("", RED, YELLOW)
        for kind, look in _LOOKS.items()
    }
    marks = _marks(preview)
    taken: set[str] = set()
    for table in tables:
        page = book.add_worksheet(_sheet_name(table.name, taken))
        for at, row in enumerate(table.rows):
            for column, cell in enumerate(row):
                grave, remarks = marks.get((table.name, at + 1, column + 1), (False, []))
                colour = (RED if grave else YELLOW) if remarks else ""
                _put(page, at, column, cell, formats, colour)
                if remarks:
                    said = "\n".join(dict.fromkeys(say(remark) for remark in remarks))
                    page.write_comment(at, column, clean(said), {"author": "", "x_scale": 2})
    book.close()
    return buffer.getvalue()


_LOOKS: dict[str, dict[str, Any]] = {
    "text": {},
    # Excel takes such words for a formula once somebody edits the cell; the quote prefix prevents it.
    "quoted": {"quote_prefix": True},
    "date": {"num_format": "dd.mm.yyyy", "align": "left"},
    "moment": {"num_format": "dd.mm.yyyy hh:mm", "align": "left"},
}


def _marks(preview: Preview) -> Marks:
    """(sheet, row, column) -> whether it keeps the row out, and what is said about it."""
    columns = {
        sheet.name: {column.field: column.number for column in reversed(sheet.columns)}
        for sheet in preview.sheets
    }
    found: Marks = defaultdict(lambda: (False, []))
    for row in preview.rows:
        present = columns[row.draft.sheet]
        for remarks, grave in ((row.draft.warnings, False), (row.draft.problems, True)):
            for remark in remarks:
                field = marked(remark, present)
                if field is None:
                    continue
                place = row.draft.sheet, row.draft.row, present[field]
                was, said = found[place]
                found[place] = was or (grave and row.kind is Kind.REFUSED), [*said, remark]
    return dict(found)


def _put(page: Any, row: int, column: int, cell: Cell, formats: Any, colour: str) -> None:
    match cell:
        case None | "":
            if colour:
                page.write_blank(row, column, None, formats[colour, "text"])
        case bool():
            page.write_boolean(row, column, cell, formats[colour, "text"])
        case int() | float():
            page.write_number(row, column, cell, formats[colour, "text"])
        case datetime():
            page.write_datetime(row, column, cell, formats[colour, "moment" if cell.time() else "date"])
        case date():
            page.write_datetime(row, column, cell, formats[colour, "date"])
        case time() | timedelta():
            page.write_string(row, column, str(cell), formats[colour, "text"])
        case _:
            words = clean(str(cell))
            hostile = words.lstrip()[:1] in tuple("=+-@")
            page.write_string(row, column, words, formats[colour, "quoted" if hostile else "text"])


def _sheet_name(name: str, taken: set[str]) -> str:
    """As Excel takes it: short, without its special characters, each once."""
    plain = "".join("_" if c in "[]:*?/\\'" else c for c in name).strip()[:LONGEST_NAME] or "Лист1"
    made, number = plain, 2
    while made.casefold() in taken:
        made = f"{plain[: LONGEST_NAME - 4]} {number}"
        number += 1
    taken.add(made.casefold())
    return made

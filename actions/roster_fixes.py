"""Cells that the curator can put right on the page: asked for by what is to be done. Source: ux.md 3.1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions.recognition import Kind, Row
from actions.roster import Preview, Wishes
from actions.sheets import Sheet
from program import cells
from program.roles import Category
from program.roster_columns import Field
from program.roster_marks import QUIET, about
from program.text import Text

ROW = "row"  # what no cell puts right


@dataclass(frozen=True)
class Blank:
    """One cell to be put right: what stands there now and what is wrong with it."""

    field: Field
    value: str
    remarks: tuple[Text, ...]

    def name(self, row: Row) -> str:
        return f"fix|{row.draft.row}|{self.field}|{row.draft.sheet}"


@dataclass(frozen=True)
class Asked:
    """A row with its cells to be put right; `others` are about the row as a whole."""

    row: Row
    blanks: tuple[Blank, ...]
    others: tuple[Text, ...]

    @property
    def what(self) -> str:
        """What is to be done first: the column, or `ROW`."""
        return self.blanks[0].field.value if self.blanks else ROW


def asked(
    tables: Sequence[Sheet], preview: Preview, wishes: Wishes, *, grave: bool
) -> dict[str, list[Asked]]:
    """Rows by what is to be done.

    Args:
        grave: rows that stay out as they are; else those that go in with a remark.
    """
    rows = {table.name: table.rows for table in tables}
    places = {sheet.name: {c.field: c.number for c in reversed(sheet.columns)} for sheet in preview.sheets}
    found: dict[str, list[Asked]] = {}
    for row in preview.rows:
        remarks = _remarks(row, grave)
        if not remarks:
            continue
        by: dict[Field, list[Text]] = {}
        for remark in remarks:
            if (field := about(remark)) is not None:
                by.setdefault(field, []).append(remark)
        one = Asked(
            row,
            tuple(
                Blank(field, _value(rows, places, wishes, row, field), tuple(of)) for field, of in by.items()
            ),
            tuple(remark for remark in remarks if about(remark) is None),
        )
        found.setdefault(one.what, []).append(one)
    return found


def said(form: Iterable[tuple[str, str]], blanks: Mapping[str, str]) -> dict[tuple[str, int, Field], str]:
    """What was typed into the fields, of those that were asked for and changed.

    Args:
        blanks: by the field's name, what stood there.
    """
    found = {}
    for name, typed in form:
        parts = name.split("|", 3)
        if name not in blanks or len(parts) != 4 or cells.words(typed) == blanks[name]:
            continue
        found[parts[3], int(parts[1]), Field(parts[2])] = cells.words(typed)[:200]
    return found


def to_json(wishes: Wishes) -> dict[str, Any]:
    return {
        "category": wishes.category,
        "headers": dict(wishes.headers),
        "columns": {key: str(what) for key, what in wishes.columns.items()},
        "fixes": [[sheet, row, str(what), words] for (sheet, row, what), words in wishes.fixes.items()],
    }


def from_json(kept: Mapping[str, Any]) -> Wishes:
    return Wishes(
        category=Category(kept["category"]) if kept.get("category") else None,
        headers=dict(kept.get("headers", {})),
        columns={key: Field(what) for key, what in kept.get("columns", {}).items()},
        fixes={(sheet, row, Field(what)): words for sheet, row, what, words in kept.get("fixes", [])},
    )


def _remarks(row: Row, grave: bool) -> tuple[Text, ...]:
    if grave:
        return row.draft.problems if row.kind is Kind.REFUSED else ()
    if row.kind is Kind.REFUSED:
        return ()
    return tuple(remark for remark in row.draft.warnings if remark.id not in QUIET)


def _value(
    rows: Mapping[str, Sequence[Sequence[cells.Cell]]],
    places: Mapping[str, Mapping[Field, int]],
    wishes: Wishes,
    row: Row,
    field: Field,
) -> str:
    """What stands in the cell: the correction, else the file's words; a day as people write it."""
    sheet, number = row.draft.sheet, row.draft.row
    if (sheet, number, field) in wishes.fixes:
        return wishes.fixes[sheet, number, field]
    at = places[sheet].get(field)
    if at is None:
        return row.draft.shown if field is Field.FULL else ""
    line = rows[sheet][number - 1]
    cell = line[at - 1] if at <= len(line) else None
    if isinstance(cell, datetime | date):
        return f"{cell:%d.%m.%Y}"
    return cells.words(cell)[:200]

"""A school's list as people: which row is the header, what each column means, what is wrong with a row.

Cells in, drafts out; nothing is looked up and nothing is kept. Source: ux.md 3.1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from program import cells
from program.cells import Cell
from program.names import folded
from program.roster_columns import NOT_LOADED, Chosen, Column, Field, find_header, named_header
from program.roster_draft import Draft, category_in, from_row
from program.text import Text

_TOTALS = re.compile(r"^(итого|всего|количество|кол во)\b")


@dataclass(frozen=True)
class Skipped:
    row: int
    sheet: str
    reason: Text


@dataclass(frozen=True)
class Roster:
    """One sheet, read. `header` is the header's row; `notes` are about whole columns."""

    sheet: str
    header: int
    columns: tuple[Column, ...]
    drafts: tuple[Draft, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[Text, ...]


def read(
    rows: Sequence[Sequence[Cell]],
    today: date,
    sheet: str = "",
    *,
    header: int = 0,
    chosen: Chosen = MappingProxyType({}),
    fixes: Mapping[tuple[int, Field], str] = MappingProxyType({}),
) -> Roster | None:
    """The people of one sheet; None when no row looks like a header with names.

    Args:
        today: the school's calendar day, against which births and years of teaching are held.
        header: the number of the header's row, where a person named it; 0: to be found.
        chosen: what columns hold where a person said so.
        fixes: words put in place of cells, by the row's number.
    """
    found = named_header(rows, header - 1, chosen) if header else find_header(rows, chosen)
    if found is None:
        return None
    header, columns = found
    used = {c.field: c.number - 1 for c in reversed(columns) if c.field not in NOT_LOADED}
    above = " ".join(cells.words(cell) for row in rows[:header] for cell in row)
    names = " ".join(column.title for column in columns if column.field is Field.FULL)
    usual = category_in(f"{above} {names}") if not {Field.CLASS, Field.POSITION} & used.keys() else None
    group = (cells.class_in(above) or cells.class_in(sheet)) if Field.CLASS not in used else ""
    notes = [Text("roster-column-guardian", {"title": c.title}) for c in columns if c.field is Field.GUARDIAN]
    if group:
        notes.append(Text("roster-class-from-title", {"class": group}))
    drafts: list[Draft] = []
    skipped: list[Skipped] = []
    for number, row in enumerate(rows[header + 1 :], header + 2):
        values = {what: row[at] for what, at in used.items() if at < len(row)}
        if mended := {what: fixes[number, what] for what in Field if (number, what) in fixes}:
            values = _mended(values, mended)
        reason, section = _no_person(row, values, columns)
        group = section or group
        if reason is not None:
            skipped.append(Skipped(number, sheet, reason))
        else:
            drafts.append(from_row(number, sheet, values, group, usual, today))
    while skipped and skipped[-1].reason.id == "roster-skip-empty":
        skipped.pop()  # the tail of the sheet is nobody's news
    return Roster(sheet, header + 1, columns, without_repeats(drafts), tuple(skipped), tuple(notes))


def _mended(values: Mapping[Field, Cell], mended: Mapping[Field, str]) -> dict[Field, Cell]:
    """A name or a class that was put right as a whole replaces its parts."""
    kept = dict(values)
    if Field.FULL in mended:
        for part in (Field.LAST, Field.FIRST, Field.MIDDLE):
            kept.pop(part, None)
    if Field.CLASS in mended:
        kept.pop(Field.LETTER, None)
    return {**kept, **mended}


def examples(rows: Sequence[Sequence[Cell]], header: int, number: int, most: int = 3) -> tuple[str, ...]:
    """The first different values of a column below the header's row."""
    found: dict[str, None] = {}
    for row in rows[header : header + 40]:
        if number <= len(row) and (value := cells.words(row[number - 1])[:40]):
            found.setdefault(value)
        if len(found) == most:
            break
    return tuple(found)


def _no_person(
    row: Sequence[Cell], values: dict[Field, Cell], columns: tuple[Column, ...]
) -> tuple[Text | None, str]:
    """(why the row names nobody or None, the class that a section row like «8А класс» opens)."""
    filled = [text for text in (cells.words(cell) for cell in row) if text]
    if not any(cells.words(cell) for cell in values.values()):
        return Text("roster-skip-empty"), ""
    if any(_TOTALS.match(" ".join(re.sub(r"\W+", " ", folded(text)).split())) for text in filled[:2]):
        return Text("roster-skip-total"), ""
    if len(filled) > 1 and filled == [str(number) for number in range(1, len(filled) + 1)]:
        return Text("roster-skip-numbers"), ""
    if len(filled) > 1 and filled[:6] == [column.title for column in columns][:6]:
        return Text("roster-skip-header"), ""
    if len(filled) == 1 and (group := cells.class_in(filled[0])):
        return Text("roster-skip-section", {"class": group}), group
    return None, ""


def without_repeats(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """A person who stands in the file twice is taken once; the second row says where the first one is."""
    first: dict[tuple[str, ...], Draft] = {}
    kept: list[Draft] = []
    twins: set[tuple[str, int]] = set()
    for draft in drafts:
        if draft.problems:
            kept.append(draft)
            continue
        name = (folded(draft.last_name), folded(draft.first_name), folded(draft.middle_name))
        keys = [(*name, draft.class_name or "-")]
        if draft.born:
            keys.append((*name, draft.born.isoformat()))
        twin = next((first[key] for key in keys if key in first and same(first[key], draft)), None)
        if twin is not None:
            twins.add((twin.sheet, twin.row))
            twice = Text("roster-twice", {"row": twin.row})
            draft = replace(draft, problems=(*draft.problems, twice))
        else:
            for key in keys:
                first.setdefault(key, draft)
        kept.append(draft)
    return tuple(_twin(one) if (one.sheet, one.row) in twins else one for one in kept)


def _twin(draft: Draft) -> Draft:
    """The first of two rows with one name; said once, however often the rows are looked through."""
    if any(warning.id == "roster-twin" for warning in draft.warnings):
        return draft
    return replace(draft, warnings=(*draft.warnings, Text("roster-twin")))


def same(one: Draft, other: Draft) -> bool:
    """Two rows with one name are one person unless both have a birth date and these differ."""
    return one.born is None or other.born is None or one.born == other.born

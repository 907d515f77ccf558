"""Which row of a list is the header and what each column under it means. Source: ux.md 3.1."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from program import cells
from program.cells import Cell
from program.names import folded

HEADER_WITHIN = 15  # rows


class Field(StrEnum):
    FULL = "full"
    LAST = "last"
    FIRST = "first"
    MIDDLE = "middle"
    CLASS = "class"
    LETTER = "letter"  # of the class, in a column of its own
    BORN = "born"
    PHONE = "phone"
    EMAIL = "email"
    GENDER = "gender"
    POSITION = "position"
    CATEGORY = "category"
    SINCE = "since"
    WORKPLACE = "workplace"
    GUARDIAN = "guardian"  # not loaded: comes with the guardian's own consent
    SKIP = "skip"


NOT_LOADED = {Field.SKIP, Field.GUARDIAN}

# The first rule that fits a title (folded, punctuation as spaces) wins.
_TITLES: tuple[tuple[Field, str], ...] = (
    (Field.GUARDIAN, r"родител|законн|представител|\bмам|\bпап|\bмать|\bматер|\bотец|\bотц|опекун"),
    (Field.EMAIL, r"почт|mail"),
    (Field.SKIP, r"примечан|коммент|классн\w* руков|классн\w* рук|наставник|^no$|п п$|снилс|паспорт|адрес"),
    (Field.FULL, r"^фио|^фамилия и? ?имя|полное имя|\bфио$|^(ученик|обучающийся|учащийся|педагог|учитель|сотрудник)и?$"),
    (Field.LAST, r"^фамили"),
    (Field.MIDDLE, r"^отчеств"),
    (Field.FIRST, r"^имя"),
    (Field.BORN, r"дата рожд|день рожд|год рожд|^д ?р$|^дата$|родил"),
    (Field.PHONE, r"^тел|телефон|мобильн|сотов"),
    (Field.LETTER, r"^литер|^буква"),
    (Field.CLASS, r"^(класс|кл|параллель)( |$)|^(учебная )?группа$"),
    (Field.GENDER, r"^пол$"),
    (Field.CATEGORY, r"^категория( |$)(?!.*квалиф)|^роль|^кто"),
    (Field.POSITION, r"должност"),
    (Field.SINCE, r"стаж|начал\w* работы|работает с|^в педагогике с"),
    (Field.WORKPLACE, r"место работы|место учебы|организация|предприятие"),
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column as the file names it and as we read it. `number` counts from 1."""

    number: int
    title: str
    field: Field

    @property
    def key(self) -> str:
        """By what the column is known again in another file."""
        return plain_title(self.title) or f"#{self.number}"


Chosen: TypeAlias = Mapping[str, Field]  # what the curator says that columns hold, by `Column.key`


def find_header(
    rows: Sequence[Sequence[Cell]], chosen: Chosen = MappingProxyType({})
) -> tuple[int, tuple[Column, ...]] | None:
    """(index of the row, its columns): of the first rows the one with most known titles, names among them."""
    best: tuple[int, int, tuple[Column, ...]] | None = None
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        columns = _columns(row, rows[index - 1] if index else (), chosen)
        known = {c.field for c in columns} - NOT_LOADED
        if not known & {Field.FULL, Field.LAST}:
            continue
        if best is None or len(known) > best[0]:
            best = len(known), index, columns
    return (best[1], best[2]) if best else None


def named_header(
    rows: Sequence[Sequence[Cell]], index: int, chosen: Chosen = MappingProxyType({})
) -> tuple[int, tuple[Column, ...]] | None:
    """The same for a row that the curator named; a column without a title can be chosen as well."""
    if not 0 <= index < len(rows):
        return None
    below = rows[index + 1 : index + 1 + HEADER_WITHIN]
    columns = {c.number: c for c in _columns(rows[index], rows[index - 1] if index else (), chosen)}
    for number in range(1, max((len(row) for row in (rows[index], *below)), default=0) + 1):
        if number in columns or not any(number <= len(row) and cells.words(row[number - 1]) for row in below):
            continue
        title = cells.words(rows[index][number - 1])[:80] if number <= len(rows[index]) else ""
        column = Column(number, title, Field.SKIP)
        columns[number] = Column(number, title, chosen.get(column.key, Field.SKIP))
    return index, tuple(columns[number] for number in sorted(columns))


def _columns(
    row: Sequence[Cell], above: Sequence[Cell], chosen: Chosen = MappingProxyType({})
) -> tuple[Column, ...]:
    """A group title above («Родитель» over «ФИО» and «Телефон») belongs to the columns under it."""
    titles = [cells.words(cell) if isinstance(cell, str) else "" for cell in above]
    filled = [index for index, title in enumerate(titles) if title]
    grouped = len(filled) > 1 or (bool(filled) and filled[0] > 1)  # else it is the title of the list
    columns, group = [], ""
    for index, cell in enumerate(row):
        group = titles[index] if grouped and index < len(titles) and titles[index] else group
        title = cells.words(cell) if isinstance(cell, str) else ""
        if not title:
            continue
        what = meaning(title)
        if grouped and meaning(group) is Field.GUARDIAN:
            title, what = f"{group}: {title}", Field.GUARDIAN
        column = Column(index + 1, title[:80], what)
        columns.append(Column(index + 1, title[:80], chosen.get(column.key, what)))
    return tuple(columns)


def meaning(title: str) -> Field:
    """What a column with this title holds; SKIP when we do not know."""
    plain = plain_title(title)
    if len(plain) > 60:
        return Field.SKIP
    return next((what for what, pattern in _TITLES if re.search(pattern, plain)), Field.SKIP)


def plain_title(title: str) -> str:
    """A title without case, punctuation and ё."""
    plain = " ".join(re.sub(r"[^\w№]+", " ", folded(title)).split())
    return re.sub(r"\bф и о\b", "фио", plain)

"""Importing the school's own lists: first shown, then written in one go. Source: ux.md 3.1.

The file is read again for the import; between the preview and the import nothing is kept but the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import phonenumbers

from actions import journal, leaving, roster_undo, sheets
from actions.recognition import Kind, Row, compared, values
from actions.work import Work
from actions.workbook import Page, workbook
from program import cells, roster
from program.errors import Refusal
from program.roles import Category, PersonState
from program.roster import Roster, Skipped
from program.roster_columns import HEADER_WITHIN, Column, Field, meaning
from program.roster_draft import Draft
from program.text import Text
from storage import roster as stored

REMEMBERED = "roster_columns"  # among the school's settings
LONGEST_TITLE, MOST_TITLES = 60, 200
EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}")


@dataclass(frozen=True)
class Wishes:
    """What the curator said about a file beyond what is found in it.

    Args:
        category: of the people whose row does not say it by a class, a post or a category.
        headers: by sheet, the number of the header's row; 0 leaves the sheet out.
        columns: what columns hold, by `Column.key`.
        fixes: words put in place of cells, by sheet, row and column.
    """

    category: Category | None = None
    headers: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, Field] = field(default_factory=dict)
    fixes: Mapping[tuple[str, int, Field], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was read. `header`: the row's number, 0 if the sheet is left out; `first`: its first rows."""

    name: str
    header: int
    columns: tuple[Column, ...]
    examples: Mapping[int, tuple[str, ...]]
    first: tuple[tuple[int, str], ...]

    @property
    def present(self) -> frozenset[Field]:
        return frozenset(column.field for column in self.columns)


@dataclass(frozen=True)
class Preview:
    """What an import would do. `lacking`: people of the same classes (or teachers) that the file lacks."""

    name: str
    sheets: tuple[Sheet, ...]
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[Text, ...]
    lacking: tuple[tuple[int, str, str], ...]  # id, full name, class or post

    def of(self, kind: Kind) -> list[Row]:
        return [row for row in self.rows if row.kind is kind]

    @property
    def counts(self) -> Counts:
        return _counted(self.rows, len(self.skipped), len(self.lacking))

    @property
    def columns(self) -> dict[str, tuple[Column, tuple[str, ...]]]:
        """Each column once, with examples, by `Column.key`; sheets of one file are alike."""
        found: dict[str, tuple[Column, tuple[str, ...]]] = {}
        for sheet in self.sheets:
            for column in sheet.columns:
                known = found.get(column.key)
                if known is None or not known[1]:
                    found[column.key] = (column, sheet.examples[column.number])
        return found


@dataclass(frozen=True)
class Counts:
    """How many rows were new, changed, same, refused, skipped; `missing`: people the file lacks.

    `left`: those among them who were marked as no longer at the school.
    """

    new: int
    changed: int
    same: int
    refused: int
    skipped: int
    missing: int
    left: int = 0


def _counted(rows: Iterable[Row], skipped: int, missing: int) -> Counts:
    found = Counter(row.kind for row in rows)
    return Counts(
        found[Kind.NEW], found[Kind.CHANGED], found[Kind.SAME], found[Kind.REFUSED], skipped, missing
    )


async def read(
    work: Work,
    name: str,
    data: bytes,
    category: Category | None = None,
    wishes: Wishes | None = None,
) -> Preview:
    """What an import of this file would do; nothing is written.

    Args:
        name: of the file, with its ending.
        category: as in `Wishes`, where nothing else is wished.

    Raises:
        Refusal: the file is not a table, or no row in it looks like a header.
    """
    preview = await look(work, name, await sheets.read(name, data), wishes or Wishes(category))
    if not any(sheet.header for sheet in preview.sheets):
        raise Refusal("roster-no-header", rows=HEADER_WITHIN)
    if not preview.rows:
        raise Refusal("roster-no-people")
    return preview


async def look(work: Work, name: str, tables: Sequence[sheets.Sheet], wishes: Wishes) -> Preview:
    """The same of tables that were read already; without a header there are simply no rows."""
    chosen = {**remembered(work), **wishes.columns}
    found: list[Roster] = []
    shown = []
    for table in tables:
        fixes = {(row, what): words for (at, row, what), words in wishes.fixes.items() if at == table.name}
        header = wishes.headers.get(table.name)
        one = None
        if header != 0:
            one = roster.read(
                table.rows, work.today, table.name, header=header or 0, chosen=chosen, fixes=fixes
            )
        if one is not None:
            found.append(one)
        shown.append(_sheet(table, one))
    drafts = [_with_contacts(draft) for each in found for draft in each.drafts]
    drafts = [_with_category(draft, wishes.category) for draft in roster.without_repeats(drafts)]
    rows, lacking = compared(drafts, await stored.listed(work.session, work.school.id))
    return Preview(
        name=name,
        sheets=tuple(shown),
        rows=tuple(rows),
        skipped=tuple(skipped for each in found for skipped in each.skipped),
        notes=_notes(found),
        lacking=tuple((one.id, one.full_name, one.class_name or one.position) for one in lacking),
    )


async def apply(
    work: Work,
    preview: Preview,
    category: Category | None = None,
    kinds: Collection[Kind] = (Kind.NEW, Kind.CHANGED),
    wishes: Wishes | None = None,
    left: Collection[int] = (),
) -> Counts:
    """Writes what the preview promised, as the database stands now; a second call adds nobody twice.

    New people are INVITED: on the school's own list, nobody asked them yet.

    Args:
        kinds: the groups of rows to load; the others are left.
        wishes: what was said about columns is remembered for the next file.
        left: those of the people the file lacks who are no longer at the school, by the curator's word.

    Returns:
        What was written; rows of a group that was left do not count as new or changed.
    """
    await stored.lock(work.session, work.school.id)
    wishes = wishes or Wishes(category)
    drafts = [_with_category(row.draft, wishes.category) for row in preview.rows]
    rows, lacking = compared(drafts, await stored.listed(work.session, work.school.id))
    rows = [row for row in rows if row.kind in kinds or row.kind in (Kind.SAME, Kind.REFUSED)]
    added = await stored.add(work.session, [_new(work, row.draft) for row in rows if row.kind is Kind.NEW])
    changed = [row for row in rows if row.kind is Kind.CHANGED]
    values_of = [
        {"id": row.person_id, **{name: new for name, (_, new) in row.changes.items()}} for row in changed
    ]
    await stored.change(work.session, sorted(values_of, key=lambda values: sorted(values)))
    gone = await leaving.leave_all(work, [one.id for one in lacking if one.id in left])
    counts = replace(_counted(rows, len(preview.skipped), len(lacking)), left=len(gone))
    await journal.note(work, "roster.imported", f"school:{work.school.id}", after=vars(counts))
    await roster_undo.keep(work, preview.name, added, changed, gone)
    _remember(work, wishes.columns)
    return counts


def remembered(work: Work) -> dict[str, Field]:
    """What columns held by the curator's word when a file was loaded before."""
    known = work.school.settings.get(REMEMBERED, {})
    return {key: Field(value) for key, value in known.items() if value in tuple(Field)}


def _remember(work: Work, columns: Mapping[str, Field]) -> None:
    """Only titles that say otherwise than we would guess; a column without a title is no title."""
    known = {key: str(what) for key, what in remembered(work).items()}
    for key, what in columns.items():
        known.pop(key, None)
        if not key.startswith("#") and len(key) <= LONGEST_TITLE and what is not meaning(key):
            known[key] = str(what)
    if known != work.school.settings.get(REMEMBERED, {}):
        work.school.settings = {**work.school.settings, REMEMBERED: dict(list(known.items())[-MOST_TITLES:])}


def _sheet(table: sheets.Sheet, found: Roster | None) -> Sheet:
    first = tuple(
        (number, " · ".join(text for text in map(cells.words, row) if text)[:80])
        for number, row in enumerate(table.rows[:HEADER_WITHIN], 1)
    )
    if found is None:
        return Sheet(table.name, 0, (), {}, first)
    examples = {c.number: roster.examples(table.rows, found.header, c.number) for c in found.columns}
    return Sheet(table.name, found.header, found.columns, examples, first)


def _notes(found: Sequence[Roster]) -> tuple[Text, ...]:
    """The same note of several sheets is said once."""
    notes: list[Text] = []
    for note in (note for each in found for note in each.notes):
        if note not in notes:
            notes.append(note)
    return tuple(notes)


def _new(work: Work, draft: Draft) -> dict[str, Any]:
    return {
        "school_id": work.school.id,
        "state": PersonState.INVITED,
        "category": draft.category,
        "created_at": work.now,
        "language": "ru",
        "preferences": {},
        **values(draft),
    }


def _with_category(draft: Draft, category: Category | None) -> Draft:
    """The category named for the file fills what the row leaves open; still open keeps the row out."""
    problems = tuple(problem for problem in draft.problems if problem.id != "roster-no-category")
    if draft.category is None and category is None:
        problems = (*problems, Text("roster-no-category"))
    return replace(draft, category=draft.category or category, problems=problems)


def _with_contacts(draft: Draft) -> Draft:
    """The phone as E.164 and the e-mail; one that cannot be read is left out with a warning."""
    phone, warnings = "", list(draft.warnings)
    if draft.phone:
        first = re.split(r"[,;]|\bили\b", draft.phone)[0]
        phone = e164(first)
        if not phone:
            warnings.append(Text("roster-phone-unclear", {"phone": draft.phone}))
        elif first != draft.phone:
            warnings.append(Text("roster-phone-first"))
    email = draft.email
    if email and not EMAIL.fullmatch(email):
        warnings.append(Text("roster-email-unclear", {"email": email}))
        email = ""
    return replace(draft, phone=phone, email=email, warnings=tuple(warnings))


def e164(typed: str) -> str:
    """«+79001234567» of «8 (900) 123-45-67»; "" if no such number can exist (a lost digit is the usual slip). Without a country: Russia."""
    try:
        number = phonenumbers.parse(typed, "RU")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


SAMPLE_COLUMNS = ("Фамилия", "Имя", "Отчество", "Класс", "Дата рождения", "Телефон", "Эл. почта", "Должность")
SAMPLE_ROWS: tuple[tuple[str | date, ...], ...] = (
    ("Ромашкина", "Алиса", "Павловна", "8А", date(2012, 3, 5), "+7 900 000-00-01", "", ""),
    ("Подсолнухов", "Тимур", "Маратович", "10Б", date(2010, 11, 21), "", "timur@example.ru", ""),
    ("Ландышева", "Вера", "Олеговна", "", "", "", "", "учитель математики"),
)


SAMPLE_NAME = "Образец_списка.xlsx"


def sample() -> bytes:
    """An .xlsx that shows what may be loaded; its people are invented."""
    page = Page("Список", SAMPLE_COLUMNS, SAMPLE_ROWS, keep=2)
    return workbook([page], datetime(2026, 9, 1))  # noqa: DTZ001 - the file says no more than a day

"""Importing the school's own lists: first shown, then written in one go. Source: ux.md 3.1.

The file is read again for the import; between the preview and the import nothing is kept but the file.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import phonenumbers

from actions import journal, sheets
from actions.recognition import Kind, Row, compared, values
from actions.work import Work
from actions.workbook import Page, workbook
from program import roster
from program.errors import Refusal
from program.roles import Category, PersonState
from program.roster import Skipped
from program.roster_columns import HEADER_WITHIN, Column
from program.roster_draft import Draft
from program.text import Text
from storage import roster as stored

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}")


@dataclass(frozen=True)
class Preview:
    """What an import would do. `missing`: people of the same classes (or teachers) that the file lacks."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[Text, ...]
    missing: int

    def of(self, kind: Kind) -> list[Row]:
        return [row for row in self.rows if row.kind is kind]

    @property
    def counts(self) -> Counts:
        found = Counter(row.kind for row in self.rows)
        return Counts(
            found[Kind.NEW],
            found[Kind.CHANGED],
            found[Kind.SAME],
            found[Kind.REFUSED],
            len(self.skipped),
            self.missing,
        )


@dataclass(frozen=True)
class Counts:
    """How many rows were new, changed, same, refused, skipped; `missing`: people the file lacks."""

    new: int
    changed: int
    same: int
    refused: int
    skipped: int
    missing: int


async def read(work: Work, name: str, data: bytes, category: Category | None = None) -> Preview:
    """What an import of this file would do; nothing is written.

    Args:
        name: of the file, with its ending.
        category: of the people whose row does not say it by a class, a post or a category.

    Raises:
        Refusal: the file is not a table, or no row in it looks like a header.
    """
    tables = await sheets.read(name, data)
    lists = [roster.read(table.rows, work.today, table.name) for table in tables]
    found = [each for each in lists if each is not None]
    if not found:
        raise Refusal("roster-no-header", rows=HEADER_WITHIN)
    drafts = [_with_contacts(draft) for each in found for draft in each.drafts]
    drafts = [_with_category(draft, category) for draft in roster.without_repeats(drafts)]
    if not drafts:
        raise Refusal("roster-no-people")
    rows, missing = compared(drafts, await stored.listed(work.session, work.school.id))
    return Preview(
        name=name,
        columns=found[0].columns,
        rows=tuple(rows),
        skipped=tuple(skipped for each in found for skipped in each.skipped),
        notes=tuple(note for each in found for note in each.notes),
        missing=missing,
    )


async def apply(work: Work, preview: Preview, category: Category | None = None) -> Counts:
    """Writes what the preview promised, as the database stands now; a second call adds nobody twice.

    New people are INVITED: on the school's own list, nobody asked them yet.
    """
    await stored.lock(work.session, work.school.id)
    drafts = [_with_category(row.draft, category) for row in preview.rows]
    rows, missing = compared(drafts, await stored.listed(work.session, work.school.id))
    await stored.add(work.session, [_new(work, row.draft) for row in rows if row.kind is Kind.NEW])
    changed = [
        {"id": row.person_id, **{name: new for name, (_, new) in row.changes.items()}}
        for row in rows
        if row.kind is Kind.CHANGED
    ]
    await stored.change(work.session, sorted(changed, key=lambda values: sorted(values)))
    counts = replace(preview, rows=tuple(rows), missing=missing).counts
    await journal.note(work, "roster.imported", f"school:{work.school.id}", after=vars(counts))
    return counts


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
    if email and not _EMAIL.fullmatch(email):
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

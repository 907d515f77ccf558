"""A class list read, previewed and imported beside the bare minimum: openpyxl's reading and one bulk INSERT.

Ours also recognises people, judges every cell, writes the journal and can be taken back. What is promised
(domain.md, import): 500 rows in under 5 s, 10,000 in under 30 s.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy import func, insert, select

from actions import roster
from actions.work import Work
from benchmarks._figures import Figure, Line, times
from program.roles import Category
from storage import migrate
from storage.database import Database, sqlite_url
from storage.tables import Person, School

NOW = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)
LETTERS = "абвгдежзиклмнопрстуф"
HEADER = ["№", "Ф.И.О. обучающегося", "Класс", "Дата рождения", "Телефон"]


async def run() -> list[Line]:
    lines: list[Line] = []
    for count in (500, 10_000):
        file = _file(count)
        ours, bare = await _timed(_ours, file), await _timed(_bare, file)
        said = [f"{took:.2f} s, {count / took:,.0f} a second" for took in (ours, bare)]
        what = f"{count:,} rows read, previewed and imported, beside bare reading and INSERT"
        lines.append(Figure(what, times(ours, bare), "", *said))
    return lines


def _file(count: int) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    for n in range(count):
        name = f"Ромашкин{LETTERS[n // 400 % 20]}{LETTERS[n // 20 % 20]} Алис{LETTERS[n % 20]}{LETTERS[n // 8000]}"
        sheet.append([n, name, f"{n % 11 + 1}А", f"{n % 28 + 1:02}.03.{2008 + n % 10}", f"8900{n:07}"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


async def _timed(how: Callable[[Database, bytes], Awaitable[int]], file: bytes) -> float:
    """Seconds on an empty database; the reading of the file is included."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "bench.db"))
        await migrate.to_head(database)
        async with database.transaction() as session:
            school = School(
                slug="first", name="Школа", timezone="Europe/Moscow", is_default=True, created_at=NOW
            )
            session.add(school)
        began = time.perf_counter()
        written = await how(database, file)
        took = time.perf_counter() - began
        async with database.reading() as session:
            assert await session.scalar(select(func.count()).select_from(Person)) == written
        await database.close()
    return took


async def _ours(database: Database, file: bytes) -> int:
    async with database.transaction() as session:
        school = await session.scalar(select(School))
        assert school is not None
        work = Work(session, school, NOW)
        return (await roster.apply(work, await roster.read(work, "list.xlsx", file))).new


async def _bare(database: Database, file: bytes) -> int:
    sheet = openpyxl.load_workbook(io.BytesIO(file), read_only=True).active
    assert sheet is not None
    rows: list[dict[str, Any]] = []
    for row in sheet.iter_rows(min_row=2, values_only=True):
        last, first = str(row[1]).split()
        rows.append({"last_name": last, "first_name": first, "class_name": row[2]})
    common = {"school_id": 1, "category": Category.PUPIL, "created_at": NOW}
    async with database.transaction() as session:
        await session.execute(insert(Person), [common | row for row in rows])
    return len(rows)

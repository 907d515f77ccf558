"""Nine months of a school with a hundred pairs, as tests/season/year.py lives through them: the timetable, the verbs, the sender.

Beats, meetings offered and agreed on, outcomes, polls, messages; holidays, planted problems, lost phones. What it ends in is
looked at by tests/season/test_nine_months.py.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from sqlalchemy import func, select

from actions.collecting import seldom
from benchmarks._figures import Figure, Line
from storage import migrate
from storage.database import Database, sqlite_url
from storage.tables import Meeting, OutboxRow
from tests.season.hundred import PAIRS, hundred_pairs


async def run() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "bench.db"), durable=False)
        await migrate.to_head(database)
        async with hundred_pairs(database) as year:
            seldom()
            began, since = time.process_time(), time.perf_counter()
            await year.lives()
            worked, passed = time.process_time() - began, time.perf_counter() - since
        async with database.reading() as session:
            meetings = await session.scalar(select(func.count(Meeting.id)))
            messages = await session.scalar(select(func.count(OutboxRow.id)))
        await database.close()
    return [
        Figure(
            f"nine months of {PAIRS} pairs: processor time",
            f"{worked:.0f} s",
            "≤ 60 s",
            f"{meetings} meetings, {messages} messages; {passed:.0f} s by the clock",
        )
    ]

"""A beat of the clock over 10,000 meetings: nothing is due, all are due, all have been told; and the same with ten years behind it.

What is measured is the line `meeting-reminders` of the timetable with its transaction, beside the work it cannot do without: the one
question to the database, and the rows of the reminders added alone.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import delete, func, insert, select

from actions import reminders
from actions.collecting import seldom
from actions.work import Work
from benchmarks import _pool
from benchmarks._figures import Figure, Line, times
from program.channels import Channel
from program.roles import Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from scheduler.metronome import Metronome
from storage import outbox, reminding, schools
from storage.database import Database, sqlite_url
from storage.tables import Address, Meeting, OutboxRow, Pair, PairMember

PAIRS = 5_000
MEETINGS = 2 * PAIRS
QUIET = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)  # a Tuesday morning
STARTS = (datetime(2026, 9, 18, 9, 0, tzinfo=UTC), datetime(2026, 9, 18, 13, 0, tzinfo=UTC))
DUE = datetime(2026, 9, 17, 13, 5, tzinfo=UTC)  # the day before, a day ahead of both
YEARS, LESSONS = 10, 20  # meetings of each pair in those years together
BEATS = 25


async def run() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "bench.db"))
        await _pool.furnish(database, PAIRS, PAIRS)
        await _agreed(database)
        seldom()
        nothing = await _often(lambda: _beat(database, QUIET))
        asked = await _often(lambda: _question(database, QUIET))
        due, rows = await _until_told(database), await _once(lambda: _rows_alone(database))
        told = await _often(lambda: _beat(database, DUE))
        await _forget(database)
        bare = await _bare(database)
        await _history(database)
        seldom()
        later = await _often(lambda: _beat(database, QUIET))
        due_later = await _until_told(database)
        whole = await _often(lambda: Metronome(database, lambda: QUIET).run_due(QUIET), 3)
        await database.close()
    past = f"{YEARS} years, {PAIRS * LESSONS} meetings, {2 * PAIRS * LESSONS} messages behind it"
    return [
        Figure(f"{MEETINGS} meetings, nothing due", f"{nothing:.1f} ms", "< 5 ms", f"{nothing:.2f} ms",
               f"the question alone: {asked:.2f} ms"),
        Figure(f"all due, two reminders for each: a beat, which queues {reminders.MOST}", f"{max(due):.0f} ms", "< 200 ms",
               f"{len(due)} beats, the median {median(due):.0f} ms", ""),
        Figure(f"the same: {2 * MEETINGS} reminders in all beats", times(sum(due), bare), "", f"{sum(due):.0f} ms",
               f"bare sqlite3 adds these rows in {bare:.0f} ms, `put_all` in {rows:.0f} ms"),
        Figure("all have been told", f"{told:.1f} ms", "", "", "each reader's key is looked for in the outbox"),
        Figure(f"nothing due, {past}", times(later, nothing), "flat", f"{later:.2f} ms", f"{nothing:.2f} ms without"),
        Figure("all due, the same past", times(sum(due_later), sum(due)), "flat", f"{sum(due_later):.0f} ms",
               f"{sum(due):.0f} ms without"),
        Figure("every line of the timetable once, nothing due, the same past", f"{whole:.0f} ms"),
    ]  # fmt: skip


async def _once(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds of processor."""
    began = time.process_time()
    await work()
    return (time.process_time() - began) * 1000


async def _often(work: Callable[[], Awaitable[object]], times_: int = BEATS) -> float:
    return median([await _once(work) for _ in range(times_ + 1)][1:])


async def _beat(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        school = await schools.get(session, 1)
        await reminders.send_due(Work(session, school, now))


async def _until_told(database: Database) -> list[float]:
    """Milliseconds of processor of each beat, until everybody has been told."""
    took: list[float] = []
    while await _queued(database) < 2 * MEETINGS:
        took.append(await _once(lambda: _beat(database, DUE)))
    return took


async def _queued(database: Database) -> int:
    async with database.reading() as session:
        soon = OutboxRow.created_at == DUE
        return await session.scalar(select(func.count(OutboxRow.id)).where(soon)) or 0


async def _bare(database: Database) -> float:
    """The rows of the reminders added by the driver alone, in the same table with its indexes."""
    await _until_told(database)
    async with database.transaction() as session:
        await session.flush()
        link = await (await session.connection()).get_raw_connection()
        driver: Any = link.driver_connection
        rows = driver.execute("SELECT * FROM outbox").fetchall()
        driver.execute("DELETE FROM outbox")
        add = f"INSERT INTO outbox VALUES ({', '.join('?' * len(rows[0]))}) ON CONFLICT (key) DO NOTHING"
        began = time.process_time()
        driver.executemany(add, rows)
        took = (time.process_time() - began) * 1000
        driver.execute("DELETE FROM outbox")
    return took


async def _question(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await reminding.starts(session, 1, now, now + timedelta(days=1))


async def _rows_alone(database: Database) -> None:
    """As many rows of the outbox as the beat has queued, and nothing else."""
    rows = [
        {"school_id": 1, "key": f"alone:{n}", "kind": "notice", "priority": 5, "person_id": n % PAIRS + 1,
         "channel": Channel.VK, "account": "default", "address": str(n % PAIRS + 1), "body": {"texts": [], "rows": []},
         "edit_key": "", "created_at": QUIET, "due_at": QUIET} for n in range(2 * MEETINGS)
    ]  # fmt: skip
    async with database.transaction() as session:
        await outbox.put_all(session, rows)


async def _forget(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(delete(OutboxRow))


async def _agreed(database: Database) -> None:
    """Pairs at work, each with two meetings on one day."""
    ids = range(1, PAIRS + 1)
    pairs = [
        {"id": n, "school_id": 1, "year": _pool.YEAR, "form": _pool.FORM, "status": PairStatus.ACTIVE, "score": 80,
         "reasons": {}, "created_at": QUIET, "starts_on": QUIET.date() - timedelta(days=40)} for n in ids
    ]  # fmt: skip
    members = [
        {"school_id": 1, "pair_id": n, "person_id": who, "participation_id": who, "side": side, "joined_at": QUIET}
        for n in ids for who, side in ((PAIRS + n, Side.MENTOR), (n, Side.MENTEE))
    ]  # fmt: skip
    places = [
        {
            "school_id": 1,
            "person_id": n,
            "channel": Channel.VK,
            "account": "default",
            "address": str(n),
            "used_at": QUIET,
        }
        for n in range(1, 2 * PAIRS + 1)
    ]
    due = [_meeting(n, at, MeetingStatus.CONFIRMED) for at in STARTS for n in ids]
    await _add(database, (Pair, pairs), (PairMember, members), (Address, places), (Meeting, due))


async def _history(database: Database) -> None:
    """Years of meetings that were held, and of messages that went."""
    step = timedelta(days=365 * YEARS) / LESSONS
    held, gone = [], []
    for lesson in range(1, LESSONS + 1):
        at = QUIET - step * lesson
        for n in range(1, PAIRS + 1):
            held.append(_meeting(n, at, MeetingStatus.HELD))
            gone += [_message(f"meeting-soon:{lesson}:{who}:24", who, at) for who in (n, PAIRS + n)]
    await _add(database, (Meeting, held), (OutboxRow, gone))


def _meeting(pair: int, at: datetime, status: MeetingStatus) -> dict[str, Any]:
    return {
        "school_id": 1, "pair_id": pair, "kind": MeetingKind.M4, "status": status, "proposed_by": pair, "starts_at": at,
        "format": MeetingFormat.OFFLINE, "place": "библиотека", "uid": f"{pair}-{at:%Y%m%d%H}",
        "created_at": QUIET - timedelta(days=3660), "confirmed_at": at - timedelta(days=20),
    }  # fmt: skip


def _message(key: str, person: int, at: datetime) -> dict[str, Any]:
    return {
        "school_id": 1, "key": key, "kind": "notice", "priority": 5, "person_id": person, "channel": Channel.VK,
        "account": "default", "address": str(person), "lane": f"vk:default:{person}", "body": {"texts": []},
        "created_at": at, "due_at": at, "sent_at": at,
    }  # fmt: skip


async def _add(database: Database, *parts: tuple[Any, list[dict[str, Any]]]) -> None:
    async with database.transaction() as session:
        for table, rows in parts:
            for start in range(0, len(rows), 5_000):
                await session.execute(insert(table), rows[start : start + 5_000])

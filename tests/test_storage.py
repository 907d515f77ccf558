"""The tables agree with the migrations, on both databases."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from storage import migrate
from storage.database import Database, sqlite_url
from storage.tables import School
from tests import build


async def test_migrations_make_what_the_tables_say(database: Database) -> None:
    assert await migrate.is_at_head(database)
    assert await migrate.drift(database) == []


@pytest.mark.postgres
async def test_migrations_make_what_the_tables_say_on_postgresql(postgres: Database) -> None:
    assert await migrate.is_at_head(postgres)
    assert await migrate.drift(postgres) == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    before, after = await migrate.to_head(database)
    assert before == after


async def test_a_naive_time_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with database.transaction() as session:
            session.add(build.school(now=datetime(2026, 9, 1)))


async def test_times_come_back_aware_and_equal(database: Database, school: School, now: datetime) -> None:
    async with database.reading() as session:
        stored = await session.get(School, school.id)
        assert stored is not None
        assert stored.created_at == now
        assert stored.created_at.tzinfo is not None


@pytest.mark.sqlite
async def test_what_was_promised_outlives_a_power_cut(tmp_path: Path) -> None:
    house = Database(
        sqlite_url(tmp_path / "house.db")
    )  # as the house opens it; those of tests are not waited for
    async with house.transaction() as session:
        assert await session.scalar(text("PRAGMA synchronous")) == 2, "FULL: each commit is on the disk"
        assert await session.scalar(text("PRAGMA journal_mode")) == "wal"
    await house.close()


# Another process that holds what a recovery of the log holds (bytes 120 to 122: sqlite.org/walformat.html), for a moment.
RECOVERS = """
import fcntl, sys, time
index = open(sys.argv[1], "r+b")
fcntl.lockf(index, fcntl.LOCK_EX | fcntl.LOCK_NB, 3, 120)
index.write(bytes(136)); index.flush()
print("held", flush=True); time.sleep(0.3)
"""


@pytest.mark.sqlite
async def test_a_log_that_another_process_puts_in_order_is_waited_for(
    database: Database, school: School
) -> None:
    """As when a backup was the last to close the file in the moment in which a turn opens it."""
    assert database.path is not None
    index = f"{database.path}-shm"
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", RECOVERS, index, stdout=asyncio.subprocess.PIPE
    )
    assert other.stdout is not None
    assert await other.stdout.readline() == b"held\n"
    late = Database(sqlite_url(database.path))
    async with late.transaction() as session:
        (await session.get_one(School, school.id)).name = "Школа № 9"
    async with late.reading() as session:
        assert (await session.get_one(School, school.id)).name == "Школа № 9"
    await late.close()
    await other.wait()

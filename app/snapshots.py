"""Taking all rows out of a database into one SQLite file, and putting them back, while others work."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from threading import Timer

from sqlalchemy import Connection, func, insert, select, text

from program.errors import Refusal
from storage import migrate
from storage.database import Database, sqlite_url
from storage.tables import Base

BATCH = 500  # rows


def is_sound(path: Path, seconds: float | None = None) -> bool:
    """Whether SQLite finds its file in order. What cannot be looked through in that time, or is held, is taken as sound.

    Args:
        seconds: no longer than this; None: to the end. A school's file takes a tenth of a second.
    """
    if not path.exists():
        return True
    connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
    alarm = Timer(seconds or 0.0, connection.interrupt)
    try:
        if seconds is not None:
            alarm.start()
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.OperationalError:  # our time is over, or it does not open: the start will meet that itself
        return True
    except sqlite3.DatabaseError:
        return False
    finally:
        alarm.cancel()
        if alarm.is_alive():
            alarm.join()  # it must not ring on a closed connection
        connection.close()


async def take(database: Database, copy: Path) -> None:
    """Writes all rows, as they stand at one moment, into a new SQLite file. Raises Refusal: nothing to copy."""
    if database.path is None:
        await _take_rows(database, copy)
    elif not database.path.exists():
        raise Refusal("backup-no-database")
    else:
        await asyncio.to_thread(_take_file, database.path, copy)


def _take_file(path: Path, copy: Path) -> None:
    """SQLite's own online backup: a consistent copy while others write."""
    source, target = sqlite3.connect(path, timeout=30), sqlite3.connect(copy)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, without -wal beside it
    finally:
        source.close()
        target.close()


async def _take_rows(database: Database, copy: Path) -> None:
    if not await migrate.is_at_head(database):
        raise Refusal("backup-not-at-head")
    target = Database(sqlite_url(copy))
    try:
        await migrate.to_head(target)
        engine = database.engine.execution_options(isolation_level="REPEATABLE READ")  # one moment for all
        async with engine.connect() as read, target.engine.begin() as write:
            for table in Base.metadata.sorted_tables:
                rows = await read.stream(select(table))
                async for batch in rows.mappings().partitions(BATCH):
                    await write.execute(insert(table), [dict(row) for row in batch])
    finally:
        await target.close()
    await asyncio.to_thread(_close_log, copy)


def _close_log(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()


def put_file(copy: Path, path: Path, now: datetime, force: bool) -> None:
    """The copy takes the place of an SQLite database, which is kept beside it. Raises Refusal."""
    if path.exists():
        if not force:
            raise Refusal("backup-data-there")
        connection = sqlite3.connect(path, timeout=1)
        try:
            # Leaving WAL succeeds only when nobody else has the file open.
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise Refusal("backup-running") from None
        except sqlite3.DatabaseError:
            pass  # damaged: the very reason to restore
        finally:
            connection.close()
        aside = f"{path.name}.before-restore-{now:%Y%m%d-%H%M%S}"
        for ending in ("", "-wal", "-shm"):  # a log left by a damaged file must not meet the new one
            beside = path.with_name(path.name + ending)
            if beside.exists():
                beside.rename(path.with_name(aside + ending))
    _close_log(copy)
    path.parent.mkdir(parents=True, exist_ok=True)
    copy.replace(path)


async def put_rows(
    copy: Path, target: Database, force: bool, before: Callable[[], Awaitable[object]]
) -> None:
    """The copy's rows take the place of all rows of a PostgreSQL database. Raises Refusal.

    Args:
        before: called when the tables that stand there are of an older version and will change.
    """
    await migrate.to_head(target, before)
    source = Database(sqlite_url(copy))
    try:
        async with source.engine.connect() as read, target.engine.begin() as write:
            if await write.scalar(text("SELECT 1 FROM school LIMIT 1")) and not force:
                raise Refusal("backup-data-there")
            # Whoever starts meanwhile waits for this lock before anything else (`migrate.to_head`).
            await write.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": migrate.LOCK})
            if not await target.is_alone(write):
                raise Refusal("backup-running")
            tables = Base.metadata.sorted_tables
            await write.execute(text(f"TRUNCATE {', '.join(table.name for table in tables)} CASCADE"))
            for table in tables:
                rows = await read.stream(select(table))
                async for batch in rows.mappings().partitions(BATCH):
                    await write.execute(insert(table), [dict(row) for row in batch])
            await write.run_sync(_continue_numbers)
    finally:
        await source.close()


def _continue_numbers(connection: Connection) -> None:
    """PostgreSQL: the next key is after the last copied one."""
    for table in Base.metadata.sorted_tables:
        if "id" not in table.columns:
            continue
        last = connection.scalar(select(func.max(table.c.id)))
        if last is not None:
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                {"name": table.name, "last": last},
            )

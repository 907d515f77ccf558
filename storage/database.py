"""The one place where transactions begin and end."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from storage.inline_sqlite import DRIVER, InlineSession

# Each process under its own name, so that another can see that it works with the database: `is_alone`.
# ASCII: PostgreSQL writes anything else in its own way.
_NAME = f"nastavnik {platform.node()[:30].encode('ascii', 'replace').decode()} {os.getpid()}"
_OF_CONNECTION = {
    "application_name": _NAME,
    # Many short statements: compiling a look into fifty tables took 0.7 s, running it a thousandth.
    "jit": "off",
    # A machine that went away without a word gives back its locks after 25 s, not after two hours.
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}


class Database:
    """A database by its URL: `sqlite+aiosqlite:///path` or `postgresql+asyncpg://…`.

    SQLite gets WAL, synchronous=FULL, BEGIN IMMEDIATE and one writing connection: with deferred
    transactions nine of ten concurrent turns failed, with sixteen writers the slowest answer took
    fifteen times longer (docs/operations.md has the measurements).

    Args:
        durable: False gives up what a power cut may take; for the demo's throw-away data only.
    """

    def __init__(self, url: str, *, durable: bool = True) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        if self.is_sqlite:
            self.engine = _sqlite(url, begin="BEGIN IMMEDIATE", size=1, durable=durable)
            self._reader = _sqlite(url, begin="BEGIN", size=4, durable=durable)
        else:
            self.engine = create_async_engine(
                url,
                connect_args={"server_settings": _OF_CONNECTION},
                pool_size=10,
                max_overflow=10,
                pool_pre_ping=True,
                hide_parameters=True,
            )
            self._reader = self.engine
        self._to_scrub = False
        kind = InlineSession if self.is_sqlite else AsyncSession
        self._write = async_sessionmaker(self.engine, class_=kind, expire_on_commit=False)
        self._read = async_sessionmaker(self._reader, class_=kind, expire_on_commit=False, autoflush=False)

    async def is_alone(self, connection: AsyncConnection) -> bool:
        """PostgreSQL: whether no other process of ours is connected to this database."""
        others = text(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
            "AND application_name LIKE 'nastavnik %' AND application_name <> :own LIMIT 1"
        )
        return await connection.scalar(others, {"own": _NAME}) is None

    @property
    def path(self) -> Path | None:
        """The file of an SQLite database."""
        name = make_url(self.url).database
        return Path(name) if self.is_sqlite and name else None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Commits at the end of the block, rolls back if it raises. Never open one inside another."""
        async with self._write() as session:
            yield session
            await session.commit()
            self._to_scrub = self._to_scrub or bool(session.info.get("erased"))
        if self._to_scrub:
            await self._scrub()
        if self.is_sqlite:
            await asyncio.sleep(0)  # on SQLite nothing else in a transaction lets others have the loop

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """For pages and exports that change nothing; does not wait for the writer."""
        async with self._read() as session:
            try:
                yield session
            finally:
                session.expunge_all()  # a rollback would expire what the caller goes on to show
                await session.rollback()
        if self.is_sqlite:
            await asyncio.sleep(0)  # as above: whoever reads in a circle must not stand in everybody's way

    async def _scrub(self) -> None:
        """After an erasure: the write-ahead log still holds the old pages, so it is emptied.

        While somebody reads it cannot be; then the next transaction tries again. PostgreSQL's own
        cleaning (autovacuum) does the same there.
        """
        if not self.is_sqlite:
            self._to_scrub = False
            return
        async with self.engine.connect() as connection:
            busy = await connection.run_sync(_empty_log)
        self._to_scrub = bool(busy)

    async def close(self) -> None:
        await self.engine.dispose()
        if self._reader is not self.engine:
            await self._reader.dispose()


# Classes of SQLSTATE under which the same transaction may succeed later: connection, rollback (deadlock),
# resources, object in use, intervention (shutdown, cancel), system error.
PASSING = {"08", "40", "53", "55", "57", "58"}


def is_passing(error: BaseException) -> bool:
    """Whether the same work may succeed later: the database is away or busy, or let another go first.

    Everything else that a database says is a defect of ours and would be said again.
    """
    if isinstance(error, (OSError, TimeoutError, PoolTimeout, OperationalError)):
        return True
    state = str(getattr(getattr(error, "orig", None) or error, "sqlstate", None) or "")
    if state:
        return state[:2] in PASSING
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    # asyncpg also says "interface error" to a value that does not fit its column.
    return isinstance(error, InterfaceError) and not isinstance(
        getattr(error.orig, "__cause__", None), ValueError
    )


def _sqlite(url: str, *, begin: str, size: int, durable: bool) -> AsyncEngine:
    if not make_url(url).database:
        raise ValueError("an SQLite database needs a file")
    return create_async_engine(
        make_url(url).set(drivername=DRIVER),
        connect_args={"begin": begin, "durable": durable},
        pool_size=size,
        max_overflow=0,
        pool_timeout=60,
        json_serializer=_written,
        json_deserializer=_read_json,
        hide_parameters=True,  # an error must not carry a name or an answer into a log
    )


# Russian letters as they are: two bytes each instead of six.
_written = json.JSONEncoder(ensure_ascii=False).encode
_scan: Any = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


def _read_json(text: str) -> Any:
    """What we have written, without blanks around it; the scanner alone takes a tenth of `json.loads`."""
    return {} if text == "{}" else _scan(text, 0)[0]


def _empty_log(connection: Any) -> int:
    """1 while somebody reads. Below SQLAlchemy, which would begin a transaction; there it does not work."""
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    busy = int(cursor.fetchone()[0])
    cursor.close()
    return busy


def sqlite_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


SQLITE_VERSION = sqlite3.sqlite_version_info

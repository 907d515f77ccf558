"""SQLite in the event loop's own thread, as a dialect of SQLAlchemy, and a session that goes to it directly.

The usual driver hands every call to a thread: four hops a statement, most of a turn's cost. The calls themselves take
microseconds on a local file, so they are made where they stand. What may take long is waiting for another process's
write lock: that is met when a transaction begins (BEGIN IMMEDIATE; a reader has its view from its first statement on)
and waited for asynchronously, the loop goes on meanwhile. `make bench` shows the drivers side by side.

SQLAlchemy runs what may wait in a greenlet, made anew for each statement. A session whose transaction holds its
connection has nothing left to wait for, so `InlineSession` leaves the greenlet out: a fifth of a statement's cost.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.base import SQLiteExecutionContext
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import immutabledict
from sqlalchemy.util.concurrency import await_only, in_greenlet

DRIVER = "sqlite+inline"
PREPARED = 1_000  # statements kept ready; a day of a school asks in several hundred ways, the usual 128 were made anew
PAUSE = 0.005  # seconds between looks at a lock that another process holds
PATIENCE = 30.0  # seconds to wait for another process that writes
# It writes, or it was the last to close the file and puts the log in order: "database is locked" is said of both.
PASSES = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY)


def _suspend() -> None:
    """In a greenlet SQLAlchemy takes a call that waits for nothing for a driver that would block the loop."""
    if in_greenlet():
        await_only(_nothing())


async def _nothing() -> None:
    pass


class Streaming(sqlite3.Cursor):
    """Rows are read as they are asked for."""

    def execute(self, operation: str, parameters: Any = ()) -> Streaming:
        _suspend()
        try:
            super().execute(operation, parameters)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in PASSES or not in_greenlet():
                raise
            self._execute_when_free(operation, parameters)
        return self

    def executemany(self, operation: str, parameters: Any) -> Streaming:
        _suspend()
        super().executemany(operation, parameters)
        return self

    def _execute_when_free(self, operation: str, parameters: Any) -> None:
        give_up = time.monotonic() + PATIENCE
        while True:
            await_only(asyncio.sleep(PAUSE))
            try:
                super().execute(operation, parameters)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode not in PASSES or time.monotonic() > give_up:
                    raise
            else:
                return


class Cursor(Streaming):
    """Rows are read at once: whoever goes through them may write to the same table meanwhile."""

    _rows: list[Any] = []  # noqa: RUF012 - replaced, never changed
    _next = 0

    def execute(self, operation: str, parameters: Any = ()) -> Cursor:
        super().execute(operation, parameters)
        self._rows, self._next = (super().fetchall() if self.description else []), 0
        return self

    async def _async_soft_close(self) -> None:
        """SQLAlchemy asks for it where a result leaves its greenlet; all has been read."""

    def fetchone(self) -> Any:
        row = self._rows[self._next] if self._next < len(self._rows) else None
        self._next += 1
        return row

    def fetchmany(self, size: int | None = None) -> list[Any]:
        first, self._next = self._next, self._next + (size or self.arraysize)
        return self._rows[first : self._next]

    def fetchall(self) -> list[Any]:
        first, self._next = self._next, len(self._rows)
        return self._rows[first:] if first else self._rows


class Connection(sqlite3.Connection):
    """One connection, with the names by which SQLAlchemy knows an asynchronous one."""

    begins = "BEGIN"

    def cursor(self, *, server_side: bool = False) -> Any:  # type: ignore[override]
        return super().cursor(Streaming if server_side else Cursor)

    def terminate(self) -> None:
        self.close()


class _Context(SQLiteExecutionContext):
    def create_server_side_cursor(self) -> Any:
        return self._dbapi_connection.cursor(server_side=True)


class Dialect(SQLiteDialect_pysqlite):
    driver = "inline"
    supports_statement_cache = True
    supports_server_side_cursors = True
    is_async = True
    has_terminate = True
    execution_ctx_cls = _Context

    @classmethod
    def get_pool_class(cls, url: Any) -> Any:
        return AsyncAdaptedQueuePool

    def connect(self, *arguments: Any, begin: str = "BEGIN", durable: bool = True, **_: Any) -> Any:
        """Args:
        begin: how a transaction begins.
        durable: False gives up what a power cut may take.
        """
        # No implicit transactions: they begin where `do_begin` says.
        opened = sqlite3.connect(
            arguments[0],
            timeout=0,
            isolation_level=None,
            check_same_thread=False,
            factory=Connection,
            cached_statements=PREPARED,
        )
        opened.begins = begin
        cursor = opened.cursor()
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={'FULL' if durable else 'OFF'}",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        return opened

    def do_begin(self, dbapi_connection: Any) -> None:
        # Here and not by an event: with any listener SQLAlchemy asks for listeners six times a statement.
        cursor = dbapi_connection.cursor()
        cursor.execute(dbapi_connection.dbapi_connection.begins)
        cursor.close()

    def get_driver_connection(self, connection: Any) -> Any:
        return connection

    def do_terminate(self, dbapi_connection: Any) -> None:
        dbapi_connection.terminate()


registry.register("sqlite.inline", __name__, "Dialect")

_BUFFERED: immutabledict[str, Any] = immutabledict({"prebuffer_rows": True})


class InlineSession(AsyncSession):
    """A session of one transaction. What comes after its first statement is done without a greenlet of its own."""

    _holds = False  # a connection, and with it whatever may have to be waited for

    async def execute(self, statement: Any, params: Any = None, **kw: Any) -> Any:
        if not self._holds:
            found = await super().execute(statement, params, **kw)
            self._holds = True
            return found
        return self.sync_session.execute(statement, params, **_buffered(kw))

    async def scalar(self, statement: Any, params: Any = None, **kw: Any) -> Any:
        if not self._holds:
            found = await super().scalar(statement, params, **kw)
            self._holds = True
            return found
        return self.sync_session.scalar(statement, params, **_buffered(kw))

    async def get(self, entity: Any, ident: Any, **kw: Any) -> Any:
        if not self._holds:
            return await super().get(entity, ident, **kw)
        return self.sync_session.get(entity, ident, **kw)

    async def get_one(self, entity: Any, ident: Any, **kw: Any) -> Any:
        if not self._holds:
            return await super().get_one(entity, ident, **kw)
        return self.sync_session.get_one(entity, ident, **kw)

    async def refresh(
        self, instance: object, attribute_names: Any = None, with_for_update: Any = None
    ) -> None:
        if not self._holds:
            await super().refresh(instance, attribute_names, with_for_update)
        else:
            self.sync_session.refresh(instance, attribute_names, with_for_update)

    async def flush(self, objects: Sequence[Any] | None = None) -> None:
        if not self._holds:
            await super().flush(objects)
        else:
            self.sync_session.flush(objects)

    async def commit(self) -> None:
        if self._holds:
            self.sync_session.commit()
        else:
            await super().commit()
        self._holds = False

    async def rollback(self) -> None:
        self.sync_session.rollback()
        self._holds = False

    async def close(self) -> None:
        self._holds = False
        self.sync_session.close()

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _buffered(kw: dict[str, Any]) -> dict[str, Any]:
    options = kw.get("execution_options")
    return kw | {"execution_options": _BUFFERED.union(options) if options else _BUFFERED}

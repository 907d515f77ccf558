"""SQLite in the event loop's own thread, behind the interface that SQLAlchemy's async dialect expects.

The usual driver hands every call to a thread: four hops a statement, most of a turn's cost. The calls
themselves take microseconds on a local file, so the hop is saved. What may take long is waiting for
another process's write lock: that is waited for asynchronously, the loop goes on meanwhile.
`make bench` shows both side by side.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from typing import Any

PAUSE = 0.005  # seconds between looks at a lock that another process holds


class Cursor:
    """The methods of an async DBAPI cursor; none of them suspends, except while a lock is held elsewhere."""

    def __init__(self, cursor: sqlite3.Cursor, patience: float) -> None:
        self._cursor = cursor
        self._patience = patience

    async def __aenter__(self) -> Cursor:
        return self

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid

    @property
    def arraysize(self) -> int:
        return int(self._cursor.arraysize)

    @arraysize.setter
    def arraysize(self, value: int) -> None:
        self._cursor.arraysize = value

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> None:
        give_up = time.monotonic() + self._patience
        while True:
            try:
                self._cursor.execute(operation, parameters)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                    raise
                await asyncio.sleep(PAUSE)
            else:
                return

    async def executemany(self, operation: str, parameters: Sequence[Sequence[Any]]) -> None:
        self._cursor.executemany(operation, parameters)

    async def fetchone(self) -> Any:
        return self._cursor.fetchone()

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        return self._cursor.fetchmany(size or self.arraysize)

    async def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    async def close(self) -> None:
        self._cursor.close()


class Connection:
    """One connection.

    Args:
        path: the file.
        patience: seconds to wait for another process's lock before "database is locked".
    """

    def __init__(self, path: str, patience: float) -> None:
        # No implicit transactions: they begin where SQLAlchemy's `begin` event says.
        self._connection: sqlite3.Connection | None = sqlite3.connect(
            path, timeout=0, isolation_level=None, check_same_thread=False
        )
        self._patience = patience

    def cursor(self) -> Cursor:
        return Cursor(self._open.cursor(), self._patience)

    async def commit(self) -> None:
        self._open.commit()

    async def rollback(self) -> None:
        self._open.rollback()

    async def close(self) -> None:
        self.stop()

    def stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def create_function(self, *args: Any, **kwargs: Any) -> None:
        self._open.create_function(*args, **kwargs)

    @property
    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise sqlite3.ProgrammingError("connection closed")
        return self._connection

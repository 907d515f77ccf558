"""Whether a process that holds something still lives, seen from any machine: a lock that ends with its connection.

Only PostgreSQL has such locks. On SQLite all processes are of one machine, which knows itself who lives.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from storage.database import Database
from storage.outbox import locks

OURS = 20_262_028  # any number that is ours; the second half of the key is made of the name
_HOLD = text(f"SELECT pg_advisory_lock({OURS}, hashtext(:name))")
_TRY = text(f"SELECT pg_try_advisory_xact_lock({OURS}, hashtext(:name))")


class Presence:
    """This process under a name that is its own, on a connection that does nothing else."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._name = name
        self._connection: AsyncConnection | None = None

    async def show(self) -> None:
        """Others see that we live from now on; a connection that broke meanwhile is made anew."""
        if self._database.is_sqlite:
            return
        if self._connection is not None:
            try:
                await self._connection.execute(text("SELECT 1"))
            except (SQLAlchemyError, OSError):
                await self.leave()
            else:
                return
        connection = await self._database.engine.connect()
        try:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(_HOLD, {"name": self._name})
        except BaseException:
            await connection.invalidate()
            await connection.close()
            raise
        self._connection = connection

    async def leave(self) -> None:
        """Ends the connection, and the lock with it: in the pool both would live on."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()


async def is_absent(session: AsyncSession, name: str) -> bool:
    """True where no connected process shows itself under this name; False where nobody can tell."""
    return locks(session) and bool(await session.scalar(_TRY, {"name": name}))

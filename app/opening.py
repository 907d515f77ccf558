"""Opening the installation's data for one command."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from asyncpg import PostgresError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from actions.work import Work
from app import backup, dumps, snapshots
from app.settings import Settings
from program.errors import Refusal
from storage import migrate, schools
from storage.database import Database
from storage.tables import School

LOOK = 3.0  # seconds of a start for looking the file through


async def require_sound(settings: Settings) -> None:
    """Raises Refusal: the file of the database is damaged. Whoever wrote on in it would damage more."""
    database = Database(settings.database_url)
    path = database.path
    await database.close()
    if path is not None and not await asyncio.to_thread(snapshots.is_sound, path, LOOK):
        raise Refusal("cli-database-damaged", file=str(path))


async def to_head(settings: Settings, now: datetime, *, copy_made: bool = False) -> tuple[str, str]:
    """Brings the database to head, after a copy of what it changes. Returns the revision before and after.

    Args:
        copy_made: the operator has made a copy of the server already.

    Raises:
        Refusal: the database does not answer, or was made by a newer version of the program; it would be changed,
            and there is no copy.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url)
    try:
        await _answers(database)
        await backup.before_migration(settings, now)
        if database.is_sqlite or copy_made:
            return await migrate.to_head(database)
        return await migrate.to_head(database, lambda: dumps.before_migration(settings, now))
    except migrate.NewerDatabase:
        raise Refusal("cli-newer-database") from None
    finally:
        await database.close()


@asynccontextmanager
async def opened(settings: Settings, now: datetime) -> AsyncIterator[Database]:
    """The database at head, for the length of the block. Raises Refusal as `to_head` does."""
    await to_head(settings, now)
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def at_work(database: Database, slug: str | None, now: datetime) -> AsyncIterator[Work]:
    """A transaction of one school, the default one if none is named; it commits at the end of the block.

    Raises:
        Refusal: there is no such school, or none at all.
    """
    async with database.transaction() as session:
        yield Work(session, await named(session, slug), now, "cli")


async def named(session: AsyncSession, slug: str | None) -> School:
    """The school of this name, the default one if none is named. Raises Refusal as `at_work` does."""
    found = await schools.by_slug(session, slug) if slug else await schools.default(session)
    if found is None:
        raise Refusal("cli-no-such-school", slug=slug) if slug else Refusal("cli-no-school")
    return found


async def _answers(database: Database) -> None:
    try:
        async with database.engine.connect():
            pass
    except (OSError, SQLAlchemyError, PostgresError):
        raise Refusal("cli-database-away") from None

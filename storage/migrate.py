"""Brings the database to head. Safe when several processes start at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database
from storage.tables import Base

LOCK = 20_262_027  # any number that is ours: PostgreSQL's advisory lock of migrations


class NewerDatabase(Exception):
    """The database was made by a newer version of the program."""


def config(connection: Connection | None = None) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    if connection is not None:
        settings.attributes["connection"] = connection
    return settings


async def to_head(database: Database, copy: Callable[[], Awaitable[object]] | None = None) -> tuple[str, str]:
    """Runs what is missing under a lock. Returns the revision before and after ("" is an empty database).

    Args:
        copy: called before tables of an older version change, by one process of all that start at once. What it
            raises leaves them as they are.

    Raises:
        NewerDatabase: nothing was changed.
    """
    async with database.engine.begin() as connection:
        before = await connection.run_sync(_locked)
        if copy is not None and before not in ("", _head()):
            await copy()
        await connection.run_sync(lambda one: command.upgrade(config(one), "head"))
        return before, await connection.run_sync(_revision)


def _locked(connection: Connection) -> str:
    """The revision that nobody else changes until this transaction ends. Raises NewerDatabase."""
    # SQLite: BEGIN IMMEDIATE has taken the write lock already.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        # The server may part from who says nothing for so long: a region's copy takes minutes.
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
    before = _revision(connection)
    script = ScriptDirectory.from_config(config())
    known = {revision.revision for revision in script.walk_revisions()}
    if before and before not in known:
        raise NewerDatabase(before)
    return before


async def is_at_head(database: Database) -> bool:
    """Waits for nobody who writes: whoever asks whether the house is ready asks every few seconds."""
    async with database.reading() as session:
        return await (await session.connection()).run_sync(_revision) == _head()


async def drift(database: Database) -> list[object]:
    """What the tables have that the migrations do not; empty when they agree."""

    def run(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return list(compare_metadata(context, Base.metadata))

    async with database.engine.connect() as connection:
        return await connection.run_sync(run)


def _head() -> str | None:
    return ScriptDirectory.from_config(config()).get_current_head()


def _revision(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""

"""Foundations: a clock that stands still, a real database (SQLite, and PostgreSQL where there is one), a school."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine

import storage.database
from actions.collecting import seldom
from actions.work import Work
from storage import migrate
from storage.database import Database, sqlite_url
from storage.tables import Base, School
from tests.both import ENGINE, ON_POSTGRES, empty, opened
from tests.build import school as build_school

# The same examples each time: who has changed nothing sees no new failure. With this variable set, new ones
# are looked for; what they find becomes a case of its own.
# No example has a time limit: a machine that stands still for a moment is no defect.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("new", deadline=None)
settings.load_profile("new")
if not os.environ.get("NASTAVNIK_TEST_EXPLORE"):
    settings.load_profile("same")

NOW = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)  # Tuesday, 12:00 in Yekaterinburg


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes a minute comes first, so that at the end nobody waits for it."""
    items.sort(key=lambda one: one.get_closest_marker("long") is None)
    if ON_POSTGRES:
        left_out = [one for one in items if one.get_closest_marker("sqlite")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [one for one in items if one not in left_out]


def pytest_collection_finish() -> None:
    """As a serving process: what is loaded is not searched for dead circles at every test."""
    seldom()


def _statements_compiled_once() -> None:
    """A test has a file of its own, so an engine of its own; each compiling anew took a quarter of the quick suite."""
    make = storage.database.create_async_engine
    first: dict[str, Engine] = {}

    def made(url: str, **how: Any) -> AsyncEngine:
        engine = make(url, query_cache_size=10_000, **how)
        name = engine.dialect.name
        if name == "postgresql" and name in first and first[name].dialect.server_version_info is None:
            del first[name]  # it has never reached its server
        kept = first.setdefault(name, engine.sync_engine)
        engine.sync_engine.dialect = kept.dialect
        engine.sync_engine._compiled_cache = kept._compiled_cache
        return engine

    storage.database.create_async_engine = made


def _plain_tracebacks() -> None:
    """Where no log is set up, structlog draws a traceback with all values in frames: seconds for each one."""
    for one in structlog.get_config()["processors"]:
        if isinstance(one, structlog.dev.ConsoleRenderer):
            one.exception_formatter = structlog.dev.plain_traceback


_statements_compiled_once()
_plain_tracebacks()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def at_head(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file at head, migrated once; copying it costs a fiftieth of migrating."""
    path = tmp_path_factory.mktemp("head") / "head.db"

    async def make() -> None:
        database = Database(sqlite_url(path))
        await migrate.to_head(database)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
async def database(tmp_path: Path, at_head: Path) -> AsyncIterator[Database]:
    """An empty database at head: an SQLite file, or as NASTAVNIK_TEST_ENGINE says."""
    database = await opened(ENGINE, tmp_path, at_head)
    yield database
    await database.close()


@pytest.fixture
async def postgres() -> AsyncIterator[Database]:
    """An empty PostgreSQL database at head; its address comes from NASTAVNIK_TEST_POSTGRES."""
    database = await empty()
    yield database
    await database.close()


@pytest.fixture
async def school(database: Database, now: datetime) -> School:
    school = build_school(now=now)
    async with database.transaction() as session:
        session.add(school)
    return school


@pytest.fixture
async def work(database: Database, school: School, now: datetime) -> AsyncIterator[Work]:
    """An open transaction for a test of a verb; it commits at the end of the test."""
    async with database.transaction() as session:
        yield Work(session, await session.merge(school, load=False), now)


async def rows(database: Database, table: type[Base], **where: object) -> list[Base]:
    """All rows of a table, in the order of their keys."""
    from sqlalchemy import select

    async with database.reading() as session:
        keys = table.__table__.primary_key.columns
        statement = select(table).filter_by(**where).order_by(*keys)
        return list((await session.scalars(statement)).all())

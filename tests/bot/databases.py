"""Both databases, for tests that must hold on either."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import migrate
from storage.database import Database, sqlite_url

BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@asynccontextmanager
async def opened(kind: str, place: Path) -> AsyncIterator[Database]:
    """An empty database at head; skips where there is no PostgreSQL."""
    database = Database(address(kind, place))
    if kind == "postgres":
        async with database.engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
    await migrate.to_head(database)
    yield database
    await database.close()


def address(kind: str, place: Path) -> str:
    if kind == "sqlite":
        return sqlite_url(place / "test.db")
    url = os.environ.get("NASTAVNIK_TEST_POSTGRES")
    if not url:
        pytest.skip("NASTAVNIK_TEST_POSTGRES names no server")
    return url

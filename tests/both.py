"""The `database` of a test module on either engine: `from tests.both import database as database`."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import migrate
from storage.database import Database, sqlite_url
from storage.tables import Base

_made: set[str] = set()
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
async def database(request: pytest.FixtureRequest, tmp_path: Path, at_head: Path) -> AsyncIterator[Database]:
    """Empty and at head."""
    if request.param == "sqlite":
        made = Database(sqlite_url(Path(shutil.copy(at_head, tmp_path / "test.db"))))
    else:
        made = Database(server())
        await empty(made)
    yield made
    await made.close()


def server() -> str:
    """Skips where there is no PostgreSQL."""
    url = os.environ.get("NASTAVNIK_TEST_POSTGRES")
    if not url:
        pytest.skip("NASTAVNIK_TEST_POSTGRES names no server")
    return url


async def empty(postgres: Database) -> None:
    """At head and without a row: emptying the tables costs a tenth of making them anew.

    The first time in a process they are made anew: a server may keep those of an older checkout.
    """
    ready = postgres.url in _made and await migrate.is_at_head(postgres)
    _made.add(postgres.url)
    async with postgres.engine.begin() as connection:
        if ready:
            tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
            await connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
            return
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await migrate.to_head(postgres)

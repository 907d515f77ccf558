"""Both engines. The `database` of a test module on either: `from tests.both import database as database`."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage import migrate
from storage.database import Database, sqlite_url

BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]

_moulds: set[str] = set()  # databases at head of which this process makes its copies


@pytest.fixture(params=BOTH)
async def database(request: pytest.FixtureRequest, tmp_path: Path, at_head: Path) -> AsyncIterator[Database]:
    """Empty and at head."""
    made = await _opened(request.param, tmp_path, at_head)
    yield made
    await made.close()


@pytest.fixture(params=BOTH)
async def either(request: pytest.FixtureRequest, tmp_path: Path, at_head: Path) -> AsyncIterator[Database]:
    """The same, in modules whose other tests need one engine only."""
    made = await _opened(request.param, tmp_path, at_head)
    yield made
    await made.close()


async def _opened(kind: str, place: Path, head: Path) -> Database:
    if kind == "postgres":
        return await empty()
    return Database(sqlite_url(Path(shutil.copy(head, place / "test.db"))))


def address(kind: str, place: Path) -> str:
    """Where the database of the running test is: for a second door into it."""
    return sqlite_url(place / "test.db") if kind == "sqlite" else server()


def server() -> str:
    """This process's own database on the server; tests of several processes run side by side. Else skips."""
    url = os.environ.get("NASTAVNIK_TEST_POSTGRES")
    if not url:
        pytest.skip("NASTAVNIK_TEST_POSTGRES names no server")
    return f"{url}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


async def empty() -> Database:
    """PostgreSQL's, without a row. A copy of a database at head costs a tenth of making the tables anew."""
    url = server()
    name, mould = url.rpartition("/")[2], f"{url.rpartition('/')[2]}_head"
    if mould not in _moulds:  # the server may keep those of an older checkout
        await _renewed(mould, "template0")
        database = Database(f"{url}_head")
        await migrate.to_head(database)
        await database.close()
        _moulds.add(mould)
    await _renewed(name, mould)
    return Database(url)


async def _renewed(name: str, mould: str) -> None:
    engine = create_async_engine(os.environ["NASTAVNIK_TEST_POSTGRES"], isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {mould} STRATEGY file_copy"))
    await engine.dispose()

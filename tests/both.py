"""Both engines. The `database` of a test module on either: `from tests.both import database as database`.

NASTAVNIK_TEST_ENGINE=postgres gives every test a database of PostgreSQL (`make test ENGINE=postgres`).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage import migrate
from storage.database import Database, sqlite_url

ENGINE = os.environ.get("NASTAVNIK_TEST_ENGINE", "sqlite")
ON_POSTGRES = ENGINE == "postgres"
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
BOTH = [POSTGRES] if ON_POSTGRES else ["sqlite", POSTGRES]

_moulds: dict[
    str, str
] = {}  # databases at head of which this process makes its copies, and what they consist of


@pytest.fixture(params=BOTH)
async def database(request: pytest.FixtureRequest, tmp_path: Path, at_head: Path) -> AsyncIterator[Database]:
    """Empty and at head."""
    made = await opened(request.param, tmp_path, at_head)
    yield made
    await made.close()


@pytest.fixture(params=BOTH)
async def either(request: pytest.FixtureRequest, tmp_path: Path, at_head: Path) -> AsyncIterator[Database]:
    """The same, in modules whose other tests need one engine only."""
    made = await opened(request.param, tmp_path, at_head)
    yield made
    await made.close()


async def opened(kind: str, place: Path, head: Path) -> Database:
    if kind == "postgres":
        return await empty()
    # Not durable: no test outlives a power cut, and half of what it took to begin one was waiting for the disk.
    return Database(sqlite_url(Path(shutil.copy(head, place / "test.db"))), durable=False)


T = TypeVar("T")
Rows = dict[str, list[tuple[Any, ...]]]
_kept: dict[
    tuple[Any, ...], tuple[Rows, Any]
] = {}  # what stood there before -> the rows that came, the answer


async def made_once(database: Database, what: str, make: Callable[[], Awaitable[T]]) -> T:
    """What `make` returns, and its rows; where as many rows stood before in the same school, those of the first time.

    A world of a test of the admin took a fifth of all its time. On PostgreSQL it is made each time.
    """
    if database.path is None:
        return await make()
    with closing(sqlite3.connect(database.path, isolation_level=None)) as file:
        file.execute("PRAGMA synchronous=OFF")
        ends = {name: _last(file, name) for (name,) in file.execute(_TABLES).fetchall()}
        school = tuple(file.execute("SELECT * FROM school").fetchall())
        key = (what, school, *ends.items())
        if key in _kept:
            rows, found = _kept[key]
            file.execute("BEGIN IMMEDIATE")
            for name, lines in rows.items():
                file.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(lines[0]))})", lines)
            file.execute("COMMIT")
            return deepcopy(found)
        before = {name: _rows(file, name, "<=", end) for name, end in ends.items()}
        made = await make()
        assert before == {name: _rows(file, name, "<=", end) for name, end in ends.items()}, "it only adds"
        came = {name: _rows(file, name, ">", end) for name, end in ends.items()}
        _kept[key] = {name: lines for name, lines in came.items() if lines}, deepcopy(made)
    return made


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


def _last(file: sqlite3.Connection, table: str) -> int:
    return int(file.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0])


def _rows(file: sqlite3.Connection, table: str, how: str, end: int) -> list[tuple[Any, ...]]:
    return file.execute(f"SELECT * FROM {table} WHERE rowid {how} {end} ORDER BY rowid").fetchall()


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
    """PostgreSQL's, without a row. Deleting what the last test has left costs a thirtieth of copying a database."""
    url = server()
    name, mould = url.rpartition("/")[2], f"{url.rpartition('/')[2]}_head"
    if mould not in _moulds:  # the server may keep those of an older checkout
        await _renewed(mould, "template0")
        database = Database(f"{url}_head")
        await migrate.to_head(database)
        async with database.engine.connect() as connection:
            _moulds[mould] = await _consists(connection)
        await database.close()
        await _renewed(name, mould)
    database = Database(url)
    async with database.engine.begin() as connection:
        await connection.execute(_ALONE)
        altered = await _consists(connection) != _moulds[mould]
        if not altered:
            await _swept(connection)
    if altered:
        await database.close()
        await _renewed(name, mould)
    return database


async def bare() -> Database:
    """PostgreSQL's, without a table."""
    url = f"{server()}_bare"
    await _renewed(url.rpartition("/")[2], "template0")
    return Database(url)


_ALONE = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
# Tables, indexes and triggers by name, columns by number: a test may have taken some away.
_TABLES_OF = text(
    "SELECT md5(string_agg(name, ' ' ORDER BY name)) FROM ("
    " SELECT format('%s %s', relname, relnatts) AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    " UNION ALL SELECT format('%s %s', tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal) AS parts"
)
_VERSION = text("SELECT string_agg(version_num, ' ') FROM alembic_version")


async def _consists(connection: AsyncConnection) -> str:
    """Its tables and its version, which a test may have set back."""
    tables = str(await connection.scalar(_TABLES_OF))
    there = await connection.scalar(text("SELECT to_regclass('alembic_version') IS NOT NULL"))
    return f"{tables} {await connection.scalar(_VERSION) if there else ''}"


_TOUCHED = text(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    " AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0"
)
_FROM_ONE = text("""DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT sequencename, start_value FROM pg_sequences WHERE last_value IS NOT NULL LOOP
        PERFORM setval(one.sequencename::regclass, one.start_value, false);
    END LOOP;
END $$""")


async def _swept(connection: AsyncConnection) -> None:
    """No row is left, numbers begin from one. TRUNCATE would cascade into a hundred tables: half a second."""
    touched = (await connection.scalars(_TOUCHED)).all()
    if not touched:
        return
    # No foreign keys, no triggers: the order of tables does not matter, the journal lets its rows go.
    await connection.execute(text("SET LOCAL session_replication_role = replica"))
    deletes = " ".join(f"DELETE FROM {table};" for table in touched)
    await connection.execute(text(f"DO $$ BEGIN {deletes} END $$"))
    await connection.execute(_FROM_ONE)


async def _renewed(name: str, mould: str) -> None:
    engine = create_async_engine(os.environ["NASTAVNIK_TEST_POSTGRES"], isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {mould} STRATEGY file_copy"))
    await engine.dispose()

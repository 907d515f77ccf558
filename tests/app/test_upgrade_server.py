"""A region's database of any released version, on PostgreSQL, comes to today's with every row.

What was kept is SQLite's; the older tables are made by the migrations of that version, which are never edited.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, select, text
from sqlalchemy.exc import IntegrityError

from app import opening
from storage import migrate
from storage.database import Database
from tests import both, released
from tests.app.test_backup import NOW, settings
from tests.app.test_upgrade import Rows, lost, revisions
from tests.app.test_upgrade import filled as filled
from tests.app.test_upgrade import further as further

pytestmark = pytest.mark.postgres

_READ = {
    bool: bool,
    dict: json.loads,
    datetime: lambda value: datetime.fromisoformat(value).replace(tzinfo=UTC),
    date: date.fromisoformat,
    time: time.fromisoformat,
}


def _tables(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found


async def _poured(dump: bytes, file: Path, revision: str) -> Database:
    """A kept database of this version, on the server."""
    released.loaded(dump, file)
    kept = sqlite3.connect(file)
    kept.row_factory = sqlite3.Row

    def pour(connection: Connection) -> None:
        command.upgrade(migrate.config(connection), revision)
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # in any order of tables
        for table in _tables(connection).sorted_tables:
            kinds = {column.name: _READ.get(column.type.python_type) for column in table.columns}
            rows = [
                {name: _value(kinds[name], row[name]) for name in row.keys()}  # noqa: SIM118
                for row in kept.execute(f'SELECT * FROM "{table.name}"')
                if table.name != "alembic_version"
            ]
            if rows:
                connection.execute(table.insert(), rows)

    database = await both.bare()
    async with database.engine.begin() as connection:
        await connection.run_sync(pour)
    kept.close()
    return database


def _value(read: Any, value: Any) -> Any:
    return value if read is None or value is None else read(value)


async def _held(database: Database) -> Rows:
    """Everything that stands in a database, by table."""

    def rows(connection: Connection) -> Rows:
        return {
            table.name: [
                dict(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            ]
            for table in _tables(connection).sorted_tables
            if table.name != "alembic_version"
        }

    async with database.engine.connect() as connection:
        return await connection.run_sync(rows)


async def _brought_along(dump: bytes, revision: str, folder: Path) -> tuple[Rows, Rows]:
    database = await _poured(dump, folder / f"{revision}.db", revision)
    before = await _held(database)
    old, new = await opening.to_head(settings(folder / revision, database.url), NOW)
    assert (old, new) == (revision, revisions()[0])
    assert await migrate.drift(database) == [] or new == "v0002"
    with pytest.raises(IntegrityError, match="append-only"):
        async with database.transaction() as session:
            await session.execute(text("DELETE FROM journal_entry"))
    after = await _held(database)
    await database.close()
    return before, after


async def test_the_database_of_each_released_version_comes_along_whole_on_a_server(
    filled: Path, tmp_path: Path
) -> None:
    today = {revisions()[0]: released.dumped(filled)}  # as if it were released now
    kept = {name: path.read_bytes() for name, path in released.dumps().items()}
    for revision, dump in (today | kept).items():
        before, after = await _brought_along(dump, revision, tmp_path)
        assert len([table for table in before if before[table]]) > 40
        assert lost(before, after) == [], revision


async def test_a_filled_database_takes_a_further_step_whole_on_a_server(
    filled: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    revision = revisions()[0]
    request.getfixturevalue("further")
    before, after = await _brought_along(released.dumped(filled), revision, tmp_path)
    assert lost(before, after) == []
    assert {row["nickname"] for row in after["person"]} == {""}

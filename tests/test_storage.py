"""The tables agree with the migrations, on both databases."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.exc import StatementError

from storage import migrate
from storage.database import Database
from storage.tables import School
from tests import build


async def test_migrations_make_what_the_tables_say(database: Database) -> None:
    assert await migrate.is_at_head(database)
    assert await migrate.drift(database) == []


@pytest.mark.postgres
async def test_migrations_make_what_the_tables_say_on_postgresql(postgres: Database) -> None:
    assert await migrate.is_at_head(postgres)
    assert await migrate.drift(postgres) == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    before, after = await migrate.to_head(database)
    assert before == after


async def test_a_naive_time_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with database.transaction() as session:
            session.add(build.school(now=datetime(2026, 9, 1)))


async def test_times_come_back_aware_and_equal(database: Database, school: School, now: datetime) -> None:
    async with database.reading() as session:
        stored = await session.get(School, school.id)
        assert stored is not None
        assert stored.created_at == now
        assert stored.created_at.tzinfo is not None

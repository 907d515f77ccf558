"""A school in the middle of its season, made once: copying its file costs a hundredth of making it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from actions.work import Work
from program.channels import Channel
from storage.database import Database, sqlite_url
from storage.tables import School
from tests import build
from tests.bot import cast
from tests.bot.explorer import Event, Forked
from tests.both import ON_POSTGRES, empty
from tests.conftest import NOW


@dataclass
class Season:
    database: Database
    school: School
    seats: dict[str, int]  # who may sit at the chat: ids of people

    async def sits(self, rows: Forked, who: str, channel: Channel = Channel.VK) -> list[Event]:
        async with rows.transaction() as session:
            work = Work(session, await session.merge(self.school, load=False), NOW)
            return await cast.sits(work, self.seats[who], channel)


@pytest.fixture(scope="session")
def season_made(at_head: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    path = Path(shutil.copy(at_head, tmp_path_factory.mktemp("season") / "season.db"))

    async def make() -> dict[str, int]:
        database = Database(sqlite_url(path))
        seats = await _seated(database)
        await database.close()
        return seats

    return path, asyncio.run(make())


async def _seated(database: Database) -> dict[str, int]:
    school = build.school(now=NOW)
    async with database.transaction() as session:
        session.add(school)
    return await cast.season(database, school, NOW)


@pytest.fixture
async def season(season_made: tuple[Path, dict[str, int]], tmp_path: Path) -> AsyncIterator[Season]:
    path, seats = season_made
    if ON_POSTGRES:  # copying a database there takes as long as making the season anew
        database = await empty()
        seats = await _seated(database)
    else:
        database = Database(sqlite_url(Path(shutil.copy(path, tmp_path / "season.db"))), durable=False)
    async with database.reading() as session:
        school = (await session.scalars(select(School))).one()
    yield Season(database, school, seats)
    await database.close()

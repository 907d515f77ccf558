"""Writers side by side."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from actions import journal
from actions.work import Work
from storage.database import Database
from tests import build


@pytest.mark.postgres
async def test_writers_who_added_rows_do_not_wait_for_each_other_in_a_circle(
    postgres: Database, now: datetime
) -> None:
    school = build.school(now=now)
    async with postgres.transaction() as session:
        session.add(school)
    everybody_added = asyncio.Barrier(5)

    async def write(number: int) -> None:
        async with postgres.transaction() as session:
            session.add(build.person(school, f"Имя{number}"))
            await session.flush()
            await everybody_added.wait()
            await journal.note(Work(session, school, now), "person.joined", f"person:{number}")

    await asyncio.gather(*(write(number) for number in range(5)))

    async with postgres.reading() as session:
        assert [entry.number async for entry in journal.broken(session)] == []

"""Each working morning the curator's chat says how much waits, once, without names."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from actions import nudges
from actions.desk import morning
from actions.work import Work
from program.nudges import NudgeRules
from storage import schools
from storage.database import Database
from storage.tables import OutboxRow, School
from tests.admin.world import furnish
from tests.bot.test_tasks import account


async def test_the_morning_says_how_much_waits_once_and_never_on_a_free_day(
    database: Database, school: School, now: datetime
) -> None:
    await furnish(database, school, now)
    await account(database, school, now)
    async with database.transaction() as session:
        ours = await schools.get(session, school.id)
        at = Work(session, ours, now)
        assert await morning.send(Work(session, ours, now.replace(hour=3))) == 0  # 8:00 at the school
        assert await morning.send(at) == 1
        assert await morning.send(at) == 0
        assert await morning.send(Work(session, ours, now + timedelta(days=4))) == 0  # Saturday
        assert await morning.send(Work(session, ours, now + timedelta(days=1))) == 1
        await nudges.save(at, NudgeRules(morning=False))
        assert await morning.send(Work(session, ours, now + timedelta(days=2))) == 0
    async with database.reading() as session:
        row = await session.scalar(select(OutboxRow).where(OutboxRow.key.startswith("morning:")))
    assert row is not None
    assert row.body["texts"][0]["id"] == "desk-morning"
    assert row.body["texts"][0]["args"]["urgent"] == 1


async def test_where_nothing_waits_the_chat_stays_quiet(
    database: Database, school: School, now: datetime
) -> None:
    await account(database, school, now)
    async with database.transaction() as session:
        assert await morning.send(Work(session, await schools.get(session, school.id), now)) == 0

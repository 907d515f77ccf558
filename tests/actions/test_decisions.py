"""What waits is counted alike on both databases, and a role is asked of nothing that it may not open."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions import decisions, launch, this_week
from actions.desk import next_card
from actions.work import Work
from admin.access import may
from program.channels import Channel
from program.roles import StaffRole
from storage import outbox_counts, schools
from storage.database import Database
from storage.tables import School, StaffChat
from tests.admin.world import furnish
from tests.bot.test_tasks import account
from tests.both import database as database


async def test_what_waits_lies_ahead_and_is_left_is_asked_alike_on_both_databases(
    database: Database, school: School, now: datetime
) -> None:
    await furnish(database, school, now)
    user, _ = await account(database, school, now)
    async with database.reading() as session:
        work = Work(session, await schools.get(session, school.id), now)
        asking = decisions.Asking(work, StaffRole.CURATOR, user.id)
        found = await decisions.waiting(asking, lambda route: may(StaffRole.CURATOR, route))
        ahead = await this_week.ahead(work)
        steps = await launch.steps(work, messengers=True)
        human = await session.scalar(StaffChat.__table__.select().with_only_columns(StaffChat.person_id))
        card = await next_card(work, human or 0, "")
        stuck = await outbox_counts.stuck(session, Channel.VK, now)
    codes = [one.code for one in found]
    assert codes[0] == "help"
    assert {"guardians", "consents", "suggested", "approved", "meetings", "news"} <= set(codes)
    assert [event.route for event in ahead.events] == ["encounter"]
    assert [one.code for one in steps] == list(launch.CODES)
    assert card["card"] == "h1"
    assert not stuck


@pytest.mark.parametrize("role", list(StaffRole))
async def test_nobody_is_told_of_what_they_may_not_open(
    database: Database, school: School, now: datetime, role: StaffRole
) -> None:
    await furnish(database, school, now)
    own = "8А" if role is StaffRole.CLASS_TEACHER else None
    async with database.reading() as session:
        work = Work(session, await schools.get(session, school.id), now)
        asking = decisions.Asking(work, role, 0, own)
        found = await decisions.waiting(asking, lambda route: may(role, route))
    assert all(may(role, one.kind.route) for one in found)
    order = [(one.kind.urgency, one.oldest is None, one.oldest or now) for one in found]
    assert order == sorted(order)

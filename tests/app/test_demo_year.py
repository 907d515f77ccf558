"""The demo's road map, partners and documents: a year in its middle, whatever the day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.demo_year import plan_year
from program.roadmap import Status
from storage import partners, roadmap, school_papers
from storage.database import Database
from storage.tables import RoadmapEvent, School
from tests.conftest import rows


@pytest.mark.parametrize("now", [datetime(2026, 8, 1, 8, tzinfo=UTC), datetime(2026, 11, 22, 8, tzinfo=UTC)])
async def test_the_demo_opens_in_the_middle_of_its_year(
    database: Database, school: School, now: datetime
) -> None:
    await plan_year(database, school, now)
    await plan_year(database, school, now + timedelta(days=1))
    events = await rows(database, RoadmapEvent)
    assert len(events) == 28
    if now.month == 11:
        assert {one.status for one in events} == {Status.PLANNED, Status.GOING, Status.DONE}
    async with database.reading() as session:
        waiting = await roadmap.waiting(session, school.id, "2026-2027", now.date())
        assert sum(one.count for one in waiting if one.code == "roadmap") == (2 if now.month == 11 else 0)
        assert len(await partners.of_school(session, school.id, archived=False)) == 3
        assert len(await partners.waiting(session, school.id, now.date())) == 1
        (paper,) = await school_papers.public(session, school.id)
        assert paper.name.endswith(".docx")

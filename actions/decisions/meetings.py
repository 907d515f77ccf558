"""Decisions about meetings, of pairs and outside of them, and about news."""

from __future__ import annotations

from actions.decisions.kinds import Asking, Kind
from program.encounters import ATTENDANCE_AFTER
from storage import encounters, gatherings, overview
from storage.overview import Waiting


async def _meetings(asking: Asking) -> list[Waiting]:
    return await overview.unanswered_meetings(asking.work.session, asking.work.school.id, asking.work.now)


async def _gathering(asking: Asking) -> list[Waiting]:
    work = asking.work
    past, since = await gatherings.waiting(work.session, work.school.id, work.now - ATTENDANCE_AFTER)
    return [Waiting("gathering", past, since)] if past else []


async def _encounters(asking: Asking) -> list[Waiting]:
    return await encounters.waiting(asking.work.session, asking.work.school.id, asking.work.now)


async def _news(asking: Asking) -> list[Waiting]:
    return await overview.news_by_hand(asking.work.session, asking.work.school.id)


KINDS = (
    Kind("meetings", "meetings", _meetings, "?show=unanswered"),
    Kind("gathering", "gatherings", _gathering),
    Kind("encounter-offers", "encounters", _encounters),
    Kind("encounter-came", "encounters", _encounters),
    Kind("pool-questions", "pool-questions", _encounters),
    Kind("news", "news", _news),
)

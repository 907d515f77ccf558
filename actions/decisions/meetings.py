"""Decisions about meetings, of pairs and outside of them, and about news."""

from __future__ import annotations

from actions import takedowns
from actions.decisions.kinds import Asking, Kind, Urgency
from program.encounters import ATTENDANCE_AFTER
from program.names import short
from storage import encounters, gatherings, news_stories, overview
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


async def _stories(asking: Asking) -> list[Waiting]:
    return await news_stories.waiting(asking.work.session, asking.work.school.id)


async def _stopped(asking: Asking) -> list[Waiting]:
    """Planned news that could not go out: their titles, and who has not agreed."""
    work = asking.work
    items = await news_stories.stopped(work.session, work.school.id)
    if not items:
        return []
    lacking = await takedowns.lacking(work, {key for one in items for key in one.shows})
    named = ", ".join(short(one.first_name, one.last_name) for one in lacking)
    titles = ", ".join(f"«{one.title}»" for one in items)
    said = f"{titles} ({named})" if named else titles
    return [Waiting("news-stopped", len(items), items[0].stopped_at, said)]


KINDS = (
    Kind("meetings", "meetings", _meetings, "?show=unanswered"),
    Kind("gathering", "gatherings", _gathering),
    Kind("encounter-offers", "encounters", _encounters),
    Kind("encounter-came", "encounters", _encounters),
    Kind("pool-questions", "pool-questions", _encounters),
    Kind("news", "news", _news),
    Kind("news-stopped", "news", _stopped, urgency=Urgency.SOON, decides="news-plan"),
    Kind("stories", "news-stories", _stories, decides="news-story-take"),
)

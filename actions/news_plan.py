"""News that go out by themselves at an hour of the school's clock. The hour stands in the row: a restart loses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog

from actions import journal, news
from actions.news_stops import BROKEN, CONSENT, EMPTY, LATE, stop
from actions.work import Work
from program.courtesy import polite_from
from program.errors import Refusal
from program.news import LATE as TOO_LATE
from program.news import require_plannable
from program.outgoing import Kind
from program.roles import Category
from program.states import NewsStatus
from program.ways import NEWS
from storage import news as rows
from storage.database import is_passing
from storage.tables import NewsItem

log = structlog.get_logger()


@dataclass(frozen=True)
class Hour:
    """When an item would be read. `pupils`: the first polite moment for them, later than `at` in quiet hours."""

    at: datetime
    pupils: datetime

    @property
    def quiet(self) -> bool:
        return self.pupils > self.at


def hour(work: Work, at: datetime) -> Hour:
    """What a plan for this moment means for those who read it in the bot."""
    return Hour(at, polite_from(at, work.settings, work.zone, Category.PUPIL, Kind.NEWS))


async def plan(work: Work, item_id: int, at: datetime, *, wall_ready: bool = False) -> NewsItem:
    """The item goes out at that moment; an earlier plan is given up.

    Args:
        at: aware. wall_ready: as in `news.publish`, of now.

    Raises:
        Refusal: the moment is over or more than a year away; or as `news.publish`.
    """
    item = await news.held(work, item_id, news.UNPUBLISHED)
    require_plannable(at, work.now)
    await news.require_publishable(work, item)
    if item.status != NewsStatus.PLANNED:
        NEWS.require(item.status, NewsStatus.PLANNED)
    item.status, item.planned_at, item.planned_by = NewsStatus.PLANNED, at, work.actor
    item.wall_by_api, item.stopped_at, item.stop_reason = wall_ready, None, ""
    await journal.note(work, "news.planned", f"news:{item.id}", after={"goes_out": at.isoformat()})
    return item


async def call_off(work: Work, item_id: int) -> NewsItem:
    """The item is a draft again; the hour is remembered for the form. Raises Refusal: it is not planned."""
    item = await news.held(work, item_id, (NewsStatus.PLANNED, NewsStatus.STOPPED))
    NEWS.require(item.status, NewsStatus.DRAFT)
    item.status, item.stopped_at, item.stop_reason = NewsStatus.DRAFT, None, ""
    await journal.note(work, "news.plan-cancelled", f"news:{item.id}")
    return item


async def publish_due(work: Work) -> int:
    """Publishes what is due, once; what may not go out is stopped, with the reason. How many went out."""
    sent = 0
    for item_id in await rows.due(work.session, work.school.id, work.now):
        item = await rows.lock(work.session, work.school.id, item_id)
        if item is None or item.status != NewsStatus.PLANNED or not item.planned_at:
            continue
        if work.now - item.planned_at > TOO_LATE:
            await stop(work, item, LATE)
            continue
        if await _publish(work, item):
            sent += 1
            log.info("news.published_by_plan", item=item_id)
    return sent


async def _publish(work: Work, item: NewsItem) -> bool:
    """Whether it went out. A defect of ours stops this item alone, once: trying again would meet it again."""
    item_id = item.id
    try:
        async with work.session.begin_nested():
            try:
                await news.publish(work, item_id, wall_ready=item.wall_by_api)
            except Refusal as no:
                await stop(work, item, CONSENT if no.text.id == "news-no-publication" else EMPTY)
                return False
    except Exception as failure:
        if is_passing(failure):
            raise
        log.exception("news.plan_failed", item=item_id)
        untouched = await rows.lock(work.session, work.school.id, item_id)
        assert untouched is not None
        await stop(work, untouched, BROKEN)
        return False
    return True

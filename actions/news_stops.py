"""A planned item that may not go out: it waits for somebody, who finds it on «Сегодня»."""

from __future__ import annotations

from actions import journal
from actions.work import Work
from program.states import NewsStatus
from program.ways import NEWS
from storage.tables import NewsItem

CONSENT, LATE, EMPTY, BROKEN = "consent", "late", "empty", "broken"


async def stop(work: Work, item: NewsItem, reason: str) -> None:
    """The item is held. `reason`: consent, late, empty or broken."""
    NEWS.require(item.status, NewsStatus.STOPPED)
    item.status, item.stopped_at, item.stop_reason = NewsStatus.STOPPED, work.now, reason
    await journal.note(work, "news.plan-stopped", f"news:{item.id}", after={"reason": reason})

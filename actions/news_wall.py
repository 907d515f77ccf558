"""What the sender says of a news item's post on the wall. Keys: `news-wall:<item>[:edit:<n>|:delete]`."""

from __future__ import annotations

from actions import journal, news, takedowns
from actions.work import Work
from program.states import WallState
from storage import news as rows
from storage import outbox
from storage.tables import NewsItem

POST, EDIT, DELETE = "post", "edit", "delete"
WALL = "https://vk.com/wall"


async def done(work: Work, outbox_key: str, external_id: str) -> None:
    """The sender posted, corrected or removed it. `external_id`: «-<group>_<post>» or the whole address."""
    item, what = await _of_key(work, outbox_key)
    if item is None:
        return
    if what == DELETE:
        await news.gone_from_wall(work, item)
        await journal.note(work, "news.wall-removed", f"news:{item.id}")
        return
    if what == EDIT:
        item.wall_todo, item.wall_error = "", ""
        await journal.note(work, "news.wall-corrected", f"news:{item.id}")
        return
    item.wall, item.wall_error = WallState.POSTED, ""
    item.wall_url = external_id if external_id.startswith("https://") else f"{WALL}{external_id}"
    await journal.note(work, "news.posted", f"news:{item.id}", after={"by": "api"})


async def failed(work: Work, outbox_key: str, reason: str) -> None:
    """The wall did not take it: from now on it waits for the curator's hands."""
    item, what = await _of_key(work, outbox_key)
    if item is None:
        return
    if what != POST:
        item.wall_todo, item.wall_error = what, reason[:300]
    elif item.wall != WallState.QUEUED:
        return
    elif await takedowns.lacking(work, item.shows):
        await stopped(work, outbox_key)
        return
    else:
        item.wall, item.wall_error = WallState.MANUAL, reason[:300]
        await _without_edits(work, item)
    await journal.note(work, "news.wall-failed", f"news:{item.id}", after={"reason": reason[:100]})


async def stopped(work: Work, outbox_key: str) -> None:
    """The post was let go of: somebody it shows agrees no longer."""
    item, what = await _of_key(work, outbox_key)
    if item is not None and what == POST and item.wall == WallState.QUEUED:
        item.wall = WallState.STOPPED
        await _without_edits(work, item)
        await takedowns.never_posted(work, item.id)
        await journal.note(work, "news.wall-stopped", f"news:{item.id}")


async def _without_edits(work: Work, item: NewsItem) -> None:
    """There is no post to correct: a correction that waits behind it would become a second one."""
    await outbox.cancel(work.session, f"{news.wall_key(item.id)}:edit:", "no-post", now=work.now)


async def _of_key(work: Work, outbox_key: str) -> tuple[NewsItem | None, str]:
    kind, number, *rest = outbox_key.split(":")
    if kind != "news-wall" or not number.isdecimal():
        return None, ""
    what = rest[0] if rest else POST
    return await rows.lock(work.session, work.school.id, int(number)), what

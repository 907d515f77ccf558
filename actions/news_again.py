"""A published item once more: its words corrected, or the whole of it taken back.

What stands in a messenger is redrawn or deleted where the platform still lets a bot do it. What it does not let is
listed by name on the item's page: those people have the old copy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from actions import journal, mailings, news, news_copies, takedowns
from actions.work import Work
from program.errors import Refusal
from program.outgoing import Concerns
from program.states import NewsStatus, WallState
from program.ways import NEWS
from storage import mailings as mailing_rows
from storage import news_copies as copies
from storage import outbox
from storage.tables import NewsItem


async def correct(
    work: Work,
    item_id: int,
    title: str,
    body: str,
    shows: Sequence[int],
    captions: Mapping[int, str] | None = None,
) -> int:
    """New words for what is out: on the wall, in the chats, on the page for everybody. Pictures stay as they are.

    Returns:
        How many copies will be redrawn.

    Raises:
        Refusal: it is not published, says nothing, or somebody it shows has not agreed.
    """
    item = await news.held(work, item_id, (NewsStatus.PUBLISHED,))
    news.require_words(title, body)
    shows = await news.known_people(work, shows)
    shows = sorted({*shows, *await news.unticked(work, item, title, body, *(captions or {}).values())})
    await news.require_agreed(work, shows)
    before = news.message(item)
    item.title, item.body, item.shows = title.strip(), body.strip(), shows
    if captions is not None:
        news.caption(item, captions)
    item.changed_at, item.changed_by = work.now, work.actor
    changed = 0
    after = news.message(item)
    if before.texts != after.texts:
        item.edition += 1
        changed = await news_copies.begin(work, item)
        await _correct_on_wall(work, item)
    elif before != after:
        await news_copies.begin(work, item)
    await journal.note(
        work, "news.corrected", f"news:{item.id}", after={"edition": item.edition, "copies": changed}
    )
    return changed


async def withdraw(work: Work, item_id: int) -> int:
    """«Снять с публикации»: off the wall, out of the chats, off the page for everybody.

    Returns:
        How many copies will be deleted in messengers.

    Raises:
        Refusal: it is not published.
    """
    item = await news.held(work, item_id, (NewsStatus.PUBLISHED,))
    NEWS.require(item.status, NewsStatus.WITHDRAWN)
    item.status, item.withdrawn_at, item.to_site = NewsStatus.WITHDRAWN, work.now, False
    item.edition += 1
    await work.session.flush()
    mailing = await mailing_rows.of_item(work.session, work.school.id, item.id)
    if mailing is not None and mailing.finished_at is None:
        with suppress(Refusal):  # somebody has called it off already
            await mailings.cancel(work, item.id)
    deleted = await news_copies.begin(work, item)
    await _remove_from_wall(work, item)
    await journal.note(work, "news.withdrawn", f"news:{item.id}", after={"copies": deleted})
    return deleted


async def _correct_on_wall(work: Work, item: NewsItem) -> None:
    if item.wall not in (WallState.POSTED, WallState.QUEUED):
        return
    row = await copies.wall_row(work.session, work.school.id, item.id)
    if row is None or row.dropped:
        item.wall_todo = "edit"
        return
    key = f"{news.wall_key(item.id)}:edit:{item.edition}"
    await news.put_on_wall(work, item, key, news.message(item))


async def _remove_from_wall(work: Work, item: NewsItem) -> None:
    row = await copies.wall_row(work.session, work.school.id, item.id)
    if item.wall == WallState.QUEUED and await outbox.cancel_one(
        work.session, news.wall_key(item.id), "withdrawn", now=work.now
    ):
        item.wall = WallState.STOPPED
        await takedowns.never_posted(work, item.id)
    elif item.wall == WallState.MANUAL:
        item.wall = WallState.STOPPED
    elif item.wall in (WallState.POSTED, WallState.QUEUED):
        if row is None or row.dropped:
            item.wall_todo = "delete"
        else:
            # Its words are there to find it by, where VK's answer to the post was lost.
            gone = replace(news.message(item), photos=(), captions=(), concerns=Concerns(), remove=True)
            await news.put_on_wall(work, item, f"{news.wall_key(item.id)}:delete", gone)

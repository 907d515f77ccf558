"""A published item once more: its words corrected, or the whole of it taken back.

What stands in a messenger is redrawn or deleted where the platform still lets a bot do it. What it does not let is
listed by name on the item's page: those people have the old copy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from actions import journal, mailings, news, takedowns
from actions.work import Work
from locales import Texts
from program.channels import Channel
from program.errors import Refusal
from program.news import CHANGEABLE, REMOVABLE
from program.outgoing import PRIORITY, Concerns, Kind, Message
from program.states import NewsStatus, WallState
from program.text import Text, raw
from program.ways import NEWS
from storage import mailings as mailing_rows
from storage import news_copies as copies
from storage import outbox
from storage import takedowns as takedown_rows
from storage.tables import NewsItem, OutboxRow

LANGUAGES = ("ru", "en")


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
    before, shown = (item.title, item.body), set(item.shows)
    item.title, item.body, item.shows = title.strip(), body.strip(), shows
    if captions is not None:
        news.caption(item, captions)
    item.changed_at, item.changed_by = work.now, work.actor
    changed = 0
    if before != (item.title, item.body):
        item.edition += 1
        swap = {before[0]: item.title, before[1]: item.body}
        changed = await _redraw(work, item, swap)
        await _correct_on_wall(work, item)
    elif shown != set(shows):
        await _waiting(work, item, {})
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
    await outbox.cancel(work.session, f"news-again:{item.id}:", "withdrawn", now=work.now)
    words = {language: Texts(language)(Text("web-news-gone")) for language in LANGUAGES}
    await takedown_rows.blank_bubbles(work.session, work.school.id, item.id, words)
    deleted = await _delete(work, item)
    await _remove_from_wall(work, item)
    await journal.note(work, "news.withdrawn", f"news:{item.id}", after={"copies": deleted})
    return deleted


async def _redraw(work: Work, item: NewsItem, swap: Mapping[str, str]) -> int:
    await _waiting(work, item, swap)
    concerns = Concerns(shown=tuple(item.shows))
    redrawn = 0
    for row in await copies.out(work.session, work.school.id, item.id):
        row.body = swapped(row.body, swap)  # what this reader has been told, from now on
        if not row.external_id or not _still(work, row, CHANGEABLE):
            continue
        whole = Message.from_json(row.body)
        if row.person_id is not None and whole.texts:
            shown = replace(whole.concerns, shown=concerns.shown)
            key = f"news-again:{item.id}:{item.edition}:{row.person_id}"
            redrawn += await _put(work, key, row, replace(whole, concerns=shown, replaces=row.external_id))
    return redrawn


async def _waiting(work: Work, item: NewsItem, swap: Mapping[str, str]) -> None:
    """Copies that have not left say the new words and stop if somebody of those now shown agrees no longer."""
    for row in await copies.waiting(work.session, work.school.id, item.id, work.now):
        body = swapped(row.body, swap)
        concerns = body.get("concerns", {})
        shown = sorted({*concerns.get("shown", ()), *item.shows})
        row.body = {**body, "concerns": {**concerns, "shown": shown}}


async def _delete(work: Work, item: NewsItem) -> int:
    deleted = 0
    for row in await copies.out(work.session, work.school.id, item.id):
        row.body = {name: value for name, value in row.body.items() if name != "photos"}
        if row.channel == Channel.WEB or not row.external_id or not _still(work, row, REMOVABLE):
            continue
        # It goes also to whoever has asked for silence: nothing rings.
        gone = Message((), remove=True, replaces=row.external_id).as_last_word()
        deleted += await _put(work, f"news-gone:{item.id}:{row.person_id}", row, gone)
    return deleted


def _still(work: Work, row: OutboxRow, within: Mapping[Channel, Any]) -> bool:
    """Whether the platform lets a bot touch this message now."""
    longest = within.get(Channel(row.channel))
    return row.sent_at is not None and (longest is None or work.now - row.sent_at < longest)


async def _put(work: Work, key: str, row: OutboxRow, what: Message) -> bool:
    return await outbox.put(
        work.session,
        school_id=work.school.id,
        key=key,
        kind=Kind.NOTICE,
        priority=PRIORITY[Kind.NEWS],
        person_id=row.person_id,
        channel=row.channel,
        account=row.account,
        address=row.address,
        body=what.to_json(),
        created_at=work.now,
        due_at=work.now,
    )


def swapped(body: Mapping[str, Any], swap: Mapping[str, str]) -> dict[str, Any]:
    """The same message with other words of an item, also where it was joined with other messages of the day."""

    def text(one: Text) -> Text:
        inner = one.args.get("text")
        if one.id == "raw" and isinstance(inner, str):
            return raw(swap.get(inner, inner))
        if isinstance(inner, Text):
            return Text(one.id, {**one.args, "text": text(inner)})
        return one

    return {**body, "texts": [text(Text.from_json(one)).to_json() for one in body.get("texts", ())]}


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

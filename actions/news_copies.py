"""Copies of a published item follow what it says now: rewritten, redrawn, deleted.

Some hundred at a time, each time in a transaction of its own: of ten thousand at once everybody else would wait for
seconds. How far it has come stands in the item, so a restart goes on there; until the end no further copy leaves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from actions import news, takedowns
from actions.work import Work
from program.channels import Channel
from program.mailings import CANCELLED
from program.news import CHANGEABLE, REMOVABLE
from program.outgoing import PRIORITY, Kind, Message
from program.states import NewsStatus
from storage import news as rows
from storage import news_copies as copies
from storage import outbox
from storage import takedowns as takedown_rows
from storage.tables import NewsItem

AT_ONCE = 250  # copies of one transaction: a twentieth of a second on SQLite; Telegram takes as many in ten


async def begin(work: Work, item: NewsItem) -> int:
    """The first of them; the rest at the beats of the clock. Returns how many messages will be redrawn or deleted."""
    item.copies_after = 0
    await work.session.flush()
    gone = item.status == NewsStatus.WITHDRAWN
    asked = (work.session, work.school.id, item.id, REMOVABLE if gone else CHANGEABLE, work.now)
    many = await copies.touchable(*asked, web=not gone)
    await _go_on(work, item)
    return many


async def follow(work: Work) -> int:
    """Goes on with what was begun; of how many items."""
    found = await copies.unfinished(work.session, work.school.id)
    for item_id in found:
        item = await rows.lock(work.session, work.school.id, item_id)
        if item is not None and item.copies_after is not None:
            await _go_on(work, item)
    return len(found)


async def _go_on(work: Work, item: NewsItem) -> None:
    free, last = await copies.following(work.session, work.school.id, item, work.now, AT_ONCE)
    if item.status == NewsStatus.WITHDRAWN:
        await _taken_back(work, item, free)
    elif await takedowns.lacking(work, item.shows):
        waiting = [row.id for row in free if not row.sent_at]
        await copies.let_go(work.session, waiting, (), takedown_rows.CONSENT, work.now)
    else:
        await _corrected(work, item, free)
    if last:
        item.copies_after = None
    elif free:
        item.copies_after = free[-1].id


async def _corrected(work: Work, item: NewsItem, found: Sequence[Any]) -> None:
    """What has not left says the new words; what is out says them as soon as it is redrawn."""
    new = news.message(item)

    def said(row: Any) -> Message:
        old = Message.from_json(row.body)
        # A copy that waits stops for whoever it showed before as well: its pictures are the same.
        shown = item.shows if row.sent_at else {*old.concerns.shown, *item.shows}
        concerns = replace(old.concerns, shown=tuple(sorted(shown)))
        return replace(old, texts=new.texts, captions=new.captions, concerns=concerns)

    words, now = new.to_json()["texts"], {row.id: said(row) for row in found}
    redrawn = [
        _again(work, f"news-again:{item.id}:{item.edition}:{row.person_id}", row, now[row.id])
        for row in found
        if _still(work, row, CHANGEABLE) and row.body.get("texts") != words
    ]
    await copies.reword(work.session, found, lambda row: now[row.id].to_json())
    await outbox.put_all(work.session, redrawn)


async def _taken_back(work: Work, item: NewsItem, found: Sequence[Any]) -> None:
    session, ids = work.session, [row.id for row in found]
    editions = range(1, item.edition)
    again = [f"news-again:{item.id}:{edition}:{row.person_id}" for row in found for edition in editions]
    await copies.let_go(session, ids, again, CANCELLED, work.now)
    await copies.reword(session, (row for row in found if row.sent_at), copies.without_pictures)
    web = [row.id for row in found if row.channel == Channel.WEB and row.sent_at]
    await copies.blank(session, work.school.id, web, takedowns.gone())
    # It goes also to whoever has asked for silence: nothing rings.
    gone = Message((), remove=True).as_last_word()
    await outbox.put_all(
        session,
        [
            _again(work, f"news-gone:{item.id}:{row.person_id}", row, gone)
            for row in found
            if row.channel != Channel.WEB and _still(work, row, REMOVABLE)
        ],
    )


def _still(work: Work, row: Any, within: Mapping[Channel, timedelta]) -> bool:
    """Whether the platform lets a bot touch this message now."""
    longest = within.get(Channel(row.channel))
    return bool(row.external_id and row.sent_at) and (longest is None or work.now - row.sent_at < longest)


def _again(work: Work, key: str, row: Any, what: Message) -> dict[str, Any]:
    return {
        "school_id": work.school.id,
        "key": key,
        "kind": Kind.NOTICE,
        "priority": PRIORITY[Kind.NEWS],
        "person_id": row.person_id,
        "channel": row.channel,
        "account": row.account,
        "address": row.address,
        "body": replace(what, replaces=row.external_id).to_json(),
        "created_at": work.now,
        "due_at": work.now,
    }

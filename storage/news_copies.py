"""Copies of a published item with its readers: queries. Every query takes the school."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from program.states import NewsStatus
from storage.outbox import EMPTY, unheld, waits
from storage.tables import Mailing, NewsItem, OutboxRow, Person, WebMessage
from storage.ways_in import begins, unindexed

COPY = (
    OutboxRow.id,
    OutboxRow.person_id,
    OutboxRow.channel,
    OutboxRow.account,
    OutboxRow.address,
    OutboxRow.body,
    OutboxRow.external_id,
    OutboxRow.sent_at,
    OutboxRow.lease_until,
)


def of_item(school_id: int, item_id: int) -> ColumnElement[bool]:
    """Its messages to readers, by their mailing: there is an index of that."""
    mine = select(Mailing.id).where(Mailing.school_id == school_id, Mailing.item_id == item_id)
    return OutboxRow.mailing_id == mine.scalar_subquery()


def _again(item: NewsItem) -> str:
    """How the keys of the newest correction begin; of the taking back, once it was taken back."""
    gone = item.status == NewsStatus.WITHDRAWN
    return f"news-gone:{item.id}:" if gone else f"news-again:{item.id}:{item.edition}:"


async def following(
    session: AsyncSession, school_id: int, item: NewsItem, now: datetime, most: int
) -> tuple[Sequence[Row[Any]], bool]:
    """Copies behind `item.copies_after`, the oldest first, held; and whether there are no others.

    They end before the first that a sender has in hand: what becomes of it is known in a moment.
    """
    behind = (
        of_item(school_id, item.id),
        OutboxRow.id > (item.copies_after or 0),
        OutboxRow.dropped == EMPTY,
    )
    ids = list(await session.scalars(select(OutboxRow.id).where(*behind).order_by(OutboxRow.id).limit(most)))
    # Nobody is waited for: a sender marks many rows in an order of its own.
    held = select(*COPY).where(OutboxRow.id.in_(ids)).with_for_update(skip_locked=True)
    found = {row.id: row for row in await session.execute(held)}
    free: list[Row[Any]] = []
    for key in ids:
        row = found.get(key)
        if row is None or (row.sent_at is None and row.lease_until is not None and row.lease_until > now):
            return free, False
        free.append(row)
    return free, len(ids) < most


async def reword(
    session: AsyncSession, rows: Iterable[Row[Any]], words: Callable[[Row[Any]], Mapping[str, Any]]
) -> None:
    """Other bodies for these; mostly all get the same one, so it is written once for many."""
    same: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if (body := words(row)) != row.body:
            same[json.dumps(body, sort_keys=True)].append(row.id)
    for written, ids in same.items():
        statement = update(OutboxRow).where(OutboxRow.id.in_(ids)).values(body=json.loads(written))
        await session.execute(statement)


def without_pictures(row: Any) -> dict[str, Any]:
    """A copy's body, for `reword`."""
    return {name: value for name, value in row.body.items() if name != "photos"}


async def let_go(
    session: AsyncSession, ids: Collection[int], keys: Collection[str], reason: str, now: datetime
) -> None:
    """These rows, and those of these keys, never go; what a sender has in hand does."""
    for some in (OutboxRow.id.in_(ids), OutboxRow.key.in_(keys)):
        statement = update(OutboxRow).where(some, waits(), unheld(now))
        await session.execute(statement.values(dropped=reason, lease_until=None, lease_owner=""))


async def blank(session: AsyncSession, school_id: int, of: Any, words: Mapping[str, str]) -> None:
    """Other words in place of these messages in the web chats.

    Args:
        of: ids of rows of the outbox, or a query of them. words: by the reader's language.
    """
    for language, instead in words.items():
        readers = select(Person.id).where(Person.school_id == school_id, Person.language == language)
        bubbles = update(WebMessage).where(
            WebMessage.school_id == school_id, WebMessage.outbox_id.in_(of), WebMessage.person_id.in_(readers)
        )
        await session.execute(bubbles.values(words=instead, buttons=[]))


async def touchable(
    session: AsyncSession,
    school_id: int,
    item_id: int,
    within: Mapping[Channel, timedelta],
    now: datetime,
    *,
    web: bool,
) -> int:
    """How many copies the platforms let a bot touch now. `within`: how long after sending. `web`: those count, too."""
    young = [
        or_(OutboxRow.channel != channel, OutboxRow.sent_at > now - longest)
        for channel, longest in within.items()
    ]
    statement = select(func.count()).where(
        of_item(school_id, item_id),
        OutboxRow.sent_at.is_not(None),
        OutboxRow.external_id != "",
        *young,
    )
    if not web:
        statement = statement.where(OutboxRow.channel != Channel.WEB)
    return await session.scalar(statement) or 0


async def unfinished(session: AsyncSession, school_id: int) -> Sequence[int]:
    """Ids of items whose copies do not all say yet what the item says."""
    statement = select(NewsItem.id).where(NewsItem.school_id == school_id, NewsItem.copies_after.is_not(None))
    return (await session.scalars(statement.order_by(NewsItem.id))).all()


async def wall_row(session: AsyncSession, school_id: int, item_id: int) -> OutboxRow | None:
    """The row of the post on the wall, where the programme itself puts it up."""
    return await session.scalar(
        select(OutboxRow).where(OutboxRow.school_id == school_id, OutboxRow.key == f"news-wall:{item_id}")
    )


async def again(session: AsyncSession, school_id: int, item: NewsItem) -> tuple[int, int, int]:
    """Of the newest correction or taking back: done, still waiting, not possible."""
    mine = begins(OutboxRow.key, _again(item))
    done, waiting, lost = await fates(session, unindexed(OutboxRow.school_id) == school_id, mine)
    if item.copies_after is not None:
        behind = (
            of_item(school_id, item.id),
            OutboxRow.id > item.copies_after,
            OutboxRow.sent_at.is_not(None),
        )
        waiting += await session.scalar(select(func.count()).where(*behind)) or 0
    return done, waiting, lost


async def fates(session: AsyncSession, *where: ColumnElement[bool]) -> tuple[int, int, int]:
    """Of these messages: sent, still waiting, not sent for good."""
    sent, lost = OutboxRow.sent_at.is_not(None), OutboxRow.dropped != ""
    statement = select(
        func.count(OutboxRow.id),
        func.sum(case((sent, 1), else_=0)),
        func.sum(case((and_(lost, ~sent), 1), else_=0)),
    ).where(*where)
    all_, went, gone = (await session.execute(statement)).one()
    return went or 0, all_ - (went or 0) - (gone or 0), gone or 0


async def left(session: AsyncSession, school_id: int, item: NewsItem, most: int) -> list[Person]:
    """Readers in whose messenger the older copy stays, by name; at most so many.

    Whoever got it in the web chat sees what the school wants to be seen.
    """
    reached = select(OutboxRow.person_id).where(
        unindexed(OutboxRow.school_id) == school_id,
        begins(OutboxRow.key, _again(item)),
        OutboxRow.dropped == "",
    )
    statement = (
        select(Person)
        .join(OutboxRow, OutboxRow.person_id == Person.id)
        .where(
            of_item(school_id, item.id),
            OutboxRow.sent_at.is_not(None),
            OutboxRow.id <= item.copies_after if item.copies_after is not None else true(),
            OutboxRow.channel != Channel.WEB,
            Person.id.not_in(reached),
        )
        .order_by(Person.plain, Person.id)
        .limit(most)
    )
    return list(await session.scalars(statement))

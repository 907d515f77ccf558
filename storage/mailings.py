"""Mailings: begun, called off, and what has become of each message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    and_,
    case,
    cast,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from program.channels import Channel
from program.mailings import (
    CANCELLED,
    CROWDED,
    EXPIRED,
    JOINED,
    LOST,
    LOST_BEGINS,
    MEASURED,
    NO_ADDRESS,
    NOT_ALLOWED,
    SILENCE,
    Counts,
    Fate,
    fate,
)
from program.outgoing import MAILING, Kind
from storage.outbox import EMPTY, unheld, waits
from storage.places import chunks
from storage.tables import Address, Guardianship, Mailing, NewsItem, OutboxRow, Person
from storage.tables.base import BigKey, UtcTime

DROPPED_AT_ONCE = 1_000  # rows; what a called off mailing leaves goes at the sender's next looks


async def of_item(session: AsyncSession, school_id: int, item_id: int) -> Mailing | None:
    return await session.scalar(
        select(Mailing).where(Mailing.school_id == school_id, Mailing.item_id == item_id)
    )


async def lock(session: AsyncSession, school_id: int, item_id: int) -> Mailing | None:
    """As it is now, held until the transaction ends: two presses go one after the other."""
    statement = (
        select(Mailing)
        .where(Mailing.school_id == school_id, Mailing.item_id == item_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def put(
    session: AsyncSession,
    mailing: Mailing,
    whom: ColumnElement[bool],
    body: Mapping[str, Any],
    due: Mapping[str | None, datetime],
) -> int:
    """Queues a message to everybody of whom `whom` (on `Person`) holds; returns to how many it can go.

    One statement within the database: ten thousand rows through Python would hold everybody up for a second.

    Args:
        due: the first polite moment, by category of the readers; empty: there are none.
    """
    if not due:
        return 0
    best = aliased(Address)
    channel = func.coalesce(best.channel, Channel.WEB.value)
    account, where = func.coalesce(best.account, "default"), func.coalesce(best.address, "")
    empty = literal("", String())
    values: dict[str, Any] = {
        "school_id": literal(mailing.school_id, BigKey),
        "key": literal(f"news:{mailing.item_id}:", String()) + cast(Person.id, String()),
        "kind": literal(Kind.NEWS.value, String()),
        "priority": literal(MAILING, Integer()),
        "person_id": Person.id,
        "channel": channel,
        "account": account,
        "address": where,
        "lane": cast(channel, String()) + ":" + cast(account, String()) + ":" + cast(where, String()),
        "body": literal(dict(body), OutboxRow.body.type),
        "edit_key": empty,
        "created_at": literal(mailing.created_at, UtcTime()),
        "due_at": case(
            *((_is(category), literal(at, UtcTime())) for category, at in due.items()),
            else_=literal(mailing.created_at, UtcTime()),
        ),
        "lease_owner": empty,
        "attempts": literal(0, Integer()),
        "external_id": empty,
        "dropped": case((best.id.is_(None), NO_ADDRESS), else_=""),
        "error": empty,
        "mailing_id": literal(mailing.id, BigKey),
    }
    rows = (
        select(*values.values())
        .select_from(Person)
        .outerjoin(best, best.id == _best_address())
        .where(whom)
        .order_by(Person.id)
    )
    await session.execute(insert(OutboxRow).from_select(list(values), rows))
    told = select(func.count()).where(OutboxRow.mailing_id == mailing.id, OutboxRow.dropped == EMPTY)
    return await session.scalar(told) or 0


def _is(category: str | None) -> ColumnElement[bool]:
    return Person.category.is_(None) if category is None else Person.category == category


def _best_address() -> Any:
    """The id of the address where a `Person` is written to, as `storage.people.best_address` says for one."""
    one = aliased(Address)
    web_only = func.coalesce(Person.preferences["web_only"].as_boolean(), false())
    return (
        select(one.id)
        .where(
            one.person_id == Person.id,
            one.unreachable_since.is_(None),
            or_(one.channel == Channel.WEB, ~web_only),
        )
        .order_by(one.channel == Channel.WEB, one.used_at.desc(), one.id.desc())
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )


async def categories(session: AsyncSession, whom: ColumnElement[bool]) -> list[str | None]:
    """Of the people of whom this holds."""
    return list(await session.scalars(select(Person.category).where(whom).distinct()))


async def waiting(session: AsyncSession, mailing_id: int, now: datetime) -> int:
    """How many messages nobody has in hand yet."""
    mine = (OutboxRow.mailing_id == mailing_id, waits(), unheld(now))
    return await session.scalar(select(func.count()).where(*mine)) or 0


async def drop_waiting(session: AsyncSession, mailing_id: int, now: datetime) -> None:
    """Drops what nobody has in hand, as called off; of very many the first: everybody else waits for this writer."""
    mine = (OutboxRow.mailing_id == mailing_id, waits(), unheld(now))
    some = select(OutboxRow.id).where(*mine).order_by(OutboxRow.id).limit(DROPPED_AT_ONCE)
    statement = update(OutboxRow).where(OutboxRow.id.in_(list(await session.scalars(some))), *mine[1:])
    await session.execute(statement.values(dropped=CANCELLED, lease_until=None, lease_owner=""))


async def counts(
    session: AsyncSession, ids: Collection[int], now: datetime, class_name: str | None = None
) -> dict[int, Counts]:
    """What has become of the messages of these mailings. `class_name`: of pupils of this class alone."""
    sent, later = OutboxRow.sent_at.is_not(None), OutboxRow.due_at > now
    lately = func.sum(case((OutboxRow.sent_at > now - MEASURED, 1), else_=0))
    marks = (OutboxRow.mailing_id, OutboxRow.channel, sent, OutboxRow.dropped, later)
    statement = (
        select(*marks, func.count(), lately, func.min(OutboxRow.due_at), func.max(OutboxRow.due_at))
        .where(OutboxRow.mailing_id.in_(ids))
        .group_by(*marks)
    )
    if class_name is not None:
        pupils = select(Person.id).where(Person.class_name == class_name)
        statement = statement.where(OutboxRow.person_id.in_(pupils))
    found = {key: Counts() for key in ids}
    for key, channel, went, dropped, not_yet, count, fresh, first, last in await session.execute(statement):
        one, what = found[key], fate(sent=bool(went), dropped=dropped, later=bool(not_yet))
        one.fates[what] = one.fates.get(what, 0) + count
        one.lately[channel] = one.lately.get(channel, 0) + int(fresh or 0)
        if what is Fate.WAITS:
            one.waits[channel] = one.waits.get(channel, 0) + count
        if what is Fate.LATER:
            one.next_at = min(one.next_at or first, first)
            one.last_at = max(one.last_at or last, last)
    return found


def in_fate(one: Fate, now: datetime) -> ColumnElement[bool]:
    """The rows of a mailing whose messages have come to this, as `program.mailings.fate` says of one."""
    dropped, gone = OutboxRow.dropped, OutboxRow.sent_at.is_not(None)
    lost = or_(dropped.in_(LOST), *(dropped.startswith(begin) for begin in LOST_BEGINS))
    known = (JOINED, CROWDED, EXPIRED, CANCELLED, NOT_ALLOWED, SILENCE)
    return {
        Fate.SENT: or_(gone, dropped == JOINED),
        Fate.WAITS: and_(waits(), OutboxRow.due_at <= now),
        Fate.LATER: and_(waits(), OutboxRow.due_at > now),
        Fate.LOST: lost,
        Fate.NOT_ALLOWED: dropped == NOT_ALLOWED,
        Fate.SILENCE: dropped == SILENCE,
        Fate.EXPIRED: dropped.in_((EXPIRED, CROWDED)),
        Fate.CANCELLED: dropped == CANCELLED,
        Fate.NOT_NEEDED: and_(~gone, dropped != "", dropped.not_in(known), ~lost),
    }[one]


async def recent(session: AsyncSession, school_id: int, most: int = 100) -> list[tuple[Mailing, NewsItem]]:
    """The newest first, each with its news item."""
    statement = (
        select(Mailing, NewsItem)
        .join(NewsItem, NewsItem.id == Mailing.item_id)
        .where(Mailing.school_id == school_id)
        .order_by(Mailing.id.desc())
        .limit(most)
    )
    return [(mailing, item) for mailing, item in await session.execute(statement)]


async def guardians(session: AsyncSession, child_ids: Iterable[int]) -> dict[int, list[Person]]:
    """Whom the school has confirmed as acting for each child."""
    found: dict[int, list[Person]] = defaultdict(list)
    for part in chunks(child_ids):
        statement = (
            select(Guardianship.child_id, Person)
            .join(Person, Person.id == Guardianship.guardian_id)
            .where(
                Guardianship.child_id.in_(part),
                Guardianship.confirmed_at.is_not(None),
                Guardianship.ended_at.is_(None),
            )
            .order_by(Guardianship.id)
        )
        for child, guardian in await session.execute(statement):
            found[child].append(guardian)
    return found

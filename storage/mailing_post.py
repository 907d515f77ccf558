"""What the sender asks and writes of mailings: what is due, what it is held by, what has gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from program.channels import Channel
from program.outgoing import MAILING, UNASKED
from program.states import MailingState
from storage.adding import read_rows
from storage.mailings import drop_waiting
from storage.outbox import LEASE, locks, may_join, of_going, unheld, waits
from storage.places import chunks
from storage.tables import Mailing, NewsItem, OutboxRow, Person
from storage.tables.base import UtcTime


def _reworded() -> Any:
    """Its copies are being corrected: none goes until all of them say the new words."""
    item, mailing = NewsItem.__table__.c, Mailing.__table__.c
    return exists().where(item.id == mailing.item_id, item.copies_after.is_not(None))


async def claim(
    session: AsyncSession,
    mailing_id: int,
    channel: Channel,
    account: str,
    now: datetime,
    owner: str,
    most: int,
) -> list[OutboxRow]:
    """Takes due rows of a mailing for one account; none if nothing is due.

    Rows that were in one call of which nobody knows what became come together again, and alone.
    """
    asked = {"mailing": mailing_id, "channel": channel, "account": account, "now": now, "most": most}
    rows = list(await session.scalars(_due(), asked))
    if rows and rows[0].batch is not None:
        again = {"mailing": mailing_id, "batch": rows[0].batch, "now": now}
        rows = list(await session.scalars(_of_batch(), again))
    else:
        rows = [row for row in rows if row.batch is None]
    for row in rows:
        row.lease_until = now + LEASE
        row.lease_owner = owner
    return rows


async def claim_any(
    session: AsyncSession, channel: Channel, account: str, now: datetime, owner: str, most: int
) -> list[OutboxRow]:
    """The same of whichever mailing has something due; puts in order what is over when none has."""
    mailings = await not_over(session)
    for mailing_id in (key for key, _, goes in mailings if goes):
        if rows := await claim(session, mailing_id, channel, account, now, owner, most):
            return rows
    await _tidy(session, mailings, now)
    return []


@cache
def _due() -> Select[OutboxRow]:
    now = bindparam("now", type_=UtcTime())
    personal = aliased(OutboxRow)
    # What one person is told passes: the same chat is not written to from two sides.
    ahead = exists().where(
        personal.lane == OutboxRow.lane,
        personal.priority < MAILING,
        waits(personal),
        (personal.lease_until > now) | (personal.due_at <= now) | (personal.attempts > 0),
    )
    return (
        select(OutboxRow)
        .where(
            OutboxRow.mailing_id == bindparam("mailing"),
            OutboxRow.channel == bindparam("channel"),
            OutboxRow.account == bindparam("account"),
            waits(),
            OutboxRow.due_at <= now,
            unheld(now),
            ~ahead,
        )
        .order_by(OutboxRow.due_at, OutboxRow.id)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True)
    )


@cache
def _of_batch() -> Select[OutboxRow]:
    now = bindparam("now", type_=UtcTime())
    return (
        select(OutboxRow)
        .where(
            OutboxRow.mailing_id == bindparam("mailing"),
            OutboxRow.batch == bindparam("batch"),
            waits(),
            OutboxRow.due_at <= now,
            unheld(now),
        )
        .order_by(OutboxRow.id)
        .with_for_update(skip_locked=True)
    )


async def may_go(session: AsyncSession, mailing_id: int) -> bool:
    """Whether the mailing goes on as of now."""
    state: str | None = await session.scalar(_state(), {"mailing": mailing_id})
    return state == MailingState.GOING


@cache
def _state() -> Select[Any]:
    return select(Mailing.state).where(Mailing.id == bindparam("mailing"), ~_reworded())


async def hold_readers(session: AsyncSession, ids: Collection[int]) -> set[int]:
    """Those of the people whose rows could be held: whom somebody else holds is left for the next look.

    Nobody is waited for: verbs hold people first and messages then, a sender the other way round.
    """
    if not locks(session):
        return set(ids)
    held: set[int] = set()
    for part in chunks(ids):
        statement = select(Person.id).where(Person.id.in_(part)).order_by(Person.id)
        held.update(await session.scalars(statement.with_for_update(skip_locked=True)))
    return held


async def last_unasked(session: AsyncSession, ids: Iterable[int]) -> dict[int, tuple[datetime | None, bool]]:
    """When each of them was last written to unasked, and whether such a message is being tried."""
    found: dict[int, tuple[datetime | None, bool]] = {}
    for part in chunks(ids):
        asked = {"ids": part}
        tried = set((await read_rows(session, _tried(), asked)).scalars())
        found |= {key: (None, key in tried) for key in part}
        rows: Any = await read_rows(session, _last_unasked(), asked)
        found |= {key: (last, key in tried) for key, last in rows.all()}
    return found


@cache
def _last_unasked() -> Any:
    row = OutboxRow.__table__.c
    ids = row.person_id.in_(bindparam("ids", expanding=True))
    return (
        select(row.person_id, func.max(row.sent_at)).where(ids, row.kind.in_(UNASKED)).group_by(row.person_id)
    )


@cache
def _tried() -> Any:
    row = OutboxRow.__table__.c
    ids = row.person_id.in_(bindparam("ids", expanding=True))
    tried = (row.kind.in_(UNASKED), waits(row), row.attempts > 0, of_going(row))
    return select(row.person_id).where(ids, *tried).distinct()


async def companions(
    session: AsyncSession, rows: Sequence[OutboxRow], now: datetime
) -> dict[str, list[OutboxRow]]:
    """Other unasked messages that are due too, by lane, the most urgent first; held."""
    found: dict[str, list[OutboxRow]] = defaultdict(list)
    mine = {row.id for row in rows}
    lanes = sorted({row.lane for row in rows})
    for begin in range(0, len(lanes), 400):
        asked = {"lanes": lanes[begin : begin + 400], "now": now}
        for one in await session.scalars(_companions(), asked):
            if one.id not in mine:
                found[one.lane].append(one)
    return found


@cache
def _companions() -> Select[OutboxRow]:
    now = bindparam("now", type_=UtcTime())
    return (
        select(OutboxRow)
        .where(OutboxRow.lane.in_(bindparam("lanes", expanding=True)), *may_join(now))
        .order_by(OutboxRow.priority, OutboxRow.due_at, OutboxRow.id)
        .with_for_update(skip_locked=True)
    )


@dataclass(frozen=True)
class Before:
    """What a look changes in a row, as it was. `leased_until`: by it the holder knows the row for its own."""

    id: int
    leased_until: datetime
    attempts: int
    first_tried_at: datetime | None
    error: str
    batch: int | None

    @classmethod
    def of(cls, row: OutboxRow) -> Before:
        assert row.lease_until is not None  # it was claimed
        return cls(row.id, row.lease_until, row.attempts, row.first_tried_at, row.error, row.batch)


async def give_back(session: AsyncSession, rows: Iterable[Before]) -> None:
    """Rows that were looked at and not sent. What another has taken since then is left to it."""
    given = [
        {
            "row": one.id, "leased": one.leased_until, "attempts": one.attempts,
            "first": one.first_tried_at, "error": one.error, "batch": one.batch,
        }
        for one in rows
    ]  # fmt: skip
    if given:
        await _all(session, _give_back(), given)


@cache
def _give_back() -> Any:
    return (
        update(OutboxRow)
        .where(
            OutboxRow.id == bindparam("row"),
            OutboxRow.lease_until == bindparam("leased", type_=UtcTime()),
            waits(),
        )
        .values(
            lease_until=None,
            lease_owner="",
            attempts=bindparam("attempts"),
            first_tried_at=bindparam("first"),
            error=bindparam("error"),
            batch=bindparam("batch"),
        )
    )


async def sent(session: AsyncSession, rows: Iterable[tuple[int, str, datetime]]) -> None:
    """Marks them: id of the row, the platform's id of the message, when it went."""
    await _all(session, _sent(), [{"row": key, "external": name, "at": at} for key, name, at in rows])


@cache
def _sent() -> Any:
    return (
        update(OutboxRow)
        .where(OutboxRow.id == bindparam("row"))
        .values(
            sent_at=bindparam("at"),
            external_id=bindparam("external"),
            lease_until=None,
            lease_owner="",
            error="",
        )
    )


async def put_off(session: AsyncSession, ids: Iterable[int], until: datetime, error: str) -> None:
    """Not now: together they are free and tried again from `until` on."""
    for part in chunks(ids):
        await session.execute(
            update(OutboxRow)
            .where(OutboxRow.id.in_(part), waits())
            .values(due_at=until, lease_until=None, lease_owner="", error=error)
        )


async def apart(session: AsyncSession, ids: Iterable[int]) -> None:
    """From now on each is a call of its own: nothing has gone out for certain."""
    for part in chunks(ids):
        await session.execute(update(OutboxRow).where(OutboxRow.id.in_(part)).values(batch=OutboxRow.id))


async def _all(session: AsyncSession, statement: Any, values: list[dict[str, Any]]) -> None:
    """One statement for many rows, past the identity map: the rows were read in another transaction."""
    connection = await session.connection()
    await connection.execute(statement, values)


async def keep_uploads(session: AsyncSession, mailing_id: int, place: str, names: Sequence[str]) -> None:
    """What the platform calls the pictures; an empty list forgets them."""
    mailing = await session.get_one(Mailing, mailing_id, with_for_update={"key_share": True})
    mailing.uploads = {**mailing.uploads, place: list(names)}


async def uploads(session: AsyncSession, mailing_id: int, place: str) -> tuple[str, ...]:
    kept = await session.scalar(select(Mailing.uploads).where(Mailing.id == mailing_id))
    return tuple((kept or {}).get(place, ()))


async def _tidy(
    session: AsyncSession, mailings: Sequence[tuple[int, MailingState, bool]], now: datetime
) -> None:
    """Drops what came free after its mailing was called off; closes mailings of which nothing waits."""
    for key, state, _ in mailings:
        if state == MailingState.CANCELLED:
            await drop_waiting(session, key, now)
        left = select(exists().where(OutboxRow.mailing_id == key, waits()))
        if not await session.scalar(left):
            still = and_(Mailing.id == key, Mailing.state == state)
            await session.execute(update(Mailing).where(still).values(finished_at=now))


async def not_over(session: AsyncSession) -> Sequence[tuple[int, MailingState, bool]]:
    """Mailings of all schools that are neither finished nor paused, the oldest first; whether something of it may go."""
    found: Any = await read_rows(session, _open_ones(), {})
    return [(key, state, goes) for key, state, goes in found.all()]


@cache
def _open_ones() -> Any:
    """Built once: each look that finds nothing asks, every second."""
    mailing = Mailing.__table__.c
    not_over = (mailing.finished_at.is_(None), mailing.state != MailingState.PAUSED.value)
    goes = and_(mailing.state == MailingState.GOING.value, ~_reworded())
    return select(mailing.id, mailing.state, goes).where(*not_over).order_by(mailing.id)

"""The outbox: put, claim, mark. What was put is sent once, or expires visibly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Integer,
    Result,
    Select,
    Update,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from program.channels import Channel
from program.outgoing import MAILING, UNASKED, Kind
from program.states import MailingState
from storage.adding import add_all_new, add_all_telling, add_new, read_rows
from storage.tables import Mailing, OutboxRow, Person
from storage.tables.base import UtcTime
from storage.ways_in import begins, begins_as, span

LEASE = timedelta(minutes=2)  # longer than the slowest send (30 s timeout, two tries)
# A literal, as in the partial indexes: with a bound value a prepared plan may not use them.
EMPTY: Any = literal_column("''")
NUDGE: Any = literal_column(f"'{Kind.NUDGE}'")
REPLY: Any = literal_column(f"'{Kind.REPLY}'")


async def put(session: AsyncSession, **values: Any) -> bool:
    """Adds a row; False if its key is there already. `lane` is made from channel, account, address."""
    values.setdefault("account", "default")
    note(session, [values])
    return await add_new(session, OutboxRow, values | _lane(values), ["key"]) is not None


async def put_telling(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """As `put_all`; the keys of those that were not there yet."""
    note(session, rows)
    whole = [{**row, **_lane(row)} for row in rows]
    return set(await add_all_telling(session, OutboxRow, whole, "key"))


async def put_all(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """As `put`, many at once; each names its account."""
    note(session, rows)
    await add_all_new(session, OutboxRow, [{**row, **_lane(row)} for row in rows], ["key"])


def note(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keeps for whom there is something now: see `lanes_put`."""
    put = session.info.setdefault("put", {})
    for row in rows:
        put.setdefault((row["channel"], row["account"], row["address"]), []).append(row.get("key", ""))


def lanes_put(session: AsyncSession) -> set[tuple[str, str, str]]:
    """Channels, accounts and addresses for which this session has put rows: who is to be woken once they are committed."""
    return set(session.info.get("put", ()))


def put_alone(session: AsyncSession, row: OutboxRow) -> bool:
    """Whether the row is all that this session has put for its address."""
    keys: list[str] = session.info["put"].get((row.channel, row.account, row.address), [])
    return keys == [row.key]


def lane_of(channel: str, account: str, address: str) -> str:
    """What `OutboxRow.lane` holds: messages to one address go one after the other."""
    return f"{channel}:{account}:{address}"


def _lane(values: Mapping[str, Any]) -> dict[str, str]:
    return {"lane": lane_of(values["channel"], values["account"], values["address"])}


async def known(session: AsyncSession, keys: Sequence[str]) -> set[str]:
    """Those of the keys that were put already, in whatever state they are."""
    found: set[str] = set()
    for begin in range(0, len(keys), 500):  # SQLite binds at most 999 values
        found.update(await session.scalars(_known(), {"keys": keys[begin : begin + 500]}))
    return found


@cache
def _known() -> Select[str]:
    return select(OutboxRow.key).where(OutboxRow.key.in_(bindparam("keys", expanding=True)))


def locks(session: AsyncSession) -> bool:
    """Whether rows can be held. SQLite has one writer: whoever writes holds everything."""
    assert session.bind is not None
    return session.bind.dialect.name != "sqlite"


def waits(row: Any = OutboxRow) -> Any:
    """Neither sent nor dropped."""
    return and_(row.sent_at.is_(None), row.dropped == EMPTY)


def unheld(now: Any, row: Any = OutboxRow) -> Any:
    """In nobody's hands. A holder that was killed leaves a lease behind, which runs out."""
    return or_(row.lease_until.is_(None), row.lease_until <= now)


def of_going(row: Any = OutboxRow) -> Any:
    """Of no mailing, or of one that goes on."""
    mailing = Mailing.__table__.c
    goes = exists().where(mailing.id == row.mailing_id, mailing.state == MailingState.GOING.value)
    return or_(row.mailing_id.is_(None), goes)


def may_join(now: Any) -> tuple[Any, ...]:
    """Unasked, due, in nobody's hands, and no copy of news: that one is corrected and taken back by itself."""
    return (
        OutboxRow.kind.in_(UNASKED),
        OutboxRow.mailing_id.is_(None),
        OutboxRow.edit_key == EMPTY,
        waits(),
        unheld(now),
        or_(OutboxRow.expires_at.is_(None), OutboxRow.expires_at > now),
        OutboxRow.due_at <= now,
    )


async def claim(
    session: AsyncSession, channel: Channel, account: str, now: datetime, owner: str, most: int = 1
) -> list[OutboxRow]:
    """Takes the most urgent due rows of an account for sending, of each reader one; none if nothing is due.

    What goes to many at once is claimed apart (`storage.mailings`): nothing here waits for it or reads it.
    A row waits while an earlier row of the same lane and the same urgency waits, or any is being sent.
    The lease stands in the row: another process sees it, and a crashed holder's row comes free after
    `LEASE` at the latest.
    """
    values = {"now": now, "channel": channel, "account": account, "most": most}
    found: dict[int | str, OutboxRow] = {}
    for row in await session.scalars(_next_due(of_lane=False), values):
        found.setdefault(row.person_id or row.lane, row)
    for row in found.values():
        row.lease_until, row.lease_owner = now + LEASE, owner
    return list(found.values())


async def take(session: AsyncSession, lane: str, now: datetime, owner: str) -> OutboxRow | None:
    """As `claim`, one row of one lane: for whoever has just put something there and sees to it that it goes."""
    row = (await session.scalars(_next_due(of_lane=True), {"now": now, "lane": lane, "most": 1})).first()
    if row is not None:
        row.lease_until, row.lease_owner = now + LEASE, owner
    return row


@cache
def _next_due(*, of_lane: bool) -> Select[OutboxRow]:
    """The statement of `claim` and of `take`, built once: building it cost more than running it."""
    now = bindparam("now", type_=UtcTime())
    earlier = aliased(OutboxRow)
    ahead = exists().where(
        earlier.lane == OutboxRow.lane,
        earlier.priority < MAILING,
        waits(earlier),
        or_(
            earlier.lease_until > now,
            and_(
                or_(earlier.due_at <= now, earlier.attempts > 0),
                or_(
                    earlier.priority < OutboxRow.priority,
                    and_(earlier.priority == OutboxRow.priority, earlier.id < OutboxRow.id),
                ),
            ),
        ),
        earlier.id != OutboxRow.id,
    )
    account = OutboxRow.channel == bindparam("channel"), OutboxRow.account == bindparam("account")
    lane = (OutboxRow.lane == bindparam("lane"),)
    return (
        select(OutboxRow)
        .where(
            *(lane if of_lane else account),
            OutboxRow.priority < MAILING,
            waits(),
            OutboxRow.due_at <= now,
            unheld(now),
            ~ahead,
        )
        .order_by(OutboxRow.priority, OutboxRow.due_at, OutboxRow.id)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True)
    )


async def owners(session: AsyncSession) -> Sequence[str]:
    """Who holds rows now, by the name they gave to `claim`."""
    statement = select(OutboxRow.lease_owner).where(waits(), OutboxRow.lease_owner != "").distinct()
    return (await session.scalars(statement)).all()


async def free(session: AsyncSession, owner: str) -> None:
    """Gives back everything an owner holds."""
    await session.execute(
        update(OutboxRow)
        .where(OutboxRow.lease_owner == owner, waits())
        .values(lease_until=None, lease_owner="")
    )


async def last_unasked(session: AsyncSession, person_id: int) -> tuple[datetime | None, bool]:
    """When the person was last written to unasked, at whatever address; and whether such a message is being tried.

    The person's row is held: two lanes of one person look one after the other.
    """
    if locks(session):
        await session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    last, tried = (await session.execute(_last_unasked(), {"person": person_id})).one()
    return last, bool(tried)


@cache
def _last_unasked() -> Select[datetime | None, bool]:
    mine = (OutboxRow.person_id == bindparam("person"), OutboxRow.kind.in_(UNASKED))
    last = select(func.max(OutboxRow.sent_at)).where(*mine).scalar_subquery()
    return select(last, exists().where(*mine, waits(), OutboxRow.attempts > 0, of_going()))


async def companions(session: AsyncSession, row: OutboxRow, now: datetime, most: int) -> Sequence[OutboxRow]:
    """Other unasked messages for the same reader that are due too, the most urgent first; held.

    Asked for by the lane alone: with the person or the school as well, SQLite would read all that they ever got.
    """
    asked = {"lane": row.lane, "row": row.id, "now": now, "most": most}
    found = await session.scalars(_companions(), asked)
    return [one for one in found if (one.person_id, one.school_id) == (row.person_id, row.school_id)]


@cache
def _companions() -> Select[OutboxRow]:
    now = bindparam("now", type_=UtcTime())
    return (
        select(OutboxRow)
        .where(
            OutboxRow.lane == bindparam("lane"),
            OutboxRow.id != bindparam("row"),
            *may_join(now),
        )
        .order_by(OutboxRow.priority, OutboxRow.due_at, OutboxRow.id)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True)
    )


async def sent(session: AsyncSession, row_id: int, external_id: str, now: datetime) -> None:
    await session.execute(_sent(), {"row": row_id, "now": now, "external": external_id})


@cache
def _sent() -> Update:
    row: Any = OutboxRow.__table__  # the mapper would look through its own rows for this one
    values = {"lease_until": None, "lease_owner": "", "error": ""}
    said = {
        "sent_at": bindparam("now", type_=UtcTime()),
        "external_id": bindparam("external", type_=row.c.external_id.type),
    }
    return update(row).where(row.c.id == bindparam("row", type_=row.c.id.type)).values(**values, **said)


async def drop(session: AsyncSession, row_id: int, reason: str) -> None:
    """Will not be sent; the reason is shown in the admin."""
    await session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id, waits())
        .values(dropped=reason, lease_until=None, lease_owner="")
    )


async def put_off(session: AsyncSession, row_id: int, until: datetime, error: str = "") -> None:
    """Not now: free the row and try it again from `until` on."""
    await session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id, waits())
        .values(due_at=until, lease_until=None, lease_owner="", error=error)
    )


async def last_drawn(session: AsyncSession, lane: str, edit_key: str) -> str:
    """The platform's id of the newest sent row that a row with this `edit_key` redraws; "" if none."""
    statement = (
        select(OutboxRow.external_id)
        .where(
            OutboxRow.lane == lane,
            OutboxRow.edit_key == edit_key,
            OutboxRow.edit_key != EMPTY,
            OutboxRow.sent_at.is_not(None),
        )
        .order_by(OutboxRow.id.desc())
        .limit(1)
    )
    return await session.scalar(statement) or ""


async def first_tried(session: AsyncSession, lane: str, edit_key: str) -> datetime | None:
    """When anything with this `edit_key` was first tried, whatever became of it; None: never, nothing is out."""
    statement = select(func.min(OutboxRow.first_tried_at)).where(
        OutboxRow.lane == lane, OutboxRow.edit_key == edit_key, OutboxRow.edit_key != EMPTY
    )
    return await session.scalar(statement)


async def cancel(
    session: AsyncSession, key_prefix: str | tuple[str, ...], reason: str, *, now: datetime
) -> int:
    """Drops waiting rows whose key begins so, or in one of these ways; returns how many.

    Rows being sent are left alone.
    """
    prefixes = (key_prefix,) if isinstance(key_prefix, str) else key_prefix
    asked: dict[str, Any] = {"now": now}
    for n, one in enumerate(prefixes):
        asked |= span(f"key{n}", one)
    return await _dropped(session, await read_rows(session, _beginning(len(prefixes)), asked), reason, now)


async def cancel_one(session: AsyncSession, key: str, reason: str, *, now: datetime) -> int:
    """As `cancel`, of this key alone: where it ends in an id, it is the beginning of others."""
    rows = await read_rows(session, _of_key(), {"key": key, "now": now})
    return await _dropped(session, rows, reason, now)


async def _dropped(session: AsyncSession, which: Result[Any], reason: str, now: datetime) -> int:
    if not (found := which.scalars().all()):  # mostly it has gone or never was: then nothing is written
        return 0
    statement = (
        update(OutboxRow)
        .where(OutboxRow.id.in_(found), waits(), unheld(now))
        .values(dropped=reason, lease_until=None, lease_owner="")
        .returning(OutboxRow.id)
    )
    return len((await session.scalars(statement)).all())


@cache
def _beginning(prefixes: int) -> Any:
    row = OutboxRow.__table__.c
    ways = [begins_as(row.key, f"key{n}") for n in range(prefixes)]
    return select(row.id).where(or_(*ways), waits(row), unheld(bindparam("now", type_=UtcTime()), row))


@cache
def _of_key() -> Any:
    row, moment = OutboxRow.__table__.c, bindparam("now", type_=UtcTime())
    return select(row.id).where(row.key == bindparam("key"), waits(row), unheld(moment, row))


async def held_waiting(session: AsyncSession, key_prefix: str, *, now: datetime) -> Sequence[OutboxRow]:
    """Rows whose key begins so and that nobody is sending, held so that nobody begins to; the oldest first."""
    statement = (
        select(OutboxRow)
        .where(begins(OutboxRow.key, key_prefix), waits(), unheld(now))
        .order_by(OutboxRow.id)
        .with_for_update(skip_locked=True)
    )
    return (await session.scalars(statement)).all()


async def waiting(
    session: AsyncSession, school_id: int, *, now: datetime, person_id: int
) -> Sequence[OutboxRow]:
    """What of a school has not gone out and is not being sent now; of mailings to many, this person's copies."""
    theirs = or_(OutboxRow.mailing_id.is_(None), OutboxRow.person_id == person_id)
    statement = select(OutboxRow).where(OutboxRow.school_id == school_id, waits(), unheld(now), theirs)
    return (await session.scalars(statement)).all()

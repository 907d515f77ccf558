"""What people of a pair write to each other: queries. Words of a message are loaded only where they are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from program.outgoing import Kind
from program.relay import RelayState
from program.states import PairStatus
from storage.adding import add_new
from storage.overview import Waiting
from storage.places import chunks
from storage.tables import (
    OutboxRow,
    Pair,
    PairMember,
    RelayAddressee,
    RelayMessage,
    RelayReader,
    StoredFile,
    WebMessage,
)
from storage.tables.base import UtcTime
from storage.ways_in import begins, unindexed

READ = (RelayState.SENT,)  # what the other side may see
_AUTHOR: Any = joinedload(RelayMessage.author, innerjoin=True)
_PAIR: Any = joinedload(RelayMessage.pair, innerjoin=True).selectinload(Pair.members).joinedload(PairMember.person)  # fmt: skip
OVER = (PairStatus.COMPLETED, PairStatus.REPLACED, PairStatus.STOPPED, PairStatus.DECLINED, PairStatus.DROPPED)  # fmt: skip


async def get(
    session: AsyncSession, school_id: int, message_id: int, *, hold: bool = False
) -> RelayMessage | None:
    """One message with its author; held until the transaction ends where asked for."""
    statement = (
        select(RelayMessage)
        .where(RelayMessage.id == message_id, RelayMessage.school_id == school_id)
        .options(_AUTHOR)
        .execution_options(populate_existing=True)
    )
    if hold:
        statement = statement.with_for_update(of=RelayMessage)
    return await session.scalar(statement)


async def of_pair(
    session: AsyncSession,
    school_id: int,
    pair_id: int,
    *,
    reader: int | None = None,
    limit: int = 500,
    skip: int = 0,
) -> Sequence[RelayMessage]:
    """The newest messages of a pair, oldest first, with their authors.

    Args:
        reader: only what this person wrote or may read; None: everything, for the school.
        since: of the others only what was written from then on: who came later does not read what was said before.
        until: of the others only what was written before then: who has left reads on nothing.
    """
    statement = (
        select(RelayMessage)
        .where(RelayMessage.pair_id == pair_id, RelayMessage.school_id == school_id)
        .options(_AUTHOR)
        .order_by(RelayMessage.id.desc())
        .limit(limit)
        .offset(skip)
    )
    if reader is not None:
        mine = (RelayMessage.author_id == reader) & (RelayMessage.state != RelayState.CARE)
        meant = select(RelayAddressee.id).where(
            RelayAddressee.message_id == RelayMessage.id, RelayAddressee.person_id == reader
        )
        statement = statement.where(or_(mine, RelayMessage.state.in_(READ) & meant.exists()))
    return list(reversed((await session.scalars(statement)).all()))


async def pairs_kept(session: AsyncSession, school_id: int, person_id: int) -> Sequence[Pair]:
    """The last few pairs in which there are letters from or for the person, with everybody who was in them."""
    meant = select(RelayAddressee.message_id).where(RelayAddressee.person_id == person_id)
    mine = (RelayMessage.author_id == person_id) & (RelayMessage.state != RelayState.CARE)
    theirs = RelayMessage.id.in_(meant) & RelayMessage.state.in_(READ)
    left = or_(RelayMessage.words != "", RelayMessage.photo_id.is_not(None))  # not of somebody erased
    here = RelayMessage.school_id == school_id
    with_letters = select(RelayMessage.pair_id).where(here, left, or_(mine, theirs))
    statement = select(Pair).where(Pair.id.in_(with_letters)).order_by(Pair.id.desc()).limit(3)
    people = selectinload(Pair.members).joinedload(PairMember.person)
    return (await session.scalars(statement.options(people))).all()


async def addressees(session: AsyncSession, message_id: int) -> set[int]:
    """For whom the message was meant when it was written."""
    statement = select(RelayAddressee.person_id).where(RelayAddressee.message_id == message_id)
    return set(await session.scalars(statement))


def add_addressees(session: AsyncSession, message: RelayMessage, person_ids: Iterable[int]) -> None:
    """The message has its id."""
    session.add_all(
        RelayAddressee(school_id=message.school_id, message_id=message.id, person_id=key)
        for key in person_ids
    )


async def lately(session: AsyncSession, pair_id: int, author_id: int, since: datetime) -> Sequence[str]:
    """Words of the author's last few messages that went out, oldest first: a number may be sent in pieces."""
    statement = (
        select(RelayMessage.words)
        .where(
            RelayMessage.pair_id == pair_id,
            RelayMessage.author_id == author_id,
            RelayMessage.state == RelayState.SENT,
            RelayMessage.decided_at.is_(None),  # what the curator has let through is not held against anybody
            RelayMessage.at >= since,
        )
        .order_by(RelayMessage.id.desc())
        .limit(4)
    )
    return list(reversed((await session.scalars(statement)).all()))


async def written_since(session: AsyncSession, pair_id: int, author_id: int, since: datetime) -> int:
    """How many messages the author has written there since then."""
    statement = select(func.count(RelayMessage.id)).where(
        RelayMessage.pair_id == pair_id, RelayMessage.author_id == author_id, RelayMessage.at >= since
    )
    return await session.scalar(statement) or 0


async def written_by(session: AsyncSession, school_id: int, person_id: int) -> Sequence[RelayMessage]:
    statement = (
        select(RelayMessage)
        .where(RelayMessage.author_id == person_id, RelayMessage.school_id == school_id)
        .order_by(RelayMessage.id)
    )
    return (await session.scalars(statement)).all()


async def in_state(session: AsyncSession, school_id: int, state: RelayState) -> Sequence[RelayMessage]:
    """Every message in a state, oldest first, with its author and the pair's people."""
    statement = (
        select(RelayMessage)
        .where(RelayMessage.school_id == school_id, RelayMessage.state == state)
        .options(_AUTHOR, _PAIR)
        .order_by(RelayMessage.id)
    )
    return (await session.scalars(statement)).all()


async def worrying(session: AsyncSession, school_id: int) -> Sequence[RelayMessage]:
    """What sounds like danger and what somebody complained of, until a grown-up has dealt with it."""
    statement = (
        select(RelayMessage)
        .where(RelayMessage.school_id == school_id, _worries())
        .options(_AUTHOR, _PAIR)
        .order_by(RelayMessage.id)
    )
    return (await session.scalars(statement)).all()


async def worries(session: AsyncSession, school_id: int, pair_id: int) -> bool:
    """Whether there is such a message in this pair's correspondence."""
    statement = select(RelayMessage.id).where(
        RelayMessage.school_id == school_id, RelayMessage.pair_id == pair_id, _worries()
    )
    return await session.scalar(statement.limit(1)) is not None


def _worries() -> Any:
    alarming = or_(RelayMessage.state == RelayState.CARE, RelayMessage.reported_at.is_not(None))
    return alarming & RelayMessage.looked_at.is_(None)


async def waiting(session: AsyncSession, school_id: int) -> list[Waiting]:
    """Held messages for «Сегодня»; what sounds like danger stands there as a call for help."""
    statement = select(func.count(RelayMessage.id), func.min(RelayMessage.at)).where(
        RelayMessage.school_id == school_id, RelayMessage.state == RelayState.HELD
    )
    count, oldest = (await session.execute(statement)).one()
    return [Waiting("relay", count, oldest)] if count else []


async def count(session: AsyncSession, school_id: int, pair_id: int) -> int:
    statement = select(func.count(RelayMessage.id)).where(
        RelayMessage.school_id == school_id, RelayMessage.pair_id == pair_id
    )
    return await session.scalar(statement) or 0


async def reader(session: AsyncSession, school_id: int, pair_id: int, person_id: int) -> RelayReader:
    """The person's row in this correspondence, made if there is none."""
    values = {"school_id": school_id, "pair_id": pair_id, "person_id": person_id, "read_id": 0}
    await add_new(session, RelayReader, values, ["pair_id", "person_id"])
    statement = select(RelayReader).where(RelayReader.pair_id == pair_id, RelayReader.person_id == person_id)
    return (await session.scalars(statement.execution_options(populate_existing=True))).one()


async def readers(session: AsyncSession, school_id: int, pair_id: int) -> dict[int, RelayReader]:
    """Person -> their row, of those who have one."""
    statement = select(RelayReader).where(RelayReader.pair_id == pair_id, RelayReader.school_id == school_id)
    return {row.person_id: row for row in await session.scalars(statement)}


async def ways(session: AsyncSession, school_id: int, pair_id: int) -> dict[int, dict[int, OutboxRow]]:
    """Message -> reader -> the row of the outbox with its last part; says whether it has arrived."""
    statement = (
        select(OutboxRow)
        .where(unindexed(OutboxRow.school_id) == school_id, begins(OutboxRow.key, f"relay:{pair_id}:"))
        .order_by(OutboxRow.id)
    )
    found: dict[int, dict[int, OutboxRow]] = {}
    for row in await session.scalars(statement):
        if row.person_id is not None:
            found.setdefault(int(row.key.split(":")[2]), {})[row.person_id] = row
    return found


async def over_since(session: AsyncSession, school_id: int, before: datetime) -> Sequence[int]:
    """Pairs with a correspondence that ended before then; not while a worry in it is open."""
    return (await session.scalars(_over_since(), {"school": school_id, "before": before})).all()


@cache
def _over_since() -> Select[int]:
    """Built once: asked of every school every hour."""
    open_ = select(RelayMessage.id).where(RelayMessage.pair_id == Pair.id, _worries())
    has = select(RelayMessage.id).where(RelayMessage.pair_id == Pair.id)
    told = select(RelayReader.id).where(RelayReader.pair_id == Pair.id)
    ended = func.coalesce(Pair.closed_at, Pair.decided_at, Pair.created_at)
    return select(Pair.id).where(
        Pair.school_id == bindparam("school"),
        Pair.status.in_(OVER),
        ended < bindparam("before", type_=UtcTime()),
        or_(has.exists(), told.exists()),
        ~open_.exists(),
    )


async def forget(session: AsyncSession, pair_ids: Collection[int], instead: str) -> int:
    """Deletes the correspondence of these pairs with every copy that this house holds; how many messages.

    Args:
        instead: what a bubble of the web chat says from now on.
    """
    gone = 0
    for part in chunks(pair_ids):
        photos = await _photos(session, RelayMessage.pair_id.in_(part))
        those = select(RelayMessage.id).where(RelayMessage.pair_id.in_(part))
        await session.execute(delete(RelayAddressee).where(RelayAddressee.message_id.in_(those)))
        messages = delete(RelayMessage).where(RelayMessage.pair_id.in_(part)).returning(RelayMessage.id)
        gone += len((await session.scalars(messages)).all())
        await session.execute(delete(StoredFile).where(StoredFile.id.in_(photos)))
        await session.execute(delete(RelayReader).where(RelayReader.pair_id.in_(part)))
        for pair_id in part:
            await _empty_copies(session, pair_id, None, instead)
        await _empty_shown(session, part, instead)
    return gone


async def blank(session: AsyncSession, person_id: int, instead: str) -> int:
    """Erasure: the person's words everywhere and, of pairs of two, the other side's as well. How many."""
    mine = select(PairMember.pair_id).where(PairMember.person_id == person_id)
    alone = select(Pair.id).where(Pair.id.in_(mine), Pair.is_group.is_(False))
    whose = or_(RelayMessage.author_id == person_id, RelayMessage.pair_id.in_(alone))
    found = (await session.execute(select(RelayMessage.pair_id, RelayMessage.id).where(whose))).all()
    await session.execute(update(RelayMessage).where(whose).values(words="", note="", found=[], rewritten=[]))
    photos = await _photos(session, whose)
    await session.execute(update(RelayMessage).where(whose).values(photo_id=None))
    await session.execute(delete(StoredFile).where(StoredFile.id.in_(photos)))
    for table in (RelayAddressee, RelayReader):
        await session.execute(delete(table).where(table.person_id == person_id))
    written_in = {one.pair_id for one in found}
    for pair_id in written_in:
        mine_there = {str(one.id) for one in found if one.pair_id == pair_id}
        await _empty_copies(session, pair_id, mine_there, instead)
    for part in chunks(written_in):
        await _empty_shown(session, part, instead)
    return len(found)


async def _photos(session: AsyncSession, where: Any) -> Sequence[int]:
    statement = select(RelayMessage.photo_id).where(where, RelayMessage.photo_id.is_not(None))
    return [key for key in await session.scalars(statement) if key is not None]


async def put_off(session: AsyncSession, pair_id: int, reader_id: int, until: datetime) -> None:
    """Whatever waits for this reader comes then, in the order in which it was written."""
    await session.execute(
        update(OutboxRow)
        .where(
            begins(OutboxRow.key, f"relay:{pair_id}:"),
            OutboxRow.person_id == reader_id,
            OutboxRow.sent_at.is_(None),
            OutboxRow.lease_until.is_(None),
            OutboxRow.dropped == "",
        )
        .values(due_at=until)
    )


async def _empty_copies(
    session: AsyncSession, pair_id: int, messages: Collection[str] | None, instead: str
) -> None:
    """Takes the words of these messages (None: of all) out of the outbox and the bubbles of the web chat."""
    statement = select(OutboxRow).where(begins(OutboxRow.key, f"relay:{pair_id}:"))
    known = (await session.scalars(statement)).all()
    rows = [row for row in known if messages is None or row.key.split(":")[2] in messages]
    await _empty(session, rows, instead)


async def _empty_shown(session: AsyncSession, pair_ids: Collection[int], instead: str) -> None:
    """Takes out of the outbox and the web chat the answers that showed the correspondence of these pairs, whole."""
    readers = select(PairMember.person_id).where(PairMember.pair_id.in_(pair_ids))
    statement = select(OutboxRow).where(
        OutboxRow.person_id.in_(readers),
        OutboxRow.kind == Kind.REPLY,
        OutboxRow.body[("concerns", "pair")].as_integer().in_(pair_ids),
    )
    await _empty(session, (await session.scalars(statement)).all(), instead)


async def _empty(session: AsyncSession, rows: Sequence[OutboxRow], instead: str) -> None:
    for row in rows:
        row.body = {"texts": []}
        if row.sent_at is None and not row.dropped:
            row.dropped = "erased"
    for part in chunks(row.id for row in rows):
        bubbles = update(WebMessage).where(WebMessage.outbox_id.in_(part))
        await session.execute(bubbles.values(words=instead, buttons=[]))

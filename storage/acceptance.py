"""Announced pairs that wait for answers, who was asked, and which of the messages have gone out: queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from program.acceptance import Answer
from program.states import PairStatus
from storage.places import chunks
from storage.tables import Meeting, OutboxRow, Pair, PairAnswer, PairMember, Participation
from storage.ways_in import begins


async def answers(session: AsyncSession, pair_ids: Iterable[int]) -> dict[int, list[PairAnswer]]:
    """Pair -> everybody asked, with both people, as they are now; mentors first, guardians after their children."""
    found: dict[int, list[PairAnswer]] = defaultdict(list)
    for part in chunks(pair_ids):
        statement = (
            select(PairAnswer)
            .where(PairAnswer.pair_id.in_(part))
            .options(joinedload(PairAnswer.person), joinedload(PairAnswer.about))
            .order_by(PairAnswer.side.desc(), PairAnswer.id)
            .execution_options(populate_existing=True)
        )
        for row in await session.scalars(statement):
            found[row.pair_id].append(row)
    return found


async def forget(session: AsyncSession, pair_id: int, about_id: int | None = None) -> None:
    """The announcement was called off, or a member left: nobody is asked about it any more."""
    statement = delete(PairAnswer).where(PairAnswer.pair_id == pair_id)
    if about_id is not None:
        statement = statement.where(PairAnswer.about_id == about_id)
    await session.execute(statement)


async def offered(session: AsyncSession, school_id: int, before: datetime | None = None) -> Sequence[Pair]:
    """Pairs that wait for answers, the oldest first, with members, people and places.

    Args:
        before: only those whose time to answer ended by then.
    """
    people = selectinload(Pair.members).joinedload(PairMember.person)
    places = selectinload(Pair.members).joinedload(PairMember.participation)
    statement = (
        select(Pair)
        .where(Pair.school_id == school_id, Pair.status == PairStatus.OFFERED)
        .options(people, places.joinedload(Participation.person))
        .order_by(Pair.answer_by, Pair.id)
    )
    if before is not None:
        statement = statement.where(Pair.answer_by <= before)
    return (await session.scalars(statement)).unique().all()


async def announced_since(session: AsyncSession, school_id: int, since: datetime) -> Sequence[Pair]:
    """Announced pairs that nothing has happened to: nobody answered, no meeting was made; newest first."""
    answered = exists().where(PairAnswer.pair_id == Pair.id, PairAnswer.answer != Answer.WAITING)
    statement = (
        select(Pair)
        .where(
            Pair.school_id == school_id,
            Pair.status.in_((PairStatus.OFFERED, PairStatus.ACTIVE)),
            Pair.announced_at > since,
            ~answered,
            ~exists().where(Meeting.pair_id == Pair.id),
        )
        .options(selectinload(Pair.members).joinedload(PairMember.person))
        .order_by(Pair.announced_at.desc(), Pair.id)
    )
    return (await session.scalars(statement)).unique().all()


async def letters(session: AsyncSession, key_prefix: str) -> Sequence[OutboxRow]:
    """Messages whose key begins so and that were not dropped: waiting, being sent, or sent."""
    statement = (
        select(OutboxRow)
        .where(begins(OutboxRow.key, key_prefix), OutboxRow.dropped == "")
        .order_by(OutboxRow.id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()

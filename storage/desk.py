"""What the cards of the staff's chat look up. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from program.states import MeetingStatus, PairStatus
from storage.tables import Guardianship, JournalEntry, Meeting, OutboxRow, Pair, User


async def pairs(
    session: AsyncSession,
    school_id: int,
    year: str,
    status: PairStatus,
    *,
    silent_at: datetime | None = None,
) -> Sequence[int]:
    """Ids, the oldest first. `silent_at`: only those whose time to answer was over by then."""
    statement = select(Pair.id).where(Pair.school_id == school_id, Pair.year == year, Pair.status == status)
    if silent_at is not None:
        statement = statement.where(Pair.answer_by < silent_at)
    return (await session.scalars(statement.order_by(Pair.id))).all()


async def unanswered(session: AsyncSession, school_id: int, before: datetime) -> Sequence[int]:
    """Ids of meetings that began before then and of which nobody said whether they were held."""
    statement = select(Meeting.id).where(
        Meeting.school_id == school_id,
        Meeting.status == MeetingStatus.CONFIRMED,
        Meeting.starts_at < before,
    )
    return (await session.scalars(statement.order_by(Meeting.id))).all()


async def bond(session: AsyncSession, school_id: int, key: int) -> Guardianship | None:
    """With both people, as it stands now."""
    statement = (
        select(Guardianship)
        .where(Guardianship.id == key, Guardianship.school_id == school_id)
        .options(joinedload(Guardianship.guardian), joinedload(Guardianship.child))
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def account(session: AsyncSession, school_id: int, actor: str) -> User | None:
    """The account that acts as «user:<id>»."""
    key = actor.removeprefix("user:")
    if key == actor or not key.isdecimal():
        return None
    return await session.scalar(select(User).where(User.id == int(key), User.school_id == school_id))


async def last_actor(session: AsyncSession, school_id: int, subject: str) -> str:
    """Who did the last thing that the journal knows of it; "" if it knows nothing."""
    statement = (
        select(JournalEntry.actor)
        .where(JournalEntry.school_id == school_id, JournalEntry.subject == subject)
        .order_by(JournalEntry.number.desc())
        .limit(1)
    )
    return await session.scalar(statement) or ""


async def times_drawn(session: AsyncSession, school_id: int, person_id: int, edit_key: str) -> int:
    """How often this message was put up and redrawn."""
    statement = select(func.count(OutboxRow.id)).where(
        OutboxRow.school_id == school_id,
        OutboxRow.person_id == person_id,
        OutboxRow.edit_key == edit_key,
    )
    return await session.scalar(statement) or 0

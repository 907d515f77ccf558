"""What the reports count and list: queries of one school and one school year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from program.roles import Side
from program.states import ENTERED, MeetingStatus, PairStatus
from storage.tables import Guardianship, Meeting, Pair, PairMember, Participation, Person

# Ended early: counts as entered only after a meeting that took place. Source: domain.md 3.4, rule 4.
_ENDED_EARLY = (PairStatus.STOPPED, PairStatus.REPLACED)


async def enrolled(
    session: AsyncSession, school_id: int, year: str, side: Side | None = None
) -> Sequence[Participation]:
    """Participations that have ever been in the base, with their people, by name."""
    statement = (
        select(Participation)
        .join(Participation.person)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.enrolled_at.is_not(None),
        )
        .options(contains_eager(Participation.person))
        .order_by(Person.last_name, Person.first_name, Person.id, Participation.form, Participation.id)
    )
    if side is not None:
        statement = statement.where(Participation.side == side)
    return (await session.scalars(statement)).all()


async def entered(session: AsyncSession, school_id: int, year: str) -> Sequence[Pair]:
    """Pairs and groups that have begun their work, with their members and these with their people."""
    held = select(Meeting.id).where(Meeting.pair_id == Pair.id, Meeting.status == MeetingStatus.HELD)
    statement = (
        select(Pair)
        .where(
            Pair.school_id == school_id,
            Pair.year == year,
            Pair.status.in_(ENTERED),
            or_(Pair.status.not_in(_ENDED_EARLY), held.exists()),
        )
        .options(selectinload(Pair.members).joinedload(PairMember.person))
        .order_by(Pair.id)
    )
    return (await session.scalars(statement)).all()


async def held(session: AsyncSession, school_id: int, year: str) -> dict[int, list[datetime]]:
    """Pair -> when its held meetings began."""
    found: dict[int, list[datetime]] = defaultdict(list)
    statement = (
        select(Meeting.pair_id, Meeting.starts_at)
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(Pair.school_id == school_id, Pair.year == year, Meeting.status == MeetingStatus.HELD)
    )
    for pair_id, at in await session.execute(statement):
        if pair_id is not None and at is not None:
            found[pair_id].append(at)
    return found


async def guardians(session: AsyncSession, school_id: int) -> Sequence[Guardianship]:
    """The guardians that the school has confirmed, with their people."""
    statement = (
        select(Guardianship)
        .where(Guardianship.school_id == school_id, Guardianship.confirmed_at.is_not(None))
        .options(joinedload(Guardianship.guardian))
        .order_by(Guardianship.id)
    )
    return (await session.scalars(statement)).all()

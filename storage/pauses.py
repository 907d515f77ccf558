"""Who asked for silence, and what was kept back meanwhile: queries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.pauses import pause_of
from program.roles import PersonState
from storage.places import chunks
from storage.tables import OutboxRow, Person

PAUSED = "paused"  # why a message was dropped


async def quiet(session: AsyncSession, school_id: int) -> Sequence[Person]:
    """Everybody on a pause, in the order of ids."""
    statement = select(Person.id, Person.preferences).where(
        Person.school_id == school_id, Person.state == PersonState.ACTIVE
    )
    ids = [key for key, kept in await session.execute(statement) if pause_of(kept) is not None]
    found: list[Person] = []
    for part in chunks(ids):
        found += await session.scalars(select(Person).where(Person.id.in_(part)).order_by(Person.id))
    return found


async def kept_back(session: AsyncSession, school_id: int, person_id: int) -> int:
    """How many messages were not sent because the person asked for silence."""
    statement = select(func.count(OutboxRow.id)).where(
        OutboxRow.school_id == school_id, OutboxRow.person_id == person_id, OutboxRow.dropped == PAUSED
    )
    return await session.scalar(statement) or 0

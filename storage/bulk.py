"""What was done to many at once: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import BulkChange, BulkChangeLine, Person


async def get(session: AsyncSession, school_id: int, change_id: int) -> BulkChange | None:
    return await session.scalar(
        select(BulkChange).where(BulkChange.id == change_id, BulkChange.school_id == school_id)
    )


async def lock(session: AsyncSession, school_id: int, change_id: int) -> BulkChange | None:
    """As it is now, held until the transaction ends: two who take it back come one after the other."""
    return await session.scalar(
        select(BulkChange)
        .where(BulkChange.id == change_id, BulkChange.school_id == school_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


async def lines(session: AsyncSession, change_id: int) -> Sequence[tuple[BulkChangeLine, Person]]:
    """With the people, by name."""
    statement = (
        select(BulkChangeLine, Person)
        .join(Person, Person.id == BulkChangeLine.person_id)
        .where(BulkChangeLine.change_id == change_id)
        .order_by(Person.plain, Person.id)
    )
    return [(line, person) for line, person in await session.execute(statement)]


async def forget_old(session: AsyncSession, school_id: int, before: datetime) -> None:
    old = select(BulkChange.id).where(BulkChange.school_id == school_id, BulkChange.at < before)
    await session.execute(delete(BulkChangeLine).where(BulkChangeLine.change_id.in_(old)))
    await session.execute(delete(BulkChange).where(BulkChange.school_id == school_id, BulkChange.at < before))

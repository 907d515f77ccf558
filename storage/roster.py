"""People as the school's list knows them: read all at once, written all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from program.roles import PersonState
from storage.tables import Person, School

NOT_LISTED = (PersonState.VISITOR, PersonState.ERASED)
AT_ONCE = 1_000  # rows of one statement


async def listed(session: AsyncSession, school_id: int) -> Sequence[Person]:
    """Everybody with a name, as stored now (also those already in the session), in the order of ids."""
    statement = (
        select(Person)
        .where(Person.school_id == school_id, Person.state.not_in(NOT_LISTED), Person.last_name != "")
        .order_by(Person.id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def lock(session: AsyncSession, school_id: int) -> None:
    """Two imports of one school go one after the other."""
    await session.execute(select(School.id).where(School.id == school_id).with_for_update(key_share=True))


async def add(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        await session.execute(insert(Person), rows[start : start + AT_ONCE])


async def change(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """`rows` hold the id and the new values; rows with the same columns should stand together."""
    for start in range(0, len(rows), AT_ONCE):
        await session.execute(update(Person), rows[start : start + AT_ONCE])

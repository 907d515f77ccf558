"""Pupils who may stand in the school's records twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from program.roles import Category, PersonState
from storage.places import chunks
from storage.tables import Person

LISTED, JOINED = PersonState.INVITED, PersonState.ACTIVE


async def pupils(session: AsyncSession, school_id: int, class_name: str | None) -> Sequence[Any]:
    """On the list or joined, of classes in which both kinds are, in any order.

    Columns of the person: a region has ten thousand of them, and hardly anybody stands there twice.
    """
    both = [
        select(Person.class_name).where(
            Person.school_id == school_id, Person.category == Category.PUPIL, Person.state == state
        )
        for state in (LISTED, JOINED)
    ]
    statement = select(
        Person.id,
        Person.state,
        Person.class_name,
        Person.first_name,
        Person.middle_name,
        Person.last_name,
        Person.birth_date,
        Person.plain,
    ).where(
        Person.school_id == school_id,
        Person.category == Category.PUPIL,
        Person.state.in_((LISTED, JOINED)),
        Person.class_name != "",
        *(Person.class_name.in_(one) for one in both),
    )
    if class_name is not None:
        statement = statement.where(Person.class_name == class_name)
    return (await session.execute(statement)).all()


async def preferences(session: AsyncSession, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for part in chunks(ids):
        statement = select(Person.id, Person.preferences).where(Person.id.in_(part))
        found |= {row.id: row.preferences for row in await session.execute(statement)}
    return found

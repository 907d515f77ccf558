"""Pupils who may stand in the school's records twice."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from program.roles import Category, PersonState
from storage.tables import Person

LISTED, JOINED = PersonState.INVITED, PersonState.ACTIVE


async def pupils(session: AsyncSession, school_id: int, class_name: str | None) -> Sequence[Person]:
    """On the list or joined, of classes in which both kinds are; by class and name."""
    both = [
        select(Person.class_name).where(
            Person.school_id == school_id, Person.category == Category.PUPIL, Person.state == state
        )
        for state in (LISTED, JOINED)
    ]
    statement = (
        select(Person)
        .where(
            Person.school_id == school_id,
            Person.category == Category.PUPIL,
            Person.state.in_((LISTED, JOINED)),
            Person.class_name != "",
            *(Person.class_name.in_(one) for one in both),
        )
        .order_by(Person.class_name, Person.last_name, Person.first_name, Person.id)
    )
    if class_name is not None:
        statement = statement.where(Person.class_name == class_name)
    return (await session.scalars(statement)).all()

"""Adults and mentors whom the school has not confirmed yet. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from program.roles import Side
from storage.overview import GONE
from storage.tables import Guardianship, Participation, Person


async def guardians(
    session: AsyncSession, school_id: int, class_name: str | None = None
) -> Sequence[Guardianship]:
    """Bonds that wait for the school's word, with both people, the oldest first."""
    statement = (
        select(Guardianship)
        .join(Person, Person.id == Guardianship.child_id)
        .where(
            Guardianship.school_id == school_id,
            Guardianship.confirmed_at.is_(None),
            Guardianship.ended_at.is_(None),
        )
        .options(joinedload(Guardianship.guardian), joinedload(Guardianship.child))
        .order_by(Guardianship.created_at, Guardianship.child_id)
    )
    if class_name is not None:
        statement = statement.where(Person.class_name == class_name)
    return (await session.scalars(statement)).all()


async def mentors(session: AsyncSession, school_id: int, year: str) -> Sequence[Participation]:
    """Places of mentors who are not admitted, with the person, the oldest first."""
    statement = (
        select(Participation)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.side == Side.MENTOR,
            Participation.admitted.is_(False),
            Participation.status.not_in(GONE),
        )
        .options(joinedload(Participation.person))
        .order_by(Participation.created_at, Participation.id)
    )
    return (await session.scalars(statement)).all()

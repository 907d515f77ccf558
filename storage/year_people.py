"""Of what class and category people were in a school year that is over: queries. Every query takes the school."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Participation, Person


async def keep(session: AsyncSession, school_id: int, year: str) -> None:
    """Writes down of what class and category everybody was in that year, before they go on into the next one."""
    of_person = {
        column: select(getattr(Person, column)).where(Person.id == Participation.person_id).scalar_subquery()
        for column in ("category", "class_name")
    }
    statement = update(Participation).where(Participation.school_id == school_id, Participation.year == year)
    await session.execute(statement.values(**of_person).execution_options(synchronize_session=False))


async def let_go(session: AsyncSession, school_id: int, year: str) -> None:
    """Takes `keep` back: the year goes on."""
    statement = update(Participation).where(Participation.school_id == school_id, Participation.year == year)
    cleared = statement.values(category=None, class_name="")
    await session.execute(cleared.execution_options(synchronize_session=False))

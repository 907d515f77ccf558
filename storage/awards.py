"""Who may be thanked: queries. Every query takes the school."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from program.roles import PersonState, Side
from storage.overview import GONE
from storage.tables import Participation, Person


class Candidate(NamedTuple):
    """A place in the programme of the year. Somebody on both sides stands here twice."""

    person_id: int
    name: str
    class_name: str
    category: str
    side: Side
    form: str


async def of_year(session: AsyncSession, school_id: int, year: str) -> list[Candidate]:
    """Everybody whose place has not been given up, mentors first, then by name."""
    statement = (
        select(
            Person.id, Person.last_name, Person.first_name, Person.middle_name, Person.class_name, Person.category,
            Participation.side, Participation.form,
        )
        .join(Person, Person.id == Participation.person_id)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.status.not_in(GONE),
            Person.state.in_((PersonState.ACTIVE, PersonState.INVITED)),
        )
        .order_by(Participation.side.desc(), Person.plain, Person.id)
    )  # fmt: skip
    found = []
    for key, last, first, middle, class_name, category, side, form in await session.execute(statement):
        name = " ".join(part for part in (last, first, middle) if part)
        found.append(Candidate(key, name, class_name, category or "", Side(side), form))
    return found

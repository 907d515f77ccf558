"""Who may be thanked: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.names import class_order
from program.roles import PersonState, Side
from storage.overview import GONE
from storage.tables import IssuedPaper, Participation, Person

MOST = 200  # batches of a year


class Candidate(NamedTuple):
    """A place in the programme of the year. Somebody on both sides stands here twice."""

    person_id: int
    name: str
    class_name: str
    category: str
    side: Side
    form: str


async def of_year(
    session: AsyncSession,
    school_id: int,
    year: str,
    *,
    side: Side | None = None,
    class_name: str = "",
    most: int | None = None,
) -> list[Candidate]:
    """Everybody whose place has not been given up, mentors first, then by name.

    Args:
        side, class_name: only those. most: so many at most.
    """
    where: list[ColumnElement[bool]] = [Participation.side == side] if side else []
    if class_name:
        where.append(Person.class_name == class_name)
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
            *where,
        )
        .order_by(Participation.side.desc(), Person.plain, Person.id)
        .limit(most)
    )  # fmt: skip
    found = []
    for key, last, first, middle, class_name, category, side, form in await session.execute(statement):
        name = " ".join(part for part in (last, first, middle) if part)
        found.append(Candidate(key, name, class_name, category or "", Side(side), form))
    return found


class Batch(NamedTuple):
    """What one press has given. `paper`: id of its first one; `told`, `revoked`: how many."""

    paper: int
    code: str
    on_day: date
    many: int
    told: int
    revoked: int
    by: str


async def batches(session: AsyncSession, school_id: int, year: str, codes: Sequence[str]) -> list[Batch]:
    """Of a school year, the newest first."""
    paper = IssuedPaper
    statement = (
        select(
            func.min(paper.id), paper.code, paper.on_day, func.count(), func.count(paper.told_at),
            func.count(paper.revoked_at), paper.by,
        )
        .where(paper.school_id == school_id, paper.year == year, paper.code.in_(list(codes)))
        .group_by(paper.batch, paper.code, paper.on_day, paper.by)
        .order_by(func.min(paper.id).desc())
        .limit(MOST)
    )  # fmt: skip
    return [Batch(*row) for row in await session.execute(statement)]


async def classes(session: AsyncSession, school_id: int, year: str) -> list[str]:
    """Classes of those who take part in the year, 2А before 10Б."""
    statement = (
        select(Person.class_name)
        .join(Participation, Participation.person_id == Person.id)
        .where(Participation.school_id == school_id, Participation.year == year, Person.class_name != "")
        .distinct()
    )
    return sorted(await session.scalars(statement), key=class_order)

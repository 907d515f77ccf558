"""Answers before and after the work, and the tables made of them: queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from program.roles import Side
from storage.places import chunks
from storage.tables import Comparison, Pair, PairMember, Participation, Person, Response
from storage.ways_in import begins


@dataclass(frozen=True)
class Where:
    """One place of somebody in a school year."""

    form: str
    role_model: str
    class_name: str


@dataclass(frozen=True)
class Filled:
    """One response, without its answers."""

    id: int
    person_id: int
    code: str
    version: int


async def made(session: AsyncSession, school_id: int, year: str, side: Side) -> Sequence[Comparison]:
    """The newest first."""
    statement = (
        select(Comparison)
        .where(Comparison.school_id == school_id, Comparison.year == year, Comparison.side == side)
        .order_by(Comparison.number.desc())
    )
    return (await session.scalars(statement)).all()


async def codes(
    session: AsyncSession, school_id: int, year: str, begin: Sequence[str]
) -> list[tuple[str, int]]:
    """(code, version) of questionnaires that were filled in this year and whose codes begin so; newer ones first."""
    statement = select(Response.code, Response.version).where(
        Response.school_id == school_id, begins(Response.round, year), Response.person_id.is_not(None)
    )
    found = {(code, number) for code, number in await session.execute(statement.distinct())}
    return sorted(
        (one for one in found if one[0].startswith(tuple(begin))), key=lambda one: (one[0], -one[1])
    )


async def filled(
    session: AsyncSession, school_id: int, year: str, begin: str, person_ids: Collection[int] | None = None
) -> list[Filled]:
    """What people of the school filled in in a year, the earliest first.

    Args:
        begin: of the questionnaire's code.
        person_ids: by these people only.
    """
    statement = (
        select(Response.id, Response.person_id, Response.code, Response.version)
        .where(
            Response.school_id == school_id,
            begins(Response.round, year),
            Response.code.startswith(begin, autoescape=True),
            Response.person_id.is_not(None),
        )
        .order_by(Response.id)
    )
    parts = [statement]
    if person_ids is not None:
        parts = [statement.where(Response.person_id.in_(part)) for part in chunks(person_ids)]
    return [
        Filled(key, person_id or 0, code, version)
        for one in parts
        for key, person_id, code, version in await session.execute(one)
    ]


async def with_answers(session: AsyncSession, school_id: int, ids: Collection[int]) -> dict[int, Response]:
    found = {}
    for part in chunks(ids):
        statement = select(Response).where(Response.school_id == school_id, Response.id.in_(part))
        for row in await session.scalars(statement.options(selectinload(Response.answers))):
            found[row.id] = row
    return found


async def places(
    session: AsyncSession, school_id: int, year: str, side: Side, person_ids: Collection[int]
) -> dict[int, list[Where]]:
    """Where each of them stands on this side: pairs first, then places without one."""
    found: dict[int, list[Where]] = {}
    paired = (
        select(PairMember.person_id, Pair.form, Pair.role_model, Person.class_name)
        .join(Pair, Pair.id == PairMember.pair_id)
        .join(Person, Person.id == PairMember.person_id)
        .where(Pair.school_id == school_id, Pair.year == year, PairMember.side == side)
        .order_by(Pair.announced_at.is_(None), Pair.id)
    )
    alone = (
        select(Participation.person_id, Participation.form, Participation.role_model, Person.class_name)
        .join(Person, Person.id == Participation.person_id)
        .where(Participation.school_id == school_id, Participation.year == year, Participation.side == side)
        .order_by(Participation.id)
    )
    for statement, column in ((paired, PairMember.person_id), (alone, Participation.person_id)):
        for part in chunks(person_ids):
            for person_id, form, model, name in await session.execute(statement.where(column.in_(part))):
                found.setdefault(person_id, []).append(Where(form, model or "", name or ""))
    return found

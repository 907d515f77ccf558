"""What the matching board shows: how many there are, and one page of them. Nothing else is loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from program.roles import Side
from program.states import PairStatus, ParticipationStatus
from storage.pairs import WHOLE
from storage.tables import Pair, PairMember, Participation, Person


@dataclass(frozen=True)
class Narrow:
    """Which pairs of a form; empty fields do not narrow.

    Args:
        score: from, to, both included.
        class_name: of one of its mentees.
        model: of the pair, or of the place of one of its mentees.
        ids: these alone.
    """

    form: str
    score: tuple[int, int] | None = None
    class_name: str = ""
    model: str = ""
    ids: Collection[int] | None = None


@dataclass(frozen=True)
class Seeker:
    """A mentee's place in the programme, without the person."""

    id: int
    status: ParticipationStatus
    role_model: str
    since: datetime
    class_name: str


@dataclass(frozen=True)
class Leader:
    """A mentor's place in the programme, without the person."""

    id: int
    status: ParticipationStatus
    admitted: bool
    capacity: int


async def counts(
    session: AsyncSession, school_id: int, year: str, statuses: Collection[PairStatus]
) -> Mapping[tuple[str, PairStatus], int]:
    """(form, status) -> how many pairs and groups; without those of which there is none."""
    statement = (
        select(Pair.form, Pair.status, func.count(Pair.id))
        .where(Pair.school_id == school_id, Pair.year == year, Pair.status.in_(list(statuses)))
        .group_by(Pair.form, Pair.status)
    )
    return {(form, PairStatus(status)): many for form, status, many in await session.execute(statement)}


async def count(session: AsyncSession, school_id: int, year: str, status: PairStatus, by: Narrow) -> int:
    statement = select(func.count(Pair.id)).where(*_where(school_id, year, status, by))
    return await session.scalar(statement) or 0


async def pairs(
    session: AsyncSession,
    school_id: int,
    year: str,
    status: PairStatus,
    by: Narrow,
    first: int = 0,
    most: int | None = None,
) -> Sequence[Pair]:
    """With members, people and participations, the best score first, groups last.

    Args:
        first: how many of them are left out at the beginning.
        most: how many are wanted; None: all of them.
    """
    statement = (
        select(Pair)
        .where(*_where(school_id, year, status, by))
        .options(*WHOLE)
        .order_by(Pair.is_group, Pair.score.desc(), Pair.id)
        .offset(first)
        .limit(most)
    )
    return (await session.scalars(statement)).unique().all()


async def seekers(session: AsyncSession, school_id: int, year: str, form: str) -> list[Seeker]:
    """Every mentee's place of a form, in the order of ids."""
    columns = (
        Participation.id,
        Participation.status,
        Participation.role_model,
        func.coalesce(Participation.enrolled_at, Participation.created_at, type_=Participation.created_at.type),
        Person.class_name,
    )  # fmt: skip
    statement = _places(select(*columns).join(Participation.person), school_id, year, form, Side.MENTEE)
    return [
        Seeker(key, ParticipationStatus(status), model, since, class_name)
        for key, status, model, since, class_name in await session.execute(statement)
    ]


async def leaders(session: AsyncSession, school_id: int, year: str, form: str) -> list[Leader]:
    """Every mentor's place of a form, in the order of ids."""
    columns = (Participation.id, Participation.status, Participation.admitted, Participation.capacity)
    statement = _places(select(*columns), school_id, year, form, Side.MENTOR)
    return [
        Leader(key, ParticipationStatus(status), admitted, capacity)
        for key, status, admitted, capacity in await session.execute(statement)
    ]


async def people(session: AsyncSession, school_id: int, ids: Collection[int]) -> dict[int, Participation]:
    """These places with their people, by id."""
    statement = (
        select(Participation)
        .where(Participation.school_id == school_id, Participation.id.in_(list(ids)))
        .options(joinedload(Participation.person))
    )
    return {place.id: place for place in await session.scalars(statement)}


def _places(statement: Any, school_id: int, year: str, form: str, side: Side) -> Any:
    return statement.where(
        Participation.school_id == school_id,
        Participation.year == year,
        Participation.form == form,
        Participation.side == side,
    ).order_by(Participation.id)


def _where(school_id: int, year: str, status: PairStatus, by: Narrow) -> list[Any]:
    where: list[Any] = [
        Pair.school_id == school_id,
        Pair.year == year,
        Pair.form == by.form,
        Pair.status == status,
    ]
    if by.ids is not None:
        where.append(Pair.id.in_(list(by.ids)))
    if by.score is not None:
        where.append(Pair.score.between(*by.score))
    mentee = (
        exists()
        .where(PairMember.pair_id == Pair.id, PairMember.left_at.is_(None), PairMember.side == Side.MENTEE)
        .correlate(Pair)
    )
    if by.class_name:
        where.append(
            mentee.where(Person.id == PairMember.person_id, Person.class_name == by.class_name)
        )  # fmt: skip
    if by.model:
        of_mentee = mentee.where(
            Participation.id == PairMember.participation_id, Participation.role_model == by.model
        )
        where.append(or_(Pair.role_model == by.model, of_mentee))
    return where

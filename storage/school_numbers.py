"""Counts of several schools at once: queries that name nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, distinct, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from program.roles import Side
from program.states import MeetingStatus, PairStatus
from storage.overview import GONE
from storage.tables import Meeting, Pair, Participation, School


async def of_municipality(session: AsyncSession, school: School) -> Sequence[School]:
    """Schools whose numbers a coordinator of this school's municipality sees; alone where none is named."""
    same = School.id == school.id
    if school.municipality:
        same = School.municipality == school.municipality
    return (await session.scalars(select(School).where(same).order_by(School.name, School.id))).all()


async def people(session: AsyncSession, years: Mapping[int, str]) -> dict[tuple[int, str], int]:
    """By school and side: how many take part in the school's year.

    Args:
        years: by school, the year it works in.
    """
    statement = (
        select(Participation.school_id, Participation.side, func.count(distinct(Participation.person_id)))
        .where(
            _in_years(Participation.school_id, Participation.year, years),
            Participation.status.not_in(GONE),
        )
        .group_by(Participation.school_id, Participation.side)
    )
    return {(school, Side(side)): count for school, side, count in await session.execute(statement)}


async def pairs(session: AsyncSession, years: Mapping[int, str]) -> dict[int, int]:
    """By school: pairs and groups at work."""
    statement = (
        select(Pair.school_id, func.count(Pair.id))
        .where(_in_years(Pair.school_id, Pair.year, years), Pair.status == PairStatus.ACTIVE)
        .group_by(Pair.school_id)
    )
    return {row[0]: row[1] for row in await session.execute(statement)}


async def meetings(session: AsyncSession, years: Mapping[int, str]) -> dict[int, int]:
    """By school: meetings of pairs of this year that were held."""
    statement = (
        select(Pair.school_id, func.count(Meeting.id))
        .join(Meeting, Meeting.pair_id == Pair.id)
        .where(_in_years(Pair.school_id, Pair.year, years), Meeting.status == MeetingStatus.HELD)
        .group_by(Pair.school_id)
    )
    return {row[0]: row[1] for row in await session.execute(statement)}


def _in_years(
    school: InstrumentedAttribute[int], year: InstrumentedAttribute[str], years: Mapping[int, str]
) -> ColumnElement[bool]:
    return or_(*(and_(school == one, year == at) for one, at in years.items()))

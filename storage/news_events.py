"""What happened in the programme that may be worth telling: counts and days, never people. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.gatherings import GatheringState
from program.roadmap import Status
from program.roles import Side
from program.states import ENTERED, MeetingStatus, ParticipationStatus
from storage.tables import Comparison, Gathering, Meeting, Pair, Participation, RoadmapEvent
from storage.ways_in import unindexed


async def pairs(session: AsyncSession, school_id: int, year: str) -> int:
    """Pairs and groups that have begun to work."""
    return await session.scalar(_pairs(), {"school": school_id, "year": year}) or 0


@cache
def _pairs() -> Any:
    """Of the tables' columns and built once, as is all that the clock asks of every school."""
    pair = Pair.__table__.c
    of_year = (pair.school_id == bindparam("school"), pair.year == bindparam("year"))
    return select(func.count(pair.id)).where(*of_year, pair.status.in_(ENTERED))


async def meetings_held(session: AsyncSession, school_id: int, year: str) -> int:
    return await session.scalar(_meetings_held(), {"school": school_id, "year": year}) or 0


@cache
def _meetings_held() -> Any:
    one, pair = Meeting.__table__.c, Pair.__table__.c
    return select(func.count(one.id)).where(
        pair.id == one.pair_id,
        pair.school_id == bindparam("school"),
        pair.year == bindparam("year"),
        unindexed(one.school_id) == bindparam("school"),
        one.status == MeetingStatus.HELD,
    )


async def mentors_finished(session: AsyncSession, school_id: int, year: str) -> int:
    """Mentors whose work of this year has come to its end."""
    return await session.scalar(_mentors_finished(), {"school": school_id, "year": year}) or 0


@cache
def _mentors_finished() -> Any:
    place = Participation.__table__.c
    return select(func.count(place.id)).where(
        place.school_id == bindparam("school"),
        place.year == bindparam("year"),
        place.side == Side.MENTOR,
        place.status == ParticipationStatus.FINISHED,
    )


async def comparisons(
    session: AsyncSession, school_id: int, year: str, since: datetime
) -> Sequence[Comparison]:
    """Summings up of before and after; each is of five people at least."""
    statement = select(Comparison).where(
        Comparison.school_id == school_id, Comparison.year == year, Comparison.at >= since
    )
    return (await session.scalars(statement.order_by(Comparison.id))).all()


async def gatherings(
    session: AsyncSession, school_id: int, since: datetime, until: datetime
) -> list[tuple[int, str, datetime]]:
    """Meetings of the whole programme that were held: id, kind, beginning."""
    statement = select(Gathering.id, Gathering.kind, Gathering.starts_at).where(
        Gathering.school_id == school_id,
        Gathering.state == GatheringState.HELD,
        Gathering.starts_at >= since,
        Gathering.starts_at <= until,
    )
    found = await session.execute(statement.order_by(Gathering.id))
    return [(key, str(kind), starts) for key, kind, starts in found]


async def road(
    session: AsyncSession, school_id: int, year: str, slugs: Sequence[str], since: date
) -> list[tuple[int, str, str]]:
    """Events of the road map that were held: id, slug, title."""
    statement = select(RoadmapEvent.id, RoadmapEvent.slug, RoadmapEvent.title).where(
        RoadmapEvent.school_id == school_id,
        RoadmapEvent.year == year,
        RoadmapEvent.slug.in_(slugs),
        RoadmapEvent.status == Status.DONE,
        RoadmapEvent.done_on >= since,
    )
    return [
        (key, slug, title) for key, slug, title in await session.execute(statement.order_by(RoadmapEvent.id))
    ]

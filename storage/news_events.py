"""What happened in the programme that may be worth telling: counts and days, never people. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.gatherings import GatheringState
from program.roadmap import Status
from program.roles import Side
from program.states import ENTERED, MeetingStatus, ParticipationStatus
from storage.tables import Comparison, Gathering, Meeting, Pair, Participation, RoadmapEvent
from storage.ways_in import unindexed


async def pairs(session: AsyncSession, school_id: int, year: str) -> int:
    """Pairs and groups that have begun to work."""
    statement = select(func.count(Pair.id)).where(
        Pair.school_id == school_id, Pair.year == year, Pair.status.in_(ENTERED)
    )
    return await session.scalar(statement) or 0


async def meetings_held(session: AsyncSession, school_id: int, year: str) -> int:
    statement = (
        select(func.count(Meeting.id))
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(
            Pair.school_id == school_id,
            Pair.year == year,
            unindexed(Meeting.school_id) == school_id,
            Meeting.status == MeetingStatus.HELD,
        )
    )
    return await session.scalar(statement) or 0


async def mentors_finished(session: AsyncSession, school_id: int, year: str) -> int:
    """Mentors whose work of this year has come to its end."""
    statement = select(func.count(Participation.id)).where(
        Participation.school_id == school_id,
        Participation.year == year,
        Participation.side == Side.MENTOR,
        Participation.status == ParticipationStatus.FINISHED,
    )
    return await session.scalar(statement) or 0


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

"""Meetings as the admin lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from program.states import MeetingStatus
from storage.places import chunks
from storage.tables import Meeting, Pair, PairMember


@dataclass(frozen=True)
class Rhythm:
    """How a pair meets: meetings held, the last one, the next agreed one."""

    held: int = 0
    last: datetime | None = None
    next: datetime | None = None


async def rhythm(
    session: AsyncSession, school_id: int, pair_ids: Iterable[int], now: datetime
) -> dict[int, Rhythm]:
    """By pair; pairs without meetings are left out."""
    held = Meeting.status == MeetingStatus.HELD
    ahead = (Meeting.status == MeetingStatus.CONFIRMED) & (Meeting.starts_at > now)
    found: dict[int, Rhythm] = {}
    for part in chunks(pair_ids):
        statement = (
            select(
                Meeting.pair_id,
                func.count(case((held, Meeting.id))),
                func.max(case((held, Meeting.starts_at))),
                func.min(case((ahead, Meeting.starts_at))),
            )
            .where(Meeting.school_id == school_id, Meeting.pair_id.in_(part))
            .group_by(Meeting.pair_id)
        )
        for key, count, last, following in await session.execute(statement):
            found[key] = Rhythm(count, last, following)
    return found


async def between(
    session: AsyncSession, school_id: int, first: datetime, last: datetime
) -> Sequence[Meeting]:
    """Meetings whose time lies in [first, last), soonest first, with their pairs and people."""
    statement = (
        select(Meeting)
        .where(Meeting.school_id == school_id, Meeting.starts_at >= first, Meeting.starts_at < last)
        .options(joinedload(Meeting.pair).selectinload(Pair.members).joinedload(PairMember.person))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return (await session.scalars(statement)).all()


async def starts_between(
    session: AsyncSession, school_id: int, first: datetime, last: datetime
) -> list[tuple[int, datetime]]:
    """Number and start of each meeting in [first, last), soonest first: enough to count a month by its days."""
    statement = (
        select(Meeting.id, Meeting.starts_at)
        .where(Meeting.school_id == school_id, Meeting.starts_at >= first, Meeting.starts_at < last)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [(key, at) for key, at in await session.execute(statement) if at is not None]


async def some(session: AsyncSession, school_id: int, keys: Iterable[int]) -> Sequence[Meeting]:
    """These meetings, soonest first, with their pairs and people."""
    found: list[Meeting] = []
    for part in chunks(keys):
        statement = (
            select(Meeting)
            .where(Meeting.school_id == school_id, Meeting.id.in_(part))
            .options(joinedload(Meeting.pair).selectinload(Pair.members).joinedload(PairMember.person))
        )
        found += await session.scalars(statement)
    return sorted(found, key=lambda one: (one.starts_at or datetime.max.replace(tzinfo=UTC), one.id))

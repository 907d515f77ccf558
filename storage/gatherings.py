"""Meetings of the whole programme: queries. Invited people come with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from program.gatherings import GatheringState
from storage.tables import Gathering, Invitee

_WHOLE: Any = selectinload(Gathering.invited).joinedload(Invitee.person)


async def get(session: AsyncSession, school_id: int, gathering_id: int) -> Gathering | None:
    statement = select(Gathering).where(Gathering.id == gathering_id, Gathering.school_id == school_id)
    return await session.scalar(statement.options(_WHOLE))


async def lock(session: AsyncSession, school_id: int, gathering_id: int) -> Gathering | None:
    """As `get`, held until the transaction ends."""
    statement = (
        select(Gathering)
        .where(Gathering.id == gathering_id, Gathering.school_id == school_id)
        .options(_WHOLE)
        .with_for_update(of=Gathering)
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def of_year(session: AsyncSession, school_id: int, year: str) -> Sequence[Gathering]:
    """The newest first."""
    statement = (
        select(Gathering)
        .where(Gathering.school_id == school_id, Gathering.year == year)
        .options(_WHOLE)
        .order_by(Gathering.starts_at.desc(), Gathering.id.desc())
    )
    return (await session.scalars(statement)).all()


async def between(
    session: AsyncSession,
    school_id: int,
    after: datetime,
    until: datetime,
    states: Iterable[GatheringState] = (GatheringState.PLANNED,),
) -> Sequence[Gathering]:
    """Those that start in (after, until], soonest first."""
    asked = {"school": school_id, "states": list(states), "after": after, "until": until}
    return (await session.scalars(_between(), asked)).all()


@cache
def _between() -> Select[Gathering]:
    """Built once: asked every minute."""
    return (
        select(Gathering)
        .where(
            Gathering.school_id == bindparam("school"),
            Gathering.state.in_(bindparam("states", expanding=True)),
            Gathering.starts_at > bindparam("after"),
            Gathering.starts_at <= bindparam("until"),
        )
        .options(_WHOLE)
        .order_by(Gathering.starts_at, Gathering.id)
    )


async def of_person(
    session: AsyncSession, school_id: int, person_id: int, since: datetime | None = None
) -> Sequence[Gathering]:
    """To which the person was invited, soonest first; from `since` on."""
    mine = select(Invitee.gathering_id).where(Invitee.person_id == person_id)
    statement = select(Gathering).where(Gathering.school_id == school_id, Gathering.id.in_(mine))
    if since is not None:
        statement = statement.where(Gathering.starts_at >= since)
    statement = statement.options(_WHOLE).order_by(Gathering.starts_at, Gathering.id)
    return (await session.scalars(statement)).all()


async def waiting(session: AsyncSession, school_id: int, before: datetime) -> tuple[int, datetime | None]:
    """How many began before then and wait for the list of who came, and the oldest of them."""
    statement = select(func.count(Gathering.id), func.min(Gathering.starts_at)).where(
        Gathering.school_id == school_id,
        Gathering.state == GatheringState.PLANNED,
        Gathering.starts_at < before,
    )
    count, oldest = (await session.execute(statement)).one()
    return int(count), oldest


async def forget_guests(session: AsyncSession, school_id: int, before: datetime) -> None:
    """Names of those from outside are not kept once the gathering is long over."""
    statement = update(Gathering).where(
        Gathering.school_id == school_id, Gathering.starts_at < before, Gathering.guests != ""
    )
    await session.execute(statement.values(guests=""))

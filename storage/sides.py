"""What has come of places in the programme, before one of them turns to the other side: queries."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from program.states import ENTERED, HOLDING, PairStatus
from storage.group_changes import WAITS
from storage.places import chunks
from storage.tables import GroupChange, Pair, PairMember, Participation


async def places(
    session: AsyncSession, school_id: int, year: str, person_ids: Iterable[int]
) -> dict[int, list[Participation]]:
    """Person -> places of this year, in the order of ids; nobody without one."""
    found: dict[int, list[Participation]] = {}
    for part in chunks(person_ids):
        statement = select(Participation).where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.person_id.in_(part),
        )
        for place in await session.scalars(statement.order_by(Participation.id)):
            found.setdefault(place.person_id, []).append(place)
    return found


async def pairs(session: AsyncSession, participation_ids: Iterable[int]) -> dict[int, set[PairStatus]]:
    """Place -> how its pairs stand that are suggested, decided, at work or over; whoever waits for a group, too."""
    found: dict[int, set[PairStatus]] = {}
    for part in chunks(participation_ids):
        statement = (
            select(PairMember.participation_id, Pair.status)
            .join(Pair, Pair.id == PairMember.pair_id)
            .where(PairMember.participation_id.in_(part), Pair.status.in_({*HOLDING, *ENTERED}))
        )
        for key, status in await session.execute(statement):
            found.setdefault(key, set()).add(PairStatus(status))
        planned = select(GroupChange.participation_id).where(
            GroupChange.participation_id.in_(part), GroupChange.outcome == WAITS
        )
        for key in await session.scalars(planned):
            found.setdefault(key, set()).add(PairStatus.APPROVED)
    return found

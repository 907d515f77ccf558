"""What a turn of the year writes down and changes, and what taking it back looks at: queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from program.states import PairStatus
from storage.group_changes import DONE, OFF
from storage.pair_requests import OPEN
from storage.places import chunks
from storage.school_year import LEAVES, ahead
from storage.tables import (
    Base,
    GroupChange,
    Meeting,
    Pair,
    PairMember,
    PairRequest,
    PairWorry,
    Participation,
    RoadmapEvent,
    RoadmapProof,
    RoadmapStage,
    YearLine,
    YearTurn,
)

BLIND = {"synchronize_session": False}


# --- the lines ---


async def lines(session: AsyncSession, turn_id: int) -> Sequence[YearLine]:
    return (
        await session.scalars(select(YearLine).where(YearLine.turn_id == turn_id).order_by(YearLine.id))
    ).all()


async def keep_lines(session: AsyncSession, found: Sequence[dict[str, Any]]) -> None:
    if found:
        await session.execute(insert(YearLine), list(found))


async def forget_lines(session: AsyncSession, turn_id: int) -> None:
    await session.execute(delete(YearLine).where(YearLine.turn_id == turn_id))


async def forget_old(session: AsyncSession, school_id: int, before: datetime) -> None:
    """What could have been taken back until then; who is still to leave stays written down."""
    old = select(YearTurn.id).where(YearTurn.school_id == school_id, YearTurn.done_at < before)
    await session.execute(delete(YearLine).where(YearLine.turn_id.in_(old), YearLine.kind != LEAVES))


async def leave_next(session: AsyncSession, turn_id: int, most: int) -> list[int]:
    """People who are still to leave with this turn, the first of them."""
    statement = select(YearLine.subject_id).where(YearLine.turn_id == turn_id, YearLine.kind == LEAVES)
    return list(await session.scalars(statement.order_by(YearLine.id).limit(most)))


async def forget_leaving(session: AsyncSession, turn_id: int, people: Collection[int]) -> None:
    of_turn = (YearLine.turn_id == turn_id, YearLine.kind == LEAVES)
    await session.execute(delete(YearLine).where(*of_turn, YearLine.subject_id.in_(people)))


# --- what goes over to the new year ---


async def move_meetings(session: AsyncSession, to: Mapping[int, int], now: datetime) -> None:
    """Meetings ahead of pairs go over to the pairs that continue them; one that has begun is of the old year.

    Args:
        to: old pair -> new pair.
    """
    for part in chunks(to):
        statement = select(Meeting.id, Meeting.pair_id).where(Meeting.pair_id.in_(part), *ahead(now))
        await _repoint(session, [(key, to[pair]) for key, pair in await session.execute(statement)])


async def move_all_back(session: AsyncSession, to: Mapping[int, int]) -> None:
    """Every meeting of these pairs goes to the pairs they continue. `to`: new pair -> old pair."""
    for part in chunks(to):
        statement = select(Meeting.id, Meeting.pair_id).where(Meeting.pair_id.in_(part))
        await _repoint(session, [(key, to[pair]) for key, pair in await session.execute(statement)])


async def _repoint(session: AsyncSession, moves: Sequence[tuple[int, int]]) -> None:
    if moves:
        await session.execute(update(Meeting), [{"id": key, "pair_id": pair} for key, pair in moves])


# --- what ends with a pair ---


async def loose_ends(
    session: AsyncSession, pair_ids: Collection[int]
) -> tuple[list[PairRequest], list[GroupChange], list[PairWorry]]:
    """What is open about these pairs, held: what was asked for, planned, and what somebody was to look at."""
    asked: list[PairRequest] = []
    planned: list[GroupChange] = []
    worries: list[PairWorry] = []
    for part in chunks(pair_ids):
        asked += await _held(session, PairRequest, PairRequest.pair_id.in_(part), PairRequest.state.in_(OPEN))
        planned += await _held(
            session, GroupChange, GroupChange.pair_id.in_(part), GroupChange.outcome.not_in((DONE, OFF))
        )
        worries += await _held(session, PairWorry, PairWorry.pair_id.in_(part), PairWorry.state.in_(OPEN))
    return asked, planned, worries


async def _held(session: AsyncSession, table: Any, *where: ColumnElement[bool]) -> Sequence[Any]:
    statement = select(table).where(*where).order_by(table.id).with_for_update(key_share=True)
    return (await session.scalars(statement.execution_options(populate_existing=True))).all()


# --- taking back ---


async def anew(session: AsyncSession, table: Any, ids: Collection[int]) -> dict[int, Any]:
    """These rows as they are now, held, by their keys."""
    found: dict[int, Any] = {}
    for part in chunks(ids):
        found |= {one.id: one for one in await _held(session, table, table.id.in_(part))}
    return found


async def hung_on(
    session: AsyncSession, table: Any, ids: Collection[int], but: Collection[str] = ()
) -> set[int]:
    """Which of these rows other rows point to. `but`: tables that do not count."""
    found: set[int] = set()
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys if other.name not in but else ():
            if key.column.table is table.__table__:
                for part in chunks(ids):
                    statement = select(key.parent).where(key.parent.in_(part)).distinct()
                    found |= set(await session.scalars(statement))
    return found


async def remove_pairs(session: AsyncSession, ids: Collection[int]) -> None:
    """With their members and with what the clock has found about them."""
    for table in (PairMember, PairWorry):
        for part in chunks(ids):
            await session.execute(delete(table).where(table.pair_id.in_(part)), execution_options=BLIND)
    for part in chunks(ids):
        await session.execute(delete(Pair).where(Pair.id.in_(part)), execution_options=BLIND)


async def remove_places(session: AsyncSession, ids: Collection[int]) -> None:
    for part in chunks(ids):
        statement = delete(Participation).where(Participation.id.in_(part))
        await session.execute(statement, execution_options=BLIND)


async def in_pairs(session: AsyncSession, places: Collection[int]) -> set[int]:
    """Which of these places stand in a pair at work."""
    found: set[int] = set()
    for part in chunks(places):
        statement = (
            select(PairMember.participation_id)
            .join(Pair, Pair.id == PairMember.pair_id)
            .where(
                PairMember.participation_id.in_(part),
                PairMember.left_at.is_(None),
                Pair.status.in_((PairStatus.ACTIVE, PairStatus.PAUSED)),
            )
        )
        found |= set(await session.scalars(statement))
    return found


async def map_rows(session: AsyncSession, school_id: int, year: str) -> tuple[list[int], list[int]]:
    """Keys of the stages and of the events of a road map."""
    stages, events = (
        select(table.id).where(table.school_id == school_id, table.year == year).order_by(table.id)
        for table in (RoadmapStage, RoadmapEvent)
    )
    return list(await session.scalars(stages)), list(await session.scalars(events))


async def remove_map(
    session: AsyncSession, school_id: int, year: str, stages: Sequence[int], made_at: datetime
) -> bool:
    """Removes the road map that was copied then, as these stages; False if somebody has touched it."""
    found, events = await map_rows(session, school_id, year)
    if found != sorted(stages):
        return False
    touched = select(func.count(RoadmapEvent.id)).where(
        RoadmapEvent.id.in_(events), RoadmapEvent.changed_at != made_at
    )
    proofs = select(func.count(RoadmapProof.id)).where(RoadmapProof.event_id.in_(events))
    if await session.scalar(touched) or await session.scalar(proofs):
        return False
    await session.execute(delete(RoadmapEvent).where(RoadmapEvent.id.in_(events)))
    await session.execute(delete(RoadmapStage).where(RoadmapStage.id.in_(found)))
    return True

"""What begins or ends within a stretch of time: queries without people. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from program.encounters import EncounterState
from program.gatherings import GatheringState
from storage.tables import Asking, Encounter, Gathering, Instrument


async def gatherings(
    session: AsyncSession, school_id: int, first: datetime, last: datetime
) -> Sequence[tuple[int, str, datetime]]:
    """(id, kind, start) of meetings of the whole programme."""
    statement = select(Gathering.id, Gathering.kind, Gathering.starts_at).where(
        Gathering.school_id == school_id,
        Gathering.state == GatheringState.PLANNED,
        Gathering.starts_at >= first,
        Gathering.starts_at < last,
    )
    return [(key, kind, at) for key, kind, at in await session.execute(statement)]


async def encounters(
    session: AsyncSession, school_id: int, first: datetime, last: datetime
) -> Sequence[tuple[int, str, datetime]]:
    """(id, topic, start) of meetings outside of pairs that are open for sign-up."""
    statement = select(Encounter.id, Encounter.topic, Encounter.starts_at).where(
        Encounter.school_id == school_id,
        Encounter.state == EncounterState.OPEN,
        Encounter.starts_at >= first,
        Encounter.starts_at < last,
    )
    return [(key, topic, at) for key, topic, at in await session.execute(statement)]


async def closing(
    session: AsyncSession, school_id: int, first: datetime, last: datetime
) -> list[tuple[str, str, datetime]]:
    """(code, title, end) of questionnaires that were sent by hand and end then; of each code what was sent last."""
    statement = (
        select(Asking)
        .where(Asking.school_id == school_id, Asking.closes_at >= first)
        .order_by(Asking.id.desc())
    )
    newest: dict[str, Asking] = {}
    for one in await session.scalars(statement):
        newest.setdefault(one.code, one)
    open_ = [
        one
        for one in newest.values()
        if one.audience is not None and not one.closed_at and one.closes_at < last
    ]
    if not open_:
        return []
    titles = select(Instrument.code, Instrument.title).where(
        Instrument.school_id == school_id, Instrument.code.in_([one.code for one in open_])
    )
    named = {row.code: row.title for row in await session.execute(titles.order_by(Instrument.version))}
    found = [(one.code, named.get(one.code, one.code), one.closes_at) for one in open_]
    return sorted(found, key=lambda one: (one[2], one[0]))

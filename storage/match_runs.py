"""Runs of the matching as a list: what each found, without all it saw."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from storage.tables import MatchRun

SHOWN = 30  # the newest; older ones stay in the database


async def latest(session: AsyncSession, school_id: int, year: str, form: str) -> Sequence[MatchRun]:
    """The newest first; their `inputs` are not loaded."""
    statement = (
        select(MatchRun)
        .where(MatchRun.school_id == school_id, MatchRun.year == year, MatchRun.form == form)
        .options(defer(MatchRun.inputs, raiseload=True))
        .order_by(MatchRun.id.desc())
        .limit(SHOWN)
    )
    return (await session.scalars(statement)).all()


async def get(session: AsyncSession, school_id: int, run_id: int) -> MatchRun | None:
    return await session.scalar(
        select(MatchRun).where(MatchRun.id == run_id, MatchRun.school_id == school_id)
    )

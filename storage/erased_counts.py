"""Those erased within a school year as numbers: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.adding import add_all_new
from storage.tables import ErasedCount


async def add(session: AsyncSession, school_id: int, year: str, codes: Iterable[str], since: date) -> None:
    """One more in each of these numbers."""
    key = {"school_id": school_id, "year": year, "since": since}
    rows = [{**key, "code": code, "people": 0} for code in sorted(codes)]
    await add_all_new(session, ErasedCount, rows, ["school_id", "year", "code", "since"])
    for row in rows:
        await session.execute(
            update(ErasedCount)
            .where(
                ErasedCount.school_id == school_id,
                ErasedCount.year == year,
                ErasedCount.code == row["code"],
                ErasedCount.since == since,
            )
            .values(people=ErasedCount.people + 1)
        )


async def of(session: AsyncSession, school_id: int, year: str, on: date) -> dict[str, int]:
    """By indicator, of those who had entered by that day."""
    statement = (
        select(ErasedCount.code, func.sum(ErasedCount.people))
        .where(ErasedCount.school_id == school_id, ErasedCount.year == year, ErasedCount.since <= on)
        .group_by(ErasedCount.code)
    )
    return {code: int(people) for code, people in await session.execute(statement)}

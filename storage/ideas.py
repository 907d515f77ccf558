"""Ideas of a school and of its pairs: queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.ideas import Change
from storage.adding import add_new
from storage.tables import PairIdea, PairMember, SchoolIdea


async def changes(session: AsyncSession, school_id: int) -> list[Change]:
    """What the school added or changed, its newest own ideas first."""
    statement = select(SchoolIdea).where(SchoolIdea.school_id == school_id).order_by(SchoolIdea.id.desc())
    return [
        Change(
            row.slug, row.title, row.words, row.minutes, tuple(row.forms), (row.grade_from, row.grade_to), row.active
        )
        for row in await session.scalars(statement)
    ]  # fmt: skip


async def held(session: AsyncSession, school_id: int) -> dict[str, SchoolIdea]:
    """The school's rows by slug, held until the transaction ends."""
    statement = select(SchoolIdea).where(SchoolIdea.school_id == school_id)
    rows = await session.scalars(statement.order_by(SchoolIdea.id).with_for_update())
    return {row.slug: row for row in rows}


async def of_pair(session: AsyncSession, school_id: int, pair_id: int) -> Sequence[PairIdea]:
    """What the pair was shown, as it is now."""
    statement = (
        select(PairIdea)
        .where(PairIdea.school_id == school_id, PairIdea.pair_id == pair_id)
        .order_by(PairIdea.id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def shown(session: AsyncSession, school_id: int, pair_id: int, slug: str, day: date) -> None:
    """Notes that the pair was shown an idea; two at once leave one row."""
    row = await one(session, school_id, pair_id, slug)
    if row is None:
        values = {"school_id": school_id, "pair_id": pair_id, "slug": slug, "shown_on": day}
        await add_new(session, PairIdea, values, ["pair_id", "slug"])
    elif row.shown_on != day:
        row.shown_before, row.shown_on = row.shown_on, day


async def one(session: AsyncSession, school_id: int, pair_id: int, slug: str) -> PairIdea | None:
    """Held until the transaction ends."""
    statement = select(PairIdea).where(
        PairIdea.school_id == school_id, PairIdea.pair_id == pair_id, PairIdea.slug == slug
    )
    return await session.scalar(statement.with_for_update().execution_options(populate_existing=True))


async def taken_counts(session: AsyncSession, school_id: int) -> dict[str, int]:
    """By how many pairs each idea was taken."""
    statement = select(PairIdea.slug, func.count(PairIdea.id)).where(
        PairIdea.school_id == school_id, PairIdea.taken_at.is_not(None)
    )
    found = await session.execute(statement.group_by(PairIdea.slug))
    return {row[0]: row[1] for row in found}


async def taken_by(session: AsyncSession, school_id: int, person_id: int) -> Sequence[PairIdea]:
    """What pairs took in which the person is or was, oldest first."""
    mine = select(PairMember.pair_id).where(PairMember.person_id == person_id)
    statement = (
        select(PairIdea)
        .where(PairIdea.school_id == school_id, PairIdea.pair_id.in_(mine), PairIdea.taken_at.is_not(None))
        .order_by(PairIdea.taken_at, PairIdea.id)
    )
    return (await session.scalars(statement)).all()

"""Keys of schools, schools with their own copy, their files: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.adding import add_new
from storage.tables import Participation, SchoolKeys, TownNumbers, TownSchool


async def keys(session: AsyncSession, school_id: int) -> SchoolKeys | None:
    return await session.scalar(select(SchoolKeys).where(SchoolKeys.school_id == school_id))


async def add_keys(session: AsyncSession, **values: Any) -> None:
    """Nothing where somebody has made them at the same moment."""
    await add_new(session, SchoolKeys, {"number": 0, **values}, ["school_id"])


async def lock_keys(session: AsyncSession, school_id: int) -> SchoolKeys:
    statement = select(SchoolKeys).where(SchoolKeys.school_id == school_id).with_for_update(key_share=True)
    return (await session.scalars(statement.execution_options(populate_existing=True))).one()


async def schools(session: AsyncSession, school_id: int) -> Sequence[TownSchool]:
    """Known to this coordinator's school, by name."""
    statement = select(TownSchool).where(TownSchool.school_id == school_id)
    return (await session.scalars(statement.order_by(TownSchool.name, TownSchool.id))).all()


async def school(session: AsyncSession, school_id: int, town_school_id: int) -> TownSchool | None:
    """Held until the transaction ends."""
    statement = select(TownSchool).where(TownSchool.school_id == school_id, TownSchool.id == town_school_id)
    return await session.scalar(
        statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    )


async def of_key(session: AsyncSession, school_id: int, public_key: str) -> TownSchool | None:
    """Held: of two files of one school at once, one is looked at after the other."""
    statement = select(TownSchool).where(
        TownSchool.school_id == school_id, TownSchool.public_key == public_key
    )
    return await session.scalar(
        statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    )


async def add_school(session: AsyncSession, **values: Any) -> None:
    await add_new(session, TownSchool, {"trusted_by": "", **values}, ["school_id", "public_key"])


async def last_number(session: AsyncSession, town_school_id: int) -> int:
    statement = select(func.max(TownNumbers.number)).where(TownNumbers.town_school_id == town_school_id)
    return await session.scalar(statement) or 0


async def of_number(session: AsyncSession, town_school_id: int, number: int) -> TownNumbers | None:
    statement = select(TownNumbers).where(
        TownNumbers.town_school_id == town_school_id, TownNumbers.number == number
    )
    return await session.scalar(statement)


async def add_numbers(session: AsyncSession, **values: Any) -> bool:
    """False if this file is there."""
    return await add_new(session, TownNumbers, values, ["town_school_id", "number"]) is not None


async def newest(session: AsyncSession, school_id: int, year: str = "") -> dict[int, TownNumbers]:
    """The last file of each school, of any year or of one."""
    last = select(func.max(TownNumbers.id)).where(TownNumbers.school_id == school_id)
    if year:
        last = last.where(TownNumbers.year == year)
    statement = select(TownNumbers).where(TownNumbers.id.in_(last.group_by(TownNumbers.town_school_id)))
    return {one.town_school_id: one for one in await session.scalars(statement)}


async def years(session: AsyncSession, school_id: int, of: Collection[int]) -> set[str]:
    """School years of which files were taken in, or in which one of these schools had people."""
    files = select(TownNumbers.year).where(TownNumbers.school_id == school_id)
    here = select(Participation.year).where(Participation.school_id.in_(of))
    return {*await session.scalars(files.distinct()), *await session.scalars(here.distinct())}


async def remove(session: AsyncSession, town_school_id: int) -> None:
    await session.execute(delete(TownNumbers).where(TownNumbers.town_school_id == town_school_id))
    await session.execute(delete(TownSchool).where(TownSchool.id == town_school_id))

"""Planned changes of groups: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from storage.tables import GroupChange, Participation

WAITS, DONE, OFF = "", "done", "off"


async def of_pair(session: AsyncSession, school_id: int, pair_id: int) -> Sequence[GroupChange]:
    """Planned, and planned ones that could not be done; with people, the next one first."""
    statement = select(GroupChange).where(
        GroupChange.school_id == school_id,
        GroupChange.pair_id == pair_id,
        GroupChange.outcome.not_in((DONE, OFF)),
    )
    statement = statement.options(
        joinedload(GroupChange.participation).joinedload(Participation.person)
    ).order_by(GroupChange.on_day, GroupChange.id)
    return (await session.scalars(statement)).all()


async def due(session: AsyncSession, school_id: int, today: date) -> Sequence[GroupChange]:
    """Whose day has come: who comes does so on the day, who leaves has been there on the last day.

    Whoever leaves goes before whoever comes, so that the place is free.
    """
    statement = select(GroupChange).where(
        GroupChange.school_id == school_id, GroupChange.outcome == WAITS, GroupChange.on_day <= today
    )
    found = await session.scalars(statement.order_by(GroupChange.comes, GroupChange.on_day, GroupChange.id))
    return [one for one in found if one.comes or one.on_day < today]


async def held(session: AsyncSession, school_id: int, change_id: int) -> GroupChange | None:
    statement = select(GroupChange).where(GroupChange.school_id == school_id, GroupChange.id == change_id)
    statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    return await session.scalar(statement)


async def stuck(session: AsyncSession, school_id: int) -> list[datetime]:
    """When those were planned that could not be done on their day."""
    statement = select(GroupChange.at).where(
        GroupChange.school_id == school_id, GroupChange.outcome.not_in((WAITS, DONE, OFF))
    )
    return list(await session.scalars(statement.order_by(GroupChange.at)))


async def call_off(session: AsyncSession, pair_id: int, now: datetime) -> None:
    """The group is over: nothing of it is to change any more."""
    await session.execute(
        update(GroupChange)
        .where(GroupChange.pair_id == pair_id, GroupChange.outcome.not_in((DONE, OFF)))
        .values(outcome=OFF, closed_at=now)
    )

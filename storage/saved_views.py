"""Saved views of lists. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from storage.tables import SavedView


async def of(session: AsyncSession, school_id: int, user_id: int, page: str) -> Sequence[SavedView]:
    """The own ones first, then those that colleagues share, with their authors; by name."""
    statement = (
        select(SavedView)
        .where(
            SavedView.school_id == school_id,
            SavedView.page == page,
            or_(SavedView.user_id == user_id, SavedView.shared),
        )
        .options(joinedload(SavedView.user))
        .order_by(SavedView.user_id != user_id, SavedView.name, SavedView.id)
    )
    return (await session.scalars(statement)).all()


async def own(session: AsyncSession, school_id: int, user_id: int, view_id: int) -> SavedView | None:
    """One that this user has saved."""
    statement = select(SavedView).where(
        SavedView.id == view_id, SavedView.school_id == school_id, SavedView.user_id == user_id
    )
    return await session.scalar(statement)


async def named(session: AsyncSession, user_id: int, page: str, name: str) -> SavedView | None:
    """Of this user, under this name."""
    statement = select(SavedView).where(
        SavedView.user_id == user_id, SavedView.page == page, SavedView.name == name
    )
    return await session.scalar(statement)


async def count(session: AsyncSession, user_id: int, page: str) -> int:
    statement = select(func.count(SavedView.id)).where(SavedView.user_id == user_id, SavedView.page == page)
    return await session.scalar(statement) or 0

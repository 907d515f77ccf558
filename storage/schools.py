"""Schools and the journal of changes: queries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.adding import read_rows
from storage.outbox import locks
from storage.tables import School


async def by_slug(session: AsyncSession, slug: str) -> School | None:
    return await session.scalar(select(School).where(School.slug == slug))


async def default(session: AsyncSession) -> School | None:
    """The school that is meant when none is named: the first one made."""
    return await session.scalar(select(School).order_by(School.is_default.desc(), School.id).limit(1))


async def get(session: AsyncSession, school_id: int) -> School:
    """Raises NoResultFound for an id that no row has: ids of schools come from our own rows."""
    return (await session.execute(_get(), {"school": school_id})).scalar_one()


async def hold(session: AsyncSession, school_id: int) -> None:
    """Holds the school's row until the transaction ends: who takes numbers or changes lists goes one by one.

    It is the lock that the journal takes; `storage.holding` says which rows must be held before it.
    """
    if not locks(session):
        return
    # key_share: rows that name the school may still be added; with a full lock two writers who both added one
    # before would wait for each other (a deadlock on PostgreSQL).
    row = select(School.id).where(School.id == school_id)
    await session.execute(row.with_for_update(key_share=True))


@cache
def _get() -> Select[School]:
    """Built once: every event and every beat asks."""
    return select(School).where(School.id == bindparam("school"))


async def ids(session: AsyncSession) -> Sequence[int]:
    """Of all schools, oldest first."""
    return (await read_rows(session, _ids(), {})).scalars().all()


async def alone(session: AsyncSession) -> bool:
    """Whether this school has the installation to itself."""
    return len(await ids(session)) == 1


@cache
def _ids() -> Any:
    key = School.__table__.c.id
    return select(key).order_by(key)

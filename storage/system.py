"""Small facts of the installation: queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import SystemValue


async def put(session: AsyncSession, name: str, value: str, now: datetime) -> None:
    """Writes a fact over what stood there."""
    await put_all(session, {name: value}, now)


async def put_all(session: AsyncSession, facts: Mapping[str, str], now: datetime) -> None:
    """Writes facts, at least one, over what stood under their names."""
    assert session.bind is not None
    rows = [{"name": name, "value": value, "changed_at": now} for name, value in sorted(facts.items())]
    await session.execute(_put(session.bind.dialect.name), rows)


@cache
def _put(dialect: str) -> Any:
    """Built once: every beat writes when it went through."""
    maker = postgresql.insert if dialect == "postgresql" else sqlite.insert
    rows: Any = SystemValue.__table__
    statement = maker(rows)
    fresh = {"value": statement.excluded.value, "changed_at": statement.excluded.changed_at}
    return statement.on_conflict_do_update(index_elements=["name"], set_=fresh)


async def get(session: AsyncSession, name: str) -> str | None:
    return await session.scalar(select(SystemValue.value).where(SystemValue.name == name))


async def beginning(session: AsyncSession, prefix: str) -> dict[str, str]:
    """Facts whose name begins so, for example `tick:`: when each line of the timetable last went through."""
    statement = select(SystemValue.name, SystemValue.value).where(
        SystemValue.name.startswith(prefix, autoescape=True)
    )
    return {row.name: row.value for row in await session.execute(statement)}


async def forget(session: AsyncSession, name: str) -> bool:
    """Whether the fact was there. Of two who ask at once one is told so."""
    gone = await session.execute(delete(SystemValue).where(SystemValue.name == name))
    assert isinstance(gone, CursorResult)
    return bool(gone.rowcount)

"""Rows that may be there already: added once, whoever else adds them at the same moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


async def add_new(session: AsyncSession, table: Any, values: Mapping[str, Any], unique: Sequence[str]) -> Any:
    """The key of a new row of the table; None if there is one with the same values in the `unique` columns."""
    assert session.bind is not None
    return await session.scalar(_insert(session.bind.dialect.name, table, tuple(unique)), dict(values))


async def add_all_new(
    session: AsyncSession, table: Any, rows: Sequence[Mapping[str, Any]], unique: Sequence[str]
) -> None:
    """Adds those of the rows that are not there yet, by their values in the `unique` columns; one statement for all."""
    assert session.bind is not None
    if rows:
        statement = _insert(session.bind.dialect.name, table, tuple(unique), tells=False)
        await session.execute(statement, [dict(row) for row in rows])


@cache
def _insert(dialect: str, table: Any, unique: tuple[str, ...], *, tells: bool = True) -> Any:
    """INSERT … ON CONFLICT DO NOTHING in the dialect at hand; built once, building takes longer than running."""
    maker = postgresql.insert if dialect == "postgresql" else sqlite.insert
    rows = table.__table__
    statement = maker(rows).on_conflict_do_nothing(index_elements=unique)
    return statement.returning(next(iter(rows.primary_key))) if tells else statement

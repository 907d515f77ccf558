"""Rows past the mapper: columns of a table read, and rows added once, whoever else adds them at the same moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Result
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
        statement = _insert(session.bind.dialect.name, table, tuple(unique), tells=())
        await session.execute(statement, [dict(row) for row in rows])


async def add_all_telling(
    session: AsyncSession, table: Any, rows: Sequence[Mapping[str, Any]], unique: str
) -> dict[Any, Any]:
    """As `add_all_new`; the keys of the rows that were added, by what stands in their `unique` column."""
    assert session.bind is not None
    if not rows:
        return {}
    key = next(iter(table.__table__.primary_key)).name
    statement = _insert(session.bind.dialect.name, table, (unique,), tells=(unique, key))
    found = await session.execute(statement, [dict(row) for row in rows])
    return dict(iter(found))


async def read_rows(session: AsyncSession, statement: Any, values: Mapping[str, Any]) -> Result[Any]:
    """What a statement of columns of tables finds, after what the session has not written yet, as for its own classes.

    What the mapper adds to a statement costs twice what the statement costs; for what each message asks.
    """
    if session.autoflush:
        await session.flush()
    found: Result[Any] = await session.execute(statement, values)
    return found


@cache
def _insert(
    dialect: str, table: Any, unique: tuple[str, ...], *, tells: tuple[str, ...] | None = None
) -> Any:
    """INSERT … ON CONFLICT DO NOTHING in the dialect at hand; built once, building takes longer than running."""
    maker = postgresql.insert if dialect == "postgresql" else sqlite.insert
    rows = table.__table__
    statement = maker(rows).on_conflict_do_nothing(index_elements=unique)
    if tells is None:
        return statement.returning(next(iter(rows.primary_key)))
    return statement.returning(*(rows.c[name] for name in tells)) if tells else statement

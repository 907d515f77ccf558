"""Rows past the mapper: columns of a table read, and rows added once, whoever else adds them at the same moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Result, bindparam, inspect, update
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


async def keep(session: AsyncSession, row: Any, *only: str) -> None:
    """Writes the changed columns of one row, before the session would; for what each message changes.

    The mapper looks at every relationship of every class on the way, which takes four times as long as the statement. A row that the
    database does not have yet is left to it, and one in which other columns than `only` have changed, if any are given.
    """
    state, table = inspect(row), cast(Any, type(row))
    changed = state.committed_state.keys() & state.mapper.columns.keys()
    if not state.persistent or state.committed_state.keys() - (only or changed):
        return
    if changed:
        values = {f"new_{name}": getattr(row, name) for name in changed}
        key = state.mapper.primary_key_from_instance(row)[0]
        with session.no_autoflush:
            await session.execute(_update(table, tuple(sorted(changed))), {"of_key": key, **values})
    state._commit_all(state.dict, session.sync_session.identity_map)  # as after a flush


@cache
def _update(table: Any, columns: tuple[str, ...]) -> Any:
    rows = table.__table__
    key = next(iter(rows.primary_key))
    values = {name: bindparam(f"new_{name}", type_=rows.c[name].type) for name in columns}
    return update(rows).where(key == bindparam("of_key", type_=key.type)).values(values)


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

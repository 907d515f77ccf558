"""By which index a statement finds its rows. Held by tests/load/test_ways_in.py, which reads the planners' plans."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam


def begins(column: Any, text: str) -> ColumnElement[bool]:
    """Whether the column begins so, as a span of values: LIKE finds no index on SQLite, nor in a prepared PostgreSQL plan.

    Args:
        column: compared byte by byte, so of collation "C" on PostgreSQL.
        text: not empty; taken as it stands, no sign of it is special.
    """
    return and_(column >= text, column < after(text))


def begins_as(column: Any, name: str) -> ColumnElement[bool]:
    """The same in a statement built once: the text is given as `name`, what comes after it as `name`_end."""
    return and_(column >= bindparam(name), column < bindparam(f"{name}_end"))


def span(name: str, text: str) -> dict[str, str]:
    """The values of `begins_as`."""
    return {name: text, f"{name}_end": after(text)}


def after(text: str) -> str:
    """The first value behind everything that begins so."""
    return text[:-1] + chr(ord(text[-1]) + 1)


def unindexed(column: Any) -> Any:
    """A number to compare by, but not to find by.

    Without statistics SQLite takes an index of the school for the best one and reads all that a school ever had.
    """
    return column + 0

"""A reader's part of the journal as conditions of a query."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, and_, or_, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from program.journal_reading import OPEN_ACTIONS, OPEN_GROUPS, WORRY, Reach
from storage.tables import JournalEntry


class group_of(FunctionElement[str]):  # noqa: N801 - read as a function
    """The part of an action before its point: «pair» of «pair.approved».

    One cut and one look into a list: forty patterns on each line took a second for 300,000 lines.
    """

    type = String()
    inherit_cache = True


@compiles(group_of, "sqlite")
def _sqlite(element: Any, compiler: Any, **more: Any) -> str:
    action = compiler.process(element.clauses, **more)
    return f"substr({action}, 1, instr({action}, '.') - 1)"


@compiles(group_of, "postgresql")
def _postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"split_part({compiler.process(element.clauses, **more)}, '.', 1)"


def within(reach: Reach) -> ColumnElement[bool]:
    """Lines that this reader may read."""
    if reach.whole:
        return true()
    action = JournalEntry.action
    sign = JournalEntry.after["sign"].as_string()
    return or_(
        group_of(action).in_(sorted(OPEN_GROUPS)),
        action.in_(sorted(OPEN_ACTIONS)),
        and_(group_of(action) == WORRY, sign.in_(sorted(reach.signs))),
    )

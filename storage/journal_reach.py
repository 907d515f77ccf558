"""A reader's part of the journal as conditions of a query."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, true

from program.journal_reading import OPEN_ACTIONS, OPEN_GROUPS, WORRY, Reach
from storage.tables import JournalEntry


def within(reach: Reach) -> ColumnElement[bool]:
    """Lines that this reader may read."""
    if reach.whole:
        return true()
    action = JournalEntry.action
    sign = JournalEntry.after["sign"].as_string()
    return or_(
        action.in_(OPEN_ACTIONS),
        and_(action.startswith(f"{WORRY}."), sign.in_(sorted(reach.signs))),
        *(action.startswith(f"{group}.", autoescape=True) for group in sorted(OPEN_GROUPS)),
    )

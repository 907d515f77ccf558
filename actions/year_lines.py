"""What the turn of the year changes, row by row, with what stood there before: how it is written down and put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from storage.school_year import LEAVES
from storage.tables import Base

MADE = "new-"  # how the kind of a row begins that was not there before


@dataclass
class Kept:
    """Lines of one turn, in hand. `kind`: the table, or `MADE` and the table; `LEAVES`: somebody who is to leave."""

    school_id: int
    turn_id: int
    lines: list[dict[str, Any]] = field(default_factory=list)

    def change(self, row: Any, **values: Any) -> None:
        """Sets these columns of a row, and keeps what stood there."""
        before = {name: plain(getattr(row, name)) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        after = {name: plain(value) for name, value in values.items()}
        self.keep(row.__tablename__, row.id, before, after)

    def made(self, table: type[Base], key: int, **facts: Any) -> None:
        self.keep(MADE + table.__tablename__, key, {}, facts)

    def leaves(self, person_id: int) -> None:
        self.keep(LEAVES, person_id, {}, {})

    def count(self, kind: str) -> int:
        return sum(one["kind"] == kind for one in self.lines)

    def keep(self, kind: str, subject: int, before: dict[str, Any], after: dict[str, Any]) -> None:
        self.lines.append(
            {
                "school_id": self.school_id, "turn_id": self.turn_id, "kind": kind, "subject_id": subject,
                "before": before, "after": after,
            }
        )  # fmt: skip


def plain(value: Any) -> Any:
    """As JSON keeps it: instants in UTC, days in ISO."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def untouched(row: Any, after: Mapping[str, Any]) -> bool:
    """Whether the row is still there as the turn has left it."""
    return row is not None and all(plain(getattr(row, name)) == value for name, value in after.items())


def put_back(row: Any, before: Mapping[str, Any]) -> None:
    for name, value in before.items():
        kind = row.__table__.c[name].type.python_type
        if value is not None and kind in (date, datetime):
            value = kind.fromisoformat(value)
        setattr(row, name, value)

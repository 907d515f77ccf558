"""Asking for silence: while it lasts nobody is written to unasked. Stands in `Person.preferences`. Source: ux.md B33."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

KEY = "quiet"
WEEKS = (1, 2, 4)


@dataclass(frozen=True)
class Pause:
    """Args:
    until: the first day on which the person is asked whether to go on; None: they will say so themselves.
    asked: they were. The silence lasts until they answer.
    """

    since: date
    until: date | None = None
    asked: bool = False

    def to_json(self) -> dict[str, Any]:
        until = self.until.isoformat() if self.until else ""
        return {"since": self.since.isoformat(), "until": until, "asked": self.asked}


def pause_of(preferences: Mapping[str, Any]) -> Pause | None:
    """None: the person may be written to."""
    kept = preferences.get(KEY)
    if not kept:
        return None
    until = date.fromisoformat(kept["until"]) if kept.get("until") else None
    return Pause(date.fromisoformat(kept["since"]), until, bool(kept.get("asked")))


def without(preferences: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in preferences.items() if name != KEY}


def end_of(choice: str, today: date) -> date | None:
    """The day that a button means: a number of weeks, «september», or none."""
    if choice.isdecimal():
        return today + timedelta(weeks=int(choice))
    if choice == "september":
        return date(today.year + (today >= date(today.year, 9, 1)), 9, 1)
    return None

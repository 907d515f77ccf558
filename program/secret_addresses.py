"""Addresses that open something of a person to whoever holds them: the calendar's and the web chat's.

Each carries a number that stands in `Person.preferences`. When the number grows, older addresses open nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CALENDAR = "calendar"
CHAT = "web-chat"


def number_of(preferences: Mapping[str, Any], which: str) -> int:
    """How often the address was changed."""
    number = preferences.get(which, 0)
    return number if isinstance(number, int) else 0


def changed(preferences: Mapping[str, Any], which: str) -> dict[str, Any]:
    return {**preferences, which: number_of(preferences, which) + 1}


def calendar(preferences: Mapping[str, Any]) -> str:
    """What stands on a button; `actions.links` makes the real address of it."""
    number = number_of(preferences, CALENDAR)
    return f"page:calendar:{number}" if number else "page:calendar"


def chat_name(person_id: int, number: int) -> str:
    """How the web chat of a person is called where addresses are kept: «7», after a change «7-1»."""
    return f"{person_id}-{number}" if number else str(person_id)


def chat_read(name: str) -> tuple[int, int] | None:
    """The id and the number of such a name; None if it is none."""
    person_id, _, number = name.partition("-")
    if not person_id.isdecimal() or not (number or "0").isdecimal():
        return None
    return int(person_id), int(number or 0)

"""The secret address of a person's calendar, which the person can change. Its number stands in `Person.preferences`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KEY = "calendar"


def number_of(preferences: Mapping[str, Any]) -> int:
    """How often the address was changed; an address made with another number opens nothing."""
    number = preferences.get(KEY, 0)
    return number if isinstance(number, int) else 0


def changed(preferences: Mapping[str, Any]) -> dict[str, Any]:
    return {**preferences, KEY: number_of(preferences) + 1}


def address_of(preferences: Mapping[str, Any]) -> str:
    """What stands on a button; `actions.links` makes the real address of it."""
    number = number_of(preferences)
    return f"page:calendar:{number}" if number else "page:calendar"

"""Who may take part by age, form and side, as the school has set it. Source: S001 step 1 (S001-05)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from program.errors import Refusal
from program.roles import Side
from program.text import Text

YOUNGEST, OLDEST = 5, 99

Ages = Mapping[str, Mapping[str, Any]]  # form -> side -> [from or None, to or None]


def bounds(ages: Ages, form: str, side: Side) -> tuple[int | None, int | None]:
    """Youngest and oldest age, both included; None: no bound."""
    low, high = (ages.get(form) or {}).get(side.value) or (None, None)
    return low, high


def fits(ages: Ages, form: str, side: Side, age: int | None) -> bool:
    """An unknown age fits: adults are not asked for it."""
    low, high = bounds(ages, form, side)
    return age is None or ((low is None or age >= low) and (high is None or age <= high))


def in_words(ages: Ages, form: str, side: Side) -> Text:
    """«с 12 до 17 лет»."""
    low, high = bounds(ages, form, side)
    if low is None or high is None:
        return (
            Text("join-age-from", {"low": low})
            if low is not None
            else Text("join-age-to", {"high": high or 0})
        )
    return Text("join-age-between", {"low": low, "high": high})


def require_age(ages: Ages, form: str, side: Side, age: int | None) -> None:
    """Raises Refusal when the school keeps this side of this form for another age."""
    if not fits(ages, form, side, age):
        raise Refusal("join-age-no", range=in_words(ages, form, side))


def require_bounds(low: int | None, high: int | None) -> None:
    """Raises Refusal unless both are ages and in order."""
    known = [one for one in (low, high) if one is not None]
    if any(not YOUNGEST <= one <= OLDEST for one in known) or known != sorted(known):
        raise Refusal("selection-eligibility-odd")

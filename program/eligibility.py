"""Who may take part by age, form and side, as the school has set it. Source: S001 step 1 (S001-05)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from program.errors import Refusal
from program.roles import Side

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


def require_bounds(low: int | None, high: int | None) -> None:
    """Raises Refusal unless both are ages and in order."""
    known = [one for one in (low, high) if one is not None]
    if any(not YOUNGEST <= one <= OLDEST for one in known) or known != sorted(known):
        raise Refusal("selection-eligibility-odd")

"""Full years, and who must consent at which age. Source: domain.md 8.3 (cautious product rule)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

GUARDIAN_ALONE_BELOW = 14  # full years
OF_AGE = 18


class Consenter(StrEnum):
    """Whose word a consent needs."""

    SELF = "self"
    GUARDIAN = "guardian"


def full_years(born: date, on: date) -> int:
    """Full years on a date; somebody born on 29 February has the birthday on 1 March in common years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def consenters(age: int) -> frozenset[Consenter]:
    """Whose consent is needed: the guardian below 14, both at 14-17, the person from 18."""
    if age < GUARDIAN_ALONE_BELOW:
        return frozenset({Consenter.GUARDIAN})
    if age < OF_AGE:
        return frozenset({Consenter.GUARDIAN, Consenter.SELF})
    return frozenset({Consenter.SELF})


def years_before(day: date, years: int) -> date:
    """The latest birth date of somebody who is that old; 28 February for a 29th that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

"""Parts of a school year for which numbers are asked, and what stands before each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WHOLE, FIRST_HALF, SECOND_HALF = "year", "h1", "h2"
MONTHS = tuple((month + 7 - 1) % 12 + 1 for month in range(1, 13))  # August to July
CODES = (WHOLE, FIRST_HALF, SECOND_HALF, *(f"m{month:02}" for month in MONTHS))


@dataclass(frozen=True)
class Period:
    """Args:
    year: the school year, "2026-2027".
    code: one of `CODES`.
    first, last: its days, both inside.
    """

    year: str
    code: str
    first: date
    last: date

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of every month in it."""
        found, day = [], self.first
        while day <= self.last:
            found.append(day)
            day = _next(day)
        return tuple(found)


def period(year: str, code: str = WHOLE) -> Period:
    """The part of a year; the whole of it for a code that is not known. 1 August to 31 July (domain.md 2.2)."""
    begins, ends = int(year[:4]), int(year[:4]) + 1
    if code == FIRST_HALF:
        return Period(year, code, date(begins, 8, 1), date(begins, 12, 31))
    if code == SECOND_HALF:
        return Period(year, code, date(ends, 1, 1), date(ends, 7, 31))
    if code in CODES and code != WHOLE:
        month = int(code[1:])
        first = date(begins if month >= 8 else ends, month, 1)
        return Period(year, code, first, _next(first) - timedelta(days=1))
    return Period(year, WHOLE, date(begins, 8, 1), date(ends, 7, 31))


def before(one: Period) -> Period:
    """As long a part that ends where this one begins: last year, the half-year or the month before."""
    last = one.first - timedelta(days=1)
    year = f"{last.year}-{last.year + 1}" if last.month >= 8 else f"{last.year - 1}-{last.year}"
    if one.code == WHOLE:
        return period(year)
    if one.code in (FIRST_HALF, SECOND_HALF):
        return period(year, SECOND_HALF if one.code == FIRST_HALF else FIRST_HALF)
    return period(year, f"m{last.month:02}")


def year_before(year: str) -> str:
    return f"{int(year[:4]) - 1}-{year[:4]}"


def _next(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)

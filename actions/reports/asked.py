"""What is asked of a report, and what it gives before it becomes a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from actions.document import Block
from actions.work import Work
from actions.workbook import Page
from program.errors import Refusal
from program.periods import CODES, WHOLE, Period, period


@dataclass(frozen=True)
class Asked:
    """Args:
    of: the school year or a part of it: what happened in it is counted.
    on: the day on which things stand as they are counted; never after the period or today.
    until: the first moment after that day, aware.
    first: the first moment of the period, aware.
    night: the first moment after the day; `until` is later where a whole year also counts what was written down after it.
    """

    of: Period
    on: date
    first: datetime
    until: datetime
    night: datetime

    @property
    def year(self) -> str:
        return self.of.year


def asked(work: Work, year: str = "", part: str = WHOLE, on: date | None = None) -> Asked:
    """Of a year (by default the one in work), one of its parts, as it stood on a day.

    Raises:
        Refusal: that is no school year, no part of it, or the day is not in it or has not come.
    """
    year = year or work.settings.year
    first, _, last = year.partition("-")
    fits = len(year) == 9 and first.isdecimal() and last.isdecimal() and int(last) == int(first) + 1
    if not fits or not 2000 <= int(first) <= 2099:
        raise Refusal("report-year", year=year)
    if part not in CODES:
        raise Refusal("report-part")
    of = period(year, part)
    if on is not None and (on > work.today or not of.first <= on <= of.last):
        raise Refusal("report-day-wrong", first=f"{of.first:%d.%m.%Y}", last=f"{of.last:%d.%m.%Y}")
    return _asked(work, of, on)


def year_before(work: Work, one: Asked) -> Asked:
    """The same part of the year before, the whole of it."""
    begins = int(one.year[:4]) - 1
    return _asked(work, period(f"{begins}-{begins + 1}", one.of.code), None)


def _asked(work: Work, of: Period, on: date | None) -> Asked:
    day = on or min(of.last, work.today)
    # Of a whole year that also counts which was written down after its end.
    last = work.today if on is None and of.code == WHOLE else day
    until, night = (datetime.combine(one + timedelta(days=1), time(), work.zone) for one in (last, day))
    return Asked(of, day, datetime.combine(of.first, time(), work.zone), until, night)


@dataclass(frozen=True)
class Built:
    """A report that has been counted.

    Args:
        pages: its tables, as sheets of a workbook.
        blocks: of a report that is words rather than tables: what the document consists of.
    """

    title: str
    pages: Sequence[Page]
    blocks: Sequence[Block] = ()

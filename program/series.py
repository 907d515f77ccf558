"""Meetings that come again: every week or every two, at the same hour, leaving out days without school."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from program.errors import Refusal
from program.settings import SchoolSettings

WEEKS = (1, 2)
MOST = 40  # meetings of one series: a school year of weeks
MONTHS_OFFERED = (28, 56)  # days ahead that stand on buttons


@dataclass(frozen=True)
class Repeat:
    """Args:
    weeks: from one meeting to the next.
    until: the last day on which one may be.
    """

    weeks: int
    until: date

    @staticmethod
    def read(stored: Mapping[str, Any]) -> Repeat | None:
        if not stored:
            return None
        return Repeat(int(stored["weeks"]), date.fromisoformat(stored["until"]))

    def to_json(self) -> dict[str, Any]:
        return {"weeks": self.weeks, "until": self.until.isoformat()}


@dataclass(frozen=True)
class Series:
    """Args:
    starts: of all its meetings, the first among them.
    skipped: days that fall on holidays, rest days or exam weeks.
    """

    starts: tuple[datetime, ...]
    skipped: tuple[date, ...]


def occurrences(first: datetime, repeat: Repeat, settings: SchoolSettings, zone: ZoneInfo) -> Series:
    """All meetings of a series by the school's clock. The first one stands even on a day that would be skipped."""
    at = first.astimezone(zone)
    starts, skipped = [first.astimezone(UTC)], []
    day = at.date()
    while len(starts) < MOST:
        day += timedelta(weeks=repeat.weeks)
        if day > repeat.until:
            break
        if settings.is_rest(day) or settings.is_exam(day):
            skipped.append(day)
        else:
            starts.append(datetime.combine(day, at.time(), zone).astimezone(UTC))
    return Series(tuple(starts), tuple(skipped))


def ends_offered(first: date, last: date | None) -> list[date]:
    """Up to three last days on buttons: four weeks, eight weeks, the pair's planned end."""
    days = [first + timedelta(days=number) for number in MONTHS_OFFERED]
    if last is not None:
        days = [day for day in days if day < last] + [last]
    return [day for day in days if day > first]


def require_repeat(repeat: Repeat, last_start: date, last_day: date | None) -> None:
    """Raises Refusal unless a series may go on so long.

    Args:
        last_start: the latest of the offered first days.
        last_day: the pair's planned end, if it is known.
    """
    if repeat.weeks not in WEEKS:
        raise Refusal("states-not-now")
    if repeat.until < last_start + timedelta(weeks=repeat.weeks):
        raise Refusal("meeting-until-soon")
    latest = last_start + timedelta(weeks=MOST)
    if repeat.until > (min(latest, last_day) if last_day else latest):
        raise Refusal("meeting-until-late")

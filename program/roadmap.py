"""The road map («дорожная карта») of a school year: the recommended one, terms, how far it has come.

Source: domain.md 2.1-2.3. The shipped map lies in `roadmap_data/map.json`, its days relative to the year.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from program.errors import Refusal

MOST_STAGES, MOST_EVENTS, MOST_PROOFS = 12, 200, 20
LONGEST_TITLE, LONGEST_WORDS = 300, 2000  # characters
SOON = timedelta(days=7)  # what ends so soon stands on «Сегодня»
# ТК РФ, art. 112; a day of rest moved by decree is entered by the school among its own holidays.
PUBLIC_HOLIDAYS = frozenset(
    {*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
)


class Status(StrEnum):
    PLANNED = "planned"
    GOING = "going"
    DONE = "done"
    DROPPED = "dropped"  # this year it is not held


OPEN = (Status.PLANNED, Status.GOING)


class Contour(StrEnum):
    EXTERNAL = "external"
    INTERNAL = "internal"


# The seven functions of the two contours (domain.md 2.1).
FUNCTIONS: dict[str, Contour] = {
    "inform_outside": Contour.EXTERNAL,
    "resources": Contour.EXTERNAL,
    "assess_outside": Contour.EXTERNAL,
    "run": Contour.INTERNAL,
    "inform_inside": Contour.INTERNAL,
    "method": Contour.INTERNAL,
    "assess_inside": Contour.INTERNAL,
}


class Calendar(StrEnum):
    """Over which part of the year the recommended map is laid."""

    YEAR = "year"  # September to May
    HALF = "half_year"  # September to December


Days = tuple[date, date] | None


@dataclass(frozen=True)
class ReadyEvent:
    """Args:
    days: of a year that begins in autumn `year`; None: `term` says when.
    way: route of the page where the product does this work; "" if there is none.
    """

    slug: str
    title: str
    content: str
    owner: str
    result: str
    function: str
    days: Days
    term: str = ""
    way: str = ""


@dataclass(frozen=True)
class ReadyStage:
    slug: str
    title: str
    events: tuple[ReadyEvent, ...]


@dataclass(frozen=True)
class Standing:
    """How far a stage or a map has come. What is not held is not counted."""

    total: int
    done: int
    overdue: int
    begun: bool  # something of it runs now, or is done

    @property
    def finished(self) -> bool:
        return self.total > 0 and self.done == self.total


@dataclass(frozen=True)
class Line:
    """What the standing of one event depends on."""

    status: Status
    starts_on: date | None
    ends_on: date | None


def recommended(year: str, calendar: Calendar) -> tuple[ReadyStage, ...]:
    """The shipped map laid over a school year ("2026-2027"); days may fall on days of rest."""
    first = int(year[:4])
    return tuple(
        ReadyStage(
            stage["slug"],
            stage["title"],
            tuple(
                ReadyEvent(
                    slug=event["slug"],
                    title=event["title"],
                    content=event["content"],
                    owner=event["owner"],
                    result=event["result"],
                    function=event["function"],
                    days=_days(event.get(calendar, event["year"]), first),
                    term=event.get("term", ""),
                    way=event.get("way", ""),
                )
                for event in stage["events"]
            ),
        )
        for stage in _shipped()
    )


@cache
def ways() -> dict[str, str]:
    """Route of the page for each shipped event that the product helps with."""
    return {one["slug"]: one["way"] for stage in _shipped() for one in stage["events"] if one.get("way")}


def later(days: Days, free: Callable[[date], bool]) -> Days:
    """The same days a year later, off days of rest.

    A beginning moves on to the next working day, an end back to the last one, so that nothing runs longer; an end
    that would come before the beginning moves on as well.

    Args:
        free: whether nobody works on that day.
    """
    return settled((_next_year(days[0]), _next_year(days[1])), free) if days else None


def settled(days: Days, free: Callable[[date], bool]) -> Days:
    """As `later`, in the same year."""
    if days is None:
        return None
    first = _moved(days[0], free, 1)
    last = _moved(days[1], free, -1)
    return first, last if last >= first else _moved(max(days[1], first), free, 1)


def resting(weekdays: Sequence[int], holiday: Callable[[date], bool]) -> Callable[[date], bool]:
    """Days on which the school's staff does not work: its weekdays of rest, its holidays, those of the country."""
    return lambda day: day.weekday() in weekdays or (day.month, day.day) in PUBLIC_HOLIDAYS or holiday(day)


def next_year(year: str) -> str:
    first = int(year[:4]) + 1
    return f"{first}-{first + 1}"


def overdue(line: Line, today: date) -> bool:
    return line.status in OPEN and line.ends_on is not None and line.ends_on < today


def soon(line: Line, today: date) -> bool:
    """Ends within a week and is not overdue."""
    return line.status in OPEN and line.ends_on is not None and today <= line.ends_on <= today + SOON


def standing(lines: Iterable[Line], today: date) -> Standing:
    counted = [line for line in lines if line.status is not Status.DROPPED]
    done = sum(line.status is Status.DONE for line in counted)
    begun = done > 0 or any(
        line.status is Status.GOING or (line.starts_on is not None and line.starts_on <= today)
        for line in counted
    )
    return Standing(len(counted), done, sum(overdue(line, today) for line in counted), begun)


def current(stages: Sequence[Standing]) -> int | None:
    """Number of the stage at work, from 0: the first that has begun and is not finished; None: none."""
    return next((n for n, one in enumerate(stages) if one.begun and not one.finished), None)


def require(title: str, starts_on: date | None, ends_on: date | None) -> None:
    """Raises Refusal for an event without a name, or one that ends before it begins."""
    if not title.strip():
        raise Refusal("roadmap-title-missing")
    if starts_on and ends_on and ends_on < starts_on:
        raise Refusal("roadmap-days-odd")


def _moved(day: date, free: Callable[[date], bool], step: int) -> date:
    for _ in range(
        31
    ):  # no school rests longer while its staff works on a map; summer holidays are the pupils'
        if not free(day):
            return day
        day += timedelta(days=step)
    return day


def _next_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def _days(said: list[str] | None, first: int) -> Days:
    """["0-08-31", "1-05-20"]: years after the one in which the school year begins, month, day."""
    if not said:
        return None
    found = []
    for one in said:
        after, month, day = (int(part) for part in one.split("-"))
        found.append(date(first + after, month, day))
    return found[0], found[1]


@cache
def _shipped() -> list[dict[str, Any]]:
    file = resources.files("program") / "roadmap_data" / "map.json"
    read: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["stages"]
    return read

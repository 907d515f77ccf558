"""The school's bells: when lessons run, and at which moments of a day people can meet. Pure, by the school's clock."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import lru_cache

MOST_LESSONS = 14  # two shifts
FIRST_FREE = 4  # the youngest classes may go home after so many lessons
LEAST_BREAK = 15  # minutes; a shorter one is for changing rooms
BEFORE, AFTER = 30, 10  # minutes before the first lesson, and from the end of a lesson to a meeting
EARLIEST, LATEST = time(7), time(21)  # starts that anybody may name
_LESSON = re.compile(r"(\d{1,2}):(\d\d)\s*[-–—]\s*(\d{1,2}):(\d\d)")


class Kind(StrEnum):
    """Where a start stands in the school's day. Texts: `meeting-start-<kind>`."""

    BEFORE = "before"
    BREAK = "break"
    AFTER = "after"
    USUAL = "usual"  # one of the school's usual hours


@dataclass(frozen=True)
class Lesson:
    number: int
    starts: time
    ends: time


@dataclass(frozen=True)
class Start:
    """Args:
    number: of the lesson before it, for a break and after lessons.
    minutes: how long one can meet; 0: as long as usual.
    """

    at: time
    kind: Kind
    number: int = 0
    minutes: int = 0


def lessons(lines: Iterable[str]) -> tuple[Lesson, ...]:
    """Lessons in their order from lines like "08:30-09:10".

    Raises:
        ValueError: a line is not such a span, lessons overlap, or there are too many of them.
    """
    found: list[Lesson] = []
    for number, line in enumerate(lines, 1):
        said = _LESSON.fullmatch(line.strip())
        if said is None or number > MOST_LESSONS:
            raise ValueError(line)
        hours = [int(part) for part in said.groups()]
        lesson = Lesson(number, time(hours[0], hours[1]), time(hours[2], hours[3]))
        if lesson.starts >= lesson.ends or (found and lesson.starts < found[-1].ends):
            raise ValueError(line)
        found.append(lesson)
    return tuple(found)


def line(lesson: Lesson) -> str:
    return f"{lesson.starts:%H:%M}-{lesson.ends:%H:%M}"


def starts(of_day: tuple[Lesson, ...], usual: Iterable[str]) -> tuple[Start, ...]:
    """Moments at which people can meet on a school day, earliest first.

    Before the first lesson, in breaks of a quarter of an hour and more, after each lesson from the fourth on, and
    the school's usual hours that lie outside of lessons and not within a quarter of an hour of these.
    """
    found: list[Start] = []
    if of_day:
        before = _moved(of_day[0].starts, -BEFORE)
        if EARLIEST <= before < of_day[0].starts:
            found.append(Start(before, Kind.BEFORE, minutes=BEFORE))
    for lesson, following in itertools.pairwise(of_day):
        free = _minutes(lesson.ends, following.starts)
        if free >= LEAST_BREAK:
            found.append(Start(lesson.ends, Kind.BREAK, lesson.number, free))
    found += [
        Start(_moved(lesson.ends, AFTER), Kind.AFTER, lesson.number)
        for lesson in of_day
        if lesson.number >= min(FIRST_FREE, len(of_day)) and lesson.ends < LATEST
    ]
    known = [start.at for start in found]
    for bell in usual:
        at = time.fromisoformat(bell)
        near = any(abs(_minutes(one, at)) < LEAST_BREAK for one in known)
        if not near and not during(of_day, at):
            found.append(Start(at, Kind.USUAL))
    return tuple(sorted(found, key=lambda start: (start.at, start.kind)))


def during(of_day: tuple[Lesson, ...], at: time) -> bool:
    """Whether a lesson runs at that time."""
    return any(lesson.starts <= at < lesson.ends for lesson in of_day)


def is_among(day: date, spans: Iterable[str]) -> bool:
    """Whether the day is one of these: ISO days, or two of them with a slash between ("2026-10-26/2026-11-03")."""
    return _is_among(day, tuple(spans))


@lru_cache(maxsize=4096)  # each rule that counts days asks for the same ones
def _is_among(day: date, spans: tuple[str, ...]) -> bool:
    iso = day.isoformat()
    return any(first <= iso <= (last or first) for first, _, last in (span.partition("/") for span in spans))


_DAY = r"(\d{1,2})\.(\d{1,2})\.(\d{4})"
_SPAN = re.compile(rf"{_DAY}(?:\s*[-–—]\s*{_DAY})?")


def spans(words: str) -> tuple[str, ...]:
    """What `is_among` reads, from «26.10.2026-03.11.2026, 23.02.2027»; in order, each once.

    Raises:
        ValueError: no such days, a span that ends before it begins, or one longer than the summer.
    """
    found = set()
    for part in (one.strip() for one in re.split(r"[,;\n]+", words)):
        if not part:
            continue
        said = _SPAN.fullmatch(part)
        if said is None:
            raise ValueError(part)
        numbers = [int(one) for one in said.groups() if one]
        days = [date(*reversed(numbers[at : at + 3])) for at in range(0, len(numbers), 3)]
        if days != sorted(days) or days[-1] - days[0] > timedelta(days=120):
            raise ValueError(part)
        found.add("/".join(day.isoformat() for day in dict.fromkeys(days)))
    return tuple(sorted(found))


def spoken(span: str) -> str:
    """«26.10.2026-03.11.2026» of what `spans` made."""
    return "-".join(f"{date.fromisoformat(day):%d.%m.%Y}" for day in span.split("/"))


def _minutes(first: time, last: time) -> int:
    return (last.hour * 60 + last.minute) - (first.hour * 60 + first.minute)


def _moved(at: time, minutes: int) -> time:
    whole = min(max(at.hour * 60 + at.minute + minutes, 0), 24 * 60 - 1)
    return time(whole // 60, whole % 60)

"""Indicators of the programme: the six federal ones, outcomes R1-R8, how the work goes. Pure; formulas stand beside the code.

People come as ids, so that a page can name those behind a number. Ages are compared as two days, not counted for
everybody: a region has 170,000 mentees. Source: domain.md 3.4, 5.2, 5.4, 5.5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import NamedTuple

from program.roles import Category, Side

CHILDREN = (10, 19)  # full years of F1; domain.md 3.4, rule 2
YOUTH = (15, 19)  # of F2
YOUNG_SPECIALIST = 3  # full years of teaching; rule 3
FEDERAL = ("F1", "F2", "F3", "F4", "F5", "F6")
# Per cent by calendar year, the letter's own; after the last year it stays. Source: domain.md 5.2.
TARGETS: Mapping[str, Mapping[int, int]] = {
    "F1": {2020: 10, 2021: 20, 2022: 35, 2023: 50, 2024: 70},
    "F2": {2020: 2, 2021: 4, 2022: 6, 2023: 8, 2024: 10},
    "F3": {2020: 10, 2021: 20, 2022: 35, 2023: 50, 2024: 70},
    "F4": {2020: 2, 2021: 4, 2022: 10, 2023: 20, 2024: 30},
    "F5": {2020: 50, 2021: 55, 2022: 60, 2023: 70, 2024: 85},
    "F6": {2020: 50, 2021: 55, 2022: 60, 2023: 70, 2024: 85},
}
OUTCOMES = ("R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8")
WILLING = frozenset({"now", "later"})  # answers to C16 that count as a wish to be a mentor
SCALE_STEP = 1.0  # what is a change; domain.md 4.15, 3
GRADE_STEP = 0.1  # of a mean of marks from 2 to 5


class Taker(NamedTuple):
    """One person on one side of one form, in the base or in a pair.

    A tuple: it is made 300,000 times for a region.
    """

    person_id: int
    category: str | None
    side: str
    form: str
    born: date | None = None
    since: int | None = None  # year of the first lesson, of a teacher


@dataclass(frozen=True)
class Rate:
    """A numerator with its people and a denominator.

    Args:
        part: ids of those counted (of partners in F4).
        whole: 0 where nobody has told it: then there is no rate.
        count: the numerator where people cannot be named (answers to questionnaires).
    """

    part: frozenset[int]
    whole: int
    count: int | None = None

    @property
    def number(self) -> int:
        return len(self.part) if self.count is None else self.count

    @property
    def percent(self) -> float | None:
        return round(100 * self.number / self.whole, 1) if self.whole else None

    @property
    def impossible(self) -> bool:
        """More than there are: the total is out of date."""
        return 0 < self.whole < self.number


def years_before(on: date, years: int) -> date:
    """The last birthday of those who are so old on that day; 28 February stands for a 29th that is not there."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def aged(takers: Iterable[Taker], on: date, ages: tuple[int, int]) -> frozenset[int]:
    """People of these full years on that day, both bounds included; without a birth date nobody is counted.

    Formula: born after (on - (oldest + 1) years) and not after (on - youngest years).
    """
    youngest, oldest = years_before(on, ages[0]), years_before(on, ages[1] + 1)
    return frozenset(
        one.person_id for one in takers if one.born is not None and oldest < one.born <= youngest
    )


def is_young_specialist(since: int | None, on: date) -> bool:
    """A teacher of 0-3 full years: the first lesson was in `since`, of which only the year is kept."""
    return since is not None and 0 <= on.year - since <= YOUNG_SPECIALIST


def f1(entered: Iterable[Taker], on: date, whole: int) -> Rate:
    """Children and youth of 10-19 who entered the programme as mentees, of all 10-19, %.

    Numerator: `entered` on the mentees' side of that age. Denominator: all of that age in the school (set by the
    curator). Source: domain.md 5.2, F1.
    """
    return Rate(aged((one for one in entered if one.side == Side.MENTEE), on, CHILDREN), whole)


def f2(entered: Iterable[Taker], on: date, whole: int) -> Rate:
    """Youth of 15-19 who entered the programme as mentors, of all 15-19, %.

    Numerator: `entered` on the mentors' side of that age. Denominator: all of that age in the school (set by the
    curator). Source: domain.md 5.2, F2.
    """
    return Rate(aged((one for one in entered if one.side == Side.MENTOR), on, YOUTH), whole)


def f3(entered: Iterable[Taker], on: date, whole: int) -> Rate:
    """Young specialists (teaching 0-3 years) who entered the programme as mentees, of all young specialists, %.

    Numerator: teachers among `entered` on the mentees' side. Denominator: all young specialists of the school (set by
    the curator). Source: domain.md 5.2, F3; 3.4, rule 3.
    """
    led = (one for one in entered if one.side == Side.MENTEE and one.category == Category.TEACHER)
    return Rate(frozenset(one.person_id for one in led if is_young_specialist(one.since, on)), whole)


def f4(entered: Iterable[Taker], partners: Mapping[int, Collection[int]], whole: int) -> Rate:
    """Enterprises and organisations that gave mentors, of all around the school, %.

    Numerator: partners of whose people one entered as a mentor. Denominator: all organisations of the territory (set by
    the curator). Source: domain.md 5.2, F4.

    Args:
        partners: partner -> ids of its people.
    """
    leading = {one.person_id for one in entered if one.side == Side.MENTOR}
    return Rate(frozenset(key for key, people in partners.items() if not leading.isdisjoint(people)), whole)


def satisfied(tables: Iterable[tuple[int, float]]) -> Rate:
    """F5, F6: satisfied, of those who answered after the work, %.

    Numerator: people whose mean of the questions of SAT is at least the school's bound (7,0). Denominator: people who
    answered any of them. Source: domain.md 5.2, F5 and F6; 4.15, 6.

    Args:
        tables: of every summing up of the year: (people, per cent of them satisfied); nobody is in two of them.
    """
    known = [(people, round(people * percent / 100)) for people, percent in tables]
    return Rate(frozenset(), sum(people for people, _ in known), sum(count for _, count in known))


def target(code: str, year: str, own: Mapping[str, Mapping[str, float]]) -> float | None:
    """What is planned for a school year, %: the curator's own, else the federal one of the year in which it begins.

    Args:
        own: school year -> code -> per cent.
    """
    if code in own.get(year, {}):
        return own[year][code]
    known = TARGETS.get(code, {})
    fits = [one for one in known if one <= int(year[:4])]
    return known[max(fits)] if fits else None


@dataclass(frozen=True)
class Moved:
    """Numbers of the same people before and after.

    Args:
        people: with both numbers. up, same, down: by `step` or more, less than it, down by it or more.
    """

    people: int
    before: float
    after: float
    up: int
    same: int
    down: int

    @property
    def change(self) -> float:
        return round(self.after - self.before, 2)


def moved(
    pairs: Sequence[tuple[float, float]], step: float = SCALE_STEP, *, bad: bool = False
) -> Moved | None:
    """R1, R2, R5 of the observation cards: (before, after) of each person; None of nobody.

    Formula: mean before, mean after; improved where after - before >= step. Source: domain.md 4.15, 3; 5.4.

    Args:
        bad: less is better (lessons missed), so less is an improvement.
    """
    if not pairs:
        return None
    way = -1 if bad else 1
    edge = step - 1e-9  # 4,35 - 4,25 is a little less than 0,1
    changes = [way * (after - before) for before, after in pairs]
    up, down = sum(by >= edge for by in changes), sum(by <= -edge for by in changes)
    count = len(pairs)
    return Moved(
        count, round(sum(one for one, _ in pairs) / count, 2), round(sum(one for _, one in pairs) / count, 2),
        up, count - up - down, down,
    )  # fmt: skip


def willing(codes: Iterable[str]) -> float:
    """R8 of one person: 100 where the answer to C16 is «сейчас» or «позже», else 0; the mean is the share in %.

    Source: domain.md 5.4, R8.
    """
    return 100.0 if WILLING & set(codes) else 0.0


def between(days: Iterable[Sequence[date]]) -> float | None:
    """Median days between two meetings of one pair that follow each other; None where no pair met twice.

    Source: domain.md 5.5.

    Args:
        days: of each pair, of its held meetings.
    """
    gaps = [
        (later - earlier).days
        for one in days
        for earlier, later in zip(sorted(one), sorted(one)[1:], strict=False)
    ]
    return float(median(gaps)) if gaps else None


def silent(last_met: Mapping[int, date | None], on: date, days: int) -> Rate:
    """Pairs at work whose last meeting (or beginning) is more than so many days ago, of all pairs at work, %.

    Source: domain.md 5.5; the school sets the days.

    Args:
        last_met: pair -> the later of its beginning and its last held meeting; None: neither is known.
    """
    late = frozenset(key for key, day in last_met.items() if day is None or (on - day).days > days)
    return Rate(late, len(last_met))


def hours(minutes: int) -> float:
    """LOAD: hours with one digit."""
    return round(minutes / 60, 1)

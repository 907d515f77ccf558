"""Counting people and participations for the coverage tables. Source: domain.md 3.4, 5.3."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from program.indicators import Taker
from program.roles import Category, Side

Place = Taker  # one person on one side of one form: in the base, or at work in a pair or group


@dataclass(frozen=True)
class BaseLine:
    """One line of T1: a base, a form, a category, how many participations and how many people."""

    side: Side
    form: str
    category: str
    participations: int
    who: frozenset[int]

    @property
    def people(self) -> int:
        return len(self.who)


@dataclass(frozen=True)
class Cover:
    """One line of T2 or T3: people of one category.

    Args:
        total: in the whole school; 0 where nobody entered it.
        base: in either base. led, leading: who entered the programme in that role. Ids of people.
    """

    total: int
    base: frozenset[int] = frozenset()
    led: frozenset[int] = frozenset()
    leading: frozenset[int] = frozenset()

    @property
    def in_bases(self) -> int:
        return len(self.base)

    @property
    def mentees(self) -> int:
        return len(self.led)

    @property
    def mentors(self) -> int:
        return len(self.leading)

    @property
    def strays(self) -> frozenset[int]:
        """Who entered the programme and stands in no base; nobody must (domain.md 3.4, rule 5)."""
        return (self.led | self.leading) - self.base

    @property
    def outside(self) -> int:
        return len(self.strays)

    @property
    def in_roles(self) -> int:
        """The biggest of the roles and the base: a school cannot be smaller."""
        return max(self.in_bases, self.mentees, self.mentors)

    @property
    def too_many(self) -> bool:
        """More people than the school has: the total is out of date."""
        return 0 < self.total < self.in_roles

    @property
    def empty(self) -> bool:
        return not (self.in_bases or self.mentees or self.mentors)


def base_lines(base: Iterable[Place], forms: Iterable[str]) -> list[BaseLine]:
    """Lines of T1: mentors first, forms in the given order, categories as the directory has them."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for place in base:
        if place.category:
            found.setdefault((place.side, place.form, place.category), []).append(place.person_id)
    order, sides, categories = (
        list(forms),
        [str(side) for side in Side],
        [category.value for category in Category],
    )
    return [
        BaseLine(Side(side), form, category, len(people), frozenset(people))
        for (side, form, category), people in sorted(
            found.items(),
            key=lambda item: (sides.index(item[0][0]), order.index(item[0][1]), categories.index(item[0][2])),
        )
    ]


def cover(category: str, total: int, base: Iterable[Place], entered: Iterable[Place]) -> Cover:
    """The line of one category. Everybody is counted once, in however many forms they take part."""
    working = [place for place in entered if place.category == category]
    return Cover(
        total,
        frozenset(place.person_id for place in base if place.category == category),
        frozenset(place.person_id for place in working if place.side == Side.MENTEE),
        frozenset(place.person_id for place in working if place.side == Side.MENTOR),
    )


@dataclass(frozen=True)
class Published:
    """Numbers of one category as somebody printed them: a table of another school, of last year, of a file.

    Args:
        lines: of T1: people (or participations) by form and side. Others: the cells of T2 or T3.
    """

    total: int
    in_bases: int
    mentees: int
    mentors: int
    lines: tuple[tuple[str, Side, int], ...] = ()


def contradictions(of: Published) -> list[str]:
    """What cannot be true of printed numbers; text ids end so (`report-odd-…`). Source: domain.md 3.4, rule 5.

    base: fewer stand in the bases than have entered in one role. total: more than there are. lines: the lines of T1 add
    up to less than a role has, so somebody stands in no line; `sums`: they add up to more than the base, which is possible
    only where one person stands in several lines, so it must be said what was counted.
    """
    found = []
    if of.in_bases < max(of.mentees, of.mentors):
        found.append("base")
    if of.total and of.total < max(of.in_bases, of.mentees, of.mentors):
        found.append("total")
    for side, told in ((Side.MENTEE, of.mentees), (Side.MENTOR, of.mentors)):
        lines = sum(number for _, one, number in of.lines if one == side)
        if of.lines and lines < told:
            found.append("lines")
        if lines > told:
            found.append("sums")
    return list(dict.fromkeys(found))

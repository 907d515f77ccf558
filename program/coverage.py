"""Counting people and participations for the coverage tables. Source: domain.md 3.4, 5.3."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from program.roles import Category, Side


@dataclass(frozen=True)
class Place:
    """One person on one side of one form: in the base, or at work in a pair or group."""

    person_id: int
    category: str | None
    side: Side
    form: str


@dataclass(frozen=True)
class BaseLine:
    """One line of T1: a base, a form, a category, how many participations and how many people."""

    side: Side
    form: str
    category: str
    participations: int
    people: int


@dataclass(frozen=True)
class Cover:
    """One line of T2 or T3: people of one category.

    Args:
        total: in the whole school; 0 where nobody entered it.
        in_bases: in either base.
        mentees, mentors: who entered the programme in that role.
        outside: who entered it and stands in no base; must be 0 (domain.md 3.4, rule 5).
    """

    total: int
    in_bases: int
    mentees: int
    mentors: int
    outside: int

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
    found: dict[tuple[Side, str, str], list[int]] = {}
    for place in base:
        if place.category:
            found.setdefault((place.side, place.form, place.category), []).append(place.person_id)
    order, sides, categories = list(forms), list(Side), [category.value for category in Category]
    return [
        BaseLine(side, form, category, len(people), len(set(people)))
        for (side, form, category), people in sorted(
            found.items(),
            key=lambda item: (sides.index(item[0][0]), order.index(item[0][1]), categories.index(item[0][2])),
        )
    ]


def cover(category: str, total: int, base: Iterable[Place], entered: Iterable[Place]) -> Cover:
    """The line of one category. Everybody is counted once, in however many forms they take part."""
    in_bases = {place.person_id for place in base if place.category == category}
    working = [place for place in entered if place.category == category]
    mentees = {place.person_id for place in working if place.side == Side.MENTEE}
    mentors = {place.person_id for place in working if place.side == Side.MENTOR}
    return Cover(total, len(in_bases), len(mentees), len(mentors), len((mentees | mentors) - in_bases))

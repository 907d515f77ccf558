"""Prices of people under which no grouping can be better than a bound: what the search for groups goes by.

The mentors, each free to take whom they like at these prices, together with what the people are paid, are worth no
less than the best groups (Lagrange's bound). With teams each mentor holds a share of a team's worth, and every team
pays a toll, because an odd mentor is left over. Whole numbers only, so no bound is too low.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import sub

from program.matching_groups_fill import Option

SCALE = 1200  # parts of a point (or of a person)
KEPT = 0.6  # of the last push goes into the next one, so that prices do not swing


@dataclass
class Prices:
    """Args:
    people: of mentees, by their numbers, in parts of a point.
    shares: mentor -> how much of a team's worth is shifted to that mentor. toll: of every team.
    """

    people: list[int]
    shares: dict[int, float] = field(default_factory=dict)
    toll: float = 0.0

    def copy(self) -> Prices:
        return Prices(self.people[:], dict(self.shares), self.toll)


@dataclass(frozen=True)
class Node:
    """A part of all groupings. `alive`: groups that may be in it; `opened`: those of them that have to be."""

    alive: frozenset[int]
    opened: frozenset[int]
    prices: Prices


@dataclass(frozen=True)
class Look:
    """What one set of prices says.

    Args:
        bound: in parts of a point (or of a person).
        values: group -> what it is worth at these prices.
        picks: mentor -> (group that is best for that mentor, or None, and that mentor's share of its worth).
    """

    bound: int
    values: Mapping[int, int]
    picks: Mapping[int, tuple[int | None, int]]


@dataclass
class Moves:
    """How prices have been moved lately. `used`: group -> how often it was somebody's pick, from 0 to 1."""

    push: list[float]
    used: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    step: float = 1.0
    stale: int = 0


class Market:
    """Args:
    options: all groups that could be, each of at least `least`.

    `spent` counts the cells of rows that were looked at.
    """

    def __init__(self, options: Sequence[Option], least: int) -> None:
        self.options, self.least, self.spent = options, least, 0
        self.mentees = sorted({mentee for one in options for mentee in one.row})
        at = {mentee: n for n, mentee in enumerate(self.mentees)}
        self.who = [[at[mentee] for mentee in one.row] for one in options]
        self.leaders = max((len(one.mentors) for one in options), default=1)
        self.count: int | None = None
        self.gain: list[list[int]] = []

    def aim(self, count: int | None) -> None:
        """At as many people as possible; or at the most points of just so many."""
        self.count = count
        points = count is not None
        self.gain = [[SCALE * (value if points else 1) for value in one.row.values()] for one in self.options]

    def look(self, node: Node, prices: Prices) -> Look:
        """A bound for this part of all groupings, under any prices whatsoever."""
        toll, people = int(prices.toll), prices.people
        values = {one: self._value(one, people) - toll for one in sorted(node.alive)}
        picks: dict[int, tuple[int | None, int]] = {}
        for one in values:
            for mentor, value in self._shared(one, values[one], prices.shares):
                if one in node.opened or value > picks.get(mentor, (None, 0))[1]:
                    picks[mentor] = one, value
        paid = sum(people) if self.count is None else sum(sorted(people)[len(people) - self.count :])
        if toll:
            paid += toll * self.teams(node)
        return Look(paid + sum(value for _, value in picks.values()), values, picks)

    def _shared(self, one: int, value: int, shares: Mapping[int, float]) -> Iterator[tuple[int, int]]:
        """Each mentor's share of what a group is worth; rounded up, so that together they are not too little."""
        mentors = self.options[one].mentors
        if len(mentors) == 1:
            yield mentors[0], value
            return
        middle = sum(shares.get(mentor, 0.0) for mentor in mentors) / len(mentors)
        for mentor in mentors:
            yield mentor, -(-value // len(mentors)) + int(shares.get(mentor, 0.0) - middle) + 1

    def teams(self, node: Node) -> int:
        """So many teams at most: each mentor is in one."""
        return len({mentor for one in node.alive for mentor in self.options[one].mentors}) // self.leaders

    def _value(self, one: int, people: Sequence[int]) -> int:
        """The most that a group can be worth, its people paid at these prices."""
        who, option = self.who[one], self.options[one]
        self.spent += len(who)
        values: Iterable[int] = map(sub, self.gain[one], map(people.__getitem__, who))
        if option.alike is not None:
            best: dict[object, int] = {}
            for kind, value in zip(option.alike.values(), values, strict=True):
                if value > best.get(kind, value - 1):
                    best[kind] = value
            values = best.values()
        ranked = sorted(values, reverse=True)[: option.places]
        return sum(ranked[: self.least]) + sum(value for value in ranked[self.least :] if value > 0)

    def _members(self, one: int, people: Sequence[int]) -> list[int]:
        """Who makes it worth that much, by their numbers."""
        who, option = self.who[one], self.options[one]
        values = list(map(sub, self.gain[one], map(people.__getitem__, who)))
        ranked = sorted(range(len(who)), key=values.__getitem__, reverse=True)
        if option.alike is not None:
            kinds = list(option.alike.values())
            first: dict[object, int] = {}
            for n in ranked:
                first.setdefault(kinds[n], n)
            ranked = list(first.values())
        ranked = ranked[: option.places]
        return [who[n] for k, n in enumerate(ranked) if k < self.least or values[n] > 0]

    def move(self, node: Node, look: Look, prices: Prices, moves: Moves, reached: int) -> None:
        """Whom nobody takes becomes cheaper, whom several would take dearer; so with mentors, and with teams.

        Args:
            reached: the worth of the best groups found; the further from it, the longer the step.
        """
        people, part = prices.people, 1 / self.leaders
        picked = [one for one, _ in look.picks.values() if one is not None]
        wanted = self._wanted(picked, people)
        moves.push = [want + KEPT * old for want, old in zip(wanted, moves.push, strict=True)]
        drawn: dict[int, float] = {}
        more = 0.0
        if self.leaders > 1:
            drawn = {mentor: -float(one is not None) for mentor, (one, _) in look.picks.items()}
            for one in picked:
                for mentor in self.options[one].mentors:
                    drawn[mentor] = drawn.get(mentor, 0.0) + part
            more = len(picked) * part - self.teams(node)
        length = sum(one * one for one in moves.push) + sum(one * one for one in drawn.values()) + more * more
        if not length:
            return
        far = moves.step * max(1, look.bound - SCALE * reached) / length
        floor = 0 if self.count is None else -(1 << 60)
        for n, push in enumerate(moves.push):
            people[n] = max(floor, people[n] + round(far * push))
        for mentor, pull in drawn.items():
            prices.shares[mentor] = prices.shares.get(mentor, 0.0) + far * pull
        prices.toll = max(0.0, prices.toll + far * more)

    def _wanted(self, picked: Sequence[int], people: Sequence[int]) -> list[float]:
        """Of each mentee by how many groups more than one they are wanted."""
        found = [0.0] * len(people)
        paid: Iterable[int] = range(len(people))
        if self.count is not None:
            paid = sorted(paid, key=lambda n: (-people[n], n))[: self.count]
        for n in paid:
            found[n] = -1.0
        members = {one: self._members(one, people) for one in set(picked)}
        for one in picked:
            for n in members[one]:
                found[n] += 1 / self.leaders
        return found

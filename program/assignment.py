"""One optimal assignment of mentees to mentors with places, and the proof that nothing is better.

Successive shortest augmenting paths with prices (Jonker-Volgenant's idea on sparse lists). Whole numbers
only, so the proof is exact. Measured in benchmarks/matching.py; source: reliability.md «Matching».
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush

NOBODY = -1
NONE: frozenset[int] = frozenset()
_BITS = 32  # of a mentor's number
_MASK = (1 << _BITS) - 1


@dataclass(frozen=True)
class Problem:
    """Args:
    offers: mentee -> mentor -> points (any whole numbers from 0); a pair that is not there may not be made.
    places: mentor -> how many mentees more they can lead; a mentor who is not there has none.
    locked: pairs that stand whatever they score; each takes a place.
    forbidden: pairs that may not be made although `offers` has them.
    urgent: mentee -> what it costs besides to leave this one out, in points (from 0).
    """

    offers: Mapping[int, Mapping[int, int]]
    places: Mapping[int, int]
    locked: Mapping[int, int] = field(default_factory=dict)
    forbidden: frozenset[tuple[int, int]] = frozenset()
    urgent: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def top(self) -> int:
        """The most points a pair has."""
        return max((max(row.values()) for row in self.offers.values() if row), default=0)

    @cached_property
    def left_out(self) -> int:
        """What it costs at least to leave one mentee out: more than all scores together, so that as many
        as possible are matched before scores and urgency are looked at."""
        return (len(self.offers) + 1) * (self.top + max(self.urgent.values(), default=0) + 1)

    def open_places(self) -> dict[int, int]:
        """Places left after the locked pairs. Raises ValueError when those do not fit."""
        left = dict(self.places)
        for mentee, mentor in self.locked.items():
            left[mentor] = left.get(mentor, 0) - 1
            if left[mentor] < 0 or (mentee, mentor) in self.forbidden:
                raise ValueError(f"locked pair {mentee}-{mentor} does not fit")
        return left

    def rows(self) -> dict[int, list[tuple[int, int]]]:
        """Of each mentee who is not locked, in the order of ids: (mentor, cost) in the order of ids.

        Sorting makes the answer independent of the order of the input.
        """
        top, left = self.top, self.open_places()
        return {
            mentee: [
                (mentor, top - points)
                for mentor, points in sorted(self.offers[mentee].items())
                if left.get(mentor, 0) > 0 and (mentee, mentor) not in self.forbidden
            ]
            for mentee in sorted(self.offers)
            if mentee not in self.locked
        }


@dataclass(frozen=True)
class Assignment:
    """Args:
    pairs: mentee -> mentor, locked ones included.
    points: of all pairs that have an offer.
    unmatched: mentees without a mentor, in the order of ids.
    prices: of mentors, in points: how much is to be gained by one more place. Zero is left out.
    """

    pairs: Mapping[int, int]
    points: int
    unmatched: tuple[int, ...]
    prices: Mapping[int, int]


@dataclass(frozen=True)
class Proof:
    """`bound`: no assignment whatsoever costs less. It is optimal when its own `cost` is just that."""

    cost: int
    bound: int
    broken: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.broken and self.cost == self.bound


def solve(problem: Problem) -> Assignment:
    """As many pairs as possible and, among those, the most points. Ties go to the smaller ids.

    Raises:
        ValueError: locked pairs exceed the places or are forbidden.
    """
    search = _Search(problem)
    for mentee in search.rows:
        search.place(mentee)
    ids = search.ids
    pairs = dict(problem.locked) | {e: ids[o] for e, o in search.mentor_of.items() if o != NOBODY}
    return Assignment(
        pairs=pairs,
        points=points_of(problem, pairs),
        unmatched=tuple(mentee for mentee, mentor in search.mentor_of.items() if mentor == NOBODY),
        prices={mentor: price for mentor, price in zip(ids, search.price, strict=True) if price},
    )


def prove(problem: Problem, answer: Assignment) -> Proof:
    """Checks an answer from its prices in one pass over the offers; it does not matter who found it.

    Under any prices from zero up, every mentee pays at least their cheapest offer (or the cost of being
    left out), and the mentors' places earn at most their price: that is a bound for all assignments.
    """
    left, top, least = problem.open_places(), problem.top, problem.left_out
    open_ = {mentor: answer.prices.get(mentor, 0) for mentor, places in left.items() if places > 0}
    closed: dict[int, set[int]] = {}
    for mentee, mentor in problem.forbidden:
        closed.setdefault(mentee, set()).add(mentor)
    broken, cost = [], 0
    bound = -sum(price * left.get(mentor, 0) for mentor, price in answer.prices.items())
    if any(price < 0 for price in answer.prices.values()):
        broken.append("a price below zero")
    taken: dict[int, int] = {}
    for mentee, row in problem.offers.items():
        if mentee in problem.locked:
            continue
        never = closed.get(mentee, NONE)
        allowed = {o: top - points for o, points in row.items() if o in open_ and o not in never}
        mentor, out = answer.pairs.get(mentee, NOBODY), least + problem.urgent.get(mentee, 0)
        chosen = out if mentor == NOBODY else allowed.get(mentor)
        if chosen is None:
            broken.append(f"pair {mentee}-{mentor} is not allowed")
            continue
        cost += chosen
        taken[mentor] = taken.get(mentor, 0) + 1
        bound += min(out, min([paid + open_[o] for o, paid in allowed.items()], default=out))
    strangers = answer.pairs.keys() - problem.offers.keys() - problem.locked.keys()
    broken += [f"nobody offered anything to mentee {mentee}" for mentee in sorted(strangers)]
    broken += [f"mentor {m} has too many" for m, n in taken.items() if m != NOBODY and n > left.get(m, 0)]
    broken += [f"locked pair {e}-{o} is gone" for e, o in problem.locked.items() if answer.pairs.get(e) != o]
    if answer.points != points_of(problem, answer.pairs):
        broken.append("points do not add up")
    return Proof(cost, bound, tuple(broken))


def points_of(problem: Problem, pairs: Mapping[int, int]) -> int:
    return sum(problem.offers.get(mentee, {}).get(mentor, 0) for mentee, mentor in pairs.items())


class _Search:
    """Everybody placed so far holds a cheapest offer under the prices; `place` keeps it so.

    Mentors are counted from 0 in the order of ids. An offer is one whole number, cost above mentor, and so is a
    line of the heap: they sort and pass through memory several times quicker than pairs of numbers.
    """

    def __init__(self, problem: Problem) -> None:
        top, least = problem.top, problem.left_out
        places = problem.open_places()
        self.ids = sorted(mentor for mentor, left in places.items() if left > 0)
        at = {mentor: n for n, mentor in enumerate(self.ids)}
        self.free = [places[mentor] for mentor in self.ids]
        self.price = [0] * len(self.ids)
        self.mentees_of: list[list[int]] = [[] for _ in self.ids]
        forbidden = problem.forbidden
        self.rows = {
            mentee: sorted(
                (top - points) << _BITS | at[mentor]
                for mentor, points in problem.offers[mentee].items()
                if mentor in at and (mentee, mentor) not in forbidden
            )
            for mentee in sorted(problem.offers)
            if mentee not in problem.locked
        }
        self.out = {mentee: least + problem.urgent.get(mentee, 0) for mentee in self.rows}
        self.mentor_of: dict[int, int] = {}
        self.paid: dict[int, int] = {}  # cost of the offer that a placed mentee holds, without the price

    def place(self, newcomer: int) -> None:
        """The cheapest chain of moves that gives the newcomer an offer (Dijkstra), then new prices."""
        price, free, rows, paid, out = self.price, self.free, self.rows, self.paid, self.out
        best, last = out[newcomer], (newcomer, NOBODY)  # who ends the chain, and where
        bound = best  # a free place has been reached at so much: what is dearer need not be looked at
        distance: dict[int, int] = {}
        came: dict[int, tuple[int, int]] = {}  # mentor -> the mentee who would move there, and the cost
        settled: list[int] = []
        done: set[int] = set()
        heap: list[int] = []
        moving = [(newcomer, 0)]
        while True:
            for mentee, base in moving:
                for offer in rows[mentee]:
                    reached = base + (offer >> _BITS)
                    if reached > bound:
                        break  # prices are not below zero, and the offers after this one cost more
                    mentor = offer & _MASK
                    through = reached + price[mentor]
                    if through <= bound and through < best and through < distance.get(mentor, best):
                        distance[mentor] = through
                        came[mentor] = mentee, offer >> _BITS
                        heappush(heap, through << _BITS | mentor)
                        if free[mentor]:
                            bound = through
            so_far, mentor = _next(heap, done)
            if so_far is None or so_far >= best:
                break
            if free[mentor]:
                best, last = so_far, (came[mentor][0], mentor)
                break
            done.add(mentor)
            settled.append(mentor)
            ahead = so_far - price[mentor]
            moving = [(mentee, ahead - paid[mentee]) for mentee in self.mentees_of[mentor]]
            for mentee, base in moving:
                if base + out[mentee] < best:
                    best, last = base + out[mentee], (mentee, NOBODY)
                    bound = min(bound, best)
        for mentor in settled:
            price[mentor] += best - distance[mentor] if distance[mentor] < best else 0
        self._move(*last, came, newcomer)

    def _move(self, mentee: int, target: int, came: Mapping[int, tuple[int, int]], newcomer: int) -> None:
        """Walks the chain backwards: each takes the new place and frees the old one for the one before."""
        if target != NOBODY:
            self.free[target] -= 1
        while True:
            old = self.mentor_of.get(mentee, NOBODY)
            if old != NOBODY:
                self.mentees_of[old].remove(mentee)
            self.mentor_of[mentee] = target
            if target != NOBODY:
                self.mentees_of[target].append(mentee)
                self.paid[mentee] = came[target][1]
            if mentee == newcomer:
                return
            mentee, target = came[old][0], old


def _next(heap: list[int], done: set[int]) -> tuple[int | None, int]:
    """The nearest mentor who is not done yet, with the distance; None: there is none."""
    while heap:
        line = heappop(heap)
        if line & _MASK not in done:
            return line >> _BITS, line & _MASK
    return None, NOBODY

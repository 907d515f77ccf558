"""What one change would do to an optimal assignment: exactly, without solving again.

The best answer to a question that differs from the solved one in one place is one chain of moves away, and the
prices of the optimum make all steps of a chain cost nothing less than zero, so that the shortest chain is found
quickly (Dijkstra). Tests compare every figure with solving again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from program.assignment import NOBODY, Assignment, Problem

Cost = int
Chain = tuple[tuple[int, int], ...]  # (mentee, where they go; NOBODY: nowhere)
_FAR = 1 << 100


@dataclass(frozen=True)
class Shift:
    """How the whole changes.

    Args:
        pairs: how many pairs more (less than zero: fewer).
        points: how many points more.
        moves: (mentee, mentor before, mentor after); None is no mentor.
        cost: what the solver weighs: pairs first, then points and urgency; more is worse.
    """

    pairs: int
    points: int
    moves: tuple[tuple[int, int | None, int | None], ...]
    cost: int = 0


class Exchange:
    """Asks what would be if one thing were different.

    Args:
        answer: an optimal assignment of the problem, with its prices.
    """

    def __init__(self, problem: Problem, answer: Assignment) -> None:
        self.problem = problem
        self.answer = answer
        self.top = problem.top
        self.left_out = problem.left_out
        self.free = problem.open_places()
        self.price = {mentor: answer.prices.get(mentor, 0) for mentor in self.free}
        self.rows = problem.rows()
        self.at: dict[int, list[int]] = {mentor: [] for mentor in self.free}
        self.nowhere: list[int] = []
        for mentee in self.rows:
            mentor = answer.pairs.get(mentee, NOBODY)
            if mentor == NOBODY:
                self.nowhere.append(mentee)
            else:
                self.at[mentor].append(mentee)
        for mentor, mentees in self.at.items():
            self.free[mentor] -= len(mentees)

    def pays(self, mentee: int, mentor: int, points: int | None = None) -> Cost:
        """Of one mentee with a mentor, or with nobody."""
        if mentor == NOBODY:
            return self.left_out + self.problem.urgent.get(mentee, 0)
        return self.top - (self.problem.offers[mentee][mentor] if points is None else points)

    def force(
        self, mentee: int, mentor: int, points: int | None = None, *, extra: bool = False
    ) -> Shift | None:
        """If these two were made a pair, and everybody else as well as then possible. None: impossible.

        Args:
            points: of the two, where they have no offer or another one in this question.
            extra: the mentor has one place more for it.
        """
        if mentee not in self.rows or (not extra and mentor not in self.price):
            return None
        held = self.answer.pairs.get(mentee, NOBODY)
        if held == mentor and not extra:
            return Shift(0, 0, ())
        first = self.pays(mentee, mentor, points) - self.pays(mentee, held)
        ends, came = self._from(NOBODY if extra else mentor, held, without=mentee)
        if held not in ends:
            return None
        chain = ((mentee, mentor), *_walk(came, held))
        return self._shift(chain, first + ends[held], {mentee: points})

    def place(self, mentor: int) -> Shift:
        """If the mentor had one place more."""
        if self.free.get(mentor, 0) > 0 or mentor not in self.price:
            return Shift(0, 0, ())
        ends, came = self._from(NOBODY, mentor)
        if ends.get(mentor, 0) >= 0:
            return Shift(0, 0, ())
        return self._shift(_walk(came, mentor), ends[mentor], {})

    def _shift(self, chain: Iterable[tuple[int, int]], cost: Cost, own: Mapping[int, int | None]) -> Shift:
        moves, pairs, points = [], 0, 0
        offers = self.problem.offers
        final = dict(chain)
        for mentee, mentor in final.items():
            was = self.answer.pairs.get(mentee, NOBODY)
            given = own.get(mentee)
            if mentor != NOBODY:
                pairs += 1
                points += offers[mentee][mentor] if given is None else given
            if was != NOBODY:
                pairs -= 1
                points -= offers[mentee].get(was, 0)
            moves.append((mentee, None if was == NOBODY else was, None if mentor == NOBODY else mentor))
        return Shift(pairs, points, tuple(moves), cost)

    def _from(
        self, start: int, goal: int, without: int | None = None
    ) -> tuple[dict[int, Cost], dict[int, tuple[int, int]]]:
        """Cheapest chains that free a place at `start` (NOBODY: that use a place out of nowhere).

        Args:
            goal: the end that is asked for; others may be missing.
            without: a mentee who has been moved already.

        Returns:
            Mentor at whom the chain ends -> its cost (NOBODY: in a free place, or with somebody left out), and
            the last step of each chain: (who moves there, from which mentor).
        """
        price = {**self.price, NOBODY: 0}
        found: dict[int, Cost] = {}
        came: dict[int, tuple[int, int]] = {}
        best: dict[int, Cost] = {start: 0}
        heap: list[tuple[Cost, int]] = [(0, start)]
        while heap:
            so_far, mentor = heappop(heap)
            if mentor in found:
                continue
            found[mentor] = so_far
            if mentor == goal:
                break
            for mentee, target, cost in self._steps(mentor, without):
                reduced = so_far + cost + price[target] - price[mentor]
                if reduced < best.get(target, _FAR) and target not in found:
                    best[target] = reduced
                    came[target] = (mentee, mentor)
                    heappush(heap, (reduced, target))
        return {mentor: cost - price[mentor] + price[start] for mentor, cost in found.items()}, came

    def _steps(self, mentor: int, without: int | None) -> Iterable[tuple[int, int, Cost]]:
        """(who moves, where to, what it costs) out of this mentor's places. Who is NOBODY: nobody needs to."""
        if mentor != NOBODY and self.free[mentor] > 0:
            yield NOBODY, NOBODY, 0
        if mentor == NOBODY:
            for other in self.at:
                if self.at[other]:
                    yield NOBODY, other, 0  # one more place stays free
        for mentee in self.nowhere if mentor == NOBODY else self.at[mentor]:
            if mentee == without:
                continue
            paid = self.pays(mentee, mentor)
            if mentor != NOBODY:
                yield mentee, NOBODY, self.pays(mentee, NOBODY) - paid
            for target, cost in self.rows[mentee]:
                if target != mentor:
                    yield mentee, target, cost - paid


def _walk(came: Mapping[int, tuple[int, int]], end: int) -> Chain:
    """The moves of a chain, in order; steps in which nobody moves are left out."""
    steps = []
    while end in came:
        mentee, before = came[end]
        if mentee != NOBODY:
            steps.append((mentee, end))
        end = before
    return tuple(reversed(steps))

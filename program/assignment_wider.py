"""An optimal assignment kept optimal while more pairs become possible: each by one short search, not from anew.

A pair that comes in and would please its mentee more than what the mentee has now starts a round of moves. Under
the prices all other steps of a round cost nothing less than zero, so that the cheapest round is found quickly
(Dijkstra), and only as far as it may gain. Tests compare every answer with solving again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from heapq import heappop, heappush

from program.assignment import NOBODY, Assignment, Problem, points_of

Cost = int


class Wider:
    """Args:
    problem: with the pairs possible so far.
    answer: optimal for it, with its prices.
    """

    def __init__(self, problem: Problem, answer: Assignment) -> None:
        self.problem = problem
        self.offers = dict(problem.offers)
        self.left_out = problem.left_out
        self.top = problem.top
        self.free = {mentor: left for mentor, left in problem.open_places().items() if left > 0}
        self.price = {mentor: answer.prices.get(mentor, 0) for mentor in self.free} | {NOBODY: 0}
        self.held = {
            mentee: answer.pairs.get(mentee, NOBODY) for mentee in self.offers if mentee not in problem.locked
        }
        self.at: dict[int, list[int]] = {mentor: [] for mentor in self.price}
        for mentee, mentor in self.held.items():
            self.at[mentor].append(mentee)
            if mentor != NOBODY:
                self.free[mentor] -= 1

    def add(self, mentee: int, more: Mapping[int, int]) -> None:
        """These mentors may lead the mentee as well, for so many points, none above the problem's `top`."""
        self.offers[mentee] = {**self.offers[mentee], **more}
        for mentor in sorted(more, key=lambda mentor: (-more[mentor], mentor)):
            if mentor in self.free and (mentee, mentor) not in self.problem.forbidden:
                self._turn(mentee, mentor)

    def result(self) -> tuple[Problem, Assignment]:
        """The problem with all that was added, and its best answer."""
        problem = replace(self.problem, offers=self.offers)
        # What it costs to leave somebody out depends on the numbers of all; nothing added may change it.
        assert problem.left_out == self.left_out
        pairs = dict(self.problem.locked) | {e: o for e, o in self.held.items() if o != NOBODY}
        return problem, Assignment(
            pairs=pairs,
            points=points_of(problem, pairs),
            unmatched=tuple(sorted(mentee for mentee, mentor in self.held.items() if mentor == NOBODY)),
            prices={mentor: price for mentor, price in self.price.items() if price},
        )

    def cost(self, mentee: int) -> Cost:
        """What the mentee has now, with its price."""
        held = self.held[mentee]
        return self.pays(mentee, held) + self.price[held]

    def pays(self, mentee: int, mentor: int) -> Cost:
        """Without the price."""
        if mentor == NOBODY:
            return self.left_out + self.problem.urgent.get(mentee, 0)
        return self.top - self.offers[mentee][mentor]

    def _turn(self, mentee: int, wanted: int) -> None:
        """Lets the mentee have the wanted place if a round of moves gains by it; else makes it dear enough."""
        held = self.held[mentee]
        gain = self.cost(mentee) - self.pays(mentee, wanted) - self.price[wanted]
        if gain <= 0:
            return
        distance, came = self._reached(wanted, held, gain)
        rise = min(gain, distance.get(held, gain))
        if rise < gain:
            self._move(mentee, wanted, came)
        level = rise - min(rise, distance.get(NOBODY, rise))  # a place nobody wants stays without a price
        for mentor in self.free:
            higher = rise - min(rise, distance.get(mentor, rise))
            if higher != level:
                self.price[mentor] += higher - level
                if not self.at[mentor]:
                    self.price[mentor] = max(0, self.price[mentor])

    def _reached(
        self, start: int, goal: int, limit: Cost
    ) -> tuple[dict[int, Cost], dict[int, tuple[int, int]]]:
        """Whoever can be reached for less than the limit, at what cost; and each one's last step, as far as `goal`."""
        price, top, forbidden = self.price, self.top, self.problem.forbidden
        near = {start: 0}
        came: dict[int, tuple[int, int]] = {}
        done: dict[int, Cost] = {}
        heap = [(0, start)]

        def offer(target: int, through: Cost, mentee: int, mentor: int) -> None:
            if through < near.get(target, limit):
                near[target] = through
                came[target] = mentee, mentor
                heappush(heap, (through, target))

        while heap:
            so_far, mentor = heappop(heap)
            if mentor in done:
                continue
            done[mentor] = so_far
            if mentor == goal:
                break
            base = so_far - price[mentor]
            for mentee, target, cost in self._leaving(mentor):
                offer(target, base + cost + price[target], mentee, mentor)
            for mentee in self.at[mentor]:
                # Millions of steps in a region: first the test that nearly all of them fail.
                over = limit - base - top + self.pays(mentee, mentor)
                for target, points in self.offers[mentee].items():
                    if price.get(target, over + points) - points >= over or target == mentor:
                        continue
                    if (mentee, target) not in forbidden:
                        offer(target, limit - over - points + price[target], mentee, mentor)
        return done, came

    def _leaving(self, mentor: int) -> Iterator[tuple[int, int, Cost]]:
        """Steps to nobody and from nobody: (who moves, where to, what it costs). Who is NOBODY: a place is left free,
        or taken from the free."""
        if mentor == NOBODY:
            for other in self.free:
                if self.at[other]:
                    yield NOBODY, other, 0
            return
        if self.free[mentor] > 0:
            yield NOBODY, NOBODY, 0
        for mentee in self.at[mentor]:
            yield mentee, NOBODY, self.pays(mentee, NOBODY) - self.pays(mentee, mentor)

    def _move(self, mentee: int, wanted: int, came: Mapping[int, tuple[int, int]]) -> None:
        """The round: each step's mentee goes where the step ends, and the first of all takes the wanted place."""
        steps = [(mentee, wanted)]
        end = self.held[mentee]
        while end != wanted:
            who, before = came[end]
            if who != NOBODY:
                steps.append((who, end))
            end = before
        for who, _ in steps:
            self._leave(who)
        for who, where in steps:
            self.held[who] = where
            self.at[where].append(who)
            if where != NOBODY:
                self.free[where] -= 1

    def _leave(self, who: int) -> None:
        self.at[self.held[who]].remove(who)
        if self.held[who] != NOBODY:
            self.free[self.held[who]] += 1


def widened(
    problem: Problem, answer: Assignment, more: Mapping[int, Mapping[int, int]]
) -> tuple[Problem, Assignment]:
    """As `Wider`, for all these mentees."""
    wider = Wider(problem, answer)
    for mentee, row in more.items():
        wider.add(mentee, row)
    return wider.result()

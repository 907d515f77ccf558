"""Which groups to open: branch and bound to proven optimality.

Prices (`matching_groups_prices`) are moved until their bound meets the best groups found. Groups that nothing better
can have are left out on the way. Where the bound stays above, the search goes on with one group opened, and
with it left out, the most promising part first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

from program.matching_groups_fill import Found, Option, above_prices, fill, fill_or_drop, placed, worth
from program.matching_groups_prices import SCALE, Look, Market, Moves, Node, Prices

FIRST_TURNS, TURNS = 600, 80  # moves of the prices at the first node, and at each of the others
PATIENCE = 10  # turns without a better bound before the steps are halved
SMALLEST_STEP = 0.02
FILL_PRICE = 15  # a filling takes as long as so many passes over its rows; measured


class Search:
    """Args:
    options: all groups that could be, each of at least `least`.
    effort: cells of rows that may be looked at. Counted, not timed: the same data give the same answer.
    """

    def __init__(self, options: Sequence[Option], least: int, effort: int) -> None:
        self.options, self.least, self.effort, self.nodes = options, least, effort, 0
        self.market = Market(options, least)
        self.rivals: dict[int, set[int]] = defaultdict(set)
        for n, one in enumerate(options):
            for mentor in one.mentors:
                self.rivals[mentor].add(n)
        self.tried: set[frozenset[int]] = set()

    def most_placed(self, first: Found, at_most: int) -> tuple[Found, int]:
        """Groups with as many people as possible, and the bound: so many at most.

        Args:
            at_most: a bound that is known already.
        """
        if placed(first) >= at_most:
            return first, placed(first)
        self.market.aim(None)
        found, bound = self._run(first, Prices([SCALE // 2] * len(self.market.mentees)))
        return found, min(at_most, bound)

    def most_points(self, first: Found) -> tuple[Found, int]:
        """Those with the most points among the groups that place just as many, and the bound: so many at most."""
        self.market.aim(placed(first))
        above = above_prices([option for option, _ in first])
        return self._run(first, Prices([SCALE * above.get(mentee, 0) for mentee in self.market.mentees]))

    def _worth(self, found: Found) -> int:
        """-1 of groups that are no answer."""
        count, value = worth(found)
        if self.market.count is None:
            return count
        return value if count == self.market.count else -1

    def _run(self, first: Found, prices: Prices) -> tuple[Found, int]:
        self.best, self.reached, limit = first, self._worth(first), self.market.spent + self.effort
        self.tried.clear()
        ceiling, parts = self._node(
            Node(frozenset(range(len(self.options))), frozenset(), prices), FIRST_TURNS, limit
        )
        heap = [(-ceiling, -len(part.opened), n, part) for n, part in enumerate(parts)]
        made = len(heap)
        while heap and -heap[0][0] > self.reached:
            if self.market.spent > limit:
                return self.best, -heap[0][0]
            above, _, _, node = heappop(heap)
            ceiling, parts = self._node(node, TURNS, limit)
            for part in parts:
                made += 1
                heappush(heap, (max(above, -ceiling), -len(part.opened), made, part))
        return self.best, self.reached

    def _node(self, node: Node, turns: int, limit: int) -> tuple[int, list[Node]]:
        """The bound of this part of all groupings, in whole units, and the parts to look at next."""
        self.nodes += 1
        prices, kept, best = node.prices.copy(), node.prices, 1 << 62
        moves = Moves([0.0] * len(prices.people))
        for turn in range(turns):
            look = self.market.look(node, prices)
            moves.stale = 0 if look.bound < best - SCALE // 50 else moves.stale + 1
            if look.bound < best:
                best, kept = look.bound, prices.copy()
            if best // SCALE <= self.reached:
                return best // SCALE, []
            picked = frozenset(one for one, _ in look.picks.values() if one is not None)
            for one in node.alive:
                moves.used[one] = 0.95 * moves.used[one] + 0.05 * (one in picked)
            if turn % 20 == 0:
                self._try(node, look)
            if turn % 10 == 0 or look.bound == best:
                node = self._narrowed(node, look)
            if moves.stale >= PATIENCE:
                prices, moves.push = kept.copy(), [0.0] * len(moves.push)
                moves.stale, moves.step = 0, moves.step / 2
            if moves.step < SMALLEST_STEP or self.market.spent > limit:
                break
            self.market.move(node, look, prices, moves, self.reached)
        return best // SCALE, self._parts(node, kept, moves.used)

    def _narrowed(self, node: Node, look: Look) -> Node:
        """Without the groups that nothing better than the best found can have; what it must have is opened."""
        enough = SCALE * (self.reached + 1)
        none = (None, 0)
        alive = {
            one
            for one in node.alive
            if one in node.opened
            or look.bound
            - sum(look.picks.get(mentor, none)[1] for mentor in self.options[one].mentors)
            + look.values[one]
            >= enough
        }
        opened = set(node.opened)
        for mentor, (one, value) in look.picks.items():
            only = self.rivals[mentor] & alive
            if one is not None and len(only) == 1 and look.bound - value < enough:
                opened |= only
        return self._with(alive, opened, node.prices)

    def _with(self, alive: set[int], opened: set[int], prices: Prices) -> Node:
        for one in opened:
            for mentor in self.options[one].mentors:
                alive -= self.rivals[mentor] - {one}
        return Node(frozenset(alive), frozenset(opened), prices)

    def _parts(self, node: Node, prices: Prices, used: Mapping[int, float]) -> list[Node]:
        """Where everything is decided the best people are found at once."""
        free = node.alive - node.opened
        if not node.opened <= node.alive:
            return []  # two groups that both have to be there share a mentor
        if not free:
            self._keep(fill([self.options[one] for one in sorted(node.opened)], self.least))
            return []
        split = self._undecided(free, used)
        opened = [self._with(set(node.alive), {*node.opened, one}, prices) for one in split]
        return [*opened, Node(node.alive.difference(split), node.opened, prices)]

    def _undecided(self, free: frozenset[int], used: Mapping[int, float]) -> list[int]:
        """Groups of which at most one can be: of the mentor whose picks swing most, or the one that swings most."""
        if self.market.leaders == 1:
            return [min(free, key=lambda one: (abs(used[one] - 0.5), one))]
        swings: dict[int, float] = defaultdict(float)
        for one in free:
            for mentor in self.options[one].mentors:
                swings[mentor] += used[one] * (1 - used[one])
        mentor = max(swings, key=lambda one: (swings[one], -one))
        return sorted(self.rivals[mentor] & free)

    def _try(self, node: Node, look: Look) -> None:
        """The best people for what the mentors would like at these prices."""
        busy: set[int] = set()
        chosen = []
        picked = {one for one, _ in look.picks.values() if one is not None}
        ranked = sorted(picked, key=lambda one: (one not in node.opened, -look.values[one], one))
        if self.market.leaders > 1:
            ranked += sorted(node.alive - picked, key=lambda one: (-look.values[one], one))
        for one in ranked:
            if busy.isdisjoint(self.options[one].mentors):
                busy.update(self.options[one].mentors)
                chosen.append(one)
        if frozenset(chosen) not in self.tried:
            self.tried.add(frozenset(chosen))
            self.market.spent += FILL_PRICE * sum(self.options[one].effort for one in chosen)
            self._keep(fill_or_drop([self.options[one] for one in sorted(chosen)], self.least))

    def _keep(self, found: Found | None) -> None:
        if found is not None and self._worth(found) > self.reached:
            self.best, self.reached = found, self._worth(found)

"""The round table of an event: who sits with whom in which round. Exact, and the same for the same people.

Two sides meet in pairs, several rounds, nobody the same partner twice. The answer is found in two exact steps.

1. WHO meets whom: a subgraph of the allowed pairs in which nobody has more meetings than there are rounds
   (a degree-constrained subgraph). It is found as a flow of least cost with convex costs, so it is, in this order:
   as many meetings as are possible at all; the sit-outs as even as possible (least sum of squares of everybody's
   meetings); as many wishes as possible. All costs are whole numbers, so a flow of least cost in whole units exists
   and successive shortest paths find it: each of the three is a true optimum, not an estimate.
   Evenness stands before wishes: nobody is left sitting for the sake of somebody else's wish.
2. WHEN: a bipartite graph of greatest degree d can be coloured by d colours (König 1916). d is at most the number
   of rounds, so every chosen meeting gets a round: nothing of step 1 is lost. Rounds are then levelled (de Werra
   1971) until they differ by one meeting at most, and those with more wishes come first.

So the bound is tight: meetings = the most that these rules allow in these rounds. Wished partners come early.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

Pairing = tuple[int, int]  # (mentor, mentee)


@dataclass(frozen=True)
class Event:
    """Args:
    mentors, mentees: people of both sides; nobody stands on both.
    rounds: how many are to be planned.
    forbidden: pairs that may not meet: a family, kept apart, met before. (mentor, mentee)
    wishes: pairs of which at least one of the two wishes it.
    already: person -> meetings of earlier rounds, for evenness over the whole event.
    """

    mentors: tuple[int, ...]
    mentees: tuple[int, ...]
    rounds: int
    forbidden: frozenset[Pairing] = frozenset()
    wishes: frozenset[Pairing] = frozenset()
    already: Mapping[int, int] = field(default_factory=dict)

    def allowed(self) -> list[Pairing]:
        """In a fixed order, whatever the order of the people."""
        return [
            (mentor, mentee)
            for mentor in sorted(self.mentors)
            for mentee in sorted(self.mentees)
            if (mentor, mentee) not in self.forbidden
        ]


@dataclass(frozen=True)
class Plan:
    """Rounds of pairs (mentor, mentee), and the table of each mentor: the same all along, mentees move."""

    rounds: tuple[tuple[Pairing, ...], ...] = ()
    tables: Mapping[int, int] = field(default_factory=dict)

    @staticmethod
    def read(stored: Mapping[str, Any]) -> Plan:
        rounds = tuple(tuple((a, b) for a, b in one) for one in stored.get("rounds", ()))
        return Plan(rounds, {int(key): number for key, number in stored.get("tables", {}).items()})

    def to_json(self) -> dict[str, Any]:
        return {
            "rounds": [[list(pair) for pair in one] for one in self.rounds],
            "tables": {str(key): number for key, number in self.tables.items()},
        }

    def partners(self, person: int, upto: int | None = None) -> list[int]:
        """Whom somebody sits with, in the order of rounds; rounds without a partner are left out."""
        found = [self.partner(person, number) for number in range(len(self.rounds[:upto]))]
        return [one for one in found if one is not None]

    def partner(self, person: int, number: int) -> int | None:
        """In one round, counted from 0; None: sits out."""
        for mentor, mentee in self.rounds[number]:
            if person == mentor:
                return mentee
            if person == mentee:
                return mentor
        return None

    def met(self, upto: int | None = None) -> frozenset[Pairing]:
        return frozenset(pair for one in self.rounds[:upto] for pair in one)


def plan(event: Event, tables: Mapping[int, int] | None = None) -> Plan:
    """The best round table.

    Args:
        tables: of mentors who keep theirs; the others get the free ones.
    """
    chosen = meetings(event)
    rounds = _levelled(_coloured(chosen, event.rounds))
    by_wishes = sorted(rounds, key=lambda one: (-len(event.wishes & set(one)), -len(one), sorted(one)))
    seated = tuple(tuple(sorted(one)) for one in by_wishes)
    return Plan(seated, _tables(event.mentors, tables or {}))


def replan(
    was: Plan, done: int, event: Event, leave: Collection[int] = (), instead: Mapping[int, int] | None = None
) -> Plan:
    """The same event after somebody did not come: rounds that are over stay, the rest is found anew.

    Args:
        done: so many rounds are over or running.
        event: everybody, `rounds` of the whole event; who left is taken out here.
        leave: people who are not there any more.
        instead: who left -> who takes over the table.
    """
    met = was.met(done)
    already: dict[int, int] = defaultdict(int)
    for pair in (pair for one in was.rounds[:done] for pair in one):
        for person in pair:
            already[person] += 1
    tables = {mentor: table for mentor, table in was.tables.items() if mentor not in leave}
    for gone, comes in (instead or {}).items():
        if gone in was.tables:
            tables[comes] = was.tables[gone]
    rest = Event(
        tuple(one for one in event.mentors if one not in leave),
        tuple(one for one in event.mentees if one not in leave),
        max(0, event.rounds - done),
        event.forbidden | met,
        event.wishes,
        already,
    )
    fresh = plan(rest, tables)
    return Plan(was.rounds[:done] + fresh.rounds, {**was.tables, **fresh.tables})


def meetings(event: Event) -> list[Pairing]:
    """Who meets whom, whenever: step 1. In a fixed order."""
    pairs = event.allowed()
    if not pairs or event.rounds < 1:
        return []
    wish = 1
    even = len(pairs) * wish + 1  # one step of evenness outweighs all wishes
    most = event.rounds + max(event.already.values(), default=0)
    people = len(event.mentors) + len(event.mentees)
    meeting = even * 2 * most * event.rounds * people + even  # one meeting outweighs all evenness
    flow = _Flow()
    for mentor in sorted(event.mentors):
        for number in range(event.rounds):
            flow.arc(_SOURCE, mentor, even * (2 * (event.already.get(mentor, 0) + number) + 1))
    for mentor, mentee in pairs:
        flow.arc(mentor, mentee, -meeting - wish * ((mentor, mentee) in event.wishes))
    for mentee in sorted(event.mentees):
        for number in range(event.rounds):
            flow.arc(mentee, _SINK, even * (2 * (event.already.get(mentee, 0) + number) + 1))
    used = flow.cheapest()
    return [pair for pair in pairs if pair in used]


_SOURCE, _SINK = -1, -2


class _Flow:
    """A flow of least cost over arcs of one unit: shortest paths with prices (Dijkstra)."""

    def __init__(self) -> None:
        self._to: list[int] = []
        self._cost: list[int] = []
        self._left: list[int] = []
        self._out: dict[int, list[int]] = defaultdict(list)

    def arc(self, tail: int, head: int, cost: int) -> None:
        for there, back, price, units in ((tail, head, cost, 1), (head, tail, -cost, 0)):
            self._out[there].append(len(self._to))
            self._to.append(back)
            self._cost.append(price)
            self._left.append(units)

    def cheapest(self) -> set[tuple[int, int]]:
        """Arcs that carry a unit, as (tail, head), in the flow of least cost (of any size)."""
        price = self._first_prices()
        while True:
            distance, came = self._paths(price)
            if _SINK not in distance:
                break
            for node in price:
                price[node] += min(distance.get(node, distance[_SINK]), distance[_SINK])
            if price[_SINK] - price[_SOURCE] >= 0:
                break  # one more meeting would make it dearer
            node = _SINK
            while node != _SOURCE:
                arc = came[node]
                self._left[arc] -= 1
                self._left[arc ^ 1] += 1
                node = self._to[arc ^ 1]
        used = (arc for arc in range(0, len(self._to), 2) if not self._left[arc])
        return {(self._to[arc ^ 1], self._to[arc]) for arc in used}

    def _first_prices(self) -> dict[int, int]:
        """Shortest distances of the empty network, which has three layers and costs below zero."""
        known = {_SOURCE: 0}
        layer = [_SOURCE]
        while layer:
            reached: dict[int, int] = {}
            for node in layer:
                for arc in self._out[node]:
                    if self._left[arc]:
                        cost = known[node] + self._cost[arc]
                        head = self._to[arc]
                        if cost < reached.get(head, cost + 1):
                            reached[head] = cost
            known |= reached
            layer = sorted(reached)
        return dict.fromkeys(self._out, 0) | known

    def _paths(self, price: Mapping[int, int]) -> tuple[dict[int, int], dict[int, int]]:
        distance, came, done = {_SOURCE: 0}, {}, set()
        heap = [(0, _SOURCE)]
        while heap:
            near, node = heappop(heap)
            if node in done:
                continue
            done.add(node)
            if node == _SINK:
                break
            for arc in self._out[node]:
                head = self._to[arc]
                if not self._left[arc] or head in done:
                    continue
                far = near + self._cost[arc] + price[node] - price[head]
                if far < distance.get(head, far + 1):
                    distance[head], came[head] = far, arc
                    heappush(heap, (far, head))
        return {node: near for node, near in distance.items() if node in done}, came


def _coloured(pairs: Sequence[Pairing], colours: int) -> list[set[Pairing]]:
    """König: every pair gets a round of its own for both people; a chain of two rounds is swapped where needed."""
    at: dict[int, dict[int, Pairing]] = defaultdict(dict)  # person -> round -> pair
    for pair in pairs:
        one, other = pair
        first = next(c for c in range(colours) if c not in at[one])
        second = next(c for c in range(colours) if c not in at[other])
        if first != second and first in at[other]:
            _swap(at, _chain(at, other, first, second), first, second)
        at[one][first] = at[other][first] = pair
    found: list[set[Pairing]] = [set() for _ in range(colours)]
    for of_person in at.values():
        for colour, pair in of_person.items():
            found[colour].add(pair)
    return found


def _chain(
    at: Mapping[int, Mapping[int, Pairing]], start: int, first: int, second: int
) -> list[tuple[int, Pairing]]:
    """(round, pair) of the path that leaves somebody by round `first` and alternates with `second`."""
    path, person, colour = [], start, first
    while pair := at[person].get(colour):
        path.append((colour, pair))
        person = pair[0] if person == pair[1] else pair[1]
        colour = second if colour == first else first
    return path


def _swap(
    at: Mapping[int, dict[int, Pairing]], path: Iterable[tuple[int, Pairing]], first: int, second: int
) -> None:
    steps = list(path)
    for colour, pair in steps:
        for person in pair:
            if at[person].get(colour) == pair:
                del at[person][colour]
    for colour, pair in steps:
        for person in pair:
            at[person][second if colour == first else first] = pair


def _levelled(rounds: list[set[Pairing]]) -> list[set[Pairing]]:
    """De Werra: while one round has two meetings more than another, a chain of the two is swapped."""
    while rounds:
        big = max(range(len(rounds)), key=lambda n: (len(rounds[n]), -n))
        small = min(range(len(rounds)), key=lambda n: (len(rounds[n]), n))
        if len(rounds[big]) - len(rounds[small]) < 2:
            return rounds
        at: dict[int, dict[int, Pairing]] = defaultdict(dict)
        for colour in (big, small):
            for pair in rounds[colour]:
                for person in pair:
                    at[person][colour] = pair
        # Of the chains one at least begins and ends with the bigger round: it has more pairs.
        ends = (p for p in sorted(at) if big in at[p] and small not in at[p])
        paths = (_chain(at, person, big, small) for person in ends)
        path = next(path for path in paths if len(path) % 2)
        for colour, pair in path:
            rounds[colour].remove(pair)
        for colour, pair in path:
            rounds[small if colour == big else big].add(pair)
    return rounds


def _tables(mentors: Iterable[int], kept: Mapping[int, int]) -> dict[int, int]:
    tables = dict(kept)
    taken, number = set(tables.values()), 0
    for mentor in sorted(mentors):
        if mentor not in tables:
            number = next(n for n in range(number + 1, number + 10_000) if n not in taken)
            tables[mentor] = number
    return tables

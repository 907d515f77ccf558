"""The best people for groups whose mentors and common things are settled: exact, in whole numbers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush

from program.assignment import Problem, solve


@dataclass(frozen=True)
class Option:
    """One group that could be opened.

    Args:
        key: code of the topic or hour that all have in common.
        row: mentee -> points with these mentors, of everybody who may join.
        places: mentees at most.
        alike: mentee -> what only one of the group may have; None: no such rule.
    """

    mentors: tuple[int, ...]
    key: str
    row: Mapping[int, int]
    places: int
    alike: Mapping[int, Hashable] | None = None

    @cached_property
    def room(self) -> int:
        """How many at most really can be together."""
        kinds = len(self.row) if self.alike is None else len({self.alike[one] for one in self.row})
        return min(self.places, kinds)

    @property
    def effort(self) -> int:
        """Of filling it, in cells of rows; the flow with one more layer takes twelve times as long, measured."""
        return len(self.row) * (1 if self.alike is None else 12)


Chosen = Sequence[Option]
Found = list[tuple[Option, tuple[int, ...]]]  # groups with their members


def placed(found: Found) -> int:
    return sum(len(members) for _, members in found)


def worth(found: Found) -> tuple[int, int]:
    """People placed, and their points."""
    return placed(found), sum(option.row[one] for option, members in found for one in members)


def fill(chosen: Chosen, least: int) -> Found | None:
    """These groups with their members: as many people as possible, then the most points.

    Returns:
        None if not all of the groups can have `least` members.
    """
    prize = 1 + sum(one.places * max(one.row.values(), default=0) for one in chosen)
    found = list(zip(chosen, _members(chosen, least, prize), strict=True))
    return found if all(len(members) >= least for _, members in found) else None


def fill_or_drop(chosen: Chosen, least: int) -> Found:
    """As `fill`; a group that stays too small is given up and its people placed anew."""
    kept = list(chosen)
    while kept:
        found = _members(kept, least, 0)
        small = [n for n, members in enumerate(found) if len(members) < least]
        if not small:
            return list(zip(kept, found, strict=True))
        del kept[min(small, key=lambda n: (len(found[n]), -n))]
    return []


def above_prices(chosen: Chosen) -> dict[int, int]:
    """Mentee -> how far their best of these groups is above the price of a place in it, sizes aside."""
    answer = solve(Problem(_offers(chosen), {n: one.places for n, one in enumerate(chosen)}))
    # Where places are short a price is as high as leaving somebody out; here that would only hide the points.
    top = 2 * max((max(one.row.values(), default=0) for one in chosen), default=0) + 1
    above: dict[int, int] = {}
    for n, one in enumerate(chosen):
        price = min(answer.prices.get(n, 0), top)
        for mentee, value in one.row.items():
            above[mentee] = max(above.get(mentee, value - price), value - price)
    return above


def _offers(chosen: Chosen) -> dict[int, dict[int, int]]:
    rows: dict[int, dict[int, int]] = {}
    for n, one in enumerate(chosen):
        for mentee, value in one.row.items():
            rows.setdefault(mentee, {})[n] = value
    return rows


def _members(chosen: Chosen, least: int, prize: int) -> list[tuple[int, ...]]:
    """Args:
    prize: for each of the first `least` places of a group, so that these are taken first.
    """
    found: list[list[int]] = [[] for _ in chosen]
    if any(one.alike is not None for one in chosen):
        sent = _apart(chosen, least, prize)
    else:
        rows = {
            mentee: {2 * n + part: value + prize * (1 - part) for n, value in row.items() for part in (0, 1)}
            for mentee, row in _offers(chosen).items()
        }
        places = {
            2 * n + part: (max(0, one.places - least) if part else min(least, one.places))
            for n, one in enumerate(chosen)
            for part in (0, 1)
        }
        if not prize:
            rows = _offers(chosen)
            places = {n: one.places for n, one in enumerate(chosen)}
        pairs = solve(Problem(rows, places)).pairs
        sent = {mentee: place // 2 if prize else place for mentee, place in pairs.items()}
    for mentee in sorted(sent):
        found[sent[mentee]].append(mentee)
    return [tuple(members) for members in found]


Node = tuple[object, ...]


def _apart(chosen: Chosen, least: int, prize: int) -> dict[int, int]:
    """Mentee -> group where no two of a group are alike: a flow with one more layer, by cheapest chains."""
    top = prize + max((max(one.row.values(), default=0) for one in chosen), default=0)
    rows = _offers(chosen)
    out = (len(rows) + 1) * (top + 1)
    ahead: dict[Node, dict[Node, list[int]]] = {}  # node -> next -> [cost, free]

    def arc(tail: Node, head: Node, cost: int, free: int) -> None:
        ahead.setdefault(tail, {})[head] = [cost, free]
        ahead.setdefault(head, {}).setdefault(tail, [-cost, 0])

    end: Node = ("end",)
    for mentee in sorted(rows):
        arc(("who", mentee), end, out, 1)
        for n, value in sorted(rows[mentee].items()):
            alike = (chosen[n].alike or {}).get(mentee, mentee)
            arc(("who", mentee), ("kind", n, alike), top - value, 1)
            arc(("kind", n, alike), ("group", n), 0, 1)
    for n, one in enumerate(chosen):
        first = min(least, one.places)
        for part, (places, cost) in enumerate(((first, 0), (one.places - first, prize))):
            if places > 0:
                arc(("group", n), ("place", n, part), cost, places)
                arc(("place", n, part), end, 0, places)
    height: dict[Node, int] = dict.fromkeys(ahead, 0)
    order = {node: n for n, node in enumerate(ahead)}
    for mentee in sorted(rows):
        _send(ahead, height, order, ("who", mentee), end)
    return {
        mentee: n
        for mentee in rows
        for n in rows[mentee]
        if not ahead["who", mentee]["kind", n, (chosen[n].alike or {}).get(mentee, mentee)][1]
    }


def _send(
    ahead: dict[Node, dict[Node, list[int]]],
    height: dict[Node, int],
    order: Mapping[Node, int],
    start: Node,
    end: Node,
) -> None:
    """One unit along the cheapest way; heights keep every cost that is left from falling below zero."""
    distance, came, done = {start: 0}, {start: start}, set()
    heap = [(0, order[start], start)]
    while heap:
        so_far, _, node = heappop(heap)
        if node in done:
            continue
        done.add(node)
        if node == end:
            break
        for head, (cost, free) in ahead[node].items():
            if free and head not in done:
                through = so_far + cost + height[node] - height[head]
                if through < distance.get(head, through + 1):
                    distance[head], came[head] = through, node
                    heappush(heap, (through, order[head], head))
    most = distance[end]
    for node in done:
        height[node] += distance[node] - most
    node = end
    while node != start:
        before = came[node]
        ahead[before][node][1] -= 1
        ahead[node][before][1] += 1
        node = before

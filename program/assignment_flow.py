"""The same answer by OR-tools' min-cost flow, where a region has installed it: `pip install 'nastavnik[region]'`.

OR-tools gives an assignment without prices; they are worked out from it, so that its proof is checked and
explained like that of our own solver. Equals are chosen differently, hence runs note which solver they used.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from program.assignment import NOBODY, Assignment, Problem, points_of

Rows = Mapping[int, list[tuple[int, int]]]


def installed() -> bool:
    return find_spec("ortools") is not None


def solve_by_flow(problem: Problem) -> Assignment:
    """As `program.assignment.solve`; ties may go elsewhere.

    Raises:
        ImportError: OR-tools is not installed.
        ValueError: locked pairs exceed the places or are forbidden.
        RuntimeError: the solver gave up; every such problem has an answer.
    """
    rows, left = problem.rows(), problem.open_places()
    mentors = {mentor: places for mentor, places in left.items() if places > 0}
    found = None
    if len(rows) <= sum(mentors.values()) and all(rows.values()):
        # Where nobody stays without a mentor, it does not matter what that costs; small numbers are solved sooner.
        found = _flow(rows, mentors, dict.fromkeys(rows, problem.top + 1))
    if found is None or len(found) < len(rows):
        out = {mentee: problem.left_out + problem.urgent.get(mentee, 0) for mentee in rows}
        found = _flow(rows, mentors, out)
    pairs = dict(problem.locked) | found
    return Assignment(
        pairs=pairs,
        points=points_of(problem, pairs),
        unmatched=tuple(mentee for mentee in rows if mentee not in found),
        prices=prices(problem, pairs, rows),
    )


def _flow(rows: Rows, places: Mapping[int, int], out: Mapping[int, int]) -> dict[int, int]:
    """Mentee -> mentor, at the least cost.

    Args:
        out: what it costs to leave each mentee without a mentor.
    """
    if not rows:
        return {}
    flow: Any = import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    # Every mentee sends one to node 0, directly or through a mentor.
    width = len(rows)
    led, at = range(1, 1 + width), {mentor: 1 + width + n for n, mentor in enumerate(places)}
    ends = [(mentee, mentor) for mentee, row in rows.items() for mentor, _ in row]
    tails = [*led] + [n for n, row in zip(led, rows.values(), strict=True) for _ in row] + [*at.values()]
    heads = [0] * width + [at[mentor] for _, mentor in ends] + [0] * len(at)
    capacity = [1] * (width + len(ends)) + [*places.values()]
    costs = [out[mentee] for mentee in rows] + [cost for row in rows.values() for _, cost in row]
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacity, costs + [0] * len(at))
    for node in led:
        flow.set_node_supply(node, 1)
    flow.set_node_supply(0, -width)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("min-cost flow found no answer")
    used = flow.flows(arcs[width : width + len(ends)])
    return dict(end for end, amount in zip(ends, used, strict=True) if amount)


def prices(problem: Problem, pairs: Mapping[int, int], rows: Rows | None = None) -> dict[int, int]:
    """The lowest prices under which everybody holds a cheapest offer; zero is left out.

    Of an optimal assignment. They rise from nothing until nobody would rather have another place; each is
    what one more place would gain.

    Args:
        rows: the problem's, where they are known already.
    """
    rows = problem.rows() if rows is None else rows
    top, least = problem.top, problem.left_out
    held: dict[int, list[tuple[int, int]]] = {}
    waiting: list[tuple[int, int]] = []  # (mentee, what they pay)
    for mentee in rows:
        mentor = pairs.get(mentee, NOBODY)
        if mentor == NOBODY:
            waiting.append((mentee, least + problem.urgent.get(mentee, 0)))
        else:
            held.setdefault(mentor, []).append((mentee, top - problem.offers[mentee][mentor]))
    price: dict[int, int] = dict.fromkeys(problem.places, 0)
    queue = deque(sorted(held))
    queued = set(queue)

    def bid(who: Iterable[tuple[int, int]], own: int) -> None:
        for mentee, paid in who:
            for mentor, cost in rows[mentee]:
                wanted = own + paid - cost
                if wanted > price[mentor]:
                    price[mentor] = wanted
                    if mentor not in queued:
                        queued.add(mentor)
                        queue.append(mentor)

    bid(waiting, 0)
    # An optimal assignment has no round of changes that gains, so a price rises at most once for each mentor.
    turns = (len(price) + 1) ** 2
    while queue and turns:
        mentor = queue.popleft()
        queued.discard(mentor)
        bid(held.get(mentor, ()), price[mentor])
        turns -= 1
    return {mentor: value for mentor, value in price.items() if value}

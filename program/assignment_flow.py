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
    flow: Any = import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    rows, left, least = problem.rows(), problem.open_places(), problem.left_out
    mentors = [mentor for mentor, places in left.items() if places > 0]
    at = {mentor: 2 + len(rows) + n for n, mentor in enumerate(mentors)}
    # Arcs in four runs: each mentee in, out without a mentor, with each mentor, and the mentors' places.
    led, width = range(2, 2 + len(rows)), len(rows)
    ends = [(mentee, mentor) for mentee, row in rows.items() for mentor, _ in row]
    tails = [0] * width + [*led] + [n for n, row in zip(led, rows.values(), strict=True) for _ in row]
    heads = [*led] + [1] * width + [at[mentor] for _, mentor in ends]
    capacity = [1] * len(tails)
    costs = [0] * width + [least + problem.urgent.get(mentee, 0) for mentee in rows]
    costs += [cost for row in rows.values() for _, cost in row]
    tails += [at[mentor] for mentor in mentors]
    heads += [1] * len(mentors)
    capacity += [left[mentor] for mentor in mentors]
    costs += [0] * len(mentors)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacity, costs)
    flow.set_node_supply(0, len(rows))
    flow.set_node_supply(1, -len(rows))
    if rows and flow.solve() != flow.OPTIMAL:
        raise RuntimeError("min-cost flow found no answer")
    used = flow.flows(arcs[2 * width : 2 * width + len(ends)]) if rows else []
    found = dict(end for end, amount in zip(ends, used, strict=True) if amount)
    pairs = dict(problem.locked) | found
    return Assignment(
        pairs=pairs,
        points=points_of(problem, pairs),
        unmatched=tuple(mentee for mentee in rows if mentee not in found),
        prices=prices(problem, pairs, rows),
    )


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

"""The matching of a real database: load, score, solve, prove, explain; and until the curator sees the board.

Seconds are of one core, so that a busy machine measures nearly the same; memory is the peak of a process that does
nothing else. Beside it the solver alone, and what a school would otherwise pick: optimal rivals (scipy, OR-Tools)
run only where somebody has installed them; greedy is what a person does.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from program.assignment import Problem, prove, solve
from program.assignment_flow import installed, solve_by_flow
from program.matching import Mentee, Mentor
from program.matching_plan import plan
from program.matching_rules import RuleBook, Rules

TOPICS = (
    "study",
    "exam",
    "project",
    "friends",
    "adapt",
    "career",
    "art_sport",
    "confidence",
    "digital",
    "talk",
)
HOURS = ("mon_day", "tue_day", "wed_day", "thu_day", "fri_day", "evening_week", "sat_day")

RULES = Rules("uch_uch")
BOOK = RuleBook(RULES)
WHOLE = ((500, 300, 1.0), (10_000, 4_000, 5.0), (50_000, 20_000, 30.0))  # the last: seconds promised
SPARSE = ((10_000, 4_000), (50_000, 20_000))


def people(mentees: int, mentors: int, seed: int = 1) -> tuple[list[Mentee], list[Mentor]]:
    """A school of one form, invented; about one place for each mentee."""
    rng = random.Random(seed)

    def some(codes: tuple[str, ...], most: int) -> frozenset[str]:
        return frozenset(rng.sample(codes, rng.randint(1, most)))

    led = [
        Mentee(n, n, grade=rng.randint(5, 9), age=13, requests=some(TOPICS, 3), interests=some(TOPICS, 3), slots=some(HOURS, 3))
        for n in range(mentees)
    ]  # fmt: skip
    leading = []
    for n in range(mentors):
        places = rng.randint(1, 2 * mentees // mentors + 1)
        known, hours = some(TOPICS, 4), some(HOURS, 3)
        leading.append(
            Mentor(10**6 + n, 10**6 + n, grade=rng.randint(8, 11), age=16, competencies=known, interests=known, slots=hours, capacity=places, left=places)
        )  # fmt: skip
    return led, leading


def sparse(mentees: int, mentors: int, each: int, seed: int = 1) -> Problem:
    """Candidates drawn at random, a tenth of the places to spare."""
    rng = random.Random(seed)
    places = dict.fromkeys(range(10**6, 10**6 + mentors), 0)
    for _ in range(mentees * 11 // 10):
        places[10**6 + rng.randrange(mentors)] += 1
    ids = list(places)
    rows = {n: {mentor: rng.randint(0, 100) for mentor in rng.sample(ids, each)} for n in range(mentees)}
    return Problem(rows, places)


def greedy(problem: Problem) -> dict[int, int]:
    """The best score first, as by hand."""
    edges = sorted(((-p, e, o) for e, row in problem.offers.items() for o, p in row.items()))
    left, pairs = dict(problem.places), {}
    for _, mentee, mentor in edges:
        if mentee not in pairs and left[mentor] > 0:
            pairs[mentee] = mentor
            left[mentor] -= 1
    return pairs


def by_scipy(problem: Problem) -> dict[int, int] | None:
    """scipy's rectangular assignment with mentors repeated by place; None where scipy is not installed."""
    try:
        numpy, optimize = import_module("numpy"), import_module("scipy.optimize")
    except ImportError:
        return None
    seats = [mentor for mentor, count in problem.places.items() for _ in range(count)]
    if len(problem.offers) * len(seats) > 5_000_000:
        return None  # a dense matrix of ten thousand would take gigabytes
    cost = numpy.full((len(problem.offers), len(seats)), problem.left_out)
    mentees = list(problem.offers)
    for row, mentee in enumerate(mentees):
        for column, mentor in enumerate(seats):
            if mentor in problem.offers[mentee]:
                cost[row, column] = problem.top - problem.offers[mentee][mentor]
    rows, columns = optimize.linear_sum_assignment(cost)
    chosen = zip(rows, columns, strict=True)
    return {mentees[r]: seats[c] for r, c in chosen if seats[c] in problem.offers[mentees[r]]}


def by_ortools(problem: Problem) -> dict[int, int] | None:
    """OR-Tools' min-cost flow, with the prices that prove it; None where it is not installed."""
    return dict(solve_by_flow(problem).pairs) if installed() else None


def timed(verb: Callable[..., Any], *args: Any) -> tuple[Any, float]:
    start = time.process_time()
    result = verb(*args)
    return result, time.process_time() - start


def compare(name: str, problem: Problem) -> list[str]:
    answer, own = timed(solve, problem)
    proof, checked = timed(prove, problem, answer)
    if not proof.holds:
        raise SystemExit(f"{name}: not proved optimal")
    lines = [
        f"  ours      {own:7.3f} s   {len(answer.pairs)} pairs, {answer.points} points, proved in {checked:.3f} s"
    ]
    for label, other in (("greedy", greedy), ("scipy", by_scipy), ("OR-Tools", by_ortools)):
        pairs, seconds = timed(other, problem)
        if pairs is None:
            lines.append(f"  {label:9} not installed, or too big for it")
            continue
        points = sum(problem.offers[mentee][mentor] for mentee, mentor in pairs.items())
        lines.append(
            f"  {label:9} {seconds:7.3f} s   {len(pairs)} pairs, {points} points;"
            f" time of ours to it {own / max(seconds, 1e-6):.2f}"
        )
    return lines


def region(mentees: int, mentors: int) -> list[str]:
    """The best of all pairs there are, few answers and many equal; only with OR-Tools in reasonable time."""
    if not installed():
        return [f"region {mentees} x {mentors}: OR-Tools is not installed"]
    led, leading = people(mentees, mentors)
    found, seconds = timed(plan, led, leading, BOOK)
    return [
        f"the best of all pairs where many are equal, {mentees} x {mentors}: score, solve, prove {seconds:.1f} s,"
        f" {len(found.answer.pairs)} pairs, {found.answer.points} points, {found.added} candidates came in later;"
        f" proof {'holds' if found.proof.holds else 'FAILS'}"
    ]


def whole(mentees: int, mentors: int, promised: float) -> list[str]:
    """A process of its own for each size: its memory is then of that size alone."""
    command = [sys.executable, "-m", "benchmarks._matching_whole", str(mentees), str(mentors)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    parts = ("load", "solve", "explain")
    total = sum(found[part] for part in parts)
    said = " + ".join(f"{part} {found[part]:.2f}" for part in parts)
    return [
        f"whole {mentees} x {mentors}: {said} = {total:.2f} s (promised {promised:g} s), peak {found['peak']} MB",
        f"  {found['pairs']} pairs, {found['points']} points, solver {found['solver']}, proof"
        f" {'holds' if found['proved'] else 'FAILS'}; {found['bytes'] // 1024} KB stored to repeat the run",
        f"  the curator: press to answer {found['press']:.2f} s, the board {found['board']:.2f} s",
    ]


async def run() -> list[str]:
    lines = [line for size in WHOLE for line in whole(*size)]
    for mentees, mentors in SPARSE:
        lines.append(f"solver alone {mentees} x {mentors}, 30 candidates each drawn at random")
        lines += compare("sparse", sparse(mentees, mentors, 30))
    return [*lines, *region(10_000, 4_000)]

"""The matching: score, solve, prove, explain; beside what a school would otherwise pick.

Seconds are of one core, so that a busy machine measures the same. Optimal rivals (scipy, OR-Tools) run only
where somebody has installed them; greedy is what a person does.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from program.assignment import Problem, prove, solve
from program.assignment_flow import installed, solve_by_flow
from program.matching import Judge, Mentee, Mentor
from program.matching_exchange import Exchange
from program.matching_plan import plan
from program.matching_reasons import score
from program.matching_rules import RuleBook, Rules
from program.matching_scores import offers

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


def school(mentees: int, mentors: int) -> list[str]:
    """From people to reasons, as a run does it; rows of the database aside."""
    led, leading = people(mentees, mentors)
    rows, scored = timed(offers, led, leading, BOOK)
    problem = Problem(rows, {mentor.id: mentor.left for mentor in leading})
    answer, solved = timed(solve, problem)
    who = {one.id: one for one in led}
    whom = {one.id: one for one in leading}
    start = time.process_time()
    for mentee, mentor in answer.pairs.items():
        score(Judge(who[mentee], RULES), whom[mentor], {})
    explained = time.process_time() - start
    exchange = Exchange(problem, answer)
    free = next(iter(led)).id
    _, asked = timed(exchange.force, free, next(m for m in rows[free] if answer.pairs.get(free) != m))
    total = scored + solved + explained
    return [
        f"school {mentees} x {mentors}: score {scored:.3f} + solve {solved:.3f} + explain {explained:.3f}"
        f" = {total:.3f} s (target 1 s); one «why not» {asked:.3f} s",
        *compare("school", problem),
    ]


def region(mentees: int, mentors: int) -> list[str]:
    """The best of all pairs there are, from 30 candidates each; only with OR-Tools in reasonable time."""
    if not installed():
        return [f"region {mentees} x {mentors}: OR-Tools is not installed"]
    led, leading = people(mentees, mentors)
    found, seconds = timed(plan, led, leading, BOOK)
    best = "best of all pairs" if not found.cut else "best of the candidates"
    return [
        f"region {mentees} x {mentors}: score, solve, prove {seconds:.1f} s, {len(found.answer.pairs)} pairs,"
        f" {found.answer.points} points, {best}; proof {'holds' if found.proof.holds else 'FAILS'}"
    ]


async def run() -> list[str]:
    lines = school(500, 300)
    for mentees, mentors in SPARSE:
        lines.append(f"sparse {mentees} x {mentors}, 30 candidates (target {mentees // 2000 or 1} s)")
        lines += compare("sparse", sparse(mentees, mentors, 30))
        lines.append(f"  peak memory so far {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return [*lines, *region(10_000, 4_000)]

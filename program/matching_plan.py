"""From people and rules to one optimal assignment with its proof. Candidates are cut only where that loses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from program.assignment import NOBODY, Assignment, Problem, Proof, prove, solve
from program.assignment_flow import installed, solve_by_flow
from program.matching import Mentee, Mentor, urgency
from program.matching_rules import RuleBook
from program.matching_scores import Scores

OWN, FLOW = "own", "flow"
REGION = 200_000  # candidates beyond which OR-tools is asked, where it is installed
SCHOOL = 1_000_000  # pairs that are looked at all together: a second; beyond it the best candidates first
CANDIDATES = 30


@dataclass(frozen=True)
class Plan:
    """Args:
    lost: pinned pairs that may not stand any more: a rule forbids them now, or there is no place.
    cut: best among the candidates that were kept of each mentee; others might give more.
    """

    problem: Problem
    answer: Assignment
    proof: Proof
    lost: tuple[tuple[int, int], ...] = ()
    scores: Scores | None = field(default=None, compare=False, repr=False)
    solver: str = OWN
    cut: bool = False


def plan(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    book: RuleBook,
    pins: Mapping[int, int] | None = None,
    solver: str | None = None,
) -> Plan:
    """The best suggestions for everybody at once; pinned pairs stand as long as no rule forbids them.

    Args:
        pins: mentee -> mentor, participations.
        solver: whose answer it has to be, where equals are chosen differently; by the size if None.
    """
    scores = Scores(mentors, book)
    most = CANDIDATES if len(mentees) * len(mentors) > SCHOOL else None
    rows = {mentee.id: scores.row(mentee, most) for mentee in mentees}
    places = {mentor.id: mentor.left for mentor in mentors if mentor.left > 0}
    known = {mentee.id: mentee for mentee in mentees}
    locked, lost = _pins(
        pins or {}, {key: scores.row(known[key]) for key in pins or {} if key in known}, places
    )
    for mentee, (mentor, points) in locked.items():
        rows[mentee] = {**rows[mentee], mentor: points}
    problem = Problem(
        rows,
        places,
        {mentee: mentor for mentee, (mentor, _) in locked.items()},
        urgent={
            mentee.id: found for mentee in mentees if (found := urgency(mentee, book.of(mentee.role_model)))
        },
    )
    if solver is None:
        big = sum(map(len, rows.values())) > REGION
        solver = FLOW if big and installed() else OWN
    find = solve_by_flow if solver == FLOW else solve
    answer = find(problem)
    wider = _missed(problem, answer, scores, known.values(), most) if most else {}
    # Our own solver takes minutes for a region: there it is said that candidates were cut.
    while most and wider and solver == FLOW:
        problem = replace(problem, offers={**problem.offers, **wider})
        answer = find(problem)
        wider = _missed(problem, answer, scores, known.values(), most)
    return Plan(problem, answer, prove(problem, answer), tuple(sorted(lost)), scores, solver, bool(wider))


def _pins(
    pins: Mapping[int, int], rows: Mapping[int, Mapping[int, int]], places: Mapping[int, int]
) -> tuple[dict[int, tuple[int, int]], list[tuple[int, int]]]:
    """Pinned pairs that fit, with their points, the best of each mentor first; and those that do not."""
    left = dict(places)
    kept, lost = {}, []
    for mentee, mentor in sorted(pins.items(), key=lambda pin: (-rows.get(pin[0], {}).get(pin[1], -1), pin)):
        points = rows.get(mentee, {}).get(mentor)
        if points is None or left.get(mentor, 0) <= 0:
            lost.append((mentee, mentor))
            continue
        left[mentor] -= 1
        kept[mentee] = (mentor, points)
    return kept, lost


def _missed(
    problem: Problem, answer: Assignment, scores: Scores, mentees: Iterable[Mentee], most: int
) -> dict[int, dict[int, int]]:
    """Mentees some of whose candidates were wrongly cut, with the best of these; empty: the answer is best of all.

    Under the prices a mentee may only want a mentor who was cut if that one's points beat what the mentee
    pays now; nobody who was cut has more points than the last who was kept.
    """
    found = {}
    top, least = problem.top, problem.left_out
    priced = scores.by_price(answer.prices)
    for mentee in mentees:
        row = problem.offers[mentee.id]
        if len(row) < most or mentee.id in problem.locked:
            continue
        mentor = answer.pairs.get(mentee.id, NOBODY)
        if mentor == NOBODY:
            pays = least + problem.urgent.get(mentee.id, 0)
        else:
            pays = top - row[mentor] + answer.prices.get(mentor, 0)
        if top - min(row.values()) >= pays:
            continue
        wanted = [(who, top - pays + price + 1) for who, price in priced]
        more = scores.beyond(mentee, row, wanted, most)
        if more:
            found[mentee.id] = {**row, **more}
    return found

"""From people and rules to one optimal assignment with its proof: the best of all pairs there may be.

Of a region only the best candidates of each mentee are looked at first. Under the prices of their best answer it is
seen at once who was left out wrongly; those come in one after the other until nobody is (column generation).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from program.assignment import NOBODY, Assignment, Problem, Proof, prove, solve
from program.assignment_flow import installed, solve_by_flow
from program.assignment_wider import widened
from program.matching import Mentee, Mentor, urgency
from program.matching_rules import RuleBook
from program.matching_scores import Scores

OWN, FLOW = "own", "flow"
REGION = 200_000  # candidates beyond which OR-tools is asked, where it is installed
FEW = 40  # mentees whose candidates were wrongly cut: so many are quicker served one by one than by solving again
SCHOOL = 1_000_000  # pairs that are looked at all together: a second; beyond it the best candidates first
CANDIDATES = 60  # of each mentee at first; with fewer a tight region is solved once more

Rows = Mapping[int, Mapping[int, int]]


@dataclass(frozen=True)
class Plan:
    """Args:
    lost: pinned pairs that may not stand any more: a rule forbids them now, or there is no place.
    added: candidates that came in after the first answer.
    """

    problem: Problem
    answer: Assignment
    proof: Proof
    lost: tuple[tuple[int, int], ...] = ()
    scores: Scores | None = field(default=None, compare=False, repr=False)
    solver: str = OWN
    added: int = 0


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
    # Nobody who was cut has more points than the last who was kept.
    cut = {} if most is None else {one: min(row.values()) for one, row in rows.items() if len(row) >= most}
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
    answer, added = find(problem), 0
    waiting = [(known[mentee], least) for mentee, least in cut.items() if mentee not in locked]
    while missed := _missed(problem, answer, scores, waiting):
        added += sum(map(len, missed.values()))
        if len(missed) <= FEW:
            problem, answer = widened(problem, answer, missed)
        else:
            problem = replace(problem, offers={**problem.offers, **_joined(problem.offers, missed)})
            answer = find(problem)
    return Plan(problem, answer, prove(problem, answer), tuple(sorted(lost)), scores, solver, added)


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
    problem: Problem, answer: Assignment, scores: Scores, mentees: Iterable[tuple[Mentee, int]]
) -> Rows:
    """Candidates that were wrongly cut, the best of them of each mentee; empty: the answer is best of all.

    Under the prices a mentee may only want a mentor who was cut if that one's points beat what the mentee pays now.

    Args:
        mentees: with the most points that a mentor who was cut may have.
    """
    found = {}
    top, least, prices = problem.top, problem.left_out, answer.prices
    priced = scores.by_price(prices) if mentees else []
    for mentee, most in mentees:
        key = mentee.id
        mentor = answer.pairs.get(key, NOBODY)
        if mentor == NOBODY:
            pays = least + problem.urgent.get(key, 0)
        else:
            pays = top - problem.offers[key][mentor] + prices.get(mentor, 0)
        if top - most >= pays:
            continue
        # Dearer mentors would have to have more points than anybody who was cut.
        wanted = [(who, top - pays + price + 1) for who, price in priced if top - most + price < pays]
        if more := scores.beyond(mentee, problem.offers[key], wanted, CANDIDATES):
            found[key] = more
    return found


def _joined(offers: Rows, more: Rows) -> Rows:
    return {mentee: {**offers[mentee], **row} for mentee, row in more.items()}

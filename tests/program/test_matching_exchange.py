"""Every «what if» against solving again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from program.assignment import Problem, prove, solve
from program.matching_exchange import Exchange, Shift
from tests.program.test_assignment import problems

# Neither a deadline nor the check of how fast examples are drawn: a busy machine must not decide about figures.
PLENTY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def total(problem: Problem) -> int:
    """What the best answer costs: pairs first, then points and urgency."""
    return prove(problem, solve(problem)).cost


def follows(problem: Problem, shift: Shift, before: dict[int, int], extra: int | None = None) -> bool:
    """The moves lead from the answer to one that is allowed and changes as was said."""
    after = dict(before)
    for mentee, was, becomes in shift.moves:
        assert before.get(mentee) == was
        after.pop(mentee, None)
        if becomes is not None:
            after[mentee] = becomes
    places = dict(problem.places)
    if extra is not None:
        places[extra] = places.get(extra, 0) + 1
    fits = all(list(after.values()).count(mentor) <= places.get(mentor, 0) for mentor in after.values())
    return fits and len(after) - len(before) == shift.pairs


@given(problems(), st.data())
@PLENTY
def test_a_forced_pair_costs_what_solving_again_says(problem: Problem, data: st.DataObject) -> None:
    problem = replace(problem, locked={}, urgent={key: 7 * key % 5 for key in problem.offers})
    edges = [(e, o) for e, row in problem.offers.items() for o in row if (e, o) not in problem.forbidden]
    if not edges:
        return
    mentee, mentor = data.draw(st.sampled_from(edges))
    answer = solve(problem)

    shift = Exchange(problem, answer).force(mentee, mentor)

    if problem.places[mentor] == 0:
        assert shift is None
        return
    again = replace(problem, locked={mentee: mentor})
    points = problem.offers[mentee][mentor]
    assert shift is not None
    assert total(problem) + shift.cost == total(again) + problem.top - points
    assert shift.points == sum(
        problem.offers[e].get(o or -1, 0) - problem.offers[e].get(was or -1, 0) for e, was, o in shift.moves
    )
    assert follows(problem, shift, dict(answer.pairs))


@given(problems(), st.data())
@PLENTY
def test_a_pair_in_a_place_of_its_own_costs_what_solving_again_says(
    problem: Problem, data: st.DataObject
) -> None:
    problem = replace(problem, locked={}, forbidden=frozenset())
    if not problem.offers or not problem.places:
        return
    mentee, mentor = (data.draw(st.sampled_from(sorted(ids))) for ids in (problem.offers, problem.places))
    points = data.draw(st.integers(0, problem.top))
    answer = solve(problem)

    shift = Exchange(problem, answer).force(mentee, mentor, points, extra=True)

    offers = {**problem.offers, mentee: {**problem.offers[mentee], mentor: points}}
    places = {**problem.places, mentor: problem.places[mentor] + 1}
    # Others may not use the place that was made for these two.
    rest = {key: row for key, row in offers.items() if key != mentee}
    alone = Problem(rest, problem.places)
    assert shift is not None
    base = problem.left_out
    best = solve(alone)
    cost = sum(problem.top - rest[e][o] for e, o in best.pairs.items()) + base * len(best.unmatched)
    assert total(problem) + shift.cost == cost + problem.top - points
    assert follows(replace(problem, places=places), shift, dict(answer.pairs))


@given(problems(), st.data())
@PLENTY
def test_one_more_place_gains_what_solving_again_says(problem: Problem, data: st.DataObject) -> None:
    problem = replace(problem, locked={})
    busy = [mentor for mentor, places in problem.places.items() if places]
    if not busy:
        return
    mentor = data.draw(st.sampled_from(busy))
    answer = solve(problem)

    shift = Exchange(problem, answer).place(mentor)

    wider = replace(problem, places={**problem.places, mentor: problem.places[mentor] + 1})
    assert total(problem) + shift.cost == total(wider)
    assert follows(problem, shift, dict(answer.pairs), mentor)

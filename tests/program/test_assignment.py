"""The solver against brute force; every answer carries its proof."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.assignment import NOBODY, Assignment, Problem, prove, solve
from program.assignment_flow import installed, prices, solve_by_flow


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    mentees, mentors = draw(st.integers(0, 6)), draw(st.integers(0, 4))
    points = st.none() | st.integers(0, draw(st.sampled_from([2, 100])))
    offers = {
        mentee: {100 + j: p for j in range(mentors) if (p := draw(points)) is not None}
        for mentee in range(mentees)
    }
    places = {100 + j: draw(st.integers(0, 3)) for j in range(mentors)}
    edges = [(mentee, mentor) for mentee, row in offers.items() for mentor in row]
    forbidden = frozenset(draw(st.lists(st.sampled_from(edges), max_size=3))) if edges else frozenset()
    locked = {}
    if draw(st.booleans()):
        for mentee, mentor in edges:
            fits = list(locked.values()).count(mentor) < places[mentor]
            if fits and mentee not in locked and (mentee, mentor) not in forbidden and draw(st.booleans()):
                locked[mentee] = mentor
    return Problem(offers, places, locked, forbidden)


def brute(problem: Problem) -> tuple[int, int]:
    """The best (pairs, points) by trying everything; locked pairs are not counted."""
    mentees = [mentee for mentee in problem.offers if mentee not in problem.locked]
    mentors = sorted(problem.places)

    @cache
    def best(at: int, free: tuple[int, ...]) -> tuple[int, int]:
        if at == len(mentees):
            return (0, 0)
        found = best(at + 1, free)
        for j, mentor in enumerate(mentors):
            points = problem.offers[mentees[at]].get(mentor)
            if points is None or not free[j] or (mentees[at], mentor) in problem.forbidden:
                continue
            rest = best(at + 1, (*free[:j], free[j] - 1, *free[j + 1 :]))
            found = max(found, (rest[0] + 1, rest[1] + points))
        return found

    left = problem.open_places()
    return best(0, tuple(left[mentor] for mentor in mentors))


@given(problems())
@settings(max_examples=400, deadline=None)
def test_nobody_finds_a_better_answer_and_the_proof_holds(problem: Problem) -> None:
    answer = solve(problem)

    free = {mentee: mentor for mentee, mentor in answer.pairs.items() if mentee not in problem.locked}
    points = sum(problem.offers[mentee][mentor] for mentee, mentor in free.items())
    assert (len(free), points) == brute(problem)
    assert prove(problem, answer).holds


@given(problems())
@settings(max_examples=100, deadline=None)
def test_places_locked_and_forbidden_pairs_are_kept(problem: Problem) -> None:
    answer = solve(problem)

    taken = list(answer.pairs.values())
    assert all(taken.count(mentor) <= problem.places[mentor] for mentor in taken)
    assert problem.locked.items() <= answer.pairs.items()
    assert not problem.forbidden & set(answer.pairs.items())
    assert set(answer.unmatched) == set(problem.offers) - set(answer.pairs)


@given(problems(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_input_changes_nothing(problem: Problem, rng: random.Random) -> None:
    def shuffled(values: dict) -> dict:  # type: ignore[type-arg]
        keys = list(values)
        rng.shuffle(keys)
        return {key: values[key] for key in keys}

    offers = shuffled({mentee: shuffled(dict(row)) for mentee, row in problem.offers.items()})
    other = replace(problem, offers=offers, places=shuffled(dict(problem.places)))

    assert solve(other) == solve(problem)


@given(problems(), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_the_proof_refuses_every_worse_answer(problem: Problem, rng: random.Random) -> None:
    good = solve(problem)
    pairs = dict(good.pairs)
    movable = [mentee for mentee in problem.offers if mentee not in problem.locked]
    if not movable:
        return
    mentee = rng.choice(movable)
    target = rng.choice([NOBODY, *problem.places])
    pairs.pop(mentee, None)
    if target != NOBODY:
        pairs[mentee] = target
    points = sum(problem.offers.get(e, {}).get(o, 0) for e, o in pairs.items())
    changed = Assignment(pairs, points, (), good.prices)

    proof = prove(problem, changed)

    free = {e: o for e, o in pairs.items() if e not in problem.locked}
    allowed = all(o in problem.offers[e] and (e, o) not in problem.forbidden for e, o in free.items())
    fits = all(list(pairs.values()).count(o) <= problem.places[o] for o in pairs.values())
    reached = (len(free), sum(problem.offers[e].get(o, 0) for e, o in free.items()))
    assert proof.holds == (allowed and fits and reached == brute(problem))


def test_a_cheaper_pair_gives_way_so_that_both_are_matched() -> None:
    answer = solve(Problem({1: {10: 100, 11: 1}, 2: {10: 50}}, {10: 1, 11: 1}))

    assert answer.pairs == {1: 11, 2: 10}
    assert answer.points == 51


def test_a_tie_goes_to_the_one_who_came_first() -> None:
    answer = solve(Problem({2: {10: 70}, 1: {10: 70}}, {10: 1}))

    assert answer.pairs == {1: 10}
    assert answer.unmatched == (2,)
    assert answer.prices[10] > 0


def test_prices_below_zero_prove_nothing() -> None:
    problem = Problem({1: {10: 5, 11: 9}}, {10: 1, 11: 1})

    assert not prove(problem, Assignment({1: 10}, 5, (), {11: -4})).holds
    assert not prove(problem, Assignment({1: 11}, 8, (), {})).holds


def test_locked_pairs_that_do_not_fit_are_a_defect() -> None:
    with pytest.raises(ValueError):
        solve(Problem({1: {10: 5}, 2: {10: 5}}, {10: 1}, locked={1: 10, 2: 10}))


@given(problems(), st.dictionaries(st.integers(0, 6), st.integers(0, 50)))
@settings(max_examples=200, deadline=None)
def test_prices_worked_out_from_the_pairs_prove_them_and_are_what_one_more_place_gains(
    problem: Problem, urgent: dict[int, int]
) -> None:
    problem = replace(problem, urgent=urgent)
    answer = solve(problem)

    lowest = prices(problem, answer.pairs)

    assert prove(problem, replace(answer, prices=lowest)).holds
    for mentor in problem.places:
        if not problem.open_places()[mentor]:
            continue  # nobody could be offered that place
        wider = replace(problem, places={**problem.places, mentor: problem.places[mentor] + 1})
        gain = prove(problem, answer).cost - prove(wider, solve(wider)).cost
        assert lowest.get(mentor, 0) == gain


@given(problems(), st.dictionaries(st.integers(0, 6), st.integers(0, 50)))
@settings(max_examples=200, deadline=None)
def test_urgency_decides_who_goes_without_and_never_how_many(
    problem: Problem, urgent: dict[int, int]
) -> None:
    plain, hurried = solve(problem), solve(replace(problem, urgent=urgent))

    assert prove(replace(problem, urgent=urgent), hurried).holds
    assert len(plain.pairs) == len(hurried.pairs)
    waits = [sum(urgent.get(one, 0) for one in answer.unmatched) for answer in (plain, hurried)]
    assert hurried.points - waits[1] >= plain.points - waits[0]


@pytest.mark.skipif(not installed(), reason="OR-tools is not installed")
@given(problems(), st.dictionaries(st.integers(0, 6), st.integers(0, 50)))
@settings(max_examples=300, deadline=None)
def test_a_region_s_solver_gives_an_answer_as_good_with_a_proof(
    problem: Problem, urgent: dict[int, int]
) -> None:
    problem = replace(problem, urgent=urgent)
    ours, theirs = solve(problem), solve_by_flow(problem)

    assert prove(problem, theirs).holds
    assert prove(problem, theirs).cost == prove(problem, ours).cost
    assert len(theirs.pairs) == len(ours.pairs)

"""Pairs added to a solved assignment, against solving it with all of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from program.assignment import Problem, prove, solve
from program.assignment_wider import widened
from tests.program.test_assignment import problems


@given(problems(), st.dictionaries(st.integers(0, 6), st.integers(0, 50)), st.data())
@settings(max_examples=600, deadline=None)
def test_an_answer_that_was_widened_is_as_good_as_one_found_from_anew(
    whole: Problem, urgent: dict[int, int], data: st.DataObject
) -> None:
    whole = replace(whole, urgent=urgent)
    best = max((points for row in whole.offers.values() for points in row.values()), default=0)
    rows, more = {}, {}
    for mentee, row in whole.offers.items():
        cut = {
            mentor
            for mentor, points in row.items()
            # What is added has no more points than the best there was, and who is locked has the pair.
            if points < best and whole.locked.get(mentee) != mentor and data.draw(st.booleans())
        }
        rows[mentee] = {mentor: points for mentor, points in row.items() if mentor not in cut}
        if cut and mentee not in whole.locked:
            more[mentee] = {mentor: row[mentor] for mentor in cut}
    narrow = replace(whole, offers=rows)

    problem, answer = widened(narrow, solve(narrow), more)

    proof = prove(problem, answer)
    assert proof.holds, proof
    assert proof.cost == prove(whole, solve(whole)).cost
    assert not answer.prices.keys() - whole.places.keys()

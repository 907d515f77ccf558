"""A region's candidates are cut, and its answer is that of all candidates."""

from __future__ import annotations

import random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program import matching_plan
from program.matching import Mentee, Mentor
from program.matching_plan import plan
from program.matching_rules import RuleBook, Rules

BOOK = RuleBook(Rules("uchit_uch"))
TOPICS = ("study", "exam", "talk", "career")


@st.composite
def regions(draw: st.DrawFn) -> tuple[list[Mentee], list[Mentor]]:
    codes = st.frozensets(st.sampled_from(TOPICS), max_size=3)
    mentees = [
        Mentee(n, n, requests=draw(codes), waits=draw(st.integers(0, 90)))
        for n in range(1, draw(st.integers(1, 12)) + 1)
    ]
    mentors = [
        Mentor(n, n, competencies=draw(codes), capacity=2, left=draw(st.integers(0, 2)))
        for n in range(101, 101 + draw(st.integers(1, 8)))
    ]
    return mentees, mentors


@given(regions())
@settings(max_examples=100, deadline=None)
def test_cutting_candidates_loses_nothing(found: tuple[list[Mentee], list[Mentor]]) -> None:
    whole = plan(*found, BOOK)
    cost = (len(whole.answer.pairs), whole.answer.points)

    for few in (0, 20):  # solving again, and one by one
        with (
            patch.object(matching_plan, "SCHOOL", 0),
            patch.object(matching_plan, "CANDIDATES", 1),
            patch.object(matching_plan, "FEW", few),
        ):
            cut = plan(*found, BOOK)
        assert cut.proof.holds
        assert (len(cut.answer.pairs), worth(cut)) == (cost[0], worth(whole))


@pytest.mark.parametrize("few", [0, 40])
@pytest.mark.parametrize("seed", [1, 9, 31])
def test_whoever_came_in_later_hides_nobody_else_who_was_cut(seed: int, few: int) -> None:
    """With these the answer was taken for the best of all before it was."""
    rng = random.Random(seed)
    topics = ("study", "exam", "talk", "career", "project", "friends")

    def some(most: int) -> frozenset[str]:
        return frozenset(rng.sample(topics, rng.randint(1, most)))

    mentees = [Mentee(n, n, requests=some(3), interests=some(2), slots=some(2)) for n in range(60)]
    mentors = [
        Mentor(
            n, n, competencies=some(4), interests=some(3), slots=some(3), capacity=4, left=rng.randint(1, 4)
        )
        for n in range(1000, 1025)
    ]
    whole = plan(mentees, mentors, BOOK)
    with (
        patch.object(matching_plan, "SCHOOL", 0),
        patch.object(matching_plan, "CANDIDATES", 2),
        patch.object(matching_plan, "FEW", few),
    ):
        cut = plan(mentees, mentors, BOOK)

    assert cut.proof.holds
    assert cut.answer.points == whole.answer.points


def worth(found: matching_plan.Plan) -> int:
    waits = sum(found.problem.urgent.get(mentee, 0) for mentee in found.answer.unmatched)
    return found.answer.points - waits

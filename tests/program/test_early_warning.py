"""The early warning: what makes a pair amber or red, and what does not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.early_warning import Light, Limits, Mark, PairFacts, Sign, counted_days, light, worries

TODAY = date(2026, 11, 20)
LIMITS = Limits()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def mark(question: str, value: int | str, days: int, person: int = 1) -> Mark:
    return Mark(question, value, ago(days), 1000 - days, person)


def seen(**facts: Any) -> dict[Sign, Light]:
    found = worries(
        PairFacts(1, **({"since": ago(60), "held": (ago(5),)} | facts)), TODAY, LIMITS, lambda _: False
    )
    return {one.sign: one.light for one in found}


def test_a_pair_that_meets_and_is_content_is_green() -> None:
    content = tuple(mark("FB_M.2", 8, day) for day in (40, 25, 5)) + tuple(
        mark("FB_N.4", 7, day, 2) for day in (40, 25, 5)
    )
    assert seen(marks=content) == {}


@pytest.mark.parametrize(
    ("days", "shade"), [(20, None), (21, Light.AMBER), (29, Light.AMBER), (30, Light.RED), (80, Light.RED)]
)
def test_days_without_a_meeting_are_counted(days: int, shade: Light | None) -> None:
    assert seen(since=ago(100), held=(ago(days),)).get(Sign.NO_MEETING) == shade


def test_a_pair_that_never_met_is_told_apart() -> None:
    assert seen(since=ago(25), held=()) == {Sign.NEVER_MET: Light.AMBER}


def test_holidays_and_pauses_are_not_counted() -> None:
    holidays = {ago(n) for n in range(3, 17)}
    facts = PairFacts(1, since=ago(60), held=(ago(30),))
    assert not worries(facts, TODAY, LIMITS, holidays.__contains__)
    assert counted_days(ago(30), TODAY, holidays.__contains__) == 16


def test_what_somebody_asks_for_in_the_pulse_and_in_the_middle_is_heard_until_they_say_otherwise() -> None:
    for question, said, sign in (
        ("PULSE.3", "talk", Sign.TALK),
        ("MID.6", "replace", Sign.NOT_ON),
        ("MID.6", "stop", Sign.EARLIER),
        ("MID.6", "longer", Sign.LONGER),
    ):
        assert set(seen(marks=(mark(question, said, 3),))) == {sign}
        assert seen(marks=(mark(question, said, 33), mark(question, "no", 3))) == {}


def test_a_red_light_about_meetings_is_told_anew_a_month_later() -> None:
    facts = PairFacts(1, since=ago(90), held=(ago(31),))
    first, later = (
        worries(facts, TODAY + timedelta(days=n), LIMITS, lambda _: False)[0].key for n in (0, 30)
    )
    assert first != later
    assert worries(facts, TODAY + timedelta(days=5), LIMITS, lambda _: False)[0].key == first


def test_two_lost_meetings_in_a_row_are_amber_and_a_held_one_ends_it() -> None:
    assert seen(lost=(ago(4), ago(2))) == {Sign.LOST: Light.AMBER}
    assert seen(lost=(ago(9), ago(7))) == {}


def test_three_meetings_called_off_in_a_month_are_amber() -> None:
    assert seen(called_off=(ago(3), ago(9), ago(20))) == {Sign.CALLED_OFF: Light.AMBER}
    assert seen(called_off=(ago(3), ago(9), ago(40))) == {}


def test_an_offer_or_a_request_without_an_answer_is_amber() -> None:
    assert seen(offered=((ago(5), 7),)) == {Sign.NO_ANSWER: Light.AMBER}
    assert seen(offered=((ago(4), 7),), asked=((ago(2), 1),)) == {}
    assert seen(asked=((ago(3), 1),)) == {Sign.ASKED: Light.AMBER}


def test_two_offers_in_a_row_that_nobody_answered_are_amber() -> None:
    assert seen(lapsed=(ago(4), ago(2))) == {Sign.NO_ANSWER: Light.AMBER}
    assert seen(lapsed=(ago(9), ago(2))) == {}


@pytest.mark.parametrize(
    ("question", "value", "sign", "shade"),
    [
        ("FB_M.3", "bad", Sign.BAD_MOOD, Light.RED),
        ("FB_START.1", "no", Sign.NOT_ON, Light.RED),
        ("FB_N.6", "psychologist", Sign.PSYCHOLOGIST, Light.RED),
        ("FB_N.6", "stop", Sign.STOP, Light.RED),
        ("FB_N.6", "curator", Sign.QUESTION, Light.AMBER),
        ("MID.1", 4, Sign.COMFORT, Light.RED),
        ("MID.2", 3, Sign.GOAL, Light.RED),
    ],
)
def test_an_answer_that_asks_for_somebody_is_heard_until_a_better_one(
    question: str, value: int | str, sign: Sign, shade: Light
) -> None:
    said = mark(question, value, 5)
    assert seen(marks=(said,)) == {sign: shade}
    better = mark(question, 9 if isinstance(value, int) else "fine", 1)
    assert seen(marks=(better, said)) == {}
    assert seen(marks=(said, mark(question, better.value, 1, person=3))) == {sign: shade}


def test_one_low_mark_is_a_bad_day_and_two_are_a_worry() -> None:
    assert seen(marks=(mark("FB_M.2", 3, 9),)) == {}
    assert Sign.LOW_TWICE in seen(marks=(mark("FB_M.2", 3, 9), mark("FB_M.2", 2, 1)))
    assert Sign.LOW_TWICE not in seen(marks=tuple(mark("FB_M.2", v, d) for v, d in ((3, 9), (2, 5), (4, 1))))


def test_a_mark_that_fell_is_amber() -> None:
    fell = (mark("FB_M.2", 9, 20), mark("FB_M.2", 9, 10), mark("FB_M.2", 5, 1))
    assert seen(marks=fell) == {Sign.FELL: Light.AMBER}


@pytest.mark.parametrize(("question", "sign"), [("PULSE.1", Sign.APART), ("PULSE.2", Sign.APART_GOAL)])
def test_two_sides_that_answer_one_question_differently_twice_are_amber(question: str, sign: Sign) -> None:
    high = tuple(mark(question, 10, day, 2) for day in (61, 31, 1))
    low = tuple(mark(question, 5, day) for day in (61, 31, 1))
    assert seen(marks=low + high, leading=frozenset({2})) == {sign: Light.AMBER}
    assert seen(marks=low[:1] + high, leading=frozenset({2})) == {}
    near = tuple(mark(question, 7, day) for day in (61, 31, 1))
    assert seen(marks=near + high, leading=frozenset({2})) == {}
    # Two who are led are not compared.
    assert seen(marks=low + high, leading=frozenset({3})) == {}


def test_how_useful_it_was_and_how_much_somebody_took_part_are_not_compared() -> None:
    low = tuple(mark("FB_M.2", 4, day) for day in (9, 1))
    high = tuple(mark("FB_N.4", 9, day, 2) for day in (9, 1))
    assert seen(marks=low + high, leading=frozenset({2})) == {}


def test_comfort_is_asked_in_two_questionnaires_and_the_newer_answer_counts() -> None:
    assert seen(marks=(mark("MID.1", 3, 33), mark("PULSE.1", 9, 3))) == {}
    assert seen(marks=(mark("PULSE.1", 9, 33), mark("MID.1", 3, 3))) == {Sign.COMFORT: Light.RED}


def test_meetings_that_bring_nobody_nearer_to_the_goal_are_amber_when_it_is_said_twice() -> None:
    assert seen(marks=(mark("PULSE.2", 2, 31),)) == {}
    assert seen(marks=(mark("PULSE.2", 2, 31), mark("PULSE.2", 3, 1))) == {Sign.NO_NEARER: Light.AMBER}
    assert seen(marks=(mark("PULSE.2", 2, 31), mark("PULSE.2", 3, 1, 2))) == {}
    assert seen(marks=(mark("PULSE.2", 2, 61), mark("PULSE.2", 2, 31), mark("PULSE.2", 6, 1))) == {}


def test_a_call_for_help_is_red_and_first() -> None:
    facts = PairFacts(1, since=ago(60), held=(ago(25),), help=((ago(0), 3),))
    found = worries(facts, TODAY, LIMITS, lambda _: False)
    assert [one.sign for one in found] == [Sign.HELP, Sign.NO_MEETING]
    assert (light(found), found[0].within) == (Light.RED, 0)
    assert light(()) == Light.GREEN


@given(
    st.lists(st.integers(0, 100)),
    st.lists(
        st.tuples(
            st.sampled_from(["FB_M.2", "PULSE.1", "PULSE.2", "MID.1"]), st.integers(1, 10), st.integers(0, 90)
        )
    ),
)
def test_the_order_in_which_facts_are_told_changes_nothing(
    held: list[int], said: list[tuple[str, int, int]]
) -> None:
    marks = [Mark(question, value, ago(days), n, 1) for n, (question, value, days) in enumerate(said)]
    one = PairFacts(1, ago(100), held=tuple(map(ago, held)), marks=tuple(marks))
    other = PairFacts(1, ago(100), held=tuple(map(ago, reversed(held))), marks=tuple(reversed(marks)))
    assert worries(one, TODAY, LIMITS, lambda _: False) == worries(other, TODAY, LIMITS, lambda _: False)

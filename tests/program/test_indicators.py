"""Indicators against cases that were worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.ages import full_years
from program.coverage import Published, contradictions
from program.indicators import (
    GRADE_STEP,
    Rate,
    Taker,
    aged,
    between,
    f1,
    f2,
    f3,
    f4,
    hours,
    is_young_specialist,
    moved,
    satisfied,
    silent,
    target,
    willing,
)
from program.roles import Category, Side

ON = date(2026, 11, 22)
PUPIL, TEACHER = Category.PUPIL, Category.TEACHER


def pupil(key: int, born: date | None, side: Side = Side.MENTEE, form: str = "uch_uch") -> Taker:
    return Taker(key, PUPIL, side, form, born)


@given(
    st.dates(date(1990, 1, 1), date(2026, 1, 1)),
    st.dates(date(2020, 1, 1), date(2032, 12, 31)),
    st.integers(0, 30),
    st.integers(0, 15),
)
def test_two_days_tell_an_age_as_counting_it_does(born: date, on: date, youngest: int, more: int) -> None:
    ages = youngest, youngest + more
    there = bool(aged([pupil(1, born)], on, ages))
    assert there == (born <= on and ages[0] <= full_years(born, on) <= ages[1])


def test_f1_counts_mentees_of_10_to_19_once() -> None:
    entered = [
        pupil(1, date(2016, 11, 22)),  # ten today
        pupil(2, date(2016, 11, 23)),  # nine until tomorrow
        pupil(3, date(2006, 11, 23)),  # nineteen, twenty tomorrow
        pupil(4, date(2006, 11, 22)),  # twenty today
        pupil(5, None),
        pupil(6, date(2012, 5, 5), Side.MENTOR),
        pupil(1, date(2016, 11, 22), form="uchit_uch"),
    ]
    rate = f1(entered, ON, 8)
    assert (rate.part, rate.percent) == ({1, 3}, 25.0)


def test_f2_counts_mentors_of_15_to_19() -> None:
    entered = [
        pupil(1, date(2011, 11, 22), Side.MENTOR),
        pupil(2, date(2011, 11, 23), Side.MENTOR),
        pupil(3, date(2010, 1, 1)),
    ]
    assert f2(entered, ON, 50) == Rate(frozenset({1}), 50)
    assert f2(entered, ON, 50).percent == 2.0


@pytest.mark.parametrize(
    ("since", "young"), [(2026, True), (2023, True), (2022, False), (2027, False), (None, False)]
)
def test_a_young_specialist_has_taught_up_to_three_years(since: int | None, young: bool) -> None:
    assert is_young_specialist(since, ON) is young


def test_f3_counts_young_teachers_who_are_led() -> None:
    entered = [
        Taker(1, TEACHER, Side.MENTEE, "uchit_uchit", None, 2024),
        Taker(2, TEACHER, Side.MENTEE, "uchit_uchit", None, 2010),
        Taker(3, TEACHER, Side.MENTOR, "uchit_uchit", None, 2024),
        Taker(4, Category.STUDENT, Side.MENTEE, "prep_stud", None, 2024),
    ]
    assert f3(entered, ON, 4).percent == 25.0
    assert f3(entered, ON, 0).percent is None


def test_f4_counts_organisations_that_gave_a_mentor() -> None:
    entered = [Taker(7, Category.EMPLOYER, Side.MENTOR, "rab_uch"), Taker(8, PUPIL, Side.MENTEE, "rab_uch")]
    rate = f4(entered, {1: [7, 9], 2: [8], 3: []}, 20)
    assert (rate.part, rate.percent) == ({1}, 5.0)


def test_f5_adds_summings_up_in_which_nobody_stands_twice() -> None:
    rate = satisfied([(10, 80.0), (6, 66.7)])
    assert (rate.number, rate.whole, rate.percent) == (12, 16, 75.0)
    assert satisfied([]).percent is None


def test_a_part_cannot_be_more_than_its_whole() -> None:
    assert Rate(frozenset({1, 2, 3}), 2).impossible
    assert not Rate(frozenset({1, 2}), 2).impossible
    assert not Rate(frozenset({1}), 0).impossible


def test_the_plan_is_the_curators_else_the_letters() -> None:
    assert target("F1", "2022-2023", {}) == 35
    assert target("F1", "2026-2027", {}) == 70
    assert target("F1", "2019-2020", {}) is None
    assert target("F1", "2026-2027", {"2026-2027": {"F1": 12.5}}) == 12.5
    assert target("F1", "2027-2028", {"2026-2027": {"F1": 12.5}}) == 70


def test_changes_are_told_from_a_whole_point_on() -> None:
    found = moved([(5, 6), (5, 5.9), (7, 6), (8, 8)])
    assert found is not None
    assert (found.people, found.before, found.after, found.up, found.same, found.down) == (
        4,
        6.25,
        6.47,
        1,
        2,
        1,
    )
    assert moved([]) is None


def test_a_mean_of_marks_moves_by_a_tenth_and_missed_lessons_improve_downwards() -> None:
    grades = moved([(4.25, 4.35), (4.25, 4.3), (4.5, 4.4)], GRADE_STEP)
    assert grades is not None
    assert (grades.up, grades.same, grades.down) == (1, 1, 1)
    missed = moved([(10, 4), (0, 3)], bad=True)
    assert missed is not None
    assert (missed.up, missed.down, missed.change) == (1, 1, -1.5)


def test_who_says_later_wants_to_be_a_mentor() -> None:
    assert [willing([code]) for code in ("now", "later", "no", "unsure")] == [100, 100, 0, 0]


def test_days_between_meetings_are_those_of_one_pair() -> None:
    day = date(2026, 10, 1)
    assert between([[day, date(2026, 10, 8), date(2026, 10, 22)], [date(2026, 10, 11), day]]) == 10
    assert between([[day], []]) is None


def test_a_pair_is_silent_after_the_days_of_the_school() -> None:
    last = {1: date(2026, 11, 1), 2: date(2026, 10, 31), 3: None}
    rate = silent(last, ON, 21)
    assert (rate.part, rate.percent) == ({2, 3}, 66.7)
    assert hours(100) == 1.7


def test_the_published_numbers_of_the_seed_contradict_themselves() -> None:
    """55 pupils in the bases, of whom 57 are led and 11 lead; 37 and 57 by module. Source: domain.md 3.4, rule 5."""
    lines = (("uchit_uch", Side.MENTEE, 37), ("uch_uch", Side.MENTEE, 57), ("uch_uch", Side.MENTOR, 11))
    assert contradictions(Published(583, 55, 57, 11, lines)) == ["base", "sums"]
    teachers = (
        ("uchit_uch", Side.MENTOR, 11),
        ("uchit_uchit", Side.MENTOR, 4),
        ("uchit_uchit", Side.MENTEE, 4),
    )
    assert contradictions(Published(51, 19, 4, 15, teachers)) == []
    assert contradictions(Published(50, 68, 57, 11)) == ["total"]
    assert contradictions(Published(583, 68, 57, 11, (("uch_uch", Side.MENTEE, 37),))) == ["lines"]

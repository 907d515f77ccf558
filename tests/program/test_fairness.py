"""Fairness as figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import Texts
from program.fairness import Load, Share, Waiting, gini, measure


def waiting(
    class_name: str, has_pair: bool, days: int = 0, gender: str = "", form: str = "uch_uch"
) -> Waiting:
    return Waiting(form, class_name, gender, days, has_pair)


def test_who_stays_without_is_counted_by_class_gender_and_form() -> None:
    mentees = [
        *(waiting("7Б", has_pair=n > 3, days=n, gender="male") for n in range(6)),
        *(waiting("8А", has_pair=True, gender="female") for _ in range(10)),
        waiting("9В", has_pair=False, days=41),
        waiting("", has_pair=True, form="uchit_uch"),
    ]

    found = measure("uch_uch", mentees, [(1, 2), (2, 2), (0, 3)])

    assert found.total == Share("uch_uch", 5, 17)
    assert found.by_class == (Share("9В", 1, 1), Share("7Б", 4, 6), Share("8А", 0, 10))
    assert found.by_gender == (Share("male", 4, 6), Share("female", 0, 10))
    assert found.by_form == (Share("uch_uch", 5, 17), Share("uchit_uch", 0, 1))
    assert (found.longest_wait, found.load) == (41, Load(0, 50, 100))
    assert [Texts()(text) for text in found.sentences] == [
        "Без пары 5 из 17.",
        "Дольше всех ждут 41 день.",
        "В классе 7Б без пары больше, чем у других: 4 из 6.",  # 9В is one person: not named
        "Без пары чаще остаются мальчики и мужчины: 4 из 6.",
        "Наставники заняты неровно: от 0 до 100 % мест.",
    ]


@pytest.mark.parametrize(
    ("loads", "said"),
    [
        ([(1, 2)] * 3, "поровну: от 50 до 50 % мест."),
        ([(4, 10), (5, 10), (6, 10)], "почти поровну: от 40 до 60 % мест."),
        ([(0, 2), *[(1, 2)] * 4, (7, 12)], "по-разному: от 0 до 58 % мест."),
        ([(0, 2), *[(2, 2)] * 29], "по-разному: от 0 до 100 % мест."),
        ([*[(0, 2)] * 3, (2, 2)], "неровно: от 0 до 100 % мест."),
    ],
)
def test_how_evenly_mentors_are_busy_fits_the_two_ends_of_the_range(
    loads: list[tuple[int, int]], said: str
) -> None:
    found = measure("uch_uch", [waiting("7Б", has_pair=True)], loads)
    assert Texts()(found.sentences[-1]) == f"Наставники заняты {said}"


def test_an_empty_form_says_nothing() -> None:
    found = measure("uch_uch", [], [])
    assert (found.sentences, found.load, found.longest_wait) == ((), None, 0)


@given(st.lists(st.integers(0, 100), max_size=30))
def test_the_unevenness_is_that_of_the_definition(values: list[int]) -> None:
    whole = sum(values)
    by_definition = (
        sum(abs(a - b) for a in values for b in values) / (2 * len(values) * whole) if whole else 0
    )
    assert abs(gini(values) - 100 * by_definition) <= 0.5001
    assert gini([7] * 5) == 0

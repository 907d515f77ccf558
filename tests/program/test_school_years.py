"""Which class follows which, and what a school that is not like others does."""

from __future__ import annotations

import pytest

from program.school_years import Choices, Move, asks_who_stays, joined, moves_of, next_class, number_of


@pytest.mark.parametrize(
    ("name", "then"),
    [
        ("5А", "6А"), ("5-А", "6-А"), ("5 а", "6 а"), ("9Б", "10Б"), ("10", "11"), ("1 «Г» класс", "2 «Г» класс"),
        ("Спортклуб", "Спортклуб"), ("2025 набор", "2025 набор"), ("12А", "12А"), ("0А", "0А"), ("13А", "13А"),
        ("5А2", "5А2"), ("", ""),
    ],
)  # fmt: skip
def test_a_class_becomes_a_year_older_as_the_school_writes_it(name: str, then: str) -> None:
    assert next_class(name) == then


def test_the_last_class_leaves_whichever_it_is() -> None:
    assert moves_of(["5А", "9А", "11А"], {}) == {"5А": Move.UP, "9А": Move.UP, "11А": Move.OUT}
    assert moves_of(["5А", "9А"], {}) == {"5А": Move.UP, "9А": Move.OUT}  # a basic school
    assert moves_of(["11В", "12В"], {})["11В"] is Move.UP  # an evening school
    assert moves_of(["Спортклуб", "11А"], {})["Спортклуб"] is Move.STAY


def test_the_curators_word_stands_above_the_usual_unless_it_cannot_be() -> None:
    assert moves_of(["5А", "10А"], {"5А": "stay", "10А": "out"}) == {"5А": Move.STAY, "10А": Move.OUT}
    assert moves_of(["Клуб"], {"Клуб": "up"}) == {"Клуб": Move.STAY}
    assert moves_of(["5А"], {"5А": "nonsense", "6Б": "up"}) == {"5А": Move.UP}


def test_after_the_ninth_class_it_is_asked_who_stays() -> None:
    assert asks_who_stays("9-Б", Move.UP)
    assert not asks_who_stays("9Б", Move.OUT)
    assert not asks_who_stays("8Б", Move.UP)


def test_two_classes_that_would_become_one_are_told() -> None:
    moves = {"5А": Move.UP, "6А": Move.STAY, "7А": Move.UP, "11А": Move.OUT}
    assert joined(moves) == [("6А", ["5А", "6А"])]


def test_choices_come_back_from_json_as_they_were() -> None:
    made = Choices({"5А": "stay"}, (3, 1), {"7": "extend"}, (7,), "finish", False, "2027-09-02")
    again = Choices.read({**made.to_json(), "unknown": 1})
    assert (again.leaving, again.pairs, again.start("2027-2028").isoformat()) == (
        (1, 3),
        {"7": "extend"},
        "2027-09-02",
    )
    assert Choices().start("2027-2028").isoformat() == "2027-09-01"
    assert number_of(" 7Б ") == 7

"""What cards come to: the conditions, the climate, the SWOT."""

from __future__ import annotations

import pytest

from program.instruments import Instrument
from program.instruments_reading import shipped
from program.staff_cards import climate, conditions, swot, verdict


def by_code(code: str) -> Instrument:
    return next(one for one in shipped() if one.code == code)


@pytest.mark.parametrize(
    ("total", "level"),
    [(18, "optimal"), (15, "optimal"), (14, "fair"), (9, "fair"), (8, "poor"), (0, "poor")],
)
def test_conditions_have_three_levels(total: int, level: str) -> None:
    assert conditions(total) == level
    full, rest = divmod(total, 2)
    answers = {
        f"COND.{n}": "2" if n <= full else ("1" if n == full + 1 and rest else "0") for n in range(1, 10)
    }
    said = verdict(by_code("COND"), answers)
    assert said is not None
    assert (said.id, said.args["total"]) == (f"quiz-conditions-{level}", total)


def test_a_low_climate_gets_advice() -> None:
    low, fair = ({f"CLIMATE.{n}": mark for n in range(1, 8)} for mark in (4, 5))
    assert [verdict(by_code("CLIMATE"), one).id for one in (low, fair)] == [
        "quiz-climate-low",
        "quiz-climate-fair",
    ]  # type: ignore[union-attr]


def test_the_climate_of_the_school_is_told_once_five_have_answered() -> None:
    cards = [{f"CLIMATE.{n}": mark for n in range(1, 8)} for mark in (3, 4, 5, 5, 6)]
    assert climate(cards[:4]) is None
    found = climate(cards)
    assert found is not None
    assert found[0].args == {"mean": "4,6", "count": 5}
    assert found[1].id == "quiz-climate-low"
    assert climate([{}] * 5) is None


def test_true_statements_fall_into_their_quadrants() -> None:
    found = swot(
        by_code("SWOT_UCHIT_UCH"), {"SW1": 7, "SW2": 6, "UX4": 9, "OT1": 10, "OT6": 7, "SWT": "Мало времени"}
    )
    assert {name: len(words) for name, words in found.true.items()} == {"S": 1, "W": 1, "O": 1, "T": 1}
    assert found.words == {"T": "Мало времени"}

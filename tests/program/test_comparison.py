"""Before and after in numbers: pairs only, marks turned round, shares, indices, and nothing of fewer than five."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.comparison import SATISFIED, Answered, Cell, Item, Table, compare, satisfaction
from program.hiding import ALL, Place, groups_of
from tests.program.test_hiding import PLACE, finds

HERE = Place("uch_uch", "", "8А")
C01 = Item("C01", feeds=("SAT", "GAP"))
C08 = Item("C08", both=False, feeds=("SAT",))
S16 = Item("S16", marks=False, feeds=("R3",))
TU2 = Item("TU2", feeds=("R3",))


def people(
    *marks: tuple[float | None, float | None], place: Place = HERE, item: str = "C01"
) -> list[Answered]:
    return [
        Answered(
            place,
            {} if before is None else {item: before},
            {} if after is None else {item: after},
        )
        for before, after in marks
    ]


def test_only_those_who_answered_both_times_are_compared() -> None:
    found = compare(people(*[(4, 7)] * 5, (None, 1), (10, None)), [C01], asked=10)
    assert found.cells["C01"][ALL] == Cell(5, 7.0, 4.0, 5, 0, 0)
    assert found.cells["C01"][ALL].change == 3.0
    assert (found.before, found.after, found.both, found.response_rate) == (6, 7, 5, 70)


def test_a_point_more_or_less_is_a_change() -> None:
    cell = compare(people((5, 6), (5, 5), (5, 5.5), (5, 4), (5, 9)), [C01]).cells["C01"][ALL]
    assert (cell.up, cell.same, cell.down) == (2, 2, 1)


def test_four_pairs_of_answers_are_not_shown_and_thirty_are_many() -> None:
    assert "C01" not in compare(people(*[(5, 5)] * 4, (None, 5)), [C01]).cells
    few, many = (compare(people(*[(5, 5)] * count), [C01]).cells["C01"][ALL] for count in (29, 30))
    assert (few.few, many.few) == (True, False)


def test_an_index_is_the_mean_of_its_questions_means_without_counts_of_things() -> None:
    both = [Answered(HERE, {"C01": 4, "TU2": 2, "S16": 0}, {"C01": 8, "C08": 6, "TU2": 4, "S16": 9})] * 5
    found = compare(both, [C01, C08, S16, TU2])
    items = (C01, C08, S16, TU2)
    assert found.index("SAT", items, ALL) == Cell(5, 7.0, None)
    assert found.index("GAP", items, ALL) == Cell(5, 8.0, 4.0)
    assert found.index("R3", items, ALL) == Cell(5, 4.0, 2.0)
    assert found.index("FU", items, ALL) is None


def test_satisfied_is_whose_mean_is_seven_or_more() -> None:
    after: list[dict[str, float]] = [
        {"C01": 8, "C08": 6},
        {"C01": 7},
        {"C08": 6.9},
        {"C01": 1, "C08": 2},
        {"C01": 10},
        {},
    ]
    found = compare([Answered(HERE, {}, one) for one in after], [C01, C08])
    assert found.cells[SATISFIED][ALL] == Cell(5, 60.0)
    stricter = compare([Answered(HERE, {}, one) for one in after], [C01, C08], satisfied_from=8)
    assert stricter.cells[SATISFIED][ALL].after == 20.0
    assert satisfaction({}, [C01]) is None


def test_a_table_is_kept_as_json_and_read_back() -> None:
    table = compare(people(*[(5, 6)] * 6), [C01])
    assert Table.from_json(json.loads(json.dumps(table.to_json()))) == table


def test_groups_stand_in_an_order_that_can_be_read() -> None:
    some = [
        *people(*[(5, 6)] * 6, place=Place("b", "m", "8А")),
        *people(*[(5, 6)] * 6, place=Place("a", "", "8А")),
    ]
    assert compare(some, [C01]).groups() == [
        ALL, ("form", "a", ""), ("form", "b", ""), ("model", "b", "m"), ("class", "8А", ""),
    ]  # fmt: skip


MARK = st.one_of(st.none(), st.integers(1, 10))
PERSON = st.tuples(PLACE, MARK, MARK, MARK)


@given(st.lists(PERSON, max_size=40))
@settings(max_examples=150, deadline=None)
def test_an_attacker_who_sees_the_whole_table_finds_nobody(said: list[tuple[Place, int | None, int | None, int | None]]) -> None:  # fmt: skip
    """Each question is a system of its own: the sums of its groups, over those who answered it."""
    crowd = [
        Answered(
            place,
            {name: value for name, value in (("C01", one),) if value},
            {name: value for name, value in (("C01", two), ("C08", three)) if value},
        )
        for place, one, two, three in said
    ]
    table = compare(crowd, [C01, C08])
    asked = {
        "C01": [one for one in crowd if "C01" in one.before and "C01" in one.after],
        "C08": [one for one in crowd if "C08" in one.after],
        SATISFIED: [one for one in crowd if one.after],
    }
    for name, row in table.cells.items():
        places = [one.place for one in asked[name]]
        assert finds(places, row) is None
        for group, cell in row.items():
            assert cell.people == sum(group in groups_of(place) for place in places) >= 5
    # An index adds nothing: it can be reckoned from what is shown anyway.
    for group in table.groups():
        index = table.index("SAT", (C01, C08), group)
        if index is not None:
            rows = [table.cells.get(name, {}) for name in ("C01", "C08")]
            shown = [row[group].after for row in rows if group in row]
            assert index.after == pytest.approx(sum(shown) / len(shown), abs=0.01)

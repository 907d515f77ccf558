"""An attacker who knows who is in which group, sees every shown sum and can do sums of his own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.hiding import ALL, LEAST, Group, Place, groups_of, nested, shown

P = 2_147_483_647  # a prime: sums of rows are looked for among whole numbers modulo it


def rank(rows: Iterable[Sequence[int]]) -> int:
    basis: dict[int, list[int]] = {}
    for row in rows:
        left = [value % P for value in row]
        for at in range(len(left)):
            if not left[at]:
                continue
            if at not in basis:
                scale = pow(left[at], -1, P)
                basis[at] = [value * scale % P for value in left]
                break
            factor = left[at]
            left = [(value - factor * other) % P for value, other in zip(left, basis[at], strict=True)]
    return len(basis)


def finds(places: Sequence[Place], groups: Iterable[Group]) -> list[int] | None:
    """Fewer than five people about whom some combination of the groups' sums says something, and of nobody else.

    People who stand in the same groups cannot be told apart: a combination counts all of them alike or none. So
    every union of such kinds of fewer than five people is tried: a combination that is zero on everybody outside
    of it exists exactly where the groups, looked at outside of it only, lose a dimension.
    """
    groups = sorted(groups)
    kinds: dict[tuple[bool, ...], list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        mine = groups_of(place)
        kinds[tuple(group in mine for group in groups)].append(number)
    columns = list(kinds)
    whole = rank([[int(kind[row]) for kind in columns] for row in range(len(groups))])
    small = [kind for kind in columns if len(kinds[kind]) < LEAST]
    for count in range(1, LEAST):
        for some in combinations(small, count):
            people = [number for kind in some for number in kinds[kind]]
            if len(people) >= LEAST:
                continue
            outside = [kind for kind in columns if kind not in some]
            if rank([[int(kind[row]) for kind in outside] for row in range(len(groups))]) < whole:
                return people
    return None


PLACE = st.builds(
    Place,
    st.sampled_from(["uch_uch", "uchit_uch", "stud_uch"]),
    st.sampled_from(["", "x", "y"]),
    st.sampled_from(["", "8А", "8Б", "9А"]),
)


@given(st.lists(PLACE, max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_sum_of_shown_groups_is_about_fewer_than_five(places: list[Place]) -> None:
    assert finds(places, shown(places)) is None


# A few who stand apart in a crowd: the worst case for two orders at once.
@given(
    st.lists(st.tuples(PLACE, st.integers(1, 8)), min_size=1, max_size=9),
    st.sampled_from([Place("uch_uch", "x", "8А"), Place("stud_uch", "", "9А")]),
)
@settings(max_examples=150, deadline=None)
def test_no_handful_apart_from_a_crowd_is_found(crowds: list[tuple[Place, int]], apart: Place) -> None:
    places = [place for place, count in crowds for _ in range(count)] + [apart]
    assert finds(places, shown(places)) is None


def many(form: str, class_name: str, count: int, model: str = "") -> list[Place]:
    return [Place(form, model, class_name)] * count


def test_the_attacker_is_able_to_find_somebody() -> None:
    """Where every group of five is shown: three of 8А are in another form than their class."""
    places = many("uch_uch", "8А", 20) + many("stud_uch", "8А", 3) + many("stud_uch", "9А", 7)
    careless = {group for place in places for group in groups_of(place)}
    found = finds(places, careless)
    assert found is not None
    assert 0 < len(found) < LEAST
    assert finds(places, shown(places)) is None


@pytest.mark.parametrize("count", [0, 1, 4])
def test_nothing_is_shown_of_fewer_than_five(count: int) -> None:
    assert shown(many("uch_uch", "8А", count)) == frozenset()


def test_a_hidden_group_takes_another_one_along() -> None:
    places = many("uch_uch", "", 20) + many("uchit_uch", "", 8) + many("stud_uch", "", 2)
    assert shown(places) == {ALL, ("form", "uch_uch", "")}
    assert shown(places[:28]) == {ALL, ("form", "uch_uch", ""), ("form", "uchit_uch", "")}


def test_forms_and_classes_are_shown_side_by_side_where_they_mix_well() -> None:
    places = [Place(form, "", name) for form in ("uch_uch", "stud_uch") for name in ("8А", "8Б") for _ in range(6)]  # fmt: skip
    assert len(shown(places)) == 1 + 2 + 2


def test_role_models_stand_under_their_form() -> None:
    places = many("uch_uch", "", 6, "x") + many("uch_uch", "", 7, "y") + many("uchit_uch", "", 9)
    assert ("model", "uch_uch", "x") in shown(places)
    assert shown([*places, Place("uch_uch", "z")]) == {
        ALL, ("form", "uch_uch", ""), ("form", "uchit_uch", ""), ("model", "uch_uch", "y"),
    }  # fmt: skip


@given(st.lists(st.integers(0, 40), max_size=6))
def test_parts_of_parts_leave_nobody_between_two_of_them(counts: list[int]) -> None:
    counts.sort(reverse=True)
    told = [count for count in nested(counts) if count is not None]
    assert all(count == 0 or count >= LEAST for count in told)
    for n, more in enumerate(told):
        for less in told[n + 1 :]:
            assert more == less or more - less >= LEAST
    assert nested([52, 40, 37, 0]) == [52, 40, None, 0]

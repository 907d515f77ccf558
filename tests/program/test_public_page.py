"""Whoever keeps every version of the public page subtracts one from another and finds nobody."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.hiding import LEAST
from program.public_page import PublicPage, next_months, next_numbers, origin, tenths, total

KEYS = ("mentees:uch_uch", "mentees:uchit_uch", "mentors:uch_uch")


@given(st.lists(st.tuples(*(st.integers(0, 30) for _ in KEYS)), max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_two_versions_differ_by_nothing_or_by_five_and_more(truth: list[tuple[int, ...]]) -> None:
    shown: dict[str, int] = {}
    versions = []
    for counts in truth:
        shown = next_numbers(shown, dict(zip(KEYS, counts, strict=True)))
        versions.append(shown)
        assert all(count == 0 or count >= LEAST for count in shown.values())
        assert total(shown, "mentees") == sum(shown[key] for key in KEYS[:2])
    for one, two in pairwise(versions):
        for key in KEYS:
            change = abs(one[key] - two[key])
            assert change == 0 or change >= LEAST


@given(st.integers(0, 60), st.integers(-4, 4))
def test_a_handful_that_comes_or_goes_after_a_look_changes_nothing(count: int, few: int) -> None:
    shown = next_numbers({}, {"a": count})
    assume = max(count + few, 0)
    if shown["a"]:
        assert next_numbers(shown, {"a": assume}) == shown


def test_a_form_that_is_gone_leaves_the_page_when_nearly_everybody_is_gone() -> None:
    assert next_numbers({"a": 8}, {}) == {"a": 0}
    assert next_numbers({"a": 8}, {"a": 4}) == {"a": 8}
    assert next_numbers({"a": 8}, {"a": 3}) == {"a": 0}


def test_a_month_is_counted_once() -> None:
    first = next_months({}, {"2026-09": (40, 12), "2026-10": (9, 4)})
    assert first == {"2026-09": 40, "2026-10": 0}
    assert next_months(first, {"2026-09": (41, 12), "2026-10": (60, 20), "2026-11": (7, 5)}) == {
        "2026-09": 40, "2026-10": 0, "2026-11": 7,
    }  # fmt: skip


def test_a_share_is_told_in_tenths_and_of_thirty_people_at_least() -> None:
    assert tenths([(29, 100.0)]) is None
    assert tenths([(20, 90.0), (12, 85.0)]) == 9
    assert tenths([]) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("https://school1.example", "https://school1.example"),
        ("https://School1.example/about?x=1", "https://school1.example"),
        ("http://school1.example:8080/", "http://school1.example:8080"),
        ("https://школа.рф/новости", "https://xn--80atdl2c.xn--p1ai"),
        ("school1.example", None),
        ("javascript:alert(1)", None),
        ("https://a b", None),
        ("https://x; script-src *", None),
        ("https://x'; *", None),
        ("https://*", None),
        ("https://user@evil.example", None),
        ("https://", None),
    ],
)
def test_only_the_origin_of_an_address_is_kept(typed: str, found: str | None) -> None:
    assert origin(typed) == found


def test_nothing_is_shown_until_somebody_says_so() -> None:
    usual = PublicPage.read({"colour": "red"})
    assert not usual.on
    assert not usual.indexed
    assert not usual.opinions
    assert PublicPage.read(usual.to_json()) == usual

"""Numbers that travel: small groups hidden, nobody found by subtracting, nonsense refused."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program import town
from program.errors import Refusal

TODAY = date(2027, 5, 20)
COUNTED: dict[str, Any] = {
    "pupils": 583, "pupils_base": 55, "pupils_mentees": 37, "pupils_mentors": 11, "teachers": 51, "teachers_base": 19,
    "teachers_mentees": 4, "teachers_mentors": 11, "mentees": 41, "mentors": 22, "pairs": 39, "groups": 5,
    "meetings": 300, "pupils_10_19": 500, "pupils_15_19": 90, "young_teachers": 6, "organisations": 20,
    "f1": 37, "f2": 11, "f3": 3, "f4": 2, "f5": 4, "f5_of": 6, "f6": 0, "f6_of": 0,
    "forms": {
        "uch_uch": {"pairs": 20, "groups": 5, "mentors": 11, "mentees": 20},
        "uchit_uch": {"pairs": 15, "groups": 0, "mentors": 7, "mentees": 17},
        "uchit_uchit": {"pairs": 4, "groups": 0, "mentors": 4, "mentees": 4},
    },
}  # fmt: skip


def numbers(**changed: Any) -> dict[str, Any]:
    figures, forms = town.hidden(COUNTED)
    survey = {"answered": 6, "asked": 9, "sat": 7.25, "change": -0.5}
    made = town.Numbers(
        "Школа № 7",
        "Омск",
        "Омский район",
        "2026-2027",
        3,
        TODAY,
        figures,
        forms,
        {"uch_uch": "Ученик – ученик"},
        town.rates(COUNTED, figures),
        {"mentee": dict(survey), "mentor": {"answered": 0, "asked": 0, "sat": None, "change": None}},
        (),
    )
    return made.to_json() | changed


def test_groups_of_one_to_four_are_hidden_and_what_would_tell_them() -> None:
    figures, forms = town.hidden(COUNTED)
    assert figures["teachers_mentees"] is None
    assert figures["mentees"] is None  # all minus the pupils would be the four teachers
    assert figures["pupils_mentees"] == 37
    assert figures["mentors"] == 22
    assert forms["uchit_uchit"]["mentees"] is None
    assert forms["uchit_uch"]["mentees"] is None  # the smallest of the others goes along
    assert forms["uch_uch"]["mentees"] == 20


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_what_is_hidden_of_a_sum_is_nobody_or_five_and_more(parts: list[int]) -> None:
    forms = {f"f{'a' * n}": dict.fromkeys(town.OF_FORM, count) for n, count in enumerate(parts, 1)}
    _, shown = town.hidden(COUNTED | {"forms": forms})
    told = {slug: of["mentees"] for slug, of in shown.items()}
    away = sum(parts) - sum(count or 0 for count in told.values())
    assert not [count for count in told.values() if count and count < 5]
    assert away == 0 or away >= 5 or all(not count for count in told.values())


def test_an_indicator_tells_no_group_of_one_to_four_either() -> None:
    figures, _ = town.hidden(COUNTED)
    rates = town.rates(COUNTED, figures)
    assert (rates["f1"], rates["f2"], rates["f3"], rates["f4"], rates["f5"]) == (37, 11, None, 2, 4)
    assert town.rates(COUNTED | {"f1": 35}, figures)["f1"] is None  # two of the mentees are of another age
    assert town.rates(COUNTED | {"f2": 8}, figures)["f2"] is None


def test_contradictions_are_flagged() -> None:
    assert town.flags_of(COUNTED | {"pupils_10_19": 30}) == ("rates",)
    assert town.flags_of(COUNTED) == ()
    assert town.flags_of(COUNTED | {"pupils_base": 600}) == ("base",)
    assert town.flags_of(COUNTED | {"pupils_mentees": 57}) == ("roles",)  # seed 000's own numbers
    assert town.flags_of(COUNTED | {"teachers": 0}) == ("none",)


def test_what_was_written_is_read() -> None:
    read = town.read(json.loads(json.dumps(numbers())), TODAY)
    assert read.to_json() == numbers()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"made_on": "2027-05-23"}, "town-file-tomorrow"),
        ({"made_on": "вчера"}, "town-file-odd"),
        ({"year": "2026-2028"}, "town-file-odd"),
        ({"number": 0}, "town-file-odd"),
        ({"number": True}, "town-file-odd"),
        ({"number": 10**9}, "town-file-odd"),
        ({"school": ""}, "town-file-odd"),
        ({"school": "Ш" * 400}, "town-file-odd"),
        ({"flags": ["<script>"]}, "town-file-odd"),
        ({"figures": {}}, "town-file-odd"),
        ({"figures": numbers()["figures"] | {"pairs": -1}}, "town-file-odd"),
        ({"figures": numbers()["figures"] | {"pairs": 3}}, "town-file-few"),
        ({"figures": numbers()["figures"] | {"pairs": "5"}}, "town-file-odd"),
        ({"forms": {"../x": numbers()["forms"]["uch_uch"]}}, "town-file-odd"),
        ({"forms": []}, "town-file-odd"),
        ({"rates": {}}, "town-file-odd"),
        ({"rates": numbers()["rates"] | {"f1": 3}}, "town-file-few"),
        ({"rates": numbers()["rates"] | {"f5_of": 4}}, "town-file-few"),
        ({"survey": {}}, "town-file-odd"),
        (
            {"survey": {"mentee": numbers()["survey"]["mentee"] | {"answered": 2}, "mentor": {}}},
            "town-file-few",
        ),
        ({"survey": {"mentee": numbers()["survey"]["mentee"] | {"sat": 99}, "mentor": {}}}, "town-file-odd"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(Refusal, match=why):
        town.read(numbers(**changed), TODAY)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "town-file-other"), (b"PK\x03\x04", "town-file-other"), (b"[]", "town-file-other"), (b"{}", "town-file-other"),
        (b"[" * 50_000, "town-file-other"), (b"1" * 100_001, "town-file-big"), (b"null", "town-file-other"),
        (json.dumps({"format": "nastavnik-numbers", "version": 2, "key": "A" * 43 + "=", "signature": "", "numbers": {}}).encode(), "town-file-later"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_in_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        town.opened(data)

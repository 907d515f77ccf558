"""Anonymous polls in numbers: what is told, and when, never lets fewer than five people be found."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.sealing import Box, WrongKey
from program.ballots import BATCH, PEOPLE, Heaps, Told, put, told_now

QUESTIONS = ("Q.1", "Q.2", "Q.3")
ANSWER = st.one_of(st.none(), st.integers(1, 10), st.lists(st.sampled_from("abc"), unique=True))
PERSON = st.fixed_dictionaries(dict.fromkeys(QUESTIONS, ANSWER))
# None: the poll is closed for a while, and somebody looks.
SEASON = st.lists(st.one_of(PERSON, st.none()), max_size=60)


def looks(season: list[dict[str, object] | None]) -> list[Told]:
    """Everything that somebody who looks after every event sees."""
    heaps: Heaps = {}
    told: Told = {}
    seen: list[Told] = [{}]
    for event in season:
        if event is not None:
            heaps = put(heaps, event, Random(1))  # type: ignore[arg-type]
        heaps, told = told_now(heaps, told, closed=event is None)
        seen.append(told)
    return seen


@given(SEASON)
@settings(max_examples=150, deadline=None)
def test_between_two_looks_each_question_gains_nobody_or_five_people(season: list[dict[str, object] | None]) -> None:  # fmt: skip
    for before, after in pairwise(looks(season)):
        for name in QUESTIONS:
            gained = after.get(name, {}).get(PEOPLE, 0) - before.get(name, {}).get(PEOPLE, 0)
            assert gained == 0 or gained >= BATCH
            if not gained:
                assert after.get(name) == before.get(name)


@given(SEASON)
@settings(max_examples=100, deadline=None)
def test_nothing_is_lost_once_five_have_answered_and_the_poll_is_closed(season: list[dict[str, object] | None]) -> None:  # fmt: skip
    people = [one for one in season if one is not None]
    end = looks([*people, None])[-1]
    for name in QUESTIONS:
        said = [one[name] for one in people if one[name] not in (None, [])]
        assert end.get(name, {}).get(PEOPLE, 0) == (len(said) if len(said) >= BATCH else 0)
        for mark in range(1, 11):
            if len(said) >= BATCH:
                assert end[name].get(f"={mark}", 0) == said.count(mark)


def test_a_heap_keeps_no_order_of_answering() -> None:
    heaps: Heaps = {}
    for number in range(1, 10):
        heaps = put(heaps, {"Q.1": number, "Q.2": number}, Random(number))
    assert heaps["Q.1"] != list(range(1, 10))
    assert heaps["Q.1"] != heaps["Q.2"]


def test_what_is_sealed_opens_with_its_key_only_and_looks_like_nothing() -> None:
    box = Box("secret", "ballot")
    sealed = box.seal({"Q.1": [7, "плохо"]})
    assert box.open(sealed) == {"Q.1": [7, "плохо"]}
    assert sealed != box.seal({"Q.1": [7, "плохо"]})
    assert len(sealed) == len(box.seal({}))
    for other in (Box("other", "ballot"), Box("secret", "chat")):
        with pytest.raises(WrongKey):
            other.open(sealed)
    for broken in ("", "not base64 at all", sealed[:-4] + "AAA=", "AAAA"):
        with pytest.raises(WrongKey):
            box.open(broken)

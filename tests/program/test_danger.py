"""How many signs of danger are found, and how many harmless sentences are taken for one. The set is ours."""

from __future__ import annotations

import json
import re
import string
import sys
import tomllib
from collections.abc import Callable
from itertools import pairwise, product
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.danger import MOST, OVERLAP, Danger, find
from program.danger_letters import LONGEST, readings
from program.danger_words import GAP, NEAR, phrase, shipped

SET = tomllib.loads(Path(__file__).with_name("danger_set.toml").read_text(encoding="utf-8"))
ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "safety.md"


def signs(part: str) -> list[tuple[Danger, str]]:
    return [(kind, words) for kind in Danger for words in SET[part][kind]]


def score(part: str) -> tuple[list[str], list[str]]:
    missed = [words for _, words in signs(part) if find(words) is None]
    alarmed = [words for words in SET[part]["innocent"] if find(words) is not None]
    return missed, alarmed


def test_nearly_every_sign_the_lists_were_made_with_is_found_and_of_its_kind() -> None:
    for part in ("worked", "second", "third"):
        missed, alarmed = score(part)
        assert len(missed) <= 0.01 * len(signs(part)), missed
        assert len(alarmed) <= 0.01 * len(SET[part]["innocent"]), alarmed
        wrong = [words for kind, words in signs(part) if kind not in getattr(find(words), "kinds", (kind,))]
        assert not wrong


def test_what_was_kept_apart_is_found_well_enough_and_alarms_seldom() -> None:
    missed, alarmed = score("held")
    assert len(missed) <= 0.26 * len(signs("held")), missed
    assert len(alarmed) <= 0.04 * len(SET["held"]["innocent"]), alarmed


def test_the_set_is_large_and_no_sentence_stands_twice() -> None:
    every = [words for part in SET.values() for kind in part.values() for words in kind]
    assert len(every) >= 600
    assert len(set(every)) == len(every)


def test_the_numbers_in_the_docs_are_those_of_today() -> None:
    docs = DOCS.read_text(encoding="utf-8")
    for part in SET:
        missed, alarmed = score(part)
        found = len(signs(part)) - len(missed)
        line = f"| {part} | {found} of {len(signs(part))} | {len(alarmed)} of {len(SET[part]['innocent'])} |"
        assert line in docs, line


PLAIN = (
    "не хочу больше жить",
    "хочу умереть",
    "отчим меня бьёт",
    "меня травят в классе",
    "сбегу из дома сегодня",
)
DISGUISES: dict[str, Callable[[str], str]] = {
    "Latin letters": lambda words: words.translate(str.maketrans("аеорсухк", "aeopcyxk")),
    "digits": lambda words: words.translate(str.maketrans("озч", "034")),
    "doubled": lambda words: "".join(letter * (3 if letter in "аеиоу" else 1) for letter in words),
    "spaced": lambda words: " ".join(" ".join(word) if len(word) > 3 else word for word in words.split()),
    "dotted": lambda words: " ".join(".".join(word) if len(word) > 3 else word for word in words.split()),
    "no soft sign": lambda words: words.replace("ь", "").replace("ё", "е"),
    "capitals": str.upper,
    "accents": lambda words: words.replace("е", "е\u0301"),
    "invisible": lambda words: "\u200b".join(words),
    "hyphens": lambda words: " ".join("-".join((word[:2], word[2:])) if len(word) > 4 else word for word in words.split()),
}  # fmt: skip


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("words", PLAIN)
def test_letters_swapped_doubled_spaced_or_hidden_change_nothing(words: str, disguise: str) -> None:
    assert find(DISGUISES[disguise](words)) is not None


@given(st.text(max_size=400))
def test_no_text_at_all_makes_it_fail(words: str) -> None:
    find(words)


@pytest.mark.parametrize(
    "shape",
    [
        "меня бьют ",
        "menya bjut ",
        "я не хочу жить ",
        "а",
        "а.б",
        "а*б*в ",
        "я б ю т ",
        "Сегодня решали дроби. ",
        "*",
    ],
)
def test_a_text_twice_as_long_takes_at_most_twice_the_work(shape: str) -> None:
    once, twice = (work_of((shape * length)[:length]) for length in (LONGEST // 4, LONGEST // 2))
    assert twice <= 2.1 * once


def test_a_word_twice_as_long_stands_for_at_most_twice_the_letters() -> None:
    once, twice = (
        sum(len(one) for way in readings(word) for sentence in way for token in sentence for one in token)
        for word in (string.ascii_lowercase * 20, string.ascii_lowercase * 40)
    )
    assert twice <= 2.1 * once


def test_a_text_of_many_pieces_takes_as_much_for_each_and_beyond_the_most_nothing() -> None:
    one, most, more = (work_of(("дроби " * MOST)[:length]) for length in (LONGEST, MOST + LONGEST, 3 * MOST))
    assert most <= 1.1 * one * (MOST + LONGEST) / (LONGEST - OVERLAP)
    assert more <= 1.01 * most


def work_of(text: str) -> int:
    """Steps of the interpreter that reading takes: the same on every machine and however busy it is."""
    steps = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal steps
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        steps += event == "opcode"
        return trace

    shipped()
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        find(text)
    finally:
        sys.settrace(before)
    return steps


def test_phrases_of_parts_are_found_as_if_all_were_held_against_all() -> None:
    """What makes reading linear must leave nothing out."""
    hits = {"a": [0, 3, 9, 30], "b": [1, 8, 15, 24], "c": [2, 10, 36], "d": [5, 6]}
    for written in ("a + b", "b + a", "a + b + c", "a c + d", "a/d + b/c", "a b"):
        one = phrase(written)
        parts = [_all_runs(part, hits) for part in one.parts]
        wanted = {
            (min(span[0] for span in chosen), max(span[1] for span in chosen))
            for chosen in product(*parts)
            if len({place for first, last in chosen for place in range(first, last + 1)})
            == sum(last - first + 1 for first, last in chosen)
            and (
                len(chosen) == 1 or max(span[1] for span in chosen) - min(span[0] for span in chosen) <= NEAR
            )
        }
        assert set(one.places(hits)) == wanted, written


def _all_runs(part: tuple[tuple[str, ...], ...], hits: dict[str, list[int]]) -> set[tuple[int, int]]:
    places = [[at for form in word for at in hits.get(form, ())] for word in part]
    return {
        (chosen[0], chosen[-1])
        for chosen in product(*places)
        if all(0 < after - before <= GAP + 1 for before, after in pairwise(chosen))
    }


def test_every_phrase_of_the_lists_can_be_found() -> None:
    for one in shipped().lists:
        for found in one.phrases.all:
            assert all(word for part in found.parts for word in part)


def own_words() -> list[str]:
    """Whatever the program itself says or offers as an answer: thousands of harmless sentences."""
    folders = [ROOT / "program" / name for name in ("directories_data", "instruments_data")]
    found = [
        words
        for folder in folders
        for file in folder.rglob("*.json")
        for words in _strings(json.loads(file.read_text()))
    ]
    for file in (ROOT / "locales" / "ru").glob("*.ftl"):
        if file.name not in ("care.ftl", "help.ftl"):
            found += [line.partition("=")[2] for line in file.read_text().splitlines()]
    return sorted({words for words in found if re.search("[а-яё]", words)})


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [words for part in parts for words in _strings(part)]


def test_what_the_program_itself_says_alarms_nobody() -> None:
    said = own_words()
    assert len(said) > 2500
    # Advice for mentors about exactly this.
    assert [words[:40] for words in said if find(words)] == ["Резкая перемена настроения, следы побоев"]


@pytest.mark.parametrize("before", [3_900, 3_995, 4_000, 8_658, 19_000])
def test_words_of_danger_are_heard_at_the_end_of_a_long_story(before: int) -> None:
    story = ("Сегодня был урок. " * 2_000)[:before]
    found = find(story + ". Я не хочу жить")
    assert found is not None
    assert found.kind is Danger.SELF_HARM

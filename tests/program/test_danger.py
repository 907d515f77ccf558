"""How many signs of danger are found, and how many harmless sentences are taken for one. The set is ours."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.danger import Danger, find
from program.danger_letters import LONGEST
from program.danger_words import shipped

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


def test_the_longest_text_is_read_quickly() -> None:
    began = perf_counter()
    find("меня бьют " * (LONGEST // 10))
    find("а" * LONGEST)
    find("а.б" * LONGEST)
    find("*" * LONGEST + "а*б*в " * 500)
    assert perf_counter() - began < 4


def test_every_phrase_of_the_lists_can_be_found() -> None:
    for one in shipped().lists:
        for phrase in one.phrases.all:
            assert all(word for part in phrase.parts for word in part)


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

"""The lists of words of danger as phrases that can be looked for. Their notation: danger_data/README.md."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import product

from program.danger_letters import Sentence, plain

GAP = 2  # other words that may come between two words of a phrase
NEAR = 6  # words from the first to the last part of «a + b»
NEGATIONS = frozenset({"не", "ни", "нет", "нету", "никогда", "никто", "без"})

Hits = Mapping[str, Sequence[int]]  # a form as written in the list -> places in the sentence


class Danger(StrEnum):
    """Kinds of trouble, the gravest first. Source: domain.md 7.3."""

    SELF_HARM = "self_harm"
    ABUSE = "abuse"
    VIOLENCE = "violence"
    RUNAWAY = "runaway"
    DRUGS = "drugs"
    BULLYING = "bullying"


@dataclass(frozen=True)
class Phrase:
    """Parts near each other, each of words in order, each word one of several forms."""

    parts: tuple[tuple[tuple[str, ...], ...], ...]

    @property
    def forms(self) -> frozenset[str]:
        return frozenset(form for part in self.parts for word in part for form in word)

    @property
    def denies(self) -> bool:
        """«не хочу жить»: the negation is what is looked for."""
        return bool(self.forms & NEGATIONS)

    def places(self, hits: Hits) -> list[tuple[int, int]]:
        """Where it stands: first and last word."""
        found = [_places(part, hits) for part in self.parts]
        if not all(found):
            return []
        if len(found) == 1:
            return found[0]
        spans = []
        for chosen in product(*found):
            first, last = min(span[0] for span in chosen), max(span[1] for span in chosen)
            apart = len({place for span in chosen for place in range(span[0], span[1] + 1)}) == sum(
                span[1] - span[0] + 1 for span in chosen
            )
            if apart and last - first <= NEAR:
                spans.append((first, last))
        return spans


@dataclass(frozen=True)
class WordList:
    """One kind of trouble. `told`, `played`: what stories and games say is not meant."""

    kind: Danger
    phrases: tuple[Phrase, ...]
    innocent: tuple[Phrase, ...]
    negatable: bool
    told: bool
    played: bool


@dataclass(frozen=True)
class Words:
    lists: tuple[WordList, ...]
    told: tuple[Phrase, ...]
    played: tuple[Phrase, ...]
    own: frozenset[str]  # words by which the writer speaks of themselves
    whole: frozenset[str]
    stems: frozenset[str]
    longest: int

    def hits(self, sentence: Sentence) -> dict[str, list[int]]:
        """Which forms of the lists stand where."""
        found: dict[str, list[int]] = {}
        for place, token in enumerate(sentence):
            forms = set()
            for word in token:
                if word in self.whole:
                    forms.add(word)
                for end in range(1, min(len(word), self.longest) + 1):
                    if word[:end] in self.stems:
                        forms.add(word[:end] + "*")
            for form in forms:
                found.setdefault(form, []).append(place)
        return found


def _places(part: tuple[tuple[str, ...], ...], hits: Hits) -> list[tuple[int, int]]:
    """Runs of the words in their order with at most GAP others between two of them."""
    runs = [(place, place) for place in _of(part[0], hits)]
    for word in part[1:]:
        places = _of(word, hits)
        runs = [(first, at) for first, last in runs for at in places if last < at <= last + GAP + 1]
    return sorted(set(runs))


def _of(word: tuple[str, ...], hits: Hits) -> set[int]:
    return {place for form in word for place in hits.get(form, ())}


def phrase(written: str) -> Phrase:
    """Reads «меня + бьют/бил*»."""
    return Phrase(
        tuple(
            tuple(tuple(_form(form) for form in word.split("/") if form) for word in part.split())
            for part in written.casefold().replace("ё", "е").split(" + ")
        )
    )


def _form(written: str) -> str:
    return plain(written.removesuffix("*")) + ("*" if written.endswith("*") else "")


@cache
def shipped() -> Words:
    """The lists that come with the program, read once."""
    folder = resources.files("program") / "danger_data"
    read = {
        name: tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
        for name in (*Danger, "contexts")
    }
    contexts = read["contexts"]
    lists = tuple(
        WordList(
            kind,
            tuple(phrase(one) for one in read[kind]["phrases"]),
            tuple(phrase(one) for one in read[kind]["innocent"]),
            read[kind]["negatable"],
            read[kind]["told"],
            read[kind]["played"],
        )
        for kind in Danger
    )
    told, played = (tuple(phrase(one) for one in contexts[name]) for name in ("told", "played"))
    every = {
        form
        for phrases in (*(one.phrases + one.innocent for one in lists), told, played)
        for one in phrases
        for form in one.forms
    } | NEGATIONS
    own = frozenset(plain(word.replace("ё", "е")) for word in contexts["self"])
    stems = frozenset(form[:-1] for form in every if form.endswith("*"))
    whole = frozenset(form for form in every if not form.endswith("*")) | own
    return Words(lists, told, played, own, whole, stems, max(map(len, stems)))

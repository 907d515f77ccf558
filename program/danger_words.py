"""The lists of words of danger as phrases that can be looked for. Their notation: danger_data/README.md."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import chain, product

from program.danger_letters import Sentence, Token, plain

GAP = 2  # other words that may come between two words of a phrase
NEAR = 6  # words from the first to the last part of «a + b»
NEGATIONS = frozenset({"не", "ни", "нет", "нету", "никогда", "никто", "без"})

RUN = 300  # letters without spaces that are cut into words
WORD = 20  # letters of the longest of them

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
        # Only what begins near the first part: all with all would be the square of a long text.
        for chosen in chain.from_iterable(
            product([one], *(_between(part, one[0] - NEAR, one[0] + NEAR) for part in found[1:]))
            for one in found[0]
        ):
            first, last = min(span[0] for span in chosen), max(span[1] for span in chosen)
            apart = len({place for span in chosen for place in range(span[0], span[1] + 1)}) == sum(
                span[1] - span[0] + 1 for span in chosen
            )
            if apart and last - first <= NEAR:
                spans.append((first, last))
        return spans


@dataclass(frozen=True)
class Phrases:
    """Phrases by the forms that they begin with, so that a sentence is held against few of them."""

    starts: Mapping[str, Sequence[Phrase]]

    @staticmethod
    def of(written: Sequence[str]) -> Phrases:
        starts: dict[str, list[Phrase]] = {}
        for one in map(phrase, written):
            for form in dict.fromkeys(one.parts[0][0]):
                starts.setdefault(form, []).append(one)
        return Phrases(starts)

    @property
    def all(self) -> frozenset[Phrase]:
        return frozenset(one for phrases in self.starts.values() for one in phrases)

    def found(self, hits: Hits) -> list[tuple[Phrase, tuple[int, int]]]:
        """Which of them stand in a sentence, and where."""
        begun = dict.fromkeys(one for form in hits for one in self.starts.get(form, ()))
        return [(one, span) for one in begun for span in one.places(hits)]


@dataclass(frozen=True)
class WordList:
    """One kind of trouble. `told`, `played`: what stories and games say is not meant."""

    kind: Danger
    phrases: Phrases
    innocent: Phrases
    negatable: bool
    told: bool
    played: bool


@dataclass(frozen=True)
class Words:
    lists: tuple[WordList, ...]
    told: Phrases
    played: Phrases
    own: frozenset[str]  # words by which the writer speaks of themselves
    whole: frozenset[str]
    stems: frozenset[str]
    longest: int

    def hits(self, sentence: Sentence) -> dict[str, list[int]]:
        """Which forms of the lists stand where."""
        found: dict[str, list[int]] = {}
        known = {token: self._forms(token) for token in dict.fromkeys(sentence)}
        for place, token in enumerate(sentence):
            for form in known[token]:
                found.setdefault(form, []).append(place)
        return found

    def _forms(self, token: Token) -> set[str]:
        forms = set()
        for word in token:
            if word in self.whole:
                forms.add(word)
            for end in range(1, min(len(word), self.longest) + 1):
                if word[:end] in self.stems:
                    forms.add(word[:end] + "*")
        return forms

    def cut(self, run: str) -> Sentence:
        """Letters without spaces cut into words of the lists, so that as few letters as may be are left over."""
        run = run[:RUN]
        best: list[tuple[float, int]] = [(0.0, 0)]  # up to each letter: the cost, where the last word begins
        for end in range(1, len(run) + 1):
            ways = [
                (best[begin][0] + self._cost(run[begin:end]), begin)
                for begin in range(max(0, end - WORD), end)
            ]
            best.append(min(ways))
        words, end = [], len(run)
        while end:
            begin = best[end][1]
            words.append(frozenset({run[begin:end]}))
            end = begin
        return tuple(reversed(words))

    def _cost(self, word: str) -> float:
        """Nothing known costs two a letter; a known word one; each letter of an ending half of one."""
        if word in self.whole:
            return 1.0
        stem = next((end for end in range(len(word), 2, -1) if word[:end] in self.stems), 0)
        return 1.0 + (len(word) - stem) / 2 if stem else 2.0 * len(word)


def _places(part: tuple[tuple[str, ...], ...], hits: Hits) -> list[tuple[int, int]]:
    """Runs of the words in their order with at most GAP others between two of them."""
    runs = [(place, place) for place in _of(part[0], hits)]
    for word in part[1:]:
        places = _of(word, hits)
        runs = [(first, at) for first, last in runs for at in range(last + 1, last + GAP + 2) if at in places]
    return sorted(set(runs))


def _between(spans: Sequence[tuple[int, int]], first: int, last: int) -> Sequence[tuple[int, int]]:
    """Of sorted spans those that begin from `first` to `last`."""
    return spans[bisect_left(spans, (first, -1)) : bisect_left(spans, (last + 1, -1))]


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
            Phrases.of(read[kind]["phrases"]),
            Phrases.of(read[kind]["innocent"]),
            read[kind]["negatable"],
            read[kind]["told"],
            read[kind]["played"],
        )
        for kind in Danger
    )
    told, played = (Phrases.of(contexts[name]) for name in ("told", "played"))
    every = {
        form
        for phrases in (*(book for one in lists for book in (one.phrases, one.innocent)), told, played)
        for one in phrases.all
        for form in one.forms
    } | NEGATIONS
    own = frozenset(plain(word.replace("ё", "е")) for word in contexts["self"])
    stems = frozenset(form[:-1] for form in every if form.endswith("*"))
    whole = frozenset(form for form in every if not form.endswith("*")) | own
    return Words(lists, told, played, own, whole, stems, max(map(len, stems)))

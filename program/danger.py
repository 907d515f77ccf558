"""Words of danger in what a person has written: what they are about, or nothing.

No judgement of a person: a finding means that an adult of the school should look today. What it finds and misses
is measured on sentences of ours, `docs/safety.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from program.danger_letters import LONGEST, Sentence, readings, spelled_out
from program.danger_words import NEGATIONS, Danger, Phrase, WordList, Words, shipped

OVERLAP = 200  # characters: longer than a sentence that is meant
MOST = 20_000  # characters: the longest that any page takes
BEFORE, AFTER = 3, 1  # words around a phrase in which the writer may be named

__all__ = ["Danger", "Finding", "find"]


@dataclass(frozen=True)
class Finding:
    """What the words are about, the gravest first."""

    kinds: tuple[Danger, ...]

    @property
    def kind(self) -> Danger:
        return self.kinds[0]


def find(text: str) -> Finding | None:
    """Signs of danger in free words, or None. Never raises.

    Word forms, letters that look or sound alike, doubled, spaced and starred letters and translit are read; stories,
    games, idioms and what is denied are not counted. Only the first 20,000 characters are read.
    """
    words, kinds = shipped(), set()
    for piece in _pieces(text):
        for sentences in readings(piece):
            for sentence in sentences:
                kinds |= _kinds(sentence, words)
        for run in spelled_out(piece):
            kinds |= _kinds(words.cut(run), words)
    return Finding(tuple(kind for kind in Danger if kind in kinds)) if kinds else None


def _pieces(text: str) -> Iterator[str]:
    """Long words in parts that overlap, so that nothing is cut apart."""
    for begin in range(0, max(1, min(len(text), MOST) - OVERLAP), LONGEST - OVERLAP):
        yield text[begin : begin + LONGEST]


def _kinds(sentence: Sentence, words: Words) -> set[Danger]:
    hits = words.hits(sentence)
    told, played = bool(words.told.found(hits)), bool(words.played.found(hits))
    own = {place for form in words.own for place in hits.get(form, ())}
    denials = {place for form in NEGATIONS for place in hits.get(form, ())}
    found = set()
    for one in words.lists:
        if played and one.played:
            continue
        innocent = {
            place for _, (first, last) in one.innocent.found(hits) for place in range(first, last + 1)
        }
        for phrase, span in one.phrases.found(hits):
            if _meant(phrase, span, one, innocent, denials, told=told, own=own):
                found.add(one.kind)
    return found


def _meant(
    phrase: Phrase,
    span: tuple[int, int],
    one: WordList,
    innocent: set[int],
    denials: set[int],
    *,
    told: bool,
    own: set[int],
) -> bool:
    first, last = span
    if innocent.intersection(range(first, last + 1)):
        return False
    if one.negatable and not phrase.denies and denials.intersection(range(first - 1, last + 1)):
        return False
    return not (told and one.told) or bool(own.intersection(range(first - BEFORE, last + AFTER + 1)))

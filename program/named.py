"""Whom free words name («хочу с Ольгой Петровной»): by the endings of Russian names. Source: domain.md 4.3, 4.4.

Only what leaves no doubt is recognised; the curator says the rest. A refusal («только не Ветров») is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from program.names import folded

# Questions whose free words name somebody one would like as a mentor.
WISHES = ("INT_ME_P.9",)
# The poll after a group meeting: chosen by a mentee, by a mentor, and whom either would rather not work with.
CHOSEN_BY_MENTEE, CHOSEN_BY_MENTOR, NOT_CHOSEN = "PREF.1", "PREF.1m", "PREF.2"


class Wish(StrEnum):
    PREFER = "prefer"
    NEUTRAL = "neutral"  # met, and named neither way
    AVOID = "avoid"


@dataclass(frozen=True)
class Known:
    """Somebody whom the words may mean."""

    id: int
    last_name: str
    first_name: str = ""
    middle_name: str = ""


_NOUN = frozenset({"", "а", "я", "у", "ю", "е", "и", "ы", "ом", "ем", "ой", "ей", "ью"})
_SURNAME = _NOUN | {"ым", "им", "ого", "его", "ому", "ему", "ую", "юю", "ая", "яя", "ий", "ый", "ых", "их"}
_FALLING = ("ая", "яя", "ий", "ый", "ой", "а", "я", "й", "ь", "е", "о", "и")  # the longest first
_NO = frozenset({"не", "нет", "кроме", "никак", "нельзя", "ни", "not", "except", "no"})
_NOBODY = frozenset(
    {
        "", "-", "нет", "никого", "никто", "не знаю", "пока нет", "пока не знаю", "неважно", "не важно",
        "все равно", "без разницы", "любой", "любая", "не уверен", "не уверена", "no", "nobody", "none",
    }
)  # fmt: skip


def names_nobody(words: str) -> bool:
    """«Нет», «не знаю», «всё равно»: there is nobody to look for."""
    return re.sub(r"[^\w\s-]", "", folded(words)).strip(" -") in _NOBODY


class Roll:
    """People whom words may mean, found by the beginnings of their names: a region has thousands of each."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._by_stem: dict[str, list[_Folded]] = {}
        named = cache(_Name)  # a region has a few hundred first names and patronymics
        for person in people:
            one = _Folded(person, named)
            for stem in {one.last.stem, one.middle.stem} - {""}:
                self._by_stem.setdefault(stem, []).append(one)

    def sure(self, words: str, besides: int | None = None) -> int | None:
        """Whom the words mean without a doubt; None: nobody, several, or they refuse rather than wish.

        A surname, or a first name with a patronymic; among namesakes the first name decides.

        Args:
            besides: the person who said the words.
        """
        said = _said(words)
        if _NO & set(said):
            return None
        near = {
            id(one): one
            for word in said
            for length in range(1, len(word) + 1)
            for one in self._by_stem.get(word[:length], ())
            if one.known.id != besides
        }
        found = [(level, one) for one in near.values() if (level := one.level(said)) > 1]
        best = max((level for level, _ in found), default=0)
        first = [one for level, one in found if level == best]
        if len({one.known.id for one in first}) != 1:
            return None
        # Somebody with another surname is named as well: whom of them is not for us to choose.
        others = {one.last.stem for _, one in found} - {first[0].last.stem}
        return None if others else first[0].known.id


def sure(words: str, people: Iterable[Known]) -> int | None:
    """As `Roll.sure`, asked once."""
    return Roll(people).sure(words)


def likely(words: str, people: Iterable[Known]) -> list[int]:
    """Whom the words may mean, the most likely first; a first name alone is enough."""
    said = _said(words)
    named = cache(_Name)
    found = [
        (-level, number, one.id)
        for number, one in enumerate(people)
        if (level := _Folded(one, named).level(said))
    ]
    return [who for _, _, who in sorted(found)]


def _said(words: str) -> list[str]:
    return re.findall(r"[\w-]+", folded(words))


class _Name:
    """«Лесная»: the whole of it, and what all its forms begin with («лесн»); at least three letters."""

    def __init__(self, name: str, endings: frozenset[str]) -> None:
        self.whole, self.endings = folded(name), endings
        falling = next((end for end in _FALLING if self.whole.endswith(end)), "")
        long = len(self.whole) - len(falling) >= 3
        self.stem = self.whole.removesuffix(falling) if long else self.whole

    def among(self, said: list[str]) -> bool:
        return bool(self.whole) and any(
            word == self.whole or (word.startswith(self.stem) and word[len(self.stem) :] in self.endings)
            for word in said
        )


class _Folded:
    def __init__(self, known: Known, named: Callable[[str, frozenset[str]], _Name] = _Name) -> None:
        self.known = known
        self.last = named(known.last_name, _SURNAME)
        self.first = named(known.first_name, _NOUN)
        self.middle = named(known.middle_name, _NOUN)

    def level(self, said: list[str]) -> int:
        """3: surname and first name; 2: surname, or first name and patronymic; 1: first name; 0: not named."""
        first = self.first.among(said)
        if self.last.among(said):
            return 3 if first else 2
        if first and self.middle.among(said):
            return 2
        return 1 if first else 0

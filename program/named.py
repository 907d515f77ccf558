"""Whom free words name («хочу с Ольгой Петровной»): by the endings of Russian names. Source: domain.md 4.3, 4.4.

Only what leaves no doubt is recognised; the curator says the rest. A refusal («только не Ветров») is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

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


def sure(words: str, people: Iterable[Known]) -> int | None:
    """Whom the words mean without a doubt; None: nobody, several, or they refuse rather than wish.

    A surname, or a first name with a patronymic; among namesakes the first name decides.
    """
    said = _said(words)
    if _NO & set(said):
        return None
    found = [(level, one) for one in people if (level := _level(said, one)) > 1]
    best = max((level for level, _ in found), default=0)
    first = [one for level, one in found if level == best]
    if len({one.id for one in first}) != 1:
        return None
    # Somebody with another surname is named as well: whom of them is not for us to choose.
    others = {_stem(one.last_name) for _, one in found} - {_stem(first[0].last_name)}
    return None if others else first[0].id


def likely(words: str, people: Iterable[Known]) -> list[int]:
    """Whom the words may mean, the most likely first; a first name alone is enough."""
    said = _said(words)
    found = [(-level, number, one.id) for number, one in enumerate(people) if (level := _level(said, one))]
    return [who for _, _, who in sorted(found)]


def _said(words: str) -> list[str]:
    return re.findall(r"[\w-]+", folded(words))


def _level(said: list[str], one: Known) -> int:
    """3: surname and first name; 2: surname, or first name and patronymic; 1: first name; 0: not named."""
    last = _has(said, one.last_name, _SURNAME)
    first = _has(said, one.first_name, _NOUN)
    if last:
        return 3 if first else 2
    if first and _has(said, one.middle_name, _NOUN):
        return 2
    return 1 if first else 0


def _has(said: list[str], name: str, endings: frozenset[str]) -> bool:
    whole, stem = folded(name), _stem(name)
    return bool(whole) and any(
        word == whole or (word.startswith(stem) and word[len(stem) :] in endings) for word in said
    )


def _stem(name: str) -> str:
    """Without its ending: «лесн» of «Лесная», «лугов» of both «Лугов» and «Лугова»; at least three letters."""
    whole = folded(name)
    falling = next((end for end in _FALLING if whole.endswith(end)), "")
    return whole.removesuffix(falling) if len(whole) - len(falling) >= 3 else whole

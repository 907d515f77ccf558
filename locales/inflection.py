"""A person's name in a case: «Кому: Соколовой Анне». Proposed by pytrovich, corrected by people who know better.

It is often wrong for rare names; a correction of the curator always wins. What does not look like a Russian name is
left as it was typed: a name that stands in the wrong case reads better than a name that is spoiled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pytrovich.enums import Case as Theirs
from pytrovich.enums import Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker


class Case(StrEnum):
    NOMINATIVE = "nominative"  # кто
    GENITIVE = "genitive"  # кого, для кого
    DATIVE = "dative"  # кому
    ACCUSATIVE = "accusative"  # вижу кого
    INSTRUMENTAL = "instrumental"  # с кем
    PREPOSITIONAL = "prepositional"  # о ком


OBLIQUE = tuple(Case)[1:]
_THEIRS = {one: Theirs[one.name] for one in OBLIQUE}
_RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]*(?:-[А-ЯЁ][а-яё]*)*")
_FEMALE_MIDDLE, _MALE_MIDDLE = ("вна", "чна", "кызы", "гызы"), ("вич", "ич", "оглы", "улы", "уулу")
# Surnames that never change, whoever bears them; of a woman no surname that ends in a consonant changes.
_REGULAR = {
    "female": ("ова", "ева", "ёва", "ина", "ына", "ская", "цкая"),
    "male": ("ов", "ев", "ёв", "ин", "ын", "ский", "цкий"),
}
_NEVER = ("ых", "их", "аго", "яго", "ово", "ко", "о", "е", "э", "и", "ы", "у", "ю")


@dataclass(frozen=True)
class Name:
    """As the school keeps it. `gender`: "female", "male" or "" where nobody has said so."""

    last: str
    first: str
    middle: str = ""
    gender: str = ""


def gender_of(name: Name) -> str:
    """By the person's own field, else by the patronymic; "" where neither says it."""
    if name.gender in ("female", "male"):
        return name.gender
    middle = name.middle.casefold()
    if middle.endswith(_FEMALE_MIDDLE):
        return "female"
    return "male" if middle.endswith(_MALE_MIDDLE) else ""


def inflected(name: Name, case: Case, corrections: Mapping[str, str] | None = None) -> str:
    """«Соколовой Анне Сергеевне». Never empty unless the name itself is, never raises.

    Without a known gender everything stays as typed: «Саша Зимин» may be a girl's or a boy's friend, and a wrong
    guess about a child offends.

    Args:
        corrections: what the school has written for this person, by case.
    """
    corrected = (corrections or {}).get(case.value, "").strip()
    if corrected:
        return corrected
    return " ".join(
        part
        for part in (
            _part(NamePart.LASTNAME, name.last, case, gender_of(name)),
            _part(NamePart.FIRSTNAME, name.first, case, gender_of(name)),
            _part(NamePart.MIDDLENAME, name.middle, case, gender_of(name)),
        )
        if part
    )


def short_inflected(name: Name, case: Case, corrections: Mapping[str, str] | None = None) -> str:
    """«Анне С.», as participants are named to each other: the surname stays an initial."""
    corrected = (corrections or {}).get(case.value, "").split()
    first = _part(NamePart.FIRSTNAME, name.first, case, gender_of(name))
    if len(corrected) > 1 and corrected[0][:1] == name.last[:1]:
        first = corrected[1]
    initial = f" {name.last[0]}." if name.last else ""
    return f"{first}{initial}".strip()


def _part(part: NamePart, word: str, case: Case, gender: str) -> str:
    word = " ".join(word.split())
    if case is Case.NOMINATIVE or not gender or not _RUSSIAN.fullmatch(word):
        return word
    if part is NamePart.LASTNAME and _stays(word, gender):
        return word
    try:
        made = _maker().make(part, Gender[gender.upper()], _THEIRS[case], word)
    except (ValueError, IndexError, KeyError, TypeError):  # a word its rules do not expect
        return word
    return made.strip() or word


def _stays(surname: str, gender: str) -> bool:
    """A double surname changes only where both parts are of the usual kind: Петрова-Шмидт is nobody's to guess."""
    parts = surname.casefold().split("-")
    if len(parts) > 1:
        return not all(part.endswith(_REGULAR[gender]) for part in parts)
    if len(surname) < 3 or parts[0].endswith(_NEVER):
        return True
    return gender == "female" and parts[0][-1] not in "ая"


@cache
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()

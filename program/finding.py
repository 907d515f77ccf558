"""What somebody means who types into «Найти»: parts of names, a class, digits of a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from program.names import folded

LONGEST = 100  # characters that are looked at
MOST = 6  # parts; more narrow nothing
PHONE_LEAST = 4  # digits; fewer are a class, a house or nothing

_LOOKALIKE = str.maketrans("abcehkmoptxy", "авсенкмортху")
# What a keyboard gives when somebody forgot to switch it to Russian.
_LAYOUT = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`",
    "йцукенгшщзхъфывапролджэячсмитьбюе",
)
_PHONE = re.compile(r"\+?[\d()\s.–-]*\d")
_CLASS = re.compile(r"(\d{1,2})[\s\"'«»„“”().-]*([^\W\d_])?[\"'»“”)]*(?!\w)")
_CLASS_WORD = re.compile(r"\b(?:класса|класс|кл)\b\.?")


@dataclass(frozen=True)
class Part:
    """One thing that has to be found; any of its spellings will do.

    Args:
        spellings: folded as `Person.plain` is.
        whole: only as a whole word («1а» is no part of «11а»). `grade`: a class by its number alone.
    """

    spellings: tuple[str, ...]
    whole: bool = False
    grade: bool = False


def parts(words: str) -> tuple[Part, ...]:
    """All of these have to be found; nothing typed: ().

    «Котова Аня», «8 «А»», «8а котова», «8 (916) 123-45-67», «rjnjdf» (Котова on the wrong keyboard).
    """
    left = _CLASS_WORD.sub(" ", folded(words[:LONGEST]))
    found: list[Part] = []
    while left:
        part, left = _first(left)
        if part is not None:
            found.append(part)
        left = left.lstrip()
    return tuple(found[:MOST])


def _first(words: str) -> tuple[Part | None, str]:
    if (phone := _PHONE.match(words)) and len(digits := re.sub(r"\D", "", phone[0])) >= PHONE_LEAST:
        # 8 (916)… and +7 916… are one number; the base keeps +7916….
        bare = (digits[1:],) if digits[0] in "78" and len(digits) > PHONE_LEAST else ()
        return Part(bare or (digits,)) if len(digits) == 11 else Part((digits, *bare)), words[phone.end() :]
    if klass := _CLASS.match(words):
        letter = (klass[2] or "").translate(_LOOKALIKE)
        return Part((klass[1] + letter,), whole=True, grade=not letter), words[klass.end() :]
    word, _, rest = words.partition(" ")
    word = word.strip("\"'«»„“”()!?:") if word.isascii() is False else word.strip('"()!?:')
    if not any(c.isalnum() for c in word):
        return None, rest
    typed = word.translate(_LAYOUT)
    return Part((word, typed) if re.search("[a-z]", word) and typed != word else (word,)), rest

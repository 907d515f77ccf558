"""Letters of thanks, diplomas and certificates: what is kept of one, its code, and how much a stranger is told.

Source: domain.md 6.12; 152-ФЗ, art. 10.1 (whoever has the paper in hand sees the name on it; a page tells less).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

# No signs that look alike, no vowels: a code is typed from paper and spells no word.
_SIGNS = "23456789BCDFGHJKMNPQRTVWX"
_GROUPS, _EACH = 3, 4  # 12 signs of 25: nobody meets a code by trying
REASON = 300  # characters
MOST = 300  # recipients at once


@dataclass(frozen=True)
class Facts:
    """What a paper says beside the name, so that it can be printed again as it was.

    Args:
        reason: for what, in the curator's words. side, form: as in a participation.
        first, last: ISO days of the period. held, minutes: meetings and their time, of the diary.
        place: class or position then.
    """

    reason: str = ""
    side: str = ""
    form: str = ""
    first: str = ""
    last: str = ""
    held: int = 0
    minutes: int = 0
    place: str = ""

    @staticmethod
    def read(stored: Mapping[str, Any]) -> Facts:
        known = {one.name for one in fields(Facts)}
        return Facts(**{name: value for name, value in stored.items() if name in known})

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def period(self) -> tuple[date, date] | None:
        if not self.first or not self.last:
            return None
        return date.fromisoformat(self.first), date.fromisoformat(self.last)


def new_code() -> str:
    """«K7QP4M2X9TRW», as it is kept; `shown` puts dashes in."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_GROUPS * _EACH))


def shown_code(code: str) -> str:
    """«K7QP-4M2X-9TRW»."""
    return "-".join(code[at : at + _EACH] for at in range(0, len(code), _EACH))


def typed_code(words: str) -> str:
    """A code as somebody typed it, without dashes and spaces; "" where it can be none."""
    plain = re.sub(r"[\s\-–—]+", "", words[:64]).upper()
    # Cyrillic letters that look like ours, typed with the wrong keyboard.
    plain = plain.translate(str.maketrans("АВСЕНКМРТХ", "ABCEHKMPTX"))
    return plain if re.fullmatch(f"[{_SIGNS}]{{{_GROUPS * _EACH}}}", plain) else ""


def told_name(last: str, first: str, middle: str, *, minor: bool, public: bool) -> str:
    """Who a paper was given to, as the page tells it.

    A child: initials. An adult: the surname with initials, as in references. With a consent to publication that
    holds: «Аня Котова».
    """
    if public:
        return f"{first} {last}".strip()
    letters = [f"{part[0]}." for part in (first, middle) if part]
    if minor:
        return " ".join(f"{part[0]}." for part in (first, last) if part)
    return " ".join([last, *letters]).strip()

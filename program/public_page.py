"""«Наставничество в цифрах» for everybody: what the school shows, and how its numbers change.

Whoever keeps two versions of a page can subtract one from the other. So a number that stands on the page changes only
when the true one is five or more away from it, and is never under five: whatever two versions differ in concerns five
people or more, and one person's coming or going by itself changes nothing. Totals are sums of the numbers shown, never
counted by themselves: a hidden or a lagging group cannot be subtracted out of them. Source: domain.md 4.15 (7), RP18.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from program.hiding import LEAST

CONTACT, ABOUT = 300, 1500  # characters
MANY = 30  # answers from which a share is told to everybody
ORIGIN = re.compile(r"https?://[a-z0-9а-яё](?:[a-z0-9а-яё.-]*[a-z0-9а-яё])?(?::\d{1,5})?", re.IGNORECASE)
MENTORS, MENTEES, PAIRS = "mentors", "mentees", "pairs"


@dataclass(frozen=True)
class PublicPage:
    """What a school has chosen to show; everything is off until somebody switches it on.

    Args:
        site: address of the school's own site, which may show the page in a frame; "": none may.
        indexed: search engines may keep the page.
        contact, about: in the school's words.
        papers, stories, opinions: whether documents, news and answers to questionnaires stand there.
    """

    on: bool = False
    site: str = ""
    indexed: bool = False
    contact: str = ""
    about: str = ""
    papers: bool = True
    stories: bool = True
    opinions: bool = False

    @staticmethod
    def read(stored: Mapping[str, Any]) -> PublicPage:
        known = {one.name for one in fields(PublicPage)}
        return PublicPage(**{name: value for name, value in stored.items() if name in known})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def origin(address: str) -> str | None:
    """«https://school.example» of an address as typed, without its path; None where it is none."""
    found = ORIGIN.match(address.strip())
    if found is None or not re.match(r"(?:[/?#]|$)", address.strip()[found.end() :]):
        return None
    host = found[0].lower()
    try:
        return host if host.isascii() else _punycode(host)
    except UnicodeError:
        return None


def next_numbers(shown: Mapping[str, int], counted: Mapping[str, int]) -> dict[str, int]:
    """What is shown from now on, by the same keys; 0: nothing is."""
    return {key: _next(shown.get(key, 0), counted.get(key, 0)) for key in sorted({*shown, *counted})}


def next_months(shown: Mapping[str, int], over: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Meetings by month: a month is counted once, when it is over, and stays as it was counted.

    Args:
        over: month -> its meetings and the pairs that met.
    """
    new = {key: met if pairs >= LEAST else 0 for key, (met, pairs) in over.items() if key not in shown}
    return {**shown, **new}


def total(shown: Mapping[str, int], kind: str) -> int:
    return sum(count for key, count in shown.items() if key.partition(":")[0] == kind)


def forms(shown: Mapping[str, int]) -> list[str]:
    """Forms of which a number is shown."""
    return sorted({key.partition(":")[2] for key, count in shown.items() if count})


def tenths(answers: Iterable[tuple[int, float]]) -> int | None:
    """«9 из 10»: people and their per cent put together, rounded; None where fewer than `MANY` answered."""
    known = list(answers)
    whole = sum(people for people, _ in known)
    if whole < MANY:
        return None
    return round(sum(people * share for people, share in known) / whole / 10)


def _next(shown: int, counted: int) -> int:
    if abs(counted - shown) < LEAST:
        return shown
    return counted if counted >= LEAST else 0


def _punycode(host: str) -> str:
    scheme, _, rest = host.partition("://")
    name, colon, port = rest.partition(":")
    return f"{scheme}://{name.encode('idna').decode('ascii')}{colon}{port}"

"""Writing to each other through the bot: what a school allows, what becomes of a message, how long it may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from program.screening import Found, find

LONGEST = 4000  # characters; the inboxes cut at 4096
PART = 3000  # UTF-16 units in one delivered message: room for the heading below Telegram's and VK's 4096
SHOWN = 10  # messages that the bot shows of a correspondence
MORNING = time(8)  # «тихо до утра», by the school's clock


class RelayState(StrEnum):
    SENT = "sent"  # put on its way to the readers
    HELD = "held"  # waits for the curator; nobody else has read it
    RETURNED = "returned"  # the curator gave it back to its author
    CARE = "care"  # sounds as if somebody were in danger: went to the school's grown-ups alone


class Rule(StrEnum):
    """What is done with a message in which something was found."""

    ALLOW = "allow"
    WARN = "warn"  # the author is asked once more
    HOLD = "hold"  # the curator looks first


class Photos(StrEnum):
    """Whether a picture may go along; nobody but a person can say what it shows."""

    OFF = "off"
    HOLD = "hold"  # the curator looks first
    ALLOW = "allow"


RULES = {
    Found.PHONE: Rule.HOLD,
    Found.CARD: Rule.HOLD,
    Found.EMAIL: Rule.HOLD,
    Found.NICK: Rule.HOLD,
    Found.LINK: Rule.HOLD,
    Found.INSULT: Rule.HOLD,
    Found.ADDRESS: Rule.WARN,
}
# Where links of the school lead anyway; its own site is added in the settings.
HOSTS = ("sferum.ru", "myschool.edu.ru", "resh.edu.ru", "fipi.ru")


@dataclass(frozen=True)
class RelayRules:
    """What a school decides. Kept as JSON in `SchoolSettings.relay`; whatever is missing is as usual.

    Args:
        hosts: links there are no links: the school's site, «Сферум».
    """

    on: bool = True
    rules: Mapping[Found, Rule] = field(default_factory=lambda: dict(RULES))
    hosts: tuple[str, ...] = HOSTS
    photos: Photos = Photos.OFF

    @staticmethod
    def read(stored: Mapping[str, Any]) -> RelayRules:
        """Unknown kinds and rules are left out: an older version can read newer settings."""
        kept = stored.get("rules", {})
        known = {rule.value: rule for rule in Rule}
        rules = {kind: known.get(str(kept.get(kind.value, "")), usual) for kind, usual in RULES.items()}
        photos = next((one for one in Photos if one == stored.get("photos")), Photos.OFF)
        return RelayRules(bool(stored.get("on", True)), rules, tuple(stored.get("hosts", HOSTS)), photos)

    def to_json(self) -> dict[str, Any]:
        rules = {kind.value: rule.value for kind, rule in self.rules.items()}
        return {"on": self.on, "rules": rules, "hosts": list(self.hosts), "photos": self.photos.value}


@dataclass(frozen=True)
class Verdict:
    """What was found and the strictest rule among it; kinds that the school allows are left out."""

    found: tuple[Found, ...] = ()
    rule: Rule = Rule.ALLOW


def screened(words: str, rules: RelayRules, also: Iterable[Found] = ()) -> Verdict:
    """What the school wants done with these words.

    Args:
        also: found in another way, such as over several messages.
    """
    seen = {*find(words, rules.hosts), *also}
    found = tuple(kind for kind in Found if kind in seen and rules.rules[kind] is not Rule.ALLOW)
    if not found:
        return Verdict()
    return Verdict(found, Rule.HOLD if any(rules.rules[kind] is Rule.HOLD for kind in found) else Rule.WARN)


def quiet_until(now: datetime, zone: ZoneInfo) -> datetime:
    """The next morning by the school's clock: the end of «тихо до утра»."""
    local = now.astimezone(zone)
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, zone)


def parts(words: str, limit: int = PART) -> list[str]:
    """The words in pieces of at most `limit` UTF-16 units, divided where a reader would breathe.

    Nothing but the space at a division is lost.
    """
    found = []
    while _units(words) > limit:
        at = _division(words, limit)
        found.append(words[:at].rstrip())
        words = words[at:].lstrip()
    return [*found, words] if words or not found else found


def _division(words: str, limit: int) -> int:
    """How many characters the first piece has: up to a paragraph, a sentence, a word, else as many as fit."""
    fits, used = 0, 0
    for character in words:
        used += _units(character)
        if used > limit:
            break
        fits += 1
    piece = words[:fits]
    for mark in ("\n\n", "\n", ". ", "! ", "? ", " "):
        at = piece.rfind(mark, fits // 2)
        if at > 0:
            return at + len(mark)
    return fits


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2

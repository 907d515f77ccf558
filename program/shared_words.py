"""Words that one side types and the other reads outside letters: a place, a topic, a next step, a link.

A letter may wait for the curator; a meeting or a line of the diary may not. So what the school would have looked at
first is asked for in other words, kindly and at once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from urllib.parse import unquote_plus, urlsplit

from program.errors import Refusal
from program.relay import RelayRules, Rule, screened
from program.screening import CONTACTS, Found, find
from program.screening_numbers import has_phone

# Rooms of video meetings: whoever has the link comes into a room, not to somebody's page. Hosts below them count.
CALLS = (
    "sferum.ru", "telemost.yandex.ru", "telemost.360.yandex.ru", "jazz.sber.ru", "salutejazz.ru", "mts-link.ru",
    "webinar.ru", "ktalk.ru", "trueconf.ru", "dion.vc", "videomost.com", "zoom.us", "meet.google.com",
    "teams.microsoft.com", "teams.live.com", "meet.jit.si",
)  # fmt: skip
VK = (
    "vk.com",
    "vk.ru",
    "m.vk.com",
    "m.vk.ru",
)  # calls there have an address of their own, the rest is people's pages
VK_CALL = "/call/"
MEETING_LINK = "meeting-link"


def unfit(words: str, rules: RelayRules, mild: Collection[Found] = ()) -> Found | None:
    """What keeps these words from being read by the other side as they are; None: nothing does.

    Args:
        mild: kinds that may stand where the school would only have the author asked once more.
    """
    for kind in screened(words, rules).found:
        if rules.rules[kind] is Rule.HOLD or kind not in mild:
            return kind
    return None


def require_fit(words: str, rules: RelayRules, mild: Collection[Found] = ()) -> None:
    """Raises Refusal with what to change."""
    kind = unfit(words, rules, mild)
    if kind is not None:
        raise Refusal(f"relay-here-{kind}")


def require_place(place: str, rules: RelayRules, known: Collection[str] = ()) -> None:
    """A place may be a street and a house, unless the school has these looked at first.

    Args:
        known: places of the school's own list.
    """
    if place not in known:
        require_fit(place, rules, (Found.ADDRESS,))


def require_link(link: str, rules: RelayRules) -> None:
    """A protected address of a video meeting or of the school's list; others where the school lets links pass.

    Raises:
        Refusal: not https, somebody's page or number, or nowhere the school knows.
    """
    if link and not link.startswith("https://"):
        raise Refusal("meeting-link-unclear")
    kind = unfit_link(link, rules) if link else None
    if kind is not None:
        raise Refusal(f"relay-here-{MEETING_LINK if kind is Found.LINK else kind}")


def unfit_link(link: str, rules: RelayRules) -> Found | None:
    """As `unfit`, for the address of an online meeting."""
    try:
        parts = urlsplit(unicodedata.normalize("NFKC", link))
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return Found.LINK
    if "@" in parts.netloc:  # what stands before it is not the host, whatever it looks like
        return Found.LINK
    behind = unquote_plus(f"{parts.query} {parts.fragment}")
    if _is_call(host, parts.path):
        # A room's own number may look like a phone; what is hung on behind it may not.
        hidden = [kind for kind in find(behind, (*CALLS, *rules.hosts)) if kind in (Found.PHONE, Found.NICK, Found.EMAIL)]  # fmt: skip
        return next((kind for kind in hidden if rules.rules[kind] is not Rule.ALLOW), None)
    path = unquote_plus(parts.path)
    if has_phone(f"{path} {behind}") and rules.rules[Found.PHONE] is not Rule.ALLOW:
        return Found.PHONE
    return unfit(f"https://{host}{path} {behind}", rules, (Found.LINK,))


def in_plans(words: str) -> Found | None:
    """What a plan does not hold whatever the school's letters may: many people read it, also on paper."""
    return next((kind for kind in find(words) if kind in CONTACTS or kind is Found.INSULT), None)


def _is_call(host: str, path: str) -> bool:
    return any(host == one or host.endswith("." + one) for one in CALLS) or (
        host.removeprefix("www.") in VK and path.startswith(VK_CALL)
    )

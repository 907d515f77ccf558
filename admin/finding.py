"""What «Найти» finds besides people: the pages that somebody may open, by their names and by other words for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from admin.access import may
from admin.menu import MENU, menu
from locales import Texts, has
from program.names import folded
from program.roles import StaffRole

# Pages that open without parameters and stand in no row of tabs: route, and the text they are called by.
BEHIND = {
    "news-new": "frame-page-news-new",
    "gathering-new": "frame-page-gathering-new",
    "encounter-new": "frame-page-encounter-new",
    "paper": "frame-page-paper",
    "twins": "frame-page-twins",
    "card-sheets": "frame-tab-cards",
    "training": "frame-page-training",
    "group": "frame-page-group",
    "account": "staff-account-title",
    "release": "frame-page-release",
    "manual": "frame-manual",
}
STEM = 4  # letters of a typed word that must agree; endings differ («согласие», «согласия»)


@dataclass(frozen=True)
class Found:
    """A page. `under`: the word of the menu it stands under, "" if under none; `about`: what it is for, "" if not said."""

    route: str
    text: str
    under: str
    about: str


def pages(role: StaffRole, words: str, texts: Texts) -> list[Found]:
    """Those that have every typed word in their name, in what they are for, or among other words for them.

    Names come before other words.
    """
    typed = folded(words).split()
    if not typed:
        return []
    found = []
    for one in _all(role):
        name, about = (
            _read(one.text, texts),
            _read(one.about, texts) | _read(f"frame-words-{one.route}", texts),
        )
        if all(_among(word, name | about) for word in typed):
            found.append((not all(_among(word, name) for word in typed), one))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


@cache
def _all(role: StaffRole) -> tuple[Found, ...]:
    under = {tab.route: word.text for word in menu(role) if len(word.tabs) > 1 for tab in word.tabs}
    tabs = {tab.route: tab.text for word in MENU for tab in word.tabs}
    return tuple(
        Found(route, text, under.get(route, ""), about if has(about := f"manual-{route}") else "")
        for route, text in (tabs | BEHIND).items()
        if may(role, route)
    )


@cache
def _read(text: str, texts: Texts) -> frozenset[str]:
    return _words(texts(text)) if text and has(text) else frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset("".join(c if c.isalnum() else " " for c in folded(text)).split())


def _among(typed: str, words: frozenset[str]) -> bool:
    """«согласие» is among «согласия родителей»: up to two letters of the ending may differ."""
    stem = typed[: max(STEM, len(typed) - 2)]
    return any(word.startswith(typed) or (len(typed) > STEM and word.startswith(stem)) for word in words)

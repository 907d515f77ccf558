"""What a colleague's computer or telephone is called in the list of sessions: as coarse as recognising it allows.

The browser's own words (User-Agent) are read once and not kept: together with the time they would be a fingerprint.
"""

from __future__ import annotations

from typing import Final

# The first that is found counts: Android says Linux too, Edge says Chrome, everybody says Safari.
SYSTEMS: Final = (
    ("Android", "android"),
    ("iPhone", "ios"),
    ("iPad", "ios"),
    ("Windows", "windows"),
    ("Mac OS", "mac"),
    ("Linux", "linux"),
    ("X11", "linux"),
)
BROWSERS: Final = (
    ("YaBrowser", "yandex"),
    ("Edg", "edge"),
    ("OPR/", "opera"),
    ("Firefox/", "firefox"),
    ("FxiOS", "firefox"),
    ("Chrom", "chrome"),  # Chrome and Chromium; "CriOS" on a telephone of Apple's
    ("CriOS", "chrome"),
    ("Safari/", "safari"),
)
OTHER: Final = "other"


def device(user_agent: str) -> str:
    """System and browser: "windows.yandex"; "other.other" for what nobody knows."""
    system = next((name for sign, name in SYSTEMS if sign in user_agent), OTHER)
    browser = next((name for sign, name in BROWSERS if sign in user_agent), OTHER)
    return f"{system}.{browser}"


def system_of(kept: str) -> str:
    """The system alone, as the journal of changes names it."""
    return kept.partition(".")[0] or OTHER

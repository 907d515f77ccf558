"""What Telegram shows of the bot itself, in Russian for everybody and in English for phones that speak it."""

from __future__ import annotations

from dataclasses import dataclass

from bot import menu
from bot.render import cut
from locales import Texts
from program.text import Text

LANGUAGES = {"": "ru", "en": "en"}  # Telegram's code of the phone -> our language; "": every other phone
NAME, DESCRIPTION, SHORT = 64, 512, 120  # characters (Bot API 10.2)


@dataclass(frozen=True)
class Profile:
    """Of one language. Written anew with the school's name."""

    name: str
    description: str
    short: str
    commands: tuple[tuple[str, str], ...]


def profile(code: str, school: str) -> Profile:
    """Args:
    code: a key of `LANGUAGES`.
    school: its name; "" where the bot serves several.
    """
    words = Texts(LANGUAGES[code])
    many, args = ("", {"school": school}) if school else ("-many", {})
    return Profile(
        cut(words(Text(f"profile-name{many}", args)), NAME),
        cut(words(Text(f"profile-description{many}", args)), DESCRIPTION),
        cut(words(Text("profile-short")), SHORT),
        tuple((name, words(Text(f"command-{name}"))) for name in menu.LISTED),
    )

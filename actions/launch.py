"""«До запуска осталось»: what a school has yet to do before its first pairs, worked out from what is there.

A step that a school does not need can be put away and brought back. Nothing is ticked by hand but the reading of the
texts of consents, and that counts only until they change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions import care_reach, consent_texts, journal, upkeep
from actions.work import Work
from program.errors import Refusal
from program.text import Arg
from storage import launch as rows

AWAY, TEXTS = "away", "texts"


@dataclass(frozen=True)
class Step:
    """Its words: `launch-<code>`, `launch-<code>-why`.

    Args:
        route, at: the page where it is done, and the place on it.
        away: put away by the school.
        says: values of `launch-<code>-why`.
    """

    code: str
    route: str
    done: bool
    away: bool = False
    at: str = ""
    says: Mapping[str, Arg] | None = None

    @property
    def left(self) -> bool:
        return not self.done and not self.away


# In the order in which they are best done.
CODES = (
    "school", "curator", "privacy", "channels", "help", "texts", "forms", "bells", "staff", "people", "consents",
    "matching", "copy",
)  # fmt: skip


async def steps(work: Work, *, messengers: bool) -> list[Step]:
    """All of them, done or not.

    Args:
        messengers: whether a messenger is connected to this installation.
    """
    settings, stored = work.settings, work.settings.launch
    away = set(stored.get(AWAY, ()))
    there = await rows.there(work.session, work.school.id, work.settings.year)
    adults = [] if "help" in away else await care_reach.named(work)
    unheard = [one.user.name or one.user.login for one in adults if not one.rings]
    read = stored.get(TEXTS, "")
    broken = bool(await upkeep.faults(work.session, work.now))
    found = (
        Step("school", "settings", bool(settings.pupils and settings.teachers and settings.operator)),
        Step("curator", "settings", bool(settings.curator_name and settings.curator_contact)),
        Step("privacy", "settings", bool(settings.privacy_url)),
        Step("channels", "upkeep", messengers and not broken),
        Step(
            "help",
            "help-rules",
            messengers and not unheard,
            at="#chat",
            says={"who": ", ".join(unheard) or "none"},
        ),
        Step("texts", "launch-texts", bool(read) and read == await _fingerprint(work)),
        Step("forms", "settings", "forms" in work.school.settings),
        Step("bells", "school-time", bool(settings.lessons and settings.holidays)),
        Step("staff", "roster", there.staff),
        Step("people", "roster", there.pupils),
        Step("consents", "card-sheets", there.consents),
        Step("matching", "matching", there.pairs),
        Step("copy", "upkeep", await upkeep.copied_at(work.session) is not None, at="#copies"),
    )
    return [Step(one.code, one.route, one.done, one.code in away, one.at, one.says) for one in found]


async def put_away(work: Work, code: str) -> None:
    """«Не нужно нам». Twice is once. Raises Refusal: there is no such step."""
    await _set_away(work, code, away=True)


async def bring_back(work: Work, code: str) -> None:
    await _set_away(work, code, away=False)


async def texts_read(work: Work) -> None:
    """Somebody of the school has read the texts as they are now."""
    after = {**work.settings.launch, TEXTS: await _fingerprint(work)}
    if after != work.settings.launch:
        work.school.settings = {**work.school.settings, "launch": after}
        await journal.note(work, "launch.texts-read", f"school:{work.school.id}")


async def _set_away(work: Work, code: str, *, away: bool) -> None:
    if code not in CODES:
        raise Refusal("launch-unknown")
    stored: dict[str, Any] = dict(work.settings.launch)
    now = [one for one in CODES if (one == code and away) or (one != code and one in stored.get(AWAY, ()))]
    if now != list(stored.get(AWAY, ())):
        work.school.settings = {**work.school.settings, "launch": {**stored, AWAY: now}}
        after = {"step": code, "away": away}
        await journal.note(work, "launch.changed", f"school:{work.school.id}", after=after)


async def _fingerprint(work: Work) -> str:
    """Of all the words that people agree to here now."""
    shown = [text async for text in consent_texts.in_force(work)]
    return hashlib.sha256("\n".join(f"{one.title}\n{one.body}" for one in shown).encode()).hexdigest()

"""One person in several channels: a code for the next one, and the first words there."""

from __future__ import annotations

from actions import linking, membership
from bot.talk import Talk
from program.outgoing import Choice
from program.text import Text

MINUTES = int(linking.LIFE.total_seconds()) // 60
LANGUAGE = Choice(Text("link-language"), "f:language:settings")
ANOTHER = Choice(Text("link-another"), "f:link")
ALOUD = Choice(Text("link-aloud"), "f:aloud")
SETTINGS = Choice(Text("link-back"), "f:settings")
PAUSE = Choice(Text("pause-button"), "f:pause:settings")


async def settings(talk: Talk) -> None:
    """What a person sets for themselves. Entered from: «настройки», /settings."""
    talk.in_place()
    talk.say(Text("link-settings"), LANGUAGE, ALOUD, PAUSE, ANOTHER)


async def aloud(talk: Talk) -> None:
    """Answers on offer in the text as well, for whoever listens to messages. Entered from: the settings."""
    talk.in_place()
    on = await talk.finish(lambda work: membership.turn_aloud(work, talk.person_id))
    talk.say(Text("link-aloud-on" if on else "link-aloud-off"))
    talk.then("settings")


async def link(talk: Talk) -> None:
    """A code that opens the same conversation elsewhere. Entered from: «другой мессенджер», the settings."""
    talk.in_place()
    code = await talk.finish(lambda work: linking.make(work, talk.person_id))
    talk.say(
        Text("link-code", {"code": code, "minutes": MINUTES}),
        Choice(Text("link-open"), url=f"page:join:{code}", style="primary"),
        SETTINGS,
    )


async def linked(talk: Talk) -> None:
    """The first words in the other channel; the open question follows. Entered from: the code or its link."""
    talk.say(Text("link-done"))

"""The secret address of one's own calendar: opened, and changed when somebody else has seen it."""

from __future__ import annotations

from actions import calendars
from bot.talk import Talk, options
from program.outgoing import Choice
from program.text import Text

CHANGE = Choice(Text("meeting-calendar-change"), "f:calendar-change")


async def calendar(talk: Talk) -> None:
    """Entered from: «Мои данные»."""
    address = await talk.once("address", lambda work: calendars.address(work, talk.person_id))
    talk.say(Text("meeting-calendar-about"), Choice(Text("meeting-to-calendar"), url=address), CHANGE)


async def calendar_change(talk: Talk) -> None:
    """The old address shows nothing any more. Entered from: `f:calendar-change`."""
    both = options((("yes", Text("meeting-calendar-yes")), ("no", Text("meeting-calendar-no"))))
    if await talk.choose("sure", Text("meeting-calendar-sure"), both) == "no":
        talk.say(Text("meeting-kept"))
        return
    address = await talk.finish(lambda work: calendars.change_address(work, talk.person_id))
    talk.say(Text("meeting-calendar-changed"), Choice(Text("meeting-to-calendar"), url=address))

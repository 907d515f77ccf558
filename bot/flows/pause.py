"""«Пауза» and «продолжить»: whether anything is written to the person unasked. Source: ux.md B33."""

from __future__ import annotations

from actions import pauses
from bot.talk import Talk, options
from locales import dates
from program.outgoing import Choice
from program.pauses import WEEKS, end_of
from program.text import Text

CURATOR = Choice(Text("menu-curator"), "f:curator")
MEETINGS = Choice(Text("pause-meetings"), "f:my-meetings")


async def pause(talk: Talk) -> None:
    """Entered from: «пауза», /pause, the question after a pause, the settings (`f:pause:settings`: then they come back)."""
    talk.in_place()
    facts = await talk.once("facts", lambda work: pauses.facts(work, talk.person_id))
    if facts["stranger"]:
        talk.say(Text("pause-stranger"))
        return
    lengths = [(str(weeks), Text("pause-weeks", {"n": weeks})) for weeks in WEEKS]
    lengths += [
        ("september", Text("pause-september")),
        ("open", Text("pause-open")),
        ("no", Text("pause-no")),
    ]
    said = await talk.choose("long", Text("pause-how-long"), options(lengths))
    if said == "no":
        talk.say(Text("pause-kept"))
        if talk.arg:
            talk.then("settings")
        return
    talk.to_keep()
    until = end_of(said, talk.today)
    await talk.finish(lambda work: pauses.pause(work, talk.person_id, until))
    day = dates.dated(until, talk.today, talk.language) if until else "none"
    talk.say(Text("pause-done", {"until": day, "curator": facts["curator"]}), pauses.GO_ON, CURATOR)


async def go_on(talk: Talk) -> None:
    """Entered from: «продолжить», /resume, the button under the pause."""
    facts = await talk.once("facts", lambda work: pauses.facts(work, talk.person_id))
    if not facts["quiet"]:
        talk.say(Text("pause-none"))
        return
    await talk.finish(lambda work: pauses.go_on(work, talk.person_id))
    talk.say(Text("pause-ended", {"missed": facts["missed"]}), MEETINGS)

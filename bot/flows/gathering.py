"""A meeting of the whole programme: whether one comes."""

from __future__ import annotations

from actions import gatherings
from actions.work import Work
from bot.flows.meeting_shared import me
from bot.talk import Talk
from program.errors import Refusal
from program.text import Text

ANSWERS = {"yes": True, "no": False}


async def gathering(talk: Talk) -> None:
    """«Приду», «Не смогу». Entered from: the invitation, a reminder, the list; `f:gathering:<id>.<yes or no>`."""
    key, _, said = talk.arg.partition(".")
    if not key.isascii() or not key.isdecimal() or len(key) > 15 or said not in ANSWERS:
        raise Refusal("gathering-unknown")

    async def answer(work: Work) -> bool:
        return await gatherings.answer(work, await me(talk, work), int(key), coming=ANSWERS[said])

    await talk.finish(answer)
    talk.say(Text("gathering-coming-kept" if ANSWERS[said] else "gathering-cannot-kept"))

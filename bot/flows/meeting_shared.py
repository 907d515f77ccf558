"""What the conversations about meetings share."""

from __future__ import annotations

from actions.work import Work
from bot.talk import Talk
from program.errors import Refusal
from program.outgoing import Message
from storage import people
from storage.meetings import lock_pair
from storage.tables import Meeting, Pair, Person


async def me(talk: Talk, work: Work) -> Person:
    found = await people.get(work.session, talk.person_id)
    if found is None:
        raise Refusal("meeting-not-yours")
    return found


async def pair_of(work: Work, meeting: Meeting) -> Pair:
    pair = await lock_pair(work.session, work.school.id, meeting.pair_id)
    assert pair is not None, "a meeting without its pair"
    return pair


def number(arg: str) -> int:
    """An id from a button; a mangled one is nobody's meeting."""
    if not arg.isascii() or not arg.isdecimal() or len(arg) > 15:
        raise Refusal("meeting-not-yours")
    return int(arg)


def show(talk: Talk, message: Message) -> None:
    """Says a message that a verb has put together."""
    choices = [choice for row in message.rows for choice in row]
    *before, last = message.texts
    for text in before:
        talk.say(text)
    talk.say(last, *choices)

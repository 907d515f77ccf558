"""The curator writes to one person of the programme: in the person's chat, at the person's hours."""

from __future__ import annotations

import hashlib

from actions import journal
from actions.tell import tell
from actions.work import Work
from program.errors import Refusal
from program.outgoing import Choice, Kind, say
from program.roles import PersonState
from program.text import Text, raw
from storage import people

LONGEST = 1000
REPLY = Choice(Text("menu-curator"), "f:curator")


async def write_to(work: Work, person_id: int, words: str) -> bool:
    """Queues the words, signed as the curator's, with a button to answer; the same words go once a day.

    The journal says that somebody was written to, not what.

    Returns:
        False when there is nowhere to write, or the same was written today.

    Raises:
        Refusal: there is no such person in the school, contact has stopped, or there are no words.
    """
    if not words.strip():
        raise Refusal("early-empty")
    person = await people.get(work.session, person_id)
    if person is None or person.school_id != work.school.id or person.state != PersonState.ACTIVE:
        raise Refusal("early-unsent")
    text = words.strip()[:LONGEST]
    same = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    message = say(Text("letter-from-curator", {"words": raw(text)}), REPLY).about(person.id)
    key = f"letter:{person.id}:{same}:{work.today}"
    told = await tell(work, person, message, key=key, kind=Kind.LETTER)
    if told:
        await journal.note(work, "person.written-to", f"person:{person.id}")
    return told

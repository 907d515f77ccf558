"""Words typed instead of pressing: «мне подходит» under a message whose button says so.

Not every phone shows buttons well, and not every child looks for them. While a question is open, words are its answer.
"""

from __future__ import annotations

from datetime import timedelta

from bot.turn import Turn
from program.names import folded
from program.outgoing import Message
from storage import talks

LIVES = timedelta(days=7)
LOOKED_AT = 20  # messages
ENDS = " .!?…"


async def meant(turn: Turn, text: str) -> str:
    """The data of the button that says just this under what the person was told lately; "" if none does.

    Also "" where several say it and mean different things: two meetings, of which only one took place.
    """
    said = folded(text).strip(ENDS)
    if not said:
        return ""
    since = turn.work.now - LIVES
    bodies = await talks.told(turn.work.session, turn.person.id, since, LOOKED_AT)
    words, found = turn.words, set()
    for message in map(Message.from_json, bodies):
        for choice in (choice for row in message.rows for choice in row):
            if choice.data.startswith("f:") and folded(words(choice.label)).strip(ENDS) == said:
                found.add(choice.data)
    return found.pop() if len(found) == 1 else ""

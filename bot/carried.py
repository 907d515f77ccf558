"""A picture, a file, a voice message: nothing of it is taken, and whoever sends it is told so once."""

from __future__ import annotations

from actions import achievement_files
from bot.messenger import Heard
from bot.turn import Turn
from program.outgoing import Choice, Message
from program.text import Text, raw
from storage import talks

WON = ("heard-photo", "heard-file")  # what may be meant for an achievement


async def told_before(turn: Turn) -> bool:
    """Whether it belongs to an album of which another part was answered: each part is an event of its own."""
    heard = turn.incoming
    if not heard.album or not (heard.lost or heard.heard is Heard.OTHER):
        return False
    album = f"album:{heard.address}:{heard.album}"[:100]
    return not await talks.first_time(turn.work.session, heard.channel, heard.account, album, turn.work.now)


async def words_alone(turn: Turn) -> Message:
    """That the words came and what was with them did not."""
    lost = turn.incoming.lost
    only = Text(f"{lost}-beside")
    return Message((only,)) if turn.talking else await way(turn, only, lost)


async def way(turn: Turn, why: Text, kind: str = "") -> Message:
    """Where a diploma can be sent, if there is an achievement that it may belong to."""
    if (kind or why.id) not in WON or not (won := await achievement_files.newest(turn.work, turn.person.id)):
        return Message((why,))
    page = Choice(Text("plan-button-diploma"), url=f"page:diploma:{won[0]}")
    return Message((why, Text("plan-file-here", {"title": raw(won[1])})), ((page,),))

"""How much a person is written to unasked: one message a day, several that are due become one.

The sender asks right before sending, when it is known what has gone out. The rules are in `program.courtesy`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.permission import may_be_told
from actions.work import Work
from program.courtesy import MERGED_MOST, together, unasked_from
from program.outgoing import UNASKED, Message
from storage import outbox
from storage.tables import OutboxRow, Person

CROWDED = "crowded"  # why a row is dropped whose turn would come after it has expired
JOINED = "joined"  # its words went out in another row's message
LOOKED_AT = 3 * MERGED_MOST  # rows that may join: some of them carry photos or are not allowed


async def turn(session: AsyncSession, work: Work, row: OutboxRow, person: Person | None) -> datetime | None:
    """Until when this row waits for its turn with its reader; None: now.

    What is due as well goes along: its words come into the row, so that a try that fails is repeated as a whole.
    """
    if person is None or row.kind not in UNASKED or row.attempts:
        return None
    had, tried = await outbox.last_unasked(session, person.id)
    until = unasked_from(work.now, had, work.settings, work.zone, person.category, row.kind)
    if until > work.now:
        return until
    if tried:
        # What is being tried may yet be given up: then this one goes today.
        return work.now + outbox.LEASE
    if not row.edit_key:
        await _gather(session, work, row, person)
    return None


async def _gather(session: AsyncSession, work: Work, row: OutboxRow, person: Person) -> None:
    others = [
        other
        for other in await outbox.companions(session, row, work.now, LOOKED_AT)
        if await may_be_told(work, person, other.channel, other.body)
    ]
    whole, places = together(Message.from_json(row.body), [Message.from_json(other.body) for other in others])
    if places:
        row.body = whole.to_json()
        for place in places:
            others[place].dropped = JOINED

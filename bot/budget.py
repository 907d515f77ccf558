"""How much a person is written to unasked: one message a day, several that are due become one.

The sender asks right before sending, when it is known what has gone out. The rules are in `program.courtesy`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions.permission import may_be_told
from actions.work import Work
from program.courtesy import MERGED_MOST, together, unasked_from
from program.mailings import JOINED
from program.outgoing import UNASKED, Message
from storage import mailing_post, outbox
from storage.tables import OutboxRow, Person

HELD = timedelta(seconds=1)  # a reader's row is in somebody else's hands: the next look
LOOKED_AT = 3 * MERGED_MOST  # rows that may join: some of them carry photos or are not allowed


@dataclass(frozen=True)
class Known:
    """The same facts of many readers, asked for at once.

    Args:
        had: when each was last written to unasked, and whether such a message is being tried.
        others: what else is due, by lane.
        held: whose row is ours until the transaction ends; whoever else looks at the others' comes first.
    """

    had: Mapping[int, tuple[datetime | None, bool]]
    others: Mapping[str, Sequence[OutboxRow]]
    held: Collection[int]

    @classmethod
    async def of(cls, session: AsyncSession, rows: Sequence[OutboxRow], now: datetime) -> Known:
        readers = {row.person_id for row in rows if row.person_id is not None and not row.attempts}
        held = await mailing_post.hold_readers(session, readers)
        had = await mailing_post.last_unasked(session, readers)
        return cls(had, await mailing_post.companions(session, rows, now), held)


async def turn(
    session: AsyncSession, work: Work, row: OutboxRow, person: Person | None, known: Known | None = None
) -> datetime | None:
    """Until when this row, which may go by the hours, waits for its turn with its reader; None: now.

    What is due as well goes along: its words come into the row, so that a try that fails is repeated as a whole.
    """
    if person is None or row.kind not in UNASKED or row.attempts:
        return None
    if known is not None and person.id not in known.held:
        return work.now + HELD
    had, tried = known.had[person.id] if known is not None else await outbox.last_unasked(session, person.id)
    if had is not None:  # else the hours alone decide, and whoever asks has looked at them
        until = unasked_from(work.now, had, work.settings, work.zone, person.category, row.kind)
        if until > work.now:
            return until
    if tried:
        # What is being tried may yet be given up: then this one goes today.
        return work.now + outbox.LEASE
    if not row.edit_key and row.mailing_id is None:  # news are corrected and taken back by themselves
        if known is None:
            due = await outbox.companions(session, row, work.now, LOOKED_AT)
        else:
            mine = [one for one in known.others.get(row.lane, ()) if one.person_id == person.id]
            due = [one for one in mine if one.school_id == row.school_id][:LOOKED_AT]
        if due:
            await _gather(work, row, person, due)
    return None


async def _gather(work: Work, row: OutboxRow, person: Person, due: Sequence[OutboxRow]) -> None:
    others = [other for other in due if await may_be_told(work, person, other.channel, other.body)]
    whole, places = together(Message.from_json(row.body), [Message.from_json(other.body) for other in others])
    if places:
        row.body = whole.to_json()
        for place in places:
            others[place].dropped = JOINED

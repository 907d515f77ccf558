"""Telling a person something outside a conversation: which address, when, once."""

from __future__ import annotations

from datetime import datetime

from actions.work import Work
from program.courtesy import polite_from
from program.outgoing import PRIORITY, Kind, Message
from storage import outbox, people
from storage.tables import Person


async def tell(
    work: Work,
    person: Person,
    message: Message,
    *,
    key: str,
    kind: Kind = Kind.NOTICE,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    edit_key: str = "",
) -> bool:
    """Queues one message to the address where the person was heard last.

    `key` makes it happen once: ids and ISO dates, the person's id among them.

    Returns:
        False when the person has no reachable address (the curator's list of people to call shows
        them) or was told already.
    """
    place = await people.best_place(work.session, person)
    if place is None:
        return False
    due = polite_from(due_at or work.now, work.settings, work.zone, person.category, kind)
    if expires_at is not None and due >= expires_at:
        return False
    channel, account, address = place
    return await outbox.put(
        work.session,
        school_id=work.school.id,
        key=key,
        kind=kind,
        priority=PRIORITY[kind],
        person_id=person.id,
        channel=channel,
        account=account,
        address=address,
        body=message.to_json(),
        edit_key=edit_key,
        created_at=work.now,
        due_at=due,
        expires_at=expires_at,
    )

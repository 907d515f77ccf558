"""Telling a person something outside a conversation: which address, when, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from actions.work import Work
from program.courtesy import polite_from
from program.outgoing import PRIORITY, Kind, Message
from storage import outbox, people
from storage.tables import Person


@dataclass(frozen=True)
class Letter:
    """What `tell` takes, where many are told at once."""

    person: Person
    message: Message
    key: str
    kind: Kind = Kind.NOTICE
    due_at: datetime | None = None
    expires_at: datetime | None = None
    edit_key: str = ""


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
    letter = Letter(person, message, key, kind, due_at, expires_at, edit_key)
    place = await people.best_place(work.session, person)
    row = _row(work, letter, place, partial(_polite_from, work)) if place else None
    return row is not None and await outbox.put(work.session, **row)


async def tell_all(work: Work, letters: Sequence[Letter]) -> set[str]:
    """As `tell`, many in two statements; the keys of those that were queued."""
    places = await people.best_places(work.session, [one.person for one in letters]) if letters else {}
    polite = cache(partial(_polite_from, work))  # most are told at one moment
    rows = [_row(work, one, places[one.person.id], polite) for one in letters if one.person.id in places]
    return await outbox.put_telling(work.session, [row for row in rows if row is not None])


def _polite_from(work: Work, moment: datetime, category: str | None, kind: Kind) -> datetime:
    return polite_from(moment, work.settings, work.zone, category, kind)


def _row(
    work: Work,
    letter: Letter,
    place: tuple[str, str, str],
    polite: Callable[[datetime, str | None, Kind], datetime],
) -> dict[str, Any] | None:
    """None: it would come too late."""
    person, kind, expires_at = letter.person, letter.kind, letter.expires_at
    due = polite(letter.due_at or work.now, person.category, kind)
    if expires_at is not None and due >= expires_at:
        return None
    channel, account, address = place
    return {
        "school_id": work.school.id,
        "key": letter.key,
        "kind": kind,
        "priority": PRIORITY[kind],
        "person_id": person.id,
        "channel": channel,
        "account": account,
        "address": address,
        "body": letter.message.to_json(),
        "edit_key": letter.edit_key,
        "created_at": work.now,
        "due_at": due,
        "expires_at": expires_at,
    }

"""What happened, as the admin lists it: messages, the last change of a thing. Every query takes the school.

The journal of changes itself: `storage.journal_lines`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from program.journal_reading import LOOKS
from program.outgoing import Kind
from storage.overview import KEPT, failed, unreachable
from storage.tables import JournalEntry, OutboxRow, Person
from storage.tables.people import BY_CLASS


async def messages_of(session: AsyncSession, school_id: int, person_id: int) -> Sequence[OutboxRow]:
    """The last thirty things we said unasked. Replies are left out: they repeat what the person wrote."""
    statement = (
        select(OutboxRow)
        .where(
            OutboxRow.school_id == school_id,
            OutboxRow.person_id == person_id,
            OutboxRow.kind.in_((Kind.SOON, Kind.NOTICE, Kind.NEWS)),
        )
        .order_by(OutboxRow.id.desc())
        .limit(30)
    )
    return (await session.scalars(statement)).all()


async def failures(session: AsyncSession, school_id: int, now: datetime) -> Sequence[OutboxRow]:
    """Messages that did not go out, newest first."""
    statement = (
        select(OutboxRow)
        .where(OutboxRow.school_id == school_id, failed(now))
        .order_by(OutboxRow.id.desc())
        .limit(200)
    )
    return (await session.scalars(statement)).all()


async def lost(session: AsyncSession, school_id: int) -> Sequence[Person]:
    """People whom no message reaches, with their addresses: whom to call."""
    statement = (
        select(Person)
        .where(Person.school_id == school_id, Person.state.in_(KEPT), unreachable())
        .options(selectinload(Person.addresses))
        .order_by(*BY_CLASS)
    )
    return (await session.scalars(statement)).all()


async def last_change(
    session: AsyncSession, school_id: int, subject: str, since: datetime
) -> JournalEntry | None:
    """The newest line about a thing that is not older than this; None: nobody has touched it."""
    statement = (
        select(JournalEntry)
        .where(
            JournalEntry.school_id == school_id,
            JournalEntry.subject == subject,
            JournalEntry.at >= since,
            JournalEntry.action.not_in(sorted(LOOKS)),
        )
        .order_by(JournalEntry.number.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).first()

"""What happened, as the admin lists it: messages, the journal. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from program.journal_reading import Reach
from program.outgoing import Kind
from storage.journal_reach import within
from storage.lists import PAGE
from storage.overview import KEPT, failed, unreachable
from storage.tables import JournalEntry, OutboxRow, Person


async def messages_of(session: AsyncSession, school_id: int, person_id: int) -> Sequence[OutboxRow]:
    """The last thirty things we said unasked. Replies are left out: they repeat what the person wrote."""
    statement = (
        select(OutboxRow)
        .where(
            OutboxRow.school_id == school_id,
            OutboxRow.person_id == person_id,
            OutboxRow.kind.in_((Kind.NOTICE, Kind.NEWS)),
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
        .order_by(Person.class_name, Person.last_name, Person.first_name)
    )
    return (await session.scalars(statement)).all()


async def journal(
    session: AsyncSession, school_id: int, reach: Reach, *, subject: str = "", action: str = "", page: int = 1
) -> tuple[Sequence[JournalEntry], int]:
    """One page of the journal of changes, newest first, and how many lines there are.

    Args:
        reach: what the reader may read.
        action: how the action begins: "pair", "consent".
    """
    where = [JournalEntry.school_id == school_id, within(reach)]
    if subject:
        where.append(JournalEntry.subject == subject)
    if action:
        where.append(JournalEntry.action.startswith(action + ".", autoescape=True))
    count = await session.scalar(select(func.count(JournalEntry.id)).where(*where)) or 0
    statement = (
        select(JournalEntry)
        .where(*where)
        .order_by(JournalEntry.number.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return (await session.scalars(statement)).all(), count


async def last_change(
    session: AsyncSession, school_id: int, subject: str, since: datetime
) -> JournalEntry | None:
    """The newest line about a thing that is not older than this; None: nobody has touched it."""
    statement = (
        select(JournalEntry)
        .where(
            JournalEntry.school_id == school_id, JournalEntry.subject == subject, JournalEntry.at >= since
        )
        .order_by(JournalEntry.number.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).first()

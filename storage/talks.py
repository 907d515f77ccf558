"""Conversations and seen events: queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from program.outgoing import Kind
from storage.adding import add_new, keep
from storage.tables import Address, Conversation, OutboxRow, Person, School, SeenEvent


async def first_time(
    session: AsyncSession, channel: Channel, account: str, event_id: str, now: datetime
) -> bool:
    """Notes an event; False if it was handled before."""
    values = {"channel": channel, "account": account, "event_id": event_id, "at": now}
    return await add_new(session, SeenEvent, values, ["channel", "account", "event_id"]) is not None


async def has_heard(session: AsyncSession, channel: Channel) -> bool:
    """Whether anybody was heard there in the days for which events are remembered."""
    known = select(SeenEvent.event_id).where(SeenEvent.channel == channel).limit(1)
    return await session.scalar(known) is not None


async def writer(
    session: AsyncSession, channel: Channel, account: str, address: str
) -> tuple[Address, Person, School] | None:
    """Who writes from an address, and their school; None for somebody new.

    The person is held until the transaction ends: events of one person go one after the other.
    """
    asked = {"channel": channel, "account": account, "address": address}
    found = (await session.execute(_writer(), asked)).one_or_none()
    return (found[0], found[1], found[2]) if found is not None else None


@cache
def _writer() -> Select[Address, Person, School]:
    """Built once, as below: every event asks."""
    return (
        select(Address, Person, School)
        .join(Person, Person.id == Address.person_id)
        .join(School, School.id == Person.school_id)
        .where(
            Address.channel == bindparam("channel"),
            Address.account == bindparam("account"),
            Address.address == bindparam("address"),
        )
        .with_for_update(of=Person, key_share=True)
    )


async def conversation(session: AsyncSession, person_id: int) -> Conversation | None:
    """What the person is in the middle of; asked after `writer`, which holds the person."""
    return await session.scalar(_conversation(), {"person": person_id})


@cache
def _conversation() -> Select[Conversation]:
    return select(Conversation).where(Conversation.person_id == bindparam("person"))


async def show(session: AsyncSession, person: Person, conversation: Conversation) -> None:
    """Writes down the question that is open now and its number among the person's."""
    await keep(session, person, "turn")
    await keep(session, conversation)


async def told(
    session: AsyncSession, person_id: int, since: datetime, limit: int
) -> Sequence[Mapping[str, Any]]:
    """What the person was sent since then, the newest first."""
    statement = (
        select(OutboxRow.body)
        .where(OutboxRow.person_id == person_id, OutboxRow.kind.in_(tuple(Kind)), OutboxRow.sent_at >= since)
        .order_by(OutboxRow.sent_at.desc(), OutboxRow.id.desc())
        .limit(limit)
    )
    return (await session.scalars(statement)).all()

"""Conversations and seen events: queries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from storage.adding import add_new
from storage.tables import Address, Conversation, Person, School, SeenEvent


async def first_time(
    session: AsyncSession, channel: Channel, account: str, event_id: str, now: datetime
) -> bool:
    """Notes an event; False if it was handled before."""
    values = {"channel": channel, "account": account, "event_id": event_id, "at": now}
    return await add_new(session, SeenEvent, values, ["channel", "account", "event_id"]) is not None


async def writer(
    session: AsyncSession, channel: Channel, account: str, address: str
) -> tuple[Address, Person, School] | None:
    """Who writes from an address, and their school; None for somebody new.

    The person is held until the transaction ends: events of one person go one after the other.
    """
    statement = (
        select(Address, Person, School)
        .join(Person, Person.id == Address.person_id)
        .join(School, School.id == Person.school_id)
        .where(Address.channel == channel, Address.account == account, Address.address == address)
        .with_for_update(of=Person, key_share=True)
    )
    found = (await session.execute(statement)).one_or_none()
    return (found[0], found[1], found[2]) if found is not None else None


async def conversation(session: AsyncSession, person_id: int) -> Conversation | None:
    return await session.scalar(select(Conversation).where(Conversation.person_id == person_id))

"""Conversations and seen events: queries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from storage.outbox import insert_new
from storage.tables import Conversation, SeenEvent


async def first_time(session: AsyncSession, channel: Channel, account: str, event_id: str, now: datetime) -> bool:
    """Notes an event; False if it was handled before."""
    values = {"channel": channel, "account": account, "event_id": event_id, "at": now}
    statement = insert_new(session, SeenEvent, values, ["channel", "account", "event_id"])
    return await session.scalar(statement.returning(SeenEvent.event_id)) is not None


async def conversation(session: AsyncSession, person_id: int) -> Conversation | None:
    return await session.scalar(select(Conversation).where(Conversation.person_id == person_id))

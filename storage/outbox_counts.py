"""How full the outbox is and how it fares: for /metrics and the watch."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from storage.outbox import EMPTY, waits
from storage.tables import OutboxRow


async def next_due(session: AsyncSession) -> datetime | None:
    return await session.scalar(select(func.min(OutboxRow.due_at)).where(waits()))


async def due_counts(session: AsyncSession, now: datetime) -> dict[Channel, int]:
    """How many rows are due and not sent, by channel."""
    statement = (
        select(OutboxRow.channel, func.count())
        .where(waits(), OutboxRow.due_at <= now)
        .group_by(OutboxRow.channel)
    )
    return {Channel(channel): count for channel, count in await session.execute(statement)}


async def stuck(session: AsyncSession, channel: Channel, since: datetime) -> bool:
    """Whether a message of this channel was first tried before then and waits, while nothing has got through since."""
    of_channel = OutboxRow.channel == channel
    stands = exists().where(of_channel, waits(), OutboxRow.first_tried_at < since, OutboxRow.error != "")
    through = exists().where(of_channel, OutboxRow.sent_at >= since)
    return await session.scalar(select(and_(stands, ~through))) or False


async def dropped_counts(session: AsyncSession, since: datetime) -> dict[str, int]:
    """How many of the rows put since then were given up, by reason."""
    statement = (
        select(OutboxRow.dropped, func.count())
        .where(OutboxRow.dropped != EMPTY, OutboxRow.created_at >= since)
        .group_by(OutboxRow.dropped)
    )
    return {str(row[0]): int(row[1]) for row in await session.execute(statement)}

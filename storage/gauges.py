"""What the gauges of `/metrics` read: how the outbox, the beats and the conversations fare. Numbers, nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.outbox import EMPTY, waits
from storage.tables import Conversation, OutboxRow

NEWEST = 1000  # messages whose lag is told: by their keys, so that a long past costs nothing
MOST_PLACES = 100  # in conversations


async def lags(session: AsyncSession) -> dict[str, list[float]]:
    """Channel -> seconds from when a message was due to when it went, of the newest that have gone; the shortest first.

    A failed try moves what is due; such a message counts from its first try.
    """
    due = case(
        (OutboxRow.first_tried_at < OutboxRow.due_at, OutboxRow.first_tried_at), else_=OutboxRow.due_at
    )
    newest = (
        select(OutboxRow.channel, due, OutboxRow.sent_at)
        .where(OutboxRow.sent_at.is_not(None))
        .order_by(OutboxRow.id.desc())
        .limit(NEWEST)
    )
    found: dict[str, list[float]] = {}
    for channel, since, sent in await session.execute(newest):
        found.setdefault(str(channel), []).append(max(0.0, (sent - since).total_seconds()))
    return {channel: sorted(seconds) for channel, seconds in found.items()}


async def failing(session: AsyncSession) -> dict[tuple[str, str], int]:
    """Channel and class of the last failure -> how many messages wait for another try."""
    statement = (
        select(OutboxRow.channel, OutboxRow.error, func.count())
        .where(waits(), OutboxRow.error != EMPTY)
        .group_by(OutboxRow.channel, OutboxRow.error)
    )
    return {(str(row[0]), str(row[1])): int(row[2]) for row in await session.execute(statement)}


async def talks(
    session: AsyncSession, since: datetime, quiet: datetime
) -> Sequence[tuple[str, str, bool, int]]:
    """Flow, step, whether it was left, how many: where people are in their conversations, the most frequent first.

    Args:
        since: older ones are not counted.
        quiet: left is what was put aside, or has heard nothing since then.
    """
    left = (Conversation.paused | (Conversation.updated_at < quiet)).label("left")
    count = func.count().label("count")
    statement = (
        select(Conversation.flow, Conversation.step, left, count)
        .where(Conversation.updated_at >= since)
        .group_by(Conversation.flow, Conversation.step, left)
        .order_by(count.desc(), Conversation.flow, Conversation.step)
        .limit(MOST_PLACES)
    )
    return [(str(row[0]), str(row[1]), bool(row[2]), int(row[3])) for row in await session.execute(statement)]

"""How far event streams were read, and who reads them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from program.channels import Channel
from storage.adding import add_new
from storage.tables import StreamPlace


async def take(
    session: AsyncSession,
    channel: Channel,
    account: str,
    holder: str,
    now: datetime,
    until: datetime,
    *,
    gone: str = "",
) -> bool:
    """Makes `holder` the only reader until `until`; False while somebody else holds the stream.

    Args:
        gone: a holder known to be dead, whose lease need not run out.
    """
    unique = {"channel": channel, "account": account}
    await add_new(session, StreamPlace, unique | {"place": "", "holder": ""}, ["channel", "account"])
    free = [
        StreamPlace.holder.in_({"", holder, gone}),
        StreamPlace.held_until.is_(None),
        StreamPlace.held_until <= now,
    ]
    statement = (
        update(StreamPlace)
        .where(StreamPlace.channel == channel, StreamPlace.account == account, or_(*free))
        .values(holder=holder, held_until=until)
        .returning(StreamPlace.account)
    )
    return await session.scalar(statement) is not None


async def holder(session: AsyncSession, channel: Channel, account: str) -> str:
    """Who took the stream last; "" if nobody reads it."""
    return await session.scalar(_one(StreamPlace.holder, channel, account)) or ""


async def place(session: AsyncSession, channel: Channel, account: str) -> str:
    """Where reading goes on; "" if it has not begun."""
    return await session.scalar(_one(StreamPlace.place, channel, account)) or ""


async def store(session: AsyncSession, channel: Channel, account: str, holder: str, place: str) -> bool:
    """False if `holder` does not hold the stream any more; nothing is stored then."""
    statement = (
        update(StreamPlace)
        .where(StreamPlace.channel == channel, StreamPlace.account == account, StreamPlace.holder == holder)
        .values(place=place)
        .returning(StreamPlace.account)
    )
    return await session.scalar(statement) is not None


async def leave(session: AsyncSession, channel: Channel, account: str, holder: str) -> None:
    """Lets the next reader in at once."""
    await session.execute(
        update(StreamPlace)
        .where(StreamPlace.channel == channel, StreamPlace.account == account, StreamPlace.holder == holder)
        .values(holder="", held_until=None)
    )


def _one(column: InstrumentedAttribute[str], channel: Channel, account: str) -> Select[str]:
    return select(column).where(StreamPlace.channel == channel, StreamPlace.account == account)

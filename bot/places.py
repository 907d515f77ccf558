"""Where an event stream was left, kept in the database; one reader at a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot import holders
from program.channels import Channel
from storage import streams
from storage.database import Database
from storage.presence import Presence, is_absent

LEASE = timedelta(seconds=60)  # longer than a poll (25 s) and the batch it brings
RENEW_AFTER = 10.0  # seconds; the lease is not written at every look


class StreamLease:
    """The `Place` of one account, by its row in stream_place.

    Args:
        host: the machine; a dead process of the same one is replaced at once, not after its lease. On PostgreSQL
            so is one of another machine, whose connection has ended.
        clock: wall time, shared with other processes. Not the demo's clock.
    """

    def __init__(
        self,
        database: Database,
        channel: Channel,
        account: str = "default",
        *,
        host: str = "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._channel = channel
        self._account = account
        self._host = host or holders.this_host()
        self._holder = holders.name(self._host)
        self._presence = Presence(database, self._holder)
        self._clock = clock
        self._renewed = -RENEW_AFTER  # monotonic

    async def take(self) -> bool:
        """True while this process may read the stream (takes over or renews the lease)."""
        if self._renewed + RENEW_AFTER > time.monotonic():
            return True
        began = time.monotonic()
        now = self._clock()
        await self._presence.show()
        async with self._database.transaction() as session:
            holder = await streams.holder(session, self._channel, self._account)
            other = holder not in ("", self._holder)
            gone = other and (holders.is_gone(holder, self._host) or await is_absent(session, holder))
            taken = await streams.take(
                session,
                self._channel,
                self._account,
                self._holder,
                now,
                now + LEASE,
                gone=holder if gone else "",
            )
        self._renewed = began if taken else -RENEW_AFTER
        return taken

    async def load(self) -> str:
        async with self._database.reading() as session:
            return await streams.place(session, self._channel, self._account)

    async def store(self, place: str) -> None:
        """After every event before `place` is committed. Without the lease nothing is stored."""
        async with self._database.transaction() as session:
            if not await streams.store(session, self._channel, self._account, self._holder, place):
                self._renewed = -RENEW_AFTER

    async def leave(self) -> None:
        """Lets the next reader in at once."""
        self._renewed = -RENEW_AFTER
        try:
            async with self._database.transaction() as session:
                await streams.leave(session, self._channel, self._account, self._holder)
        finally:
            await self._presence.leave()

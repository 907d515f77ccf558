"""Looks after the channels: asks the platforms, and the parts that listen and send, and keeps what is wrong.

«Сегодня» shows it within five minutes. A token that works again sets the sender going without a restart.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from actions import upkeep
from app.desk import CHANNELS, Desk
from bot.messenger import Door, Inbox
from bot.sender import Sender
from program.channels import Channel
from program.text import Text
from storage import outbox_counts
from storage.database import Database

log = structlog.get_logger()

PACE = 60.0  # seconds between looks at ourselves
ASK_EVERY = 3  # looks; the platforms are asked less often
TIDY_EVERY = 60  # looks between looks at old copies
SILENT_AFTER = timedelta(minutes=2)  # as in `app.health`
STUCK_AFTER = timedelta(minutes=4)  # since the first try of a message, nothing having got through meanwhile


class Watch:
    """Args:
    clock: the house's time.
    tidy: lets go of copies that have become too old.
    """

    def __init__(
        self,
        desk: Desk,
        database: Database,
        clock: Callable[[], datetime],
        doors: Sequence[Door],
        sender: Sender,
        tidy: Callable[[], None],
    ) -> None:
        self._desk, self._database, self._clock = desk, database, clock
        self._doors, self._sender, self._tidy = doors, sender, tidy
        self._since: datetime | None = None  # when this process began to listen; None: it does not

    async def run(self) -> None:
        """Until cancelled, in the part that listens and sends."""
        self._since = self._clock()
        number = 0
        while True:
            try:
                await self.look(ask=number % ASK_EVERY == 0)
                if number % TIDY_EVERY == 0:
                    self._tidy()
            except Exception:
                log.exception("watch.failed")
            number += 1
            await asyncio.sleep(PACE)

    async def look(self, *, ask: bool = True) -> None:
        """Once, now. Platforms are asked outside of any transaction."""
        for channel in self._channels():
            asked = await self._asked(channel) if ask else None
            if asked is not None and not asked:
                self._set_going(channel)
            now = self._clock()
            async with self._database.transaction() as session:
                if asked is not None:
                    await upkeep.note_channel(session, channel, upkeep.ASKED, asked, now)
                if self._since is not None and not self._stands_by(channel):
                    if (inbox := self._inbox(channel)) is not None:
                        await upkeep.note_polled(session, channel, inbox.polled_at, now)
                    heard = self._heard(channel, now)
                    if not heard and await outbox_counts.stuck(session, channel, now - STUCK_AFTER):
                        heard = [Text(f"upkeep-{channel}-stuck")]
                    await upkeep.note_channel(session, channel, upkeep.HEARD, heard, now)

    def _channels(self) -> list[Channel]:
        """Those that are switched on."""
        there = {door.messenger.channel for door in self._doors}
        return [channel for channel in CHANNELS if channel in there]

    async def _asked(self, channel: Channel) -> list[Text]:
        """What the platform says is wrong, in the admin's words; several lines may say the same."""
        lines = await self._desk.look(channel)
        return list({line.alarm.id: line.alarm for line in lines if line.alarm is not None}.values())

    def _inbox(self, channel: Channel) -> Inbox | None:
        """None: events come through HTTP."""
        return next((door.inbox for door in self._doors if door.messenger.channel is channel), None)

    def _stands_by(self, channel: Channel) -> bool:
        """Another process polls: it tells what it hears, and its word must not be written over by one that only waits."""
        inbox = self._inbox(channel)
        return inbox is not None and inbox.stands_by

    def _heard(self, channel: Channel, now: datetime) -> list[Text]:
        assert self._since is not None
        inbox = self._inbox(channel)
        if inbox is not None and now - max(self._since, inbox.polled_at or self._since) > SILENT_AFTER:
            return [Text(f"upkeep-{channel}-unheard")]
        lanes = [lane for lane in self._sender.lanes if lane.messenger.channel is channel]
        return [Text(f"upkeep-{channel}-stopped")] if any(lane.stopped for lane in lanes) else []

    def _set_going(self, channel: Channel) -> None:
        for lane in self._sender.lanes:
            if lane.messenger.channel is channel and lane.stopped:
                log.info("watch.set_going", channel=channel)
                lane.stopped = ""
                lane.wake()

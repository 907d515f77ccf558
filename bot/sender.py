"""The outbox's only reader: claims due rows, looks at them again, sends at the platforms' pace, marks.

Promises P2-P5 of docs/operations.md: nothing due is lost, each message goes once or expires visibly.
One send is in flight per account and the mark follows each send at once, so that a kill repeats at most
the message in hand (and on VK not even that: its `random_id` comes from the row).
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from actions import news
from actions.links import Links
from actions.work import Work
from bot import holders
from bot.look import IN_DOUBT, Look, Prepared
from bot.messenger import DeliveryFailed, Indoors, Messenger, Probing
from program.channels import Channel
from storage import outbox, people, schools
from storage.database import Database
from storage.tables import OutboxRow

log = structlog.get_logger()

TOGETHER = 20  # messages of the house itself in one transaction
IDLE = 1.0  # seconds between looks when nobody wakes us
GIVE_UP_AFTER = 8  # attempts with an answer that says "later", while others get through
LONGEST_OUTAGE = timedelta(hours=24)  # for which a message waits on a platform that takes none
FIRST_WAIT = 2.0  # seconds; doubles with each attempt, with jitter
LONGEST_WAIT = 600.0


@dataclass
class Lane:
    """One account: its messenger, and how it fares. Read by /readyz and the metrics."""

    messenger: Messenger
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    held_until: datetime | None = None  # retry_after: everything of this account stands still
    stopped: str = ""  # the token was refused
    went_at: datetime | None = None  # when this process last got a message through
    stumbled: bool = False  # the last look broke off


class Sender:
    """Args:
    clock: the house's time.
    messengers: one for each account.
    """

    def __init__(
        self, database: Database, clock: Callable[[], datetime], links: Links, messengers: Sequence[Messenger]
    ) -> None:
        self._database = database
        self._clock = clock
        self._links = links
        self._owner = holders.name()
        self._stopping = False
        self.lanes = [Lane(messenger) for messenger in messengers]

    def wake(self) -> None:
        for lane in self.lanes:
            lane.woken.set()

    async def run(self) -> None:
        """Sends until `stop`; the message in hand is finished and marked first."""
        await self._free_left_behind()
        async with asyncio.TaskGroup() as group:
            for lane in self.lanes:
                group.create_task(self._serve(lane))

    def stop(self) -> None:
        self._stopping = True
        self.wake()

    async def drain(self) -> int:
        """Sends everything that is due now; returns how many rows were handled. For tests and the demo."""
        handled = 0
        for lane in self.lanes:
            while count := await self._step(lane):
                handled += count
        return handled

    async def _serve(self, lane: Lane) -> None:
        while not self._stopping:
            lane.woken.clear()
            try:
                handled = await self._step(lane)
            except Exception as failure:  # the database is away: wait and look again
                log.exception(
                    "outbox.step_failed", channel=lane.messenger.channel, error=type(failure).__name__
                )
                handled = 0
            if not handled and not self._stopping:
                with suppress(TimeoutError):
                    await asyncio.wait_for(lane.woken.wait(), IDLE)

    async def _free_left_behind(self) -> None:
        """Rows in the hands of a process of this machine that was killed need not wait for their lease."""
        async with self._database.transaction() as session:
            for owner in await outbox.owners(session):
                if holders.is_gone(owner):
                    await outbox.free(session, owner)

    async def _step(self, lane: Lane) -> int:
        """The next rows: claimed and looked at in one transaction, sent outside it, marked. Returns how many."""
        now, messenger = self._clock(), lane.messenger
        if lane.stopped or (lane.held_until is not None and now < lane.held_until):
            return 0
        if isinstance(messenger, Indoors):
            return await self._put_up(lane, messenger, now)
        async with self._database.transaction() as session:
            with session.no_autoflush:  # the lease and the attempt are one write
                rows = await outbox.claim(session, messenger.channel, messenger.account, now, self._owner)
                if not rows:
                    return 0
                look = await Look.at(session, rows, messenger, self._links, now)
                prepared = await look.prepare(rows[0])
        if prepared is not None:
            await self._send(lane, prepared)
        return 1

    async def _put_up(self, lane: Lane, messenger: Indoors, now: datetime) -> int:
        """Messages of the house itself: put up and marked in the transaction that claimed them."""
        # SQLite has one writer, so that several together keep nobody waiting; on PostgreSQL they would hold
        # their readers' rows against each other.
        most = TOGETHER if self._database.is_sqlite and not lane.stumbled else 1
        lane.stumbled = True  # until it is known that these rows went: the next look takes one alone
        async with self._database.transaction() as session:
            with session.no_autoflush:
                rows = await outbox.claim(
                    session, lane.messenger.channel, lane.messenger.account, now, self._owner, most
                )
                look = await Look.at(session, rows, lane.messenger, self._links, now)
                for row in rows:
                    prepared = await look.prepare(row)
                    if prepared is not None:
                        await _shown(session, messenger, prepared, now)
        lane.stumbled = False
        return len(rows)

    async def _send(self, lane: Lane, prepared: Prepared) -> None:
        row, messenger = prepared.row, lane.messenger
        try:
            if row.error.startswith(IN_DOUBT) and isinstance(messenger, Probing):
                await _probe(messenger)
            if prepared.edits:
                external_id = await messenger.edit(prepared.edits, prepared.outgoing)
            else:
                external_id = await messenger.send(prepared.outgoing)
        except DeliveryFailed as failure:
            await self._failed(lane, row, failure)
            return
        except Exception:
            log.exception("outbox.defect", message=row.id, channel=row.channel)
            await self._failed(lane, row, DeliveryFailed("defect", unknown=True))
            return
        lane.went_at = self._clock()
        async with self._database.transaction() as session:
            await outbox.sent(session, row.id, external_id, lane.went_at)
            if row.channel == Channel.VK_WALL:
                await news.wall_done(await self._work(session, row), row.key, external_id)
        log.debug("outbox.sent", message=row.id, channel=row.channel, attempt=row.attempts)

    async def _failed(self, lane: Lane, row: OutboxRow, failure: DeliveryFailed) -> None:
        now = self._clock()
        attempts = row.attempts
        doubted = row.error.startswith(IN_DOUBT)
        error = IN_DOUBT + failure.reason if doubted or failure.unknown else failure.reason
        hopeless = attempts >= GIVE_UP_AFTER and _only_this_one(lane, row, now)
        log.warning(
            "outbox.failed", message=row.id, channel=row.channel, reason=failure.reason, attempt=attempts
        )
        async with self._database.transaction() as session:
            if failure.permanent:
                await outbox.drop(session, row.id, "unreachable")
                await people.mark_unreachable(
                    session, row.channel, row.account, row.address, failure.reason, now
                )
            elif failure.broken:
                await outbox.drop(session, row.id, f"refused: {failure.reason}")
            elif failure.stop:
                await outbox.put_off(session, row.id, now, error)
            elif failure.retry_after is not None:
                lane.held_until = now + timedelta(seconds=failure.retry_after)
                await outbox.put_off(session, row.id, lane.held_until, error)
            elif failure.unknown and doubted and row.channel == Channel.TELEGRAM:
                await outbox.drop(session, row.id, "in-doubt")
            elif hopeless:
                await outbox.drop(session, row.id, f"gave-up: {failure.reason}")
            else:
                wait = min(LONGEST_WAIT, FIRST_WAIT * 2**attempts) * random.uniform(0.5, 1.0)  # noqa: S311
                await outbox.put_off(session, row.id, now + timedelta(seconds=wait), error)
            if failure.stop:
                lane.stopped = failure.reason
            final = failure.stop or failure.permanent or failure.broken or hopeless
            if row.channel == Channel.VK_WALL and final:
                await outbox.drop(session, row.id, f"refused: {failure.reason}")
                await news.wall_failed(await self._work(session, row), row.key, failure.reason)
                lane.stopped = ""  # the next post may be text only; each is tried on its own

    async def _work(self, session: AsyncSession, row: OutboxRow) -> Work:
        return Work(session, await schools.get(session, row.school_id), self._clock())


async def _shown(session: AsyncSession, messenger: Indoors, prepared: Prepared, now: datetime) -> None:
    row = prepared.row
    try:
        row.external_id = await messenger.put_up(session, prepared.reader, prepared.outgoing, prepared.edits)
    except DeliveryFailed as failure:
        row.dropped = failure.reason
    else:
        row.sent_at = now
    row.lease_until, row.lease_owner = None, ""


async def _probe(messenger: Probing) -> None:
    """The one repeat of a message of unknown fate is not spent on a platform that does not answer at all."""
    try:
        await messenger.probe()
    except DeliveryFailed as failure:
        failure.unknown = False  # of the message itself nothing was sent
        raise


def _only_this_one(lane: Lane, row: OutboxRow, now: datetime) -> bool:
    """Whether a message fails by itself: others got through meanwhile, or it has waited for a day.

    While the platform is away nothing is given up; what is out of date by then expires. A post for the
    wall has no others beside it, and a person can put it up by hand.
    """
    since = row.first_tried_at or now
    passed = lane.went_at is not None and lane.went_at > since
    return row.channel == Channel.VK_WALL or passed or now - since > LONGEST_OUTAGE

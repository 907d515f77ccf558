"""The outbox's reader: claims due rows, looks at them again, sends at the platforms' pace, marks.

Promises P2-P5 of docs/operations.md: nothing due is lost, each message goes once or expires visibly.
One send is in flight per account and the mark follows each send at once, so that a kill repeats at most
the message in hand (and on VK not even that: its `random_id` comes from the row). What goes to many at once
goes beside it (`bot.mailing`).

An answer goes from hand to hand where nothing else is under way: the turn that puts it leases it and looks at it in
its own transaction, and it is sent without another one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from actions import news_wall
from actions.links import Links
from actions.work import Work
from bot import holders
from bot.lane import Gone, Lane, Taken, probe, settle
from bot.look import Look, Prepared
from bot.mailing import Mailing
from bot.messenger import DeliveryFailed, Indoors, Messenger
from bot.turn import Turn
from program.channels import Channel
from storage import mailing_post, outbox, schools
from storage.adding import keep
from storage.database import Database
from storage.mailing_post import Before
from storage.tables import Address, OutboxRow

log = structlog.get_logger()

TOGETHER = 20  # messages of the house itself in one transaction
SEVERAL = 4  # from so many on it costs less to ask of all readers at once than of each
IDLE = 1.0  # seconds between looks when nobody wakes us


# A claimed row, and what it has become: None where it stays.
Looked = tuple[OutboxRow | None, Prepared | None]


@dataclass(frozen=True)
class Done:
    """What a turn has seen to. `of`: an address at which nothing is left to do; `taken`: what is to be sent."""

    lane: Lane
    of: tuple[str, str, str] | None
    taken: Taken | None = None


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
        self._stop = asyncio.Event()
        self.lanes = [Lane(messenger) for messenger in messengers]

    def wake(self, accounts: Collection[tuple[str, str]] | None = None) -> None:
        """Lets them look at once; without a word of whom, all of them.

        Args:
            accounts: channels and accounts for which something was put. Whoever is not named looks within `IDLE`.
        """
        for lane in self.lanes:
            if accounts is None or lane.account in accounts:
                lane.wake()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """One of a turn: once it is committed, what it took is sent, and whoever else has something to send wakes."""
        session: AsyncSession | None = None
        try:
            async with self._database.transaction() as session:
                yield session
            await self._committed(session)
        finally:
            for lane in self.lanes:
                if lane.promised is session:
                    lane.promised = None

    async def take(self, turn: Turn) -> None:
        """In the transaction of a turn: takes its answer, where its account has nothing else to do.

        The house's own messages are put up at once; whether somebody sends does not matter to them.
        """
        session, to = turn.work.session, turn.address
        account = to.channel, to.account
        lane = next((one for one in self.lanes if one.account == account), None)
        if lane is None or (*account, to.address) not in outbox.lanes_put(session):
            return
        if lane.indoors is not None:
            await self._put_up_all(lane, lane.indoors, turn)
        elif lane.takes(self._clock()) and not self._stop.is_set():
            lane.promised = session
            await self._take(lane, turn)

    async def _committed(self, session: AsyncSession) -> None:
        done: Done | None = session.info.get("taken")
        lanes = outbox.lanes_put(session) - ({done.of} if done is not None else set())
        self.wake({(channel, account) for channel, account, _ in lanes})
        if done is None or done.taken is None:
            return
        done.lane.handed = done.taken
        done.lane.woken.set()
        if self._stop.is_set():  # nobody may be there any more to send it
            try:
                await self._give_back(done.lane)
            except Exception:  # it comes free with its lease; what was said is committed
                log.exception("outbox.not_given_back", channel=done.lane.messenger.channel)

    async def _take(self, lane: Lane, turn: Turn) -> None:
        session, now, to = turn.work.session, self._clock(), turn.address
        await session.flush()
        with session.no_autoflush:  # the lease and the attempt are one write
            row = await outbox.take(session, _key(to), now, self._owner)
            if row is None:
                return
            before = Before.of(row)
            look = Look.of_answer(turn, row, lane.messenger, self._links)
            look = look or await Look.at(session, [row], lane.messenger, self._links, now)
            ready = await look.prepare(row)
            await keep(session, row)
        if ready is not None:
            all_of_it = _place(to) if outbox.put_alone(session, row) else None
            session.info["taken"] = Done(lane, all_of_it, Taken(ready, before))

    async def _put_up_all(self, lane: Lane, messenger: Indoors, turn: Turn) -> None:
        """Everything that is due at the turn's address, in its order."""
        session, now, to = turn.work.session, self._clock(), turn.address
        if lane.stumbled:  # one that cannot be put up would let no turn of this person through
            return
        with _noting_a_stumble(lane):
            await session.flush()
            with session.no_autoflush:
                while (row := await outbox.take(session, _key(to), now, self._owner)) is not None:
                    look = await Look.at(session, [row], lane.messenger, self._links, now)
                    ready = await look.prepare(row)
                    await _shown(session, messenger, [ready] if ready is not None else [], now)
                    await session.flush()
        # On PostgreSQL a row may have been passed over because another holds it.
        session.info["taken"] = Done(lane, _place(to) if self._database.is_sqlite else None)

    async def run(self) -> None:
        """Sends until `stop`; the message in hand is finished and marked first."""
        await self._free_left_behind()
        async with asyncio.TaskGroup() as group:
            for lane in self.lanes:
                group.create_task(self._serve(lane))
                if (mailing := self._mailing(lane)) is not None:
                    group.create_task(mailing.run(self._stop))

    def stop(self) -> None:
        self._stop.set()
        self.wake()

    async def drain(self) -> int:
        """Sends everything that is due now; returns how many rows were handled. For tests and the demo."""
        handled = 0
        for lane in self.lanes:
            mailing = self._mailing(lane)
            while (count := await self._step(lane)) or mailing is not None:
                handled += count
                if count and not lane.dry:
                    continue
                if mailing is None or not (count := await mailing.step()):
                    break
                handled += count
        return handled

    def _mailing(self, lane: Lane) -> Mailing | None:
        if lane.mailer is None:
            return None
        return Mailing(self._database, self._clock, self._links, self._owner, lane, lane.mailer)

    async def _serve(self, lane: Lane) -> None:
        lane.served = True
        while not self._stop.is_set():
            lane.woken.clear()
            failed = lane.idle = False
            try:
                handled = await self._step(lane)
            except Exception as failure:  # the database is away: wait and look again
                log.exception(
                    "outbox.step_failed", channel=lane.messenger.channel, error=type(failure).__name__
                )
                failed, handled = True, 0
            nothing = lane.handed is None and (not handled or lane.dry)
            if (nothing or failed) and not self._stop.is_set():
                lane.idle = not failed
                with suppress(TimeoutError):
                    await asyncio.wait_for(lane.woken.wait(), lane.rests(IDLE) if lane.dry else IDLE)
        lane.served = lane.idle = False
        try:
            await self._mark_left(lane)
            await self._give_back(lane)
        except Exception:
            log.exception("outbox.not_marked", count=len(lane.unmarked), handed=lane.handed is not None)

    async def _free_left_behind(self) -> None:
        """Rows in the hands of a process of this machine that was killed need not wait for their lease."""
        async with self._database.transaction() as session:
            for owner in await outbox.owners(session):
                if holders.is_gone(owner):
                    await outbox.free(session, owner)

    async def _step(self, lane: Lane) -> int:
        """The next rows: claimed and looked at in one transaction, sent outside it, marked. Returns how many."""
        await self._mark_left(lane)
        now, lane.dry = self._clock(), False
        if lane.handed is not None and (lane.stands(now) or lane.handed.late(now)):
            await self._give_back(lane)
        if lane.stands(now):
            return 0
        if lane.indoors is not None:
            return await self._put_up(lane, lane.indoors, now)
        handled, row, ready = 0, *(_handed(lane, now) or await self._look(lane))
        while row is not None:
            handled += 1
            row, ready = await self._send(lane, ready) if ready is not None else (None, None)
        return handled

    async def _look(self, lane: Lane, gone: Gone | None = None) -> Looked:
        """The next row and what it has become; the mark of the one that has gone is written along with it.

        Nothing else is claimed once it is to stop, or while the account stands still.
        """
        now = self._clock()
        async with self._database.transaction() as session:
            if gone is not None:
                await self._mark(session, gone)
                if self._stop.is_set() or lane.stands(now):
                    return None, None
                if handed := _handed(lane, now):
                    return handed
                if gone.handed and lane.served and not lane.more and lane.rests(IDLE) > 0:
                    lane.dry = lane.idle = True  # nothing was due a moment ago, and nothing was put since
                    return None, None
            lane.more = False
            with session.no_autoflush:  # the lease and the attempt are one write
                messenger = lane.messenger
                rows = await outbox.claim(session, messenger.channel, messenger.account, now, self._owner)
                lane.dry = not rows
                if not rows:
                    lane.looked, lane.idle = monotonic(), lane.served
                    return None, None
                look = await Look.at(session, rows, messenger, self._links, now)
                prepared = await look.prepare(rows[0])
                await keep(session, rows[0])
        return rows[0], prepared

    async def _put_up(self, lane: Lane, messenger: Indoors, now: datetime) -> int:
        """Messages of the house itself: put up and marked in the transaction that claimed them."""
        # SQLite has one writer, so that several together keep nobody waiting; on PostgreSQL they would hold
        # their readers' rows against each other.
        most = TOGETHER if self._database.is_sqlite and not lane.stumbled else 1
        with _noting_a_stumble(lane):
            async with self._database.transaction() as session:
                with session.no_autoflush:
                    asked = (lane.messenger.channel, lane.messenger.account, now, self._owner, most)
                    rows = await outbox.claim(session, *asked)
                    rows = rows or await mailing_post.claim_any(session, *asked)
                    look = await Look.at(
                        session, rows, lane.messenger, self._links, now, many=len(rows) >= SEVERAL
                    )
                    prepared = [one for row in rows if (one := await look.prepare(row)) is not None]
                    await _shown(session, messenger, prepared, now)
        return len(rows)

    async def _send(self, lane: Lane, prepared: Prepared) -> Looked:
        """Sends and marks. Returns what comes next, where it went."""
        row, messenger = prepared.row, lane.messenger
        handed = lane.handed is not None and lane.handed.ready is prepared
        if handed:
            lane.handed = None
        if row.lease_until is not None and row.lease_until <= self._clock():
            # The process stood still (a suspended machine, a debugger): another may have taken the row and sent it.
            log.warning("outbox.overslept", message=row.id, channel=row.channel)
            return None, None
        try:
            await probe(lane, row)
            if prepared.edits:
                external_id = await messenger.edit(prepared.edits, prepared.outgoing)
            else:
                external_id = await messenger.send(prepared.outgoing)
        except DeliveryFailed as failure:
            await self._failed(lane, row, failure)
            return None, None
        except Exception:
            log.exception("outbox.defect", message=row.id, channel=row.channel)
            await self._failed(lane, row, DeliveryFailed("defect", unknown=True))
            return None, None
        lane.went_at = self._clock()
        gone = Gone(row, external_id, lane.went_at, handed)
        try:
            looked = await self._look(lane, gone)
        except Exception:
            # Whatever stood in the way of the next one: this one has gone, and must not be taken for waiting.
            lane.unmarked.append(gone)
            await self._mark_left(lane)
            raise
        log.debug("outbox.sent", message=row.id, channel=row.channel, attempt=row.attempts)
        return looked

    async def _mark_left(self, lane: Lane) -> None:
        """What could not be marked when it went is marked before anything else goes. Raises while that cannot be."""
        while lane.unmarked:
            async with self._database.transaction() as session:
                await self._mark(session, lane.unmarked[0])
            del lane.unmarked[0]

    async def _give_back(self, lane: Lane) -> None:
        """An answer that was handed over and cannot go now is as it was before: whoever can sends it."""
        held, lane.handed = lane.handed, None
        if held is None:
            return
        try:
            async with self._database.transaction() as session:
                await mailing_post.give_back(session, [held.before])
        except BaseException:
            lane.handed = held
            raise

    async def _mark(self, session: AsyncSession, gone: Gone) -> None:
        await outbox.sent(session, gone.row.id, gone.external_id, gone.at)
        if gone.row.channel == Channel.VK_WALL:
            await news_wall.done(await self._work(session, gone.row), gone.row.key, gone.external_id)

    async def _failed(self, lane: Lane, row: OutboxRow, failure: DeliveryFailed) -> None:
        now = self._clock()
        log.warning(
            "outbox.failed", message=row.id, channel=row.channel, reason=failure.reason, attempt=row.attempts
        )
        if failure.retry_after is not None:
            lane.hold(now, failure.retry_after)
        async with self._database.transaction() as session:
            final = await settle(session, lane, row, failure, now)
            if row.channel == Channel.VK_WALL and final:
                await outbox.drop(session, row.id, f"refused: {failure.reason}")
                await news_wall.failed(await self._work(session, row), row.key, failure.reason)
                lane.stopped = ""  # the next post may be text only; each is tried on its own

    async def _work(self, session: AsyncSession, row: OutboxRow) -> Work:
        return Work(session, await schools.get(session, row.school_id), self._clock())


def _handed(lane: Lane, now: datetime) -> Looked | None:
    """It stays in the hand until it is being sent: the transaction that marks what went before it may yet fail."""
    if lane.handed is None or lane.handed.late(now):
        return None
    return lane.handed.ready.row, lane.handed.ready


@contextmanager
def _noting_a_stumble(lane: Lane) -> Iterator[None]:
    """Where what was looked at breaks off, the next look takes one row alone; one that goes well ends that."""
    try:
        yield
    except BaseException:
        lane.stumbled = True
        raise
    lane.stumbled = False


def _place(to: Address) -> tuple[str, str, str]:
    return to.channel, to.account, to.address


def _key(to: Address) -> str:
    return outbox.lane_of(*_place(to))


async def _shown(
    session: AsyncSession, messenger: Indoors, prepared: Sequence[Prepared], now: datetime
) -> None:
    several = [(one.reader, one.outgoing, one.edits) for one in prepared]
    for one, shown in zip(prepared, await messenger.put_up(session, several), strict=True):
        if isinstance(shown, DeliveryFailed):
            one.row.dropped = shown.reason
        else:
            one.row.external_id, one.row.sent_at = shown, now
        one.row.lease_until, one.row.lease_owner = None, ""

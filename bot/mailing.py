"""A mailing through one account: many readers a call where the platform can, several calls on their way at once.

Apart from the sender's own loop, so that whatever somebody waits for never stands behind it. What it promises, and
where that is less than for one person's message, stands in docs/operations.md («Mailings»).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from actions.links import Links
from bot.lane import Lane, probe, settle, wait_after
from bot.look import IN_DOUBT, Look, Prepared
from bot.messenger import CalledOff, DeliveryFailed, Mail, Mailed, Mailer, Outgoing
from bot.places import StreamLease
from storage import mailing_post as post
from storage.database import Database
from storage.mailing_post import Before

log = structlog.get_logger()

IDLE = 1.0  # seconds between looks when no mailing is going
LINGER = 0.04  # seconds for which a mark waits for others; a call counts as on its way until it is marked
FRESH = 1.5  # seconds after which a look at consents, hours and pauses is taken again before sending
DROPS_FOR = timedelta(minutes=50)  # VK knows a repeat for an hour; later nobody can tell whether it came


@dataclass(frozen=True)
class Call:
    """Rows that leave together: the same mailing and words, and pictures named `place` in its uploads."""

    mailing: int
    prepared: tuple[Prepared, ...]
    before: tuple[Before, ...]
    place: str
    looked_at: float

    @property
    def ids(self) -> list[int]:
        return [one.row.id for one in self.prepared]

    @property
    def outgoing(self) -> Outgoing:
        return self.prepared[0].outgoing


@dataclass
class Mailing:
    """One account's part in all mailings.

    Args:
        owner: the name under which rows are held.
    """

    database: Database
    clock: Callable[[], datetime]
    links: Links
    owner: str
    lane: Lane
    messenger: Mailer
    _uploads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _went: list[tuple[int, str, datetime]] = field(default_factory=list)
    _marking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _linger: float = 0.0
    _soon: asyncio.Task[None] | None = None
    _turn: StreamLease | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Until it is stopped; what is on its way is finished and marked, what is not goes back."""
        try:
            await self._send(stop)
        finally:
            if self._turn is not None:
                with suppress(SQLAlchemyError, OSError):  # its lease runs out by itself
                    await self._turn.leave()

    async def _send(self, stop: asyncio.Event) -> None:
        under_way: set[asyncio.Task[None]] = set()
        self._linger = LINGER
        while not stop.is_set():
            try:
                await self._mark()
                handled, calls = await self._next() if await self._our_turn() else (0, [])
            except Exception as failure:  # the database is away: wait and look again
                log.exception("mailing.look_failed", error=type(failure).__name__)
                handled, calls = 0, []
            for number, call in enumerate(calls):
                alone = bool(call.outgoing.photos) and call.place not in self._uploads
                while under_way and (alone or len(under_way) >= self.messenger.at_once):
                    _, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                if stop.is_set():
                    await self._give_back(calls[number:])
                    break
                under_way.add(asyncio.create_task(self._carry_out(call)))
                if alone:
                    await asyncio.wait(under_way)
            if not handled:
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), IDLE)
        if under_way:
            await asyncio.wait(under_way)

    async def _our_turn(self) -> bool:
        """Whether mailings of this account go through this process: two at the cap would be refused by the platform.

        SQLite is of one process.
        """
        if self.database.is_sqlite:
            return True
        if self._turn is None:
            messenger = self.lane.messenger
            self._turn = StreamLease(self.database, messenger.channel, f"{messenger.account}/mailing")
        return await self._turn.take()

    async def step(self) -> int:
        """One look and its calls, one after the other; returns how many rows were handled. For tests and the demo."""
        handled, calls = await self._next()
        for call in calls:
            await self._carry_out(call)
        return handled

    async def _next(self) -> tuple[int, list[Call]]:
        """Due rows, claimed and looked at in one transaction: how many, and the calls that come of them."""
        now = self.clock()
        if self.lane.stands(now):
            return 0, []
        async with self.database.transaction() as session:
            with session.no_autoflush:  # the lease and the attempt are one write
                return await self._looked(session, now)

    async def _looked(self, session: AsyncSession, now: datetime) -> tuple[int, list[Call]]:
        messenger = self.lane.messenger
        most = max(self.messenger.together, self.messenger.at_once)
        asked = (messenger.channel, messenger.account, now, self.owner, most)
        rows = await post.claim_any(session, *asked)
        if not rows:
            return 0, []
        mailing = rows[0].mailing_id or 0
        before = {row.id: Before.of(row) for row in rows}
        look = await Look.at(session, rows, messenger, self.links, now, many=True)
        ready = [one for row in rows if (one := await look.prepare(row)) is not None]
        for one in [one for one in ready if self._too_late(one, now)]:
            ready.remove(one)
            one.row.dropped, one.row.lease_until, one.row.lease_owner = "in-doubt", None, ""
        calls = [
            Call(mailing, group, tuple(before[one.row.id] for one in group), place, time.monotonic())
            for place, group in self._grouped(ready)
        ]
        for call in calls:
            first = call.prepared[0].row
            for one in call.prepared:
                one.row.batch = one.row.batch or (first.id if self.messenger.drops_repeats else None)
            known = not call.outgoing.photos or call.place in self._uploads
            if not known and (kept := await post.uploads(session, mailing, call.place)):
                self._uploads[call.place] = kept
        return len(rows), calls

    def _too_late(self, one: Prepared, now: datetime) -> bool:
        """A try may have arrived, so long ago that the platform would take a repeat for a new message."""
        since = one.outgoing.again_since
        return self.messenger.drops_repeats and since is not None and now - since > DROPS_FOR

    def _grouped(self, ready: Iterable[Prepared]) -> list[tuple[str, tuple[Prepared, ...]]]:
        groups: dict[object, list[Prepared]] = {}
        for one in ready:
            row, said = one.row, one.outgoing
            photos = tuple(row.body.get("photos", ()))
            same = (row.batch, said.text, said.rows, said.lower, photos)
            groups.setdefault(same if self.messenger.together > 1 else row.id, []).append(one)
        found = []
        for group in groups.values():
            row = group[0].row
            pictures = ",".join(map(str, row.body.get("photos", ())))
            place = f"{row.channel}:{row.account}:{pictures}"
            for begin in range(0, len(group), self.messenger.together):
                found.append((place, tuple(group[begin : begin + self.messenger.together])))
        return found

    async def _carry_out(self, call: Call) -> None:
        try:
            await self._tried(call)
        except (
            Exception
        ):  # the database is away: the rows come free by themselves when their lease has run out
            log.exception("mailing.not_settled", mailing=call.mailing, first=call.ids[0])

    async def _tried(self, call: Call) -> None:
        try:
            mailed = await self._sent(call)
        except CalledOff:
            await self._give_back([call])
        except DeliveryFailed as failure:
            await self._failed(call, failure)
        except Exception:
            log.exception("mailing.defect", mailing=call.mailing, first=call.ids[0])
            await self._failed(call, DeliveryFailed("defect", unknown=True))
        else:
            await self._settle(call, mailed)

    async def _sent(self, call: Call) -> Mailed:
        first = call.prepared[0].row
        await probe(self.lane, first)
        addresses = tuple(one.row.address for one in call.prepared)
        uploads = self._uploads.get(call.place, ()) if call.outgoing.photos else ()
        outgoing = replace(call.outgoing, address="")
        batch = first.batch or first.id
        mailed = await self.messenger.mail(
            Mail(batch, addresses, outgoing, uploads, lambda: self._still(call))
        )
        if call.outgoing.photos and mailed.uploads and mailed.uploads != uploads:
            self._uploads[call.place] = mailed.uploads
            try:
                async with self.database.transaction() as session:
                    await post.keep_uploads(session, call.mailing, call.place, mailed.uploads)
            except Exception:  # the message has gone all the same; another process will upload anew
                log.exception("mailing.uploads_not_kept", mailing=call.mailing)
        return mailed

    async def _still(self, call: Call) -> bool:
        if time.monotonic() - call.looked_at > FRESH or self.lane.stands(self.clock()):
            return False
        try:
            async with self.database.reading() as session:
                return await post.may_go(session, call.mailing)
        except Exception:  # nothing has been sent: it goes back and is looked at again
            log.exception("mailing.not_asked", mailing=call.mailing)
            return False

    async def _settle(self, call: Call, mailed: Mailed) -> None:
        """Marks what went, together with what other calls bring meanwhile; until then this one counts as on its way."""
        now = self.clock()
        fates = list(zip(call.prepared, mailed.fates, strict=True))
        wrong = [(one.row, fate) for one, fate in fates if isinstance(fate, DeliveryFailed)]
        went = [(one.row.id, fate) for one, fate in fates if isinstance(fate, str)]
        if went:
            self.lane.went_at = now
            self._went += [(key, name, now) for key, name in went]
            if self._soon is None:
                self._soon = asyncio.create_task(self._mark_soon())
            await asyncio.shield(self._soon)
        if wrong:
            async with self.database.transaction() as session:
                for row, failure in wrong:
                    if not failure.unknown:
                        await post.apart(session, [row.id])
                    await settle(session, self.lane, row, failure, now)
        log.info("mailing.sent", mailing=call.mailing, sent=len(went), failed=len(wrong))

    async def _mark_soon(self) -> None:
        await asyncio.sleep(self._linger)
        self._soon = None  # what comes from now on waits for the next
        await self._mark()

    async def _mark(self) -> None:
        """What cannot be written now is kept: it has gone, and must not be taken for waiting once its lease is over."""
        async with self._marking:
            marked = list(self._went)
            if not marked:
                return
            try:
                async with self.database.transaction() as session:
                    await post.sent(session, marked)
            except Exception as failure:
                log.exception("mailing.not_marked", count=len(marked), error=type(failure).__name__)
            else:
                del self._went[: len(marked)]

    async def _failed(self, call: Call, failure: DeliveryFailed) -> None:
        """The call as a whole came to nothing, or nobody knows."""
        now = self.clock()
        log.warning("mailing.failed", mailing=call.mailing, count=len(call.ids), reason=failure.reason)
        async with self.database.transaction() as session:
            if len(call.ids) == 1:
                await settle(session, self.lane, call.prepared[0].row, failure, now)
            elif failure.broken or failure.permanent:
                # It may be about one of them: each is tried by itself, as a batch of its own.
                await post.apart(session, call.ids)
                await post.put_off(session, call.ids, now, failure.reason)
            else:
                doubt = failure.unknown or any(one.row.error.startswith(IN_DOUBT) for one in call.prepared)
                error = IN_DOUBT + failure.reason if doubt else failure.reason
                wait = failure.retry_after
                if wait is None:
                    wait = 0.0 if failure.stop else wait_after(call.prepared[0].row.attempts)
                await post.put_off(session, call.ids, now + timedelta(seconds=wait), error)
        if failure.retry_after is not None:
            self.lane.hold(now, failure.retry_after)
        if failure.stop:
            self.lane.stopped = failure.reason

    async def _give_back(self, calls: Iterable[Call]) -> None:
        """Nothing of these was sent: they are as they were before the look.

        Where that cannot be written they come free when their lease has run out; the sender goes on.
        """
        before = [row for call in calls for row in call.before]
        try:
            async with self.database.transaction() as session:
                await post.give_back(session, before)
        except Exception:
            log.exception("mailing.not_given_back", count=len(before))

"""Makes packs that were asked for, one at a time, in processes of their own: pages and chats go on meanwhile. Then the
archives of everything, piece by piece: read and made while others write, kept in a short transaction.

What is done is kept file by file, so a restart goes on where it was. Two of these at once do no harm: a pack has a
holder, and what another one hands in is not kept.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from actions import exporting, pack_hands, packs
from actions.pack_hands import Handed, Hands, Order
from actions.work import Work
from program.packs import Wanted
from storage import beats, schools
from storage import packs as rows
from storage.database import Database
from storage.tables import PackJob

log = structlog.get_logger()

LOOK = 10.0  # seconds between looks for what another process was asked for; this one wakes it
KEEP = 0.4  # seconds between two transactions that keep what has been made
LEASE = timedelta(seconds=30)  # longer than the slowest single paper
MOST_HANDS = 4  # processes; each takes some 150 MB


class Packer:
    """Args:
    clock: the house's time.
    hands: how many processes; 0: here, between other things, where nobody else waits.
    """

    def __init__(
        self, database: Database, clock: Callable[[], datetime], *, hands: int | None = None
    ) -> None:
        self._database, self._clock = database, clock
        self._hands = min(os.cpu_count() or 1, MOST_HANDS) if hands is None else hands
        self._woken = asyncio.Event()
        self._stopped = False

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        """What is being made is let go of; the next start goes on with it."""
        self._stopped = True
        self._woken.set()

    async def run(self) -> None:
        """Until stopped."""
        while not self._stopped:
            try:
                worked = await self.look() or await self.export()
            except Exception:
                log.exception("pack.failed")
                worked = False
            if not worked and not self._stopped:
                self._woken.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), LOOK)

    async def look(self) -> bool:
        """Makes the pack that has waited longest; False: none waits."""
        async with self._database.reading() as session:
            found = await rows.waiting(session, self._clock())
        if found is None:
            return False
        holder, now = secrets.token_hex(8), self._clock()
        async with self._database.transaction() as session:
            job = await rows.take(session, found, holder, now, now + LEASE)
        if job is None:
            return True
        if job.tries > packs.TRIES:
            async with self._database.transaction() as session:
                await packs.give_up(await self._work(session, job), holder, job.id)
            return True
        await self._make(job, holder)
        return True

    async def export(self) -> bool:
        """Some more of every archive of everything that is being made; False: none is."""
        async with self._database.reading() as session:
            found = (await beats.asked(session, [beats.exports], self._clock()))[beats.exports]
        for school_id in found:
            async with self._database.reading() as session:
                work = Work(session, await schools.get(session, school_id), self._clock())
                made = await exporting.read(work)
            async with self._database.transaction() as session:
                work = Work(session, await schools.get(session, school_id), self._clock())
                await exporting.keep(work, made)
            if self._stopped:
                return False
        return bool(found)

    async def _make(self, job: PackJob, holder: str) -> None:
        async with self._database.reading() as session:
            files = await rows.files(session, job.id)
        wanted = Wanted.read(job.wanted)
        found = pack_hands.orders(job.id, job.school_id, job.asked_by, wanted, files)
        pool = self._pool()
        log.info("pack.begun", school=job.school_id, things=len(found), hands=self._hands)
        try:
            for some in (found[:-1], found[-1:]):  # the table of contents tells what became of the others
                if not await self._through(pool, job, holder, some):
                    return
            async with self._database.transaction() as session:
                if await packs.finish(await self._work(session, job), holder, job.id):
                    log.info("pack.ready", school=job.school_id)
        except BrokenExecutor:
            log.exception("pack.hands_lost", school=job.school_id)
            await self._let_go(job, holder)
        finally:
            if pool is not None:
                pool.shutdown(wait=False, cancel_futures=True)

    async def _through(
        self, pool: Executor | None, job: PackJob, holder: str, found: Sequence[Sequence[Order]]
    ) -> bool:
        """Makes these and keeps them. False: the pack is gone, somebody else's, or the house stops."""
        async for some in self._in_parts(pool, found):
            async with self._database.transaction() as session:
                work = await self._work(session, job)
                if not await packs.settle(work, holder, job.id, some, self._clock() + LEASE):
                    log.info("pack.withdrawn", school=job.school_id)
                    return False
            if self._stopped:
                await self._let_go(job, holder)
                return False
        return True

    async def _in_parts(
        self, pool: Executor | None, found: Sequence[Sequence[Order]]
    ) -> AsyncIterator[list[Handed]]:
        """What has been made so far, every now and then; an empty part holds on to the pack."""
        loop = asyncio.get_running_loop()
        if pool is None:
            here = Hands(self._database)
            for one in (order for some in found for order in some):
                yield await here.make(one)
            return
        waiting = {loop.run_in_executor(pool, pack_hands.make, one) for one in found}
        try:
            while waiting:
                await asyncio.sleep(KEEP)  # many small files, few transactions
                done, waiting = await asyncio.wait(
                    waiting, timeout=LEASE.total_seconds() / 3, return_when=asyncio.FIRST_COMPLETED
                )
                yield [handed for made in done for handed in made.result()]
        finally:
            for left in waiting:
                left.cancel()

    def _pool(self) -> Executor | None:
        if not self._hands:
            return None
        # A process that begins anew: one that is copied would take open connections along.
        anew = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._hands, anew, pack_hands.begin, (self._database.url,))

    async def _let_go(self, job: PackJob, holder: str) -> None:
        async with self._database.transaction() as session:
            await rows.hold(session, job.id, holder, None)

    async def _work(self, session: AsyncSession, job: PackJob) -> Work:
        return Work(session, await schools.get(session, job.school_id), self._clock())

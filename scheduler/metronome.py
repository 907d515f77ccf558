"""The clock door. APScheduler beats time in memory; what is due stands in the data.

As a store of jobs it loses them (a second late: all of them, a renamed handler: all of them) and fires
interval jobs 1.6 times with two processes; the figures are in docs/operations.md. A beat that was
missed, doubled or late costs nothing here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from actions.work import Work
from scheduler.timetable import TIMETABLE, Tick
from storage import beats, schools, system
from storage.database import Database

log = structlog.get_logger()

HOUR = timedelta(hours=1)
LOOK = 5.0  # seconds between looks at the time of day


class Metronome:
    """Runs the timetable while it is started, and on demand at any time of a moved clock.

    Args:
        clock: the house's time, aware.
        timetable: the lines to run.
    """

    def __init__(
        self, database: Database, clock: Callable[[], datetime], timetable: Sequence[Tick] = TIMETABLE
    ) -> None:
        self._database = database
        self._clock = clock
        self._timetable = tuple(timetable)
        self._turn = asyncio.Lock()  # one line at a time: the file database has one writer anyway
        self._scheduler: AsyncIOScheduler | None = None
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to beat in the running loop; every line runs at once and then at its pace."""
        scheduler = AsyncIOScheduler(timezone=UTC)
        for tick in self._timetable:
            scheduler.add_job(
                self._beat,
                "interval",
                seconds=tick.every.total_seconds(),
                args=[tick],
                id=tick.name,
                next_run_time=datetime.now(UTC),
                coalesce=True,  # ten missed beats are one
                misfire_grace_time=None,  # a late beat is a beat
                max_instances=1,
            )
        scheduler.start()
        self._scheduler = scheduler
        self._looking = asyncio.create_task(self._look_at_the_clock(scheduler), name="clock")

    async def stop(self) -> None:
        """Lets the line in hand finish; no other begins after it."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is None:
            return
        if self._looking is not None:
            self._looking.cancel()
        scheduler.pause()
        async with self._turn:
            scheduler.shutdown(wait=False)

    async def tick_all(self) -> None:
        """Every line once, now."""
        await self.run_due(self._clock())

    async def run_due(self, now: datetime) -> None:
        """Every line once, as if it were `now`."""
        wanted = await self._wanted(self._timetable, now)
        through = []
        for tick in self._timetable:
            async with self._turn:
                if tick.name in wanted and await self._run_for_all(tick, wanted[tick.name], now):
                    through.append(tick)
        await self._note(through, now)

    async def catch_up(
        self,
        start: datetime,
        end: datetime,
        *,
        step: timedelta = HOUR,
        after_step: Callable[[datetime], Awaitable[None]] | None = None,
    ) -> None:
        """Lives through the time between, so that what was due on the way is queued at its hour.

        Args:
            start: where the clock stood; nothing runs for this instant itself.
            end: where it stands now; the last step is there.
            after_step: gets each instant, for example to send what has become due before it expires.
        """
        moment = start
        while moment < end:
            moment = min(moment + step, end)
            await self.run_due(moment)
            if after_step is not None:
                await after_step(moment)

    async def _look_at_the_clock(self, scheduler: AsyncIOScheduler) -> None:
        """APScheduler waits for a time of day: after the clock was set back a day, or was wrong for a moment, a day.

        No line waits longer than its pace, and the scheduler looks again by itself.
        """
        while True:
            await asyncio.sleep(LOOK)
            now = datetime.now(UTC)
            for job in scheduler.get_jobs():
                if job.next_run_time - now > job.trigger.interval:
                    log.warning("clock.set_back", tick=job.id)
                    job.modify(next_run_time=now)
            scheduler.wakeup()

    async def _beat(self, tick: Tick) -> None:
        async with self._turn:
            if self._scheduler is not None:
                await self._run(tick, self._clock())

    async def _run(self, tick: Tick, now: datetime) -> None:
        """One line for all schools. What raises is logged here and tried again at the next beat."""
        wanted = await self._wanted([tick], now)
        if tick.name in wanted and await self._run_for_all(tick, wanted[tick.name], now):
            await self._note([tick], now)

    async def _wanted(self, ticks: Sequence[Tick], now: datetime) -> dict[str, Sequence[int]]:
        """Ids of the schools for which each of the lines is to run, by its name; nothing while the database is away."""
        try:
            async with self._database.reading() as session:
                everywhere = await schools.ids(session) if any(tick.where is None for tick in ticks) else ()
                asked = [tick.where for tick in ticks if tick.where is not None]
                found = await beats.asked(session, asked, now)
                return {tick.name: everywhere if tick.where is None else found[tick.where] for tick in ticks}
        except Exception:
            log.exception("tick.nowhere", ticks=[tick.name for tick in ticks])
            return {}

    async def _run_for_all(self, tick: Tick, ids: Sequence[int], now: datetime) -> bool:
        return all([await self._run_for(tick, school_id, now) for school_id in ids])

    async def _note(self, through: Sequence[Tick], now: datetime) -> None:
        """When these lines last went through, for `doctor` and the metrics."""
        if not through:
            return
        try:
            async with self._database.transaction() as session:
                await system.put_all(session, {f"tick:{tick.name}": now.isoformat() for tick in through}, now)
        except Exception:
            log.exception("tick.not_noted")

    async def _run_for(self, tick: Tick, school_id: int, now: datetime) -> bool:
        try:
            async with self._database.transaction() as session:
                school = await schools.get(session, school_id)
                await tick.run(Work(session, school, now))
        except Exception:
            log.exception("tick.failed", tick=tick.name, school=school_id)
            return False
        return True

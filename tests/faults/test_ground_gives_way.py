"""The database goes away and comes back, the disk is full and is emptied, the clock is wrong and is put right."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions import news, news_plan
from actions.work import Work
from storage import schools
from storage.database import Database
from tests.faults import disks
from tests.faults.births import Nursery
from tests.faults.life import HOUR, Life, make_school
from tests.faults.misfortunes import Misfortune, at_random, both
from tests.faults.trial import KILLS, Ground
from tests.reading import ROOT

pytestmark = [pytest.mark.faults, pytest.mark.asyncio(loop_scope="session")]

Act = Callable[[Life], object]


def comes_and_goes(go: Act, come: Act, *, away: float = 0.8, there: float = 3.0, most: int = 8) -> Misfortune:
    """Away for so many seconds, then there, in turn; at the life's end it is there."""

    @asynccontextmanager
    async def fault(life: Life) -> AsyncIterator[None]:
        over = asyncio.Event()

        async def change() -> None:
            while not over.is_set() and life.shaken < most:
                await asyncio.to_thread(go, life)
                life.shaken += 1
                await asyncio.sleep(away)
                await asyncio.to_thread(come, life)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(over.wait(), there)

        changing = asyncio.create_task(change())
        try:
            yield
        finally:
            over.set()
            await changing

    return fault


def _at_night(fault: Misfortune) -> list[Misfortune]:
    """Once; at night also while the house is killed."""
    return [fault, *(both(fault, at_random(seed)) for seed in range(3))] if KILLS else [fault]


def _postgres(action: str, place: Path) -> str:
    words = ["bash", "scripts/postgres.sh", action, str(place)]
    return subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def cluster() -> Iterator[tuple[Path, str]]:
    """A PostgreSQL of one's own, which may be stopped: its folder and its address."""
    with contextlib.ExitStack() as left:
        room = left.enter_context(_open_folder())
        url = _postgres("start", room / "postgres")
        if not url:
            pytest.skip("there is no PostgreSQL here")
        left.callback(_postgres, "stop", room / "postgres")
        yield room / "postgres", url


@contextlib.contextmanager
def _open_folder() -> Iterator[Path]:
    """A short path that the server's own user may walk; pytest's folders are closed to it."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.postgres
async def test_the_database_goes_away_and_comes_back(ground: Ground, cluster: tuple[Path, str]) -> None:
    place, url = cluster
    fault = comes_and_goes(lambda _: _postgres("away", place), lambda _: _postgres("again", place))
    database = Database(url)
    await make_school(database)
    await database.close()
    cost = await ground.lived("database", fault, database_url=url)
    assert cost.struck > 0


async def test_the_disk_is_full_and_is_emptied(ground: Ground) -> None:
    if not disks.can_be_mounted():
        await ground.lived("disk", *_at_night(comes_and_goes(disks.limit, disks.unlimit)))
        return
    fault = comes_and_goes(disks.fill, disks.empty)
    disk = ground.place / "disk"
    disk.mkdir()
    async with Nursery(*disks.MOUNTED, str(disk)) as nursery:
        for number, one in enumerate(_at_night(fault)):
            where = {"data": disk / str(number), "reached": f"/proc/{nursery.pid}/root"}
            cost = await ground.lived("disk", one, nursery=nursery, **where)
            assert cost.struck > 0


def clock_jumps(hours: tuple[float, ...]) -> Misfortune:
    """The clock is wrong by so many hours, one after the other, while people talk; before each hour it is right."""

    @asynccontextmanager
    async def fault(life: Life) -> AsyncIterator[None]:
        async def jump() -> None:
            for by in hours:
                await asyncio.sleep(0.5)
                right = life.house.levers.ahead
                life.house.levers.ahead = right + by * HOUR
                life.shaken += 1
                await asyncio.sleep(0.5)
                if life.house.levers.ahead == right + by * HOUR:
                    life.house.levers.ahead = right

        jumping = asyncio.create_task(jump())
        yield
        await jumping
        await _goes_on_after_the_clock_was_put_back(life)

    return fault


async def _goes_on_after_the_clock_was_put_back(life: Life) -> None:
    """A day back: what is planned for the hour that follows goes out then, not a day later."""
    life.set_clock(life.hours[-1] - 24)
    database = life.house.database()
    async with database.transaction() as session:
        work = Work(session, await schools.default(session), life.now(), "user:1")  # type: ignore[arg-type]
        item = await news.write(work, news.Draft("Ещё одна", "Ещё одна", to_bot=False))
        await news_plan.plan(work, item.id, life.now() + HOUR, wall_ready=True)
    await database.close()
    life.set_clock(life.hours[-1] - 22.9)
    await life.until(lambda: len(life.vk.posts) == 2)
    assert life.vk.posts.pop()["message"].startswith("Ещё одна")


# In Berlin the hour from two to three comes twice, and is left out.
CHANGES = (datetime(2026, 10, 24, 8, 0, tzinfo=UTC), datetime(2027, 3, 27, 8, 0, tzinfo=UTC))


async def test_the_clock_is_wrong_and_is_put_right(ground: Ground) -> None:
    """At night also over both nights of a clock change, hour by hour, while the house is killed."""
    await ground.lived("clock", *_at_night(clock_jumps((-1, -24, -1)))[:1])
    for begins in CHANGES if KILLS else ():
        hours = (2.1, 3.1, 14, 15.5, 16.5, 17.5, 18.5, 24.1, 28.6, 50)
        night = Ground(ground.place / str(begins.year), ground.nursery, begins=begins, hours=hours)
        await night.prepare("Europe/Berlin")
        await night.lived("night", *(at_random(seed) for seed in range(4)))

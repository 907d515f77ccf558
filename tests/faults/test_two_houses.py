"""Two processes of every door on one database, the holder of a message standing still for longer than its lease."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.house import House
from tests.faults.levers import How
from tests.faults.life import Life
from tests.faults.misfortunes import Misfortune
from tests.faults.trial import KILLS, Ground

pytestmark = [pytest.mark.faults, pytest.mark.asyncio(loop_scope="session")]

PAST = timedelta(minutes=2, seconds=10)  # the longest lease is of two minutes
FIRSTS = range(1, 17) if KILLS else (5,)


def another_house_and_freezes(first: int, every: int) -> Misfortune:
    """One of two houses stops dead after a commit, wakes when its leases have run out, and goes on as if nothing were."""

    @asynccontextmanager
    async def fault(life: Life) -> AsyncIterator[None]:
        mine = life.house
        other = House(
            mine.place,
            life.telegram,
            life.vk,
            nursery=mine.nursery,
            parts=mine.parts,
            name="other",
        )
        other.levers.ahead = mine.levers.ahead
        await other.begin()
        mine.levers.fall(first, How.STOPPED_AFTER, every)
        waking = asyncio.create_task(_wake(life, other))
        try:
            yield
        finally:
            mine.levers.fall(0, How.STOPPED_AFTER)
            waking.cancel()
            mine.process.send_signal(signal.SIGCONT)  # type: ignore[union-attr]
        assert await other.end() == 0, other.log[-3000:]
        other.close()

    return fault


async def _wake(life: Life, other: House) -> None:
    """Time passes while it stands still; it goes on when the other has sent what there was."""
    mine = life.house
    while True:
        assert mine.process is not None
        if _stands_still(mine.process.pid):
            life.shaken += 1
            life.frozen += 1
            mine.levers.ahead += PAST
            other.levers.ahead = mine.levers.ahead
            await life.all_is_sent()
            mine.process.send_signal(signal.SIGCONT)
        other.levers.ahead = mine.levers.ahead
        await asyncio.sleep(0.02)


def _stands_still(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


async def test_a_holder_who_stands_still_past_its_lease_sends_nothing_that_another_has_sent(
    ground: Ground,
) -> None:
    freezes = [another_house_and_freezes(first, 16) for first in FIRSTS]
    cost = await ground.lived("frozen", *freezes)
    assert cost.struck >= len(freezes)

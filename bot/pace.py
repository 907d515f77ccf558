"""How fast one account may speak."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

FORGET_AT = 5_000  # addresses remembered before the idle ones are swept
# A platform counts what arrives, we count what leaves; a fuller network moves calls together. With a margin of
# 30 ms in each second 97.1 % of the cap are used (benchmarks/mailing.py).
A_SECOND = 1.03
# What can wait leaves evenly; by so many places it makes good what it was held up by answers and by ourselves: with
# two of them a busy machine lost 5 % of the cap, with six 2 %, and an answer still waits for one place only.
CATCH_UP = 6
# After a refusal the account is this much slower, and takes so many calls to come back.
CAUTION, CALM = 1.1, 300


class StandStill(Exception):
    """The platform told this account to be silent for longer than a caller can wait.

    Args:
        seconds: until it may speak again.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.1f} s")
        self.seconds = seconds


@dataclass
class Leave:
    """When a call left. Whoever sends it says so again right before the network gets it (`now`)."""

    at: float
    clock: Callable[[], float]

    def now(self) -> None:
        """From any thread."""
        self.at = max(self.at, self.clock())


class Pace:
    """Lets calls of one account through, evenly, after a short burst; at most `cap` within any second.

    Two queues: what somebody waits for (`turn`), in its order, and what can wait (`spare`), which takes a place
    only when the first queue is empty, so that a mailing delays an answer by one place at most. Time is
    monotonic: a clock set back does not stop the sender (vk_api's own pause sleeps as long as the clock was
    set back).

    Args:
        rate: calls a second.
        burst: calls that may leave at once after a rest.
        each: calls a second to one address, after `each_burst` at once; 0 is no limit.
        cap: calls in any second, whatever left before; `rate + burst` where it is not given.
    """

    def __init__(
        self,
        rate: float,
        burst: int,
        *,
        each: float = 0.0,
        each_burst: int = 5,
        cap: int = 0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._step, self._slack = 1 / rate, (burst - 1) / rate
        self._late = min(self._slack, CATCH_UP / rate)
        self._each_step = 1 / each if each else 0.0
        self._each_slack = (each_burst - 1) * self._each_step
        self._clock, self._sleep = clock, sleep
        self._due = 0.0  # when the next call would leave without any burst
        self._due_at: dict[str, float] = {}
        self._silent_until = 0.0
        self._left: deque[Leave] = deque(maxlen=cap or int(rate + burst))
        self._cautious = 0  # calls until the full pace comes back
        self._asked = 0  # who waits in the first queue
        self._first, self._second = asyncio.Lock(), asyncio.Lock()

    def hold(self, seconds: float) -> None:
        """No call leaves for so long; those that wait leave evenly afterwards, and a little slower for a while."""
        self._silent_until = max(self._silent_until, self._clock() + seconds)
        self._due = max(self._due, self._silent_until + self._slack)
        self._cautious = CALM

    @property
    def held(self) -> float:
        """Seconds of silence left."""
        return max(0.0, self._silent_until - self._clock())

    async def turn(self, address: str = "", *, patience: float = 5.0) -> Leave:
        """Returns when a call to `address` may leave.

        Raises:
            StandStill: the account is held for longer than `patience` seconds.
        """
        await self._of_address(address, patience)
        self._asked += 1
        try:
            async with self._first:
                while (wait := self._wait(self._slack)) > 0:
                    self._require(patience)
                    await self._sleep(wait)
                self._require(patience)
                return self._leave()
        finally:
            self._asked -= 1

    async def spare(self, address: str = "", *, patience: float = 5.0) -> Leave:
        """As `turn`, for what can wait: everybody who asks for a turn meanwhile goes before."""
        await self._of_address(address, patience)
        async with self._second:
            while (wait := self._wait(self._late)) > 0 or self._asked:
                self._require(patience)
                await self._sleep(wait if wait > 0 else self._step / 4)
            self._require(patience)
            return self._leave()

    def unused(self, leave: Leave) -> None:
        """Nothing left at this place after all; whoever comes next may have it.

        Without that a mailing stood still while many people talked: its calls waited longer than a look at them
        holds, were called off one after another, and each took a place with it.
        """
        if leave in self._left:
            self._left.remove(leave)
            self._due -= self._step

    def _require(self, patience: float) -> None:
        if self.held > patience:
            raise StandStill(self.held)

    def _wait(self, slack: float) -> float:
        """Seconds until the account may speak."""
        slow = CAUTION if self._cautious else 1.0
        free = self._left[0].at + A_SECOND * slow if len(self._left) == self._left.maxlen else 0.0
        return max(self._silent_until, self._due - slack, free) - self._clock()

    def _leave(self) -> Leave:
        now = self._clock()
        self._due = max(self._due, now) + self._step * (CAUTION if self._cautious else 1.0)
        self._cautious = max(0, self._cautious - 1)
        gone = Leave(now, self._clock)
        self._left.append(gone)
        return gone

    async def _of_address(self, address: str, patience: float) -> None:
        self._require(patience)
        if not self._each_step or not address:
            return
        now = self._clock()
        if len(self._due_at) > FORGET_AT:
            self._due_at = {key: due for key, due in self._due_at.items() if due > now}
        due = self._due_at.get(address, 0.0)
        start = max(now, due - self._each_slack)
        self._due_at[address] = max(due, start) + self._each_step
        if start > now:
            await self._sleep(start - now)

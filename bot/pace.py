"""How fast one account may speak."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

FORGET_AT = 5_000  # addresses remembered before the idle ones are swept


class StandStill(Exception):
    """The platform told this account to be silent for longer than a caller can wait.

    Args:
        seconds: until it may speak again.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.1f} s")
        self.seconds = seconds


class Pace:
    """Lets calls of one account through in their order, evenly, after a short burst.

    At most `rate + burst` calls leave in any second. Time is monotonic: a clock set back does not
    stop the sender (vk_api's own pause sleeps as long as the clock was set back).

    Args:
        rate: calls a second.
        burst: calls that may leave at once after a rest.
        each: calls a second to one address, after `each_burst` at once; 0 is no limit.
    """

    def __init__(
        self,
        rate: float,
        burst: int,
        *,
        each: float = 0.0,
        each_burst: int = 5,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._step, self._slack = 1 / rate, (burst - 1) / rate
        self._each_step = 1 / each if each else 0.0
        self._each_slack = (each_burst - 1) * self._each_step
        self._clock, self._sleep = clock, sleep
        self._due = 0.0  # when the next call would leave without any burst
        self._due_at: dict[str, float] = {}
        self._silent_until = 0.0

    def hold(self, seconds: float) -> None:
        """No call leaves for so long; those that wait leave evenly afterwards."""
        self._silent_until = max(self._silent_until, self._clock() + seconds)
        self._due = max(self._due, self._silent_until + self._slack)

    @property
    def held(self) -> float:
        """Seconds of silence left."""
        return max(0.0, self._silent_until - self._clock())

    async def turn(self, address: str = "", *, patience: float = 5.0) -> None:
        """Returns when a call to `address` may leave.

        Raises:
            StandStill: the account is held for longer than `patience` seconds.
        """
        while True:
            if self.held > patience:
                raise StandStill(self.held)
            start = self._book(address)
            wait = start - self._clock()
            if wait > 0:
                await self._sleep(wait)
            if start >= self._silent_until:  # nobody told us to be silent while we waited
                return

    def _book(self, address: str) -> float:
        now = self._clock()
        start = max(now, self._silent_until, self._due - self._slack)
        if self._each_step and address:
            if len(self._due_at) > FORGET_AT:
                self._due_at = {key: due for key, due in self._due_at.items() if due > now}
            due = self._due_at.get(address, 0.0)
            start = max(start, due - self._each_slack)
            self._due_at[address] = max(due, start) + self._each_step
        self._due = max(self._due, now) + self._step
        return start

"""How often a page that needs no account may be used."""

from __future__ import annotations

import asyncio
from enum import StrEnum

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter


class Use(StrEnum):
    """What is counted, and by what: a person's chat, or the network address it came from."""

    SAY = "say"  # by person
    VISIT = "visit"  # by network address; a whole class stands behind one
    DECIDE = "decide"  # by network address
    MISS = "miss"  # wrong tokens, by network address


_LIMITS: dict[Use, tuple[RateLimitItem, ...]] = {
    Use.SAY: (parse("20/10 seconds"), parse("600/hour")),
    Use.VISIT: (parse("120/minute"), parse("1000/hour")),
    Use.DECIDE: (parse("60/minute"), parse("600/hour")),
}
WRONG = 60  # tokens in a minute
_TAKEN = parse("100000/minute")  # what an address has tried, and what it got back: no limit of its own


class Pace:
    """Counts in this process only: its price is that each web process counts for itself."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._one = asyncio.Lock()

    async def allows(self, use: Use, who: str) -> bool:
        """Counts one use; False when there were too many."""
        if use is Use.MISS:
            return await self._allows_miss(who)
        for limit in _LIMITS[use]:
            if not await self._limiter.hit(limit, use.value, who):
                return False
        return True

    async def _allows_miss(self, who: str) -> bool:
        async with self._one:  # many at once are looked at one by one, or each would find the same count
            tried = await self._count(Use.MISS.value, who) - await self._count("right", who)
            return tried < WRONG and await self._limiter.hit(_TAKEN, Use.MISS.value, who)

    async def was_right(self, who: str) -> None:
        """The last token that was counted as a miss, before anybody looked, was none."""
        await self._limiter.hit(_TAKEN, "right", who)

    async def _count(self, what: str, who: str) -> int:
        return _TAKEN.amount - (await self._limiter.get_window_stats(_TAKEN, what, who)).remaining

"""How often a page that needs no account may be used."""

from __future__ import annotations

from enum import StrEnum

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from actions.tries import Tries


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


class Pace:
    """Counts in this process only: its price is that each web process counts for itself."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._misses = Tries(WRONG, 1)

    def allows(self, use: Use, who: str) -> bool:
        """Counts one use; False when there were too many."""
        if use is Use.MISS:
            return self._misses.take(who)
        return all(self._limiter.hit(limit, use.value, who) for limit in _LIMITS[use])

    def was_right(self, who: str) -> None:
        """The last token that was counted as a miss, before anybody looked, was none."""
        self._misses.give_back(who)

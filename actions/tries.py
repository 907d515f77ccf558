"""Tries of whoever may be guessing: counted before anything is looked at, and given back where they were right.

Many at once gain nothing so. In memory: a restart forgives, and each web process counts for itself.
"""

from __future__ import annotations

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_ANY = 100_000  # in a window: what is counted has no limit of its own, only what is left of it


class Tries:
    """Args:
    most: wrong ones of one network address in a window. minutes: of the window.
    """

    def __init__(self, most: int, minutes: int) -> None:
        self._most, self._counted = most, RateLimitItemPerMinute(_ANY, minutes)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def spent(self, who: str) -> bool:
        """Whether none is left."""
        return self._count("taken", who) - self._count("back", who) >= self._most

    def take(self, who: str) -> bool:
        """Takes one; False when none is left."""
        return not self.spent(who) and self._limiter.hit(self._counted, "taken", who)

    def give_back(self, who: str) -> None:
        """The last one was right."""
        self._limiter.hit(self._counted, "back", who)

    def _count(self, what: str, who: str) -> int:
        return _ANY - self._limiter.get_window_stats(self._counted, what, who).remaining

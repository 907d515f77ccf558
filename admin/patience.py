"""How many wrong passwords and codes are borne, and how many files are given out in a row."""

from __future__ import annotations

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

WINDOW = 15  # minutes
PER_LOGIN = RateLimitItemPerMinute(5, WINDOW)
PER_ADDRESS = RateLimitItemPerMinute(20, WINDOW)
FILES = RateLimitItemPerMinute(99, 10)  # by account: nobody's day of work, but a copier's first minute


class Patience:
    """In memory: a restart forgives.

    Names whose tries are counted: a login, `code:<account>`, `own:<account>`.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def try_once(self, name: str, address: str) -> bool:
        """Takes one try of this name; False when it or the address has none left."""
        # A try is taken before the password is looked at: many at once gain nothing.
        return self.bears(address) and self._limiter.hit(PER_LOGIN, "login", name)

    def bears(self, address: str) -> bool:
        """Whether this address has not failed too often; takes nothing."""
        return self._limiter.test(PER_ADDRESS, "address", address)

    def failed(self, address: str) -> None:
        self._limiter.hit(PER_ADDRESS, "address", address)

    def succeeded(self, name: str) -> None:
        self._limiter.clear(PER_LOGIN, "login", name)


class Takings:
    """How many files one account takes in a row. In memory: each web process counts for itself."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def allowed(self, account: int) -> bool:
        return self._limiter.hit(FILES, "files", str(account))

"""How many wrong passwords and codes are borne, and how many files and searches are given out in a row."""

from __future__ import annotations

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from actions.tries import Tries

WINDOW = 15  # minutes
PER_LOGIN = RateLimitItemPerMinute(5, WINDOW)
PER_ADDRESS = 20  # in `WINDOW`
FILES = RateLimitItemPerMinute(99, 10)  # by account: nobody's day of work, but a copier's first minute
SEARCHES = RateLimitItemPerMinute(400, 10)  # by account; a name that is typed is looked for some five times


class Patience:
    """In memory: a restart forgives.

    A try is taken before anything is looked at, and given back where it was right: many at once gain nothing.
    Names whose tries are counted: a login, `code:<account>`, `own:<account>`.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._addresses = Tries(PER_ADDRESS, WINDOW)

    def try_once(self, name: str, address: str) -> bool:
        """Takes one try of this name and of the address; False when either has none left."""
        if self._addresses.spent(address) or not self._limiter.hit(PER_LOGIN, "login", name):
            return False
        return self.take(address)

    def take(self, address: str) -> bool:
        """Takes one try of this address; False when it has none left."""
        return self._addresses.take(address)

    def succeeded(self, name: str, address: str) -> None:
        self._limiter.clear(PER_LOGIN, "login", name)
        self.give_back(address)

    def give_back(self, address: str) -> None:
        """The last try was right."""
        self._addresses.give_back(address)


class Takings:
    """How much one account takes in a row: files, searches. In memory: each web process counts for itself."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def allowed(self, account: int) -> bool:
        return self._limiter.hit(FILES, "files", str(account))

    def may_search(self, account: int) -> bool:
        return self._limiter.hit(SEARCHES, "searches", str(account))

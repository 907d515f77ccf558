"""What a test may do to a running house from outside: move its clock, choose the commit at which it falls.

A few numbers in a file that both map into memory; nothing of this is in the product.
"""

from __future__ import annotations

import mmap
from datetime import timedelta
from enum import IntEnum
from pathlib import Path

AHEAD, COMMITS, FALL_AT, EVERY, HOW = range(5)
SIZE = 64
SECOND = 1_000_000


class How(IntEnum):
    """What happens to the house at the chosen commit."""

    KILLED_BEFORE = 0
    KILLED_AFTER = 1
    STOPPED_AFTER = 2  # SIGSTOP: it stands still until it is told to go on


class Levers:
    """Args:
    path: of the file; made where it is not there.
    """

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(SIZE))
        self.path = path
        with path.open("r+b") as file:
            self._numbers = memoryview(mmap.mmap(file.fileno(), SIZE)).cast("q")

    @property
    def ahead(self) -> timedelta:
        """By how much the house's clock goes before ours."""
        return timedelta(microseconds=self._numbers[AHEAD])

    @ahead.setter
    def ahead(self, by: timedelta) -> None:
        self._numbers[AHEAD] = by // timedelta(microseconds=1)

    @property
    def commits(self) -> int:
        """Commits that changed something, of all processes since the file was made."""
        return self._numbers[COMMITS]

    def fall(self, at: int, how: How, every: int = 0) -> None:
        """The house falls at this commit, counted from now on, and again after so many more.

        Args:
            at: 1 is the next one; 0: never.
            every: 0: once.
        """
        self._numbers[FALL_AT] = 0
        self._numbers[EVERY], self._numbers[HOW] = every, how
        self._numbers[FALL_AT] = self.commits + at if at else 0

    def counted(self) -> How | None:
        """In the house: one more commit is about to be made; what is to happen to it."""
        self._numbers[COMMITS] += 1
        if self._numbers[COMMITS] != self._numbers[FALL_AT]:
            return None
        self._numbers[FALL_AT] = self.commits + self._numbers[EVERY] if self._numbers[EVERY] else 0
        return How(self._numbers[HOW])

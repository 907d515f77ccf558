"""The house's clock. The doors ask it and hand the time down; nothing below a door reads a clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Real time, moved forward by `offset` in the demo.

    Calling it returns the aware instant in UTC. While `held` is set it stands there: the demo tells
    what happened in its school before it opens.
    """

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self.offset = offset
        self.held: datetime | None = None

    def __call__(self) -> datetime:
        return self.held or datetime.now(UTC) + self.offset

    def advance(self, by: timedelta) -> datetime:
        """Forward only: a house whose clock goes back would send its reminders twice."""
        if by < timedelta(0):
            raise ValueError("the clock goes forward only")
        self.offset += by
        return self()

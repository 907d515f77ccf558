"""The house's clock. The doors ask it and hand the time down; nothing below a door reads a clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII)


class Clock:
    """Real time, moved forward by `offset` in the demo.

    Calling it returns the aware instant in UTC.
    """

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self.offset = offset

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def advance(self, by: timedelta) -> datetime:
        """Forward only: a house whose clock goes back would send its reminders twice."""
        if by < timedelta(0):
            raise ValueError("the clock goes forward only")
        self.offset += by
        return self()


def duration(iso: str) -> timedelta:
    """ "P7D", "PT1H", "P1DT12H" as a time span.

    Raises:
        ValueError: not an ISO 8601 duration of weeks, days, hours, minutes, seconds.
    """
    match = _DURATION.fullmatch(iso)
    if match is None or not any(match.groups()):
        raise ValueError(iso)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)

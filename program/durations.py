"""ISO 8601 durations of a demo's clock: weeks, days, hours, minutes."""

from __future__ import annotations

import re
from datetime import timedelta

LONGEST = timedelta(days=60)
_WRITTEN = re.compile(r"P(?:(\d{1,3})W|(?:(\d{1,3})D)?(?:T(?=\d)(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?)", re.ASCII)


def parse(written: str) -> timedelta:
    """PT1H, P1D, P7D, P1W, P1DT12H30M.

    Raises:
        ValueError: written otherwise, nothing at all, or longer than 60 days.
    """
    said = _WRITTEN.fullmatch(written)
    if said is None:
        raise ValueError(written)
    weeks, days, hours, minutes = (int(part or 0) for part in said.groups())
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
    if not timedelta() < length <= LONGEST:
        raise ValueError(written)
    return length

"""Hours that are taken: whoever leads several people, or is led in a pair and a group, is in one place at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from actions import meeting_messages as messages
from actions.work import Work
from program.meetings import minutes_at, overlap
from storage import meetings
from storage.tables import Pair

Hours = tuple[datetime, datetime]  # from and to


async def taken(work: Work, pair: Pair, *, but: int = 0) -> list[Hours]:
    """When those whom a time of this pair has to suit meet already: both of a pair, of a group its mentors.

    Args:
        but: a meeting that does not count, for it is being moved or agreed.
    """
    both = [member.person for member in meetings.present(pair)]
    whom = messages.mentors(pair) if pair.is_group else both
    found = await meetings.agreed_of(work.session, work.school.id, [one.id for one in whom], work.now)
    return [(start, start + timedelta(minutes=minutes)) for key, start, minutes in found if key != but]


def is_free(work: Work, start: datetime, hours: Iterable[Hours]) -> bool:
    end = start + timedelta(minutes=minutes_at(start, work.settings, work.zone))
    return not any(overlap((start, end), one) for one in hours)


def free(work: Work, starts: Sequence[datetime], hours: Sequence[Hours]) -> list[datetime]:
    return [start for start in starts if is_free(work, start, hours)]

"""Hours of the mentor: meetings are counted by themselves, the rest is entered in two presses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from actions import journal
from actions import plans as verbs
from actions.achievements import OLDEST
from actions.work import Work
from program import plans as rules
from program.errors import Refusal
from program.roles import Side
from program.states import MeetingStatus
from storage import meeting_diary, meetings
from storage import plans as rows
from storage.tables import MentorHours


async def add(
    work: Work, person_id: int, pair_id: int, minutes: int, what: str, spent_on: date
) -> MentorHours:
    """Preparation and the like, entered by the mentor; meetings are counted by themselves.

    Raises:
        Refusal: not the mentor, no such kind, too short or long, or a day that cannot be.
    """
    await verbs.mine(work, person_id, pair_id, Side.MENTOR)
    rules.require_minutes(minutes)
    if what not in rules.HOURS:
        raise Refusal("plan-choice-unknown")
    if spent_on > work.today:
        raise Refusal("plan-day-ahead")
    if spent_on < work.today - OLDEST:
        raise Refusal("plan-day-old")
    found = MentorHours(
        school_id=work.school.id, pair_id=pair_id, person_id=person_id, spent_on=spent_on, minutes=minutes,
        what=what, at=work.now,
    )  # fmt: skip
    work.session.add(found)
    await work.session.flush()
    await journal.note(
        work, "hours.entered", f"pair:{pair_id}", after={"hours": found.id, "minutes": minutes, "what": what}
    )
    return found


@dataclass(frozen=True)
class Load:
    """Time of a pair's mentors in a period, in minutes; `held`: how many meetings."""

    held: int
    meetings: int
    beside: int
    kinds: dict[str, int]

    @property
    def whole(self) -> int:
        return self.meetings + self.beside


async def load(work: Work, pair_id: int, first: date | None = None, last: date | None = None) -> Load:
    """Meetings held and what the mentors entered, from the first to the last day, both counted."""
    held = [
        one
        for one in await meetings.of_pair(work.session, pair_id)
        if one.status == MeetingStatus.HELD and _within(work, one.starts_at, first, last)
    ]
    # How long it was stands in the diary; where nobody wrote, the planned length counts.
    written = {
        line.meeting_id: line.minutes
        for line in await meeting_diary.of_pair(work.session, work.school.id, pair_id)
    }
    entered = await rows.hours(work.session, pair_id, first, last)
    kinds: dict[str, int] = {}
    for one in entered:
        kinds[one.what] = kinds.get(one.what, 0) + one.minutes
    return Load(len(held), sum(written.get(one.id, one.minutes) for one in held), sum(kinds.values()), kinds)


def _within(work: Work, at: datetime | None, first: date | None, last: date | None) -> bool:
    if at is None:
        return first is None and last is None
    day = at.astimezone(work.zone).date()
    return (first is None or day >= first) and (last is None or day <= last)

"""What may happen to a pair at work, by whose wish and with which reason. Source: domain.md 7.4.

Reasons are words of lists, read by the curator only; the other side never sees them.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from program.errors import Refusal
from program.settings import school_year

MOST_MONTHS = 12  # of one programme, then a new one is made
SHORTEST = timedelta(days=1)
# A held meeting of a pair that is over may still be spoken of for so long.
SPOKEN_OF_FOR = timedelta(days=14)
# A change of a group that was forgotten to be written down, or is agreed on.
DATED_BACK, DATED_AHEAD = timedelta(days=31), timedelta(days=92)
LONG_WAIT = timedelta(days=14)  # in the queue without a pair (domain.md 7.3)


class By(StrEnum):
    """Whose wish it was."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    GUARDIAN = "guardian"
    CURATOR = "curator"


class Wish(StrEnum):
    """What a participant may ask for; the curator decides."""

    PAUSE = "pause"
    RESUME = "resume"
    REPLACE = "replace"
    LONGER = "longer"
    SHORTER = "shorter"
    END = "end"


# Texts: `pair-because-<reason>` (participants), `pairs-because-<reason>` (staff).
REASONS: dict[Wish, tuple[str, ...]] = {
    Wish.PAUSE: ("busy", "illness", "moving", "other"),
    Wish.RESUME: (),
    Wish.REPLACE: ("character", "interests", "busy", "moving", "safety", "other"),
    Wish.LONGER: ("not-yet", "new-goal", "good", "other"),
    Wish.SHORTER: ("goals", "busy", "other"),
    Wish.END: ("goals", "busy", "moving", "interests", "safety", "other"),
}
# What a curator may write down beside what participants say.
STAFF_PAUSES = (*REASONS[Wish.PAUSE], "asked")
STAFF_ENDS = ("goals", "wish-mentee", "wish-mentor", "duties", "left-school", "consent", "other")
STAFF_LEAVES = ("wish-mentee", "wish-mentor", "interests", "busy", "left-school", "other")
STOOD_IN = "stood-in"  # why somebody left who had led a pair for another mentor
MUTUAL = (Wish.LONGER, Wish.SHORTER)  # only if both sides wish it and the curator agrees
URGENT = ("safety",)


def planned_end(starts_on: date, ends_on: date | None) -> date:
    """The agreed last day; without one, the last day of May of the school year in which it began."""
    if ends_on is not None:
        return ends_on
    last = date(int(school_year(starts_on)[5:]), 5, 31)
    return last if last > starts_on else date(last.year, 7, 31)


def latest_end(starts_on: date) -> date:
    """Twelve months after the start."""
    day = starts_on if (starts_on.month, starts_on.day) != (2, 29) else starts_on - timedelta(days=1)
    return day.replace(year=day.year + 1)


def require_new_end(wish: Wish, starts_on: date, ends_on: date | None, until: date, today: date) -> None:
    """Raises Refusal when a pair may not end on that day.

    Source: domain.md 7.4: at most twelve months, then a new programme.
    """
    now = planned_end(starts_on, ends_on)
    if until <= today:
        raise Refusal("pair-end-past")
    if until > latest_end(starts_on):
        raise Refusal("pair-end-too-late", months=MOST_MONTHS)
    if (wish is Wish.LONGER and until <= now) or (wish is Wish.SHORTER and until >= now):
        raise Refusal("pair-end-unchanged")


def ends_offered(wish: Wish, starts_on: date, ends_on: date | None, today: date) -> list[date]:
    """Up to three last days on buttons: one, two and three months later, or a week, two weeks, a month from now."""
    now = planned_end(starts_on, ends_on)
    if wish is Wish.LONGER:
        days = [max(now, today) + timedelta(days=30 * months) for months in (1, 2, 3)]
        days = [min(day, latest_end(starts_on)) for day in days]
        return sorted({day for day in days if day > max(now, today)})
    days = [today + timedelta(days=number) for number in (7, 14, 30)]
    return [day for day in days if day < now]


def days_in(joined: date, left: date | None, today: date) -> int:
    """Days of a member in a group, both ends counted."""
    return max(0, ((left or today) - joined).days + 1)


def require_day(day: date, today: date, begun: date, planned: date) -> None:
    """Raises Refusal unless a change of a group may be dated so: a month back, three months ahead, while it works."""
    if day < begun or day < today - DATED_BACK:
        raise Refusal("pair-change-too-early")
    if day > today + DATED_AHEAD or day > max(planned, today):
        raise Refusal("pair-change-too-late")

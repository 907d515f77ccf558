"""A call for help: what it may be about, who is called in and when. Source: domain.md 7.3."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

from program.courtesy import polite_from
from program.outgoing import Kind
from program.roles import Category, StaffRole
from program.settings import SchoolSettings

ANSWER_LIMITS = (5, 240)  # minutes that a school may set before the next adult is called in
LONGEST_WAIT = 60  # days whose mornings are counted
SAME_MATTER = timedelta(days=7)  # answers about one pair that come while nobody has taken the card
SAME_TALK = timedelta(hours=1)  # what follows so soon joins the card that nobody has taken yet


class CallKind(StrEnum):
    """How a card came to be."""

    CALL = "call"  # «Мне нужна помощь»
    WORDS = "words"  # signs of danger in what somebody wrote
    MESSAGE = "message"  # «Написать куратору»
    CARD = "card"  # made by another conversation: a low mark, a complaint, a question of consent


# Of one person within an hour these are one call, whichever came first.
CALLING = (CallKind.CALL, CallKind.WORDS)


class About(StrEnum):
    """What whoever calls may say by one press; neutral, and nothing has to be chosen truthfully."""

    TALK = "talk"
    MEETING = "meeting"
    HURT = "hurt"
    OTHER = "other"


class Step(IntEnum):
    """Which adults have been called in. From `DIRECTOR` on each working morning counts one more: all are told again."""

    FIRST = 0  # the curator and the psychologist, at once
    SECOND = 1  # the school's second adult
    DIRECTOR = 2


FIRST_ADULTS = (StaffRole.CURATOR, StaffRole.PSYCHOLOGIST)


def due_step(at: datetime, now: datetime, settings: SchoolSettings, zone: ZoneInfo) -> int:
    """Who should have been called in by now about a card that nobody has taken: a `Step`, and the mornings after it.

    The clock runs at night and on holidays as well. When everybody knows and is still silent, as adults are who sleep,
    they are told again each time the school opens.
    """
    wait = timedelta(minutes=settings.help_minutes)
    all_know = at + Step.DIRECTOR * wait
    if now < all_know:
        return int((now - at) / wait)
    return Step.DIRECTOR + _openings(all_know, now, settings, zone)


def _openings(after: datetime, until: datetime, settings: SchoolSettings, zone: ZoneInfo) -> int:
    """How often the staff's working day began in (after, until]."""
    first, _ = settings.hours(Category.TEACHER)
    day, last = after.astimezone(zone).date(), until.astimezone(zone).date()
    days = (day + timedelta(days=n) for n in range(min((last - day).days, LONGEST_WAIT) + 1))
    opens = (
        datetime.combine(one, first, zone) for one in days if not settings.is_rest(one, Category.TEACHER)
    )
    return sum(after < one <= until for one in opens)


def next_step_at(at: datetime, step: int, minutes: int) -> datetime | None:
    """When the next adult is called in; None: everybody knows."""
    return at + (step + 1) * timedelta(minutes=minutes) if step < Step.DIRECTOR else None


def staff_from(now: datetime, settings: SchoolSettings, zone: ZoneInfo) -> datetime | None:
    """The next instant at which the school's staff come to work; None: they are there now. Aware, in the school's zone."""
    opens = polite_from(now, settings, zone, Category.TEACHER, Kind.NOTICE)
    return opens if opens > now else None

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
SAME_TALK = timedelta(hours=1)  # what follows so soon joins the card that nobody has taken yet


class CallKind(StrEnum):
    """How a card came to be."""

    CALL = "call"  # «Мне нужна помощь»
    WORDS = "words"  # signs of danger in what somebody wrote
    MESSAGE = "message"  # «Написать куратору»
    CARD = "card"  # made by another conversation: a low mark, a complaint, a question of consent


class About(StrEnum):
    """What whoever calls may say by one press; neutral, and nothing has to be chosen truthfully."""

    TALK = "talk"
    MEETING = "meeting"
    HURT = "hurt"
    OTHER = "other"


class Step(IntEnum):
    """Which adults have been called in."""

    FIRST = 0  # the curator and the psychologist, at once
    SECOND = 1  # the school's second adult
    DIRECTOR = 2


FIRST_ADULTS = (StaffRole.CURATOR, StaffRole.PSYCHOLOGIST)


def due_step(at: datetime, now: datetime, minutes: int) -> Step:
    """Who should have been called in by now about a card that nobody has taken.

    Args:
        minutes: how long each adult may be silent. The clock runs at night and on holidays as well.
    """
    waits = int((now - at) / timedelta(minutes=minutes))
    return Step(min(waits, Step.DIRECTOR))


def next_step_at(at: datetime, step: Step, minutes: int) -> datetime | None:
    """When the next adult is called in; None: everybody knows."""
    return at + (step + 1) * timedelta(minutes=minutes) if step < Step.DIRECTOR else None


def staff_from(now: datetime, settings: SchoolSettings, zone: ZoneInfo) -> datetime:
    """The first instant from now on at which the school's staff are at work. Aware, in the school's zone."""
    return polite_from(now, settings, zone, Category.TEACHER, Kind.NOTICE)

"""Whether an announced pair suits those in it: who is asked, until when, what their answers come to.

Source: issue 4, «Acceptance»; domain.md 3.5 (`offered`). Nobody has to give a reason and nobody is blamed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from program.roles import Side


class Answer(StrEnum):
    WAITING = ""
    YES = "yes"
    NO = "no"


class Asked(StrEnum):
    """In what part somebody is asked. Only both sides' «yes» is waited for; a guardian may say «no»."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    GUARDIAN = "guardian"


# Why a pair does not suit: read by the curator only; texts `pair-why-not-<reason>`.
REASONS = ("fit", "busy", "moving", "wish", "other")
# Why the curator ends what nobody answered.
DISSOLVING = ("silent", "called", "other")
REMIND_BEFORE = timedelta(hours=24)  # the one reminder comes so long before the time is over


def part(person_id: int, about_id: int, side: Side | str) -> Asked:
    """Somebody asked about another is that child's guardian."""
    return Asked(side) if person_id == about_id else Asked.GUARDIAN


def answer_by(heard: Iterable[datetime], otherwise: datetime, hours: int) -> datetime:
    """Until when the answers are waited for: so many hours after the last of them could have read it.

    Args:
        heard: when each message may go out. otherwise: used when nobody can be written to.
    """
    return max(heard, default=otherwise) + timedelta(hours=hours)


def remind_at(until: datetime, asked_at: datetime) -> datetime:
    """A day before the end; of a shorter time, its middle."""
    return max(until - REMIND_BEFORE, asked_at + (until - asked_at) / 2)


def both_agree(answers: Iterable[tuple[Asked, Answer]]) -> bool:
    """Every mentor and every mentee said yes."""
    members = [answer for asked, answer in answers if asked is not Asked.GUARDIAN]
    return bool(members) and all(answer is Answer.YES for answer in members)

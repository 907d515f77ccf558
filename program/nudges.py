"""What the house reminds of by itself, and what a school switches off. Kept in the settings under `nudges`. Pure.

Source: issue «The life of a pair», domain.md 7.2, 7.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from program.early_warning import Sign

LEFT_FOR = timedelta(hours=24)  # an unfinished conversation; then one word, never another
TOO_OLD = timedelta(days=7)  # whoever was left alone so long is not spoken to about it any more
OPEN_FOR = timedelta(days=2)  # a nudge that could not be sent till then is not sent
MEET_WITHIN = timedelta(days=5)
DIGEST_AT = time(8, 30)  # by the school's clock
# What somebody began to answer: the way in, a guardian's word, questionnaires. The poll after a meeting is asked for
# a day later by itself (`actions.feedback`).
UNFINISHED = ("join", "intake", "guardian", "questionnaire")
QUIET_MONTHS = (Sign.NO_MEETING, Sign.NEVER_MET)
# Beside these the mentor is not asked to meet by a machine: a human of the school talks to the two first.
TALK_FIRST = frozenset(Sign) - frozenset(
    {*QUIET_MONTHS, Sign.LOST, Sign.CALLED_OFF, Sign.NO_ANSWER, Sign.GOAL, Sign.LONGER}
)


@dataclass(frozen=True)
class NudgeRules:
    """Args:
    unfinished: one word a day after somebody left a questionnaire in the middle.
    meetings: one word to the mentors of a pair that has not met for the school's number of days.
    digest: counts of the week to the curator's chat.
    morning: how much waits, each working morning to the curator's chat; nothing on a day on which nothing does.
    """

    unfinished: bool = True
    meetings: bool = True
    digest: bool = True
    morning: bool = True

    @staticmethod
    def read(stored: Mapping[str, Any]) -> NudgeRules:
        """Unknown names are ignored."""
        known = {f.name for f in fields(NudgeRules)}
        return NudgeRules(**{name: bool(value) for name, value in stored.items() if name in known})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


TICKS = tuple(f.name for f in fields(NudgeRules))


def left_alone(updated_at: datetime, now: datetime) -> bool:
    """Whether an unfinished conversation waits long enough for its one word, and not too long."""
    return LEFT_FOR <= now - updated_at < TOO_OLD


def may_be_asked_to_meet(open_signs: Iterable[str]) -> bool:
    """Whether a machine may ask the mentor of a pair with these open reasons to arrange a meeting."""
    return not TALK_FIRST & {Sign(sign) for sign in open_signs}


def digest_day(today: date, free: Callable[[date], bool]) -> date | None:
    """The day of this week on which the digest goes out: the first that is not free; None: all are.

    Args:
        free: rest days of the staff, holidays, exam weeks.
    """
    monday = monday_of(today)
    days = (monday + timedelta(days=n) for n in range(7))
    return next((day for day in days if not free(day)), None)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())

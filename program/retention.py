"""How long a person's data are kept, and why they are erased. Source: domain.md 8.4, the texts of consents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from program.states import ParticipationStatus


class Basis(StrEnum):
    """Why data are erased; stands in the act of deletion."""

    WITHDRAWAL = "withdrawal"  # a consent was taken back
    REQUEST = "request"  # the person or guardian asked for it
    RETENTION = "retention"  # the purpose is reached: the term has passed
    CHILD = "child"  # a guardian whose only child here was erased
    CURATOR = "curator"  # the school decided
    LEFT = "left"  # the person is no longer at the school


AFTER_WITHDRAWAL = timedelta(days=30)  # 152-ФЗ, art. 21; domain.md 8.4
AFTER_LEAVING = timedelta(days=30)  # the purpose is reached: 152-ФЗ, art. 21
AFTER_REQUEST = timedelta(days=10)
AFTER_PAIR = timedelta(
    days=30
)  # the correspondence of a pair that is over: long enough to look into a complaint
AFTER_YEAR = 30  # days after the last day of the school year; as the texts of consents say
ENDED = (
    ParticipationStatus.FINISHED,
    ParticipationStatus.DECLINED,
    ParticipationStatus.ARCHIVED,
    ParticipationStatus.WITHDRAWN,
)


def kept_until(places: Iterable[tuple[str, ParticipationStatus]]) -> date | None:
    """The last day on which somebody's data are kept; None: no end is in sight.

    Args:
        places: school year ("2026-2027") and status of every participation. One that has not ended keeps
            the person in the base.
    """
    found = list(places)
    if not found or any(status not in ENDED for _, status in found):
        return None
    last = max(year for year, _ in found)
    return date(int(last[-4:]), 7, 31) + timedelta(days=AFTER_YEAR)

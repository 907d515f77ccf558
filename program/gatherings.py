"""Meetings of the whole programme, which the curator calls. Source: domain.md 7.1 (m0, m6)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from program.errors import Refusal
from program.states import MeetingFormat, MeetingKind
from program.ways import Machine


class GatheringState(StrEnum):
    PLANNED = "planned"
    HELD = "held"  # who came was said
    CANCELLED = "cancelled"


_G = GatheringState
GATHERING = Machine(
    GatheringState,
    frozenset({_G.PLANNED}),
    {_G.PLANNED: frozenset({_G.HELD, _G.CANCELLED})},
    frozenset({_G.HELD, _G.CANCELLED}),
)
KINDS = (MeetingKind.M0, MeetingKind.M6)
MOST_MINUTES = 480
LONGEST_ABOUT = 500
LONGEST_GUESTS = 2000


def require_sound(
    kind: MeetingKind,
    starts_at: datetime,
    minutes: int,
    format: MeetingFormat,
    place: str,
    link: str,
    now: datetime,
) -> None:
    """Raises Refusal unless such a gathering can be called: it lies ahead and people can find it."""
    if kind not in KINDS:
        raise Refusal("states-not-now")
    if starts_at <= now:
        raise Refusal("gathering-past")
    if not 10 <= minutes <= MOST_MINUTES:
        raise Refusal("gathering-minutes-odd", most=MOST_MINUTES)
    if format is MeetingFormat.OFFLINE and not place:
        raise Refusal("gathering-no-place")
    if (format is MeetingFormat.ONLINE or link) and not link.startswith("https://"):
        raise Refusal("gathering-no-link")

"""Which questionnaires a school lets the house ask by itself. Kept in the school's settings under `polls`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

PULSE_DAYS = (14, 21, 30, 45, 60)  # offered between two pulses
BOUNDS = (6.0, 6.5, 7.0, 7.5, 8.0)  # offered as the mean from which somebody is satisfied


@dataclass(frozen=True)
class PollRules:
    """Args:
    meeting: after every meeting that took place.
    start: with it, after the first two meetings, whether to go on.
    before: at the beginning; `early`: the day after joining, not only once there is a pair.
    pulse: every `pulse_days` days of work.
    middle, after: half-way and at the end.
    parents: the two of parents. cards: the observation card of an adult mentor. partners: of companies.
    satisfied_from: a person's mean of ten from which they count as satisfied; domain.md 4.15.
    """

    meeting: bool = True
    start: bool = True
    before: bool = True
    early: bool = False
    pulse: bool = True
    pulse_days: int = 30
    middle: bool = True
    after: bool = True
    parents: bool = True
    cards: bool = True
    partners: bool = True
    satisfied_from: float = 7.0

    @staticmethod
    def read(stored: Mapping[str, Any]) -> PollRules:
        """Unknown names are ignored."""
        known = {f.name for f in fields(PollRules)}
        return PollRules(**{name: value for name, value in stored.items() if name in known})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def asks(self, code: str) -> bool:
        """Whether the rule with this code of `program.assignments.RULES` is in use."""
        switch = SWITCHES.get(code)
        return switch is None or bool(getattr(self, switch))


SWITCHES = {
    "PRE_": "before",
    "PULSE": "pulse",
    "MID": "middle",
    "POST_": "after",
    "INT_PAR": "parents",
    "INT_PAR_POST": "parents",
    "OBS_MENTOR": "cards",
    "PARTNER": "partners",
}
TICKS = ("meeting", "start", "before", "early", "pulse", "middle", "after", "parents", "cards", "partners")
USUAL = PollRules()

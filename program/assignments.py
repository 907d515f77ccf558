"""Who is asked which questionnaire when, without anybody's pressing a button. Source: domain.md 4.2, 4.8, 7.1.

By role, form of mentoring, stage and date. What the table does not name (INT_E, TRN, PREF) is sent by the curator;
the intake follows joining, the polls follow meetings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from program.ages import full_years
from program.forms import base_of
from program.instruments import Audience
from program.instruments_reading import shipped
from program.roles import Category, Side

YOUNG_BELOW = 12  # full years: the short form with faces; domain.md 4.8
AGAIN_AFTER = timedelta(days=3)  # one gentle reminder, then no more
ONE_A_DAY = timedelta(hours=20)  # between two questionnaires for one person; domain.md 7.2


class Who(StrEnum):
    MENTEE = "mentee"
    MENTOR = "mentor"
    PARENT = "parent"  # of the mentee
    PARTNER = "partner"  # a mentor from a company
    OBSERVER = "observer"  # an adult who leads one pupil; a pupil does not judge another child's conduct


class Stage(StrEnum):
    """BEFORE: from the day after the announcement until the first working meeting. KNOWN: two weeks after it, when
    the two know each other; in the first half of the school year only. The others: by the calendar.
    """

    BEFORE = "before"
    KNOWN = "known"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True)
class Rule:
    """`code` ends with «_» where the form and side of the pair say which questionnaire it is."""

    code: str
    who: frozenset[Who]
    stage: Stage


BOTH = frozenset({Who.MENTEE, Who.MENTOR})
RULES = (
    Rule("PRE_", BOTH, Stage.BEFORE),
    Rule("INT_PAR", frozenset({Who.PARENT}), Stage.BEFORE),
    Rule("OBS_MENTOR", frozenset({Who.OBSERVER}), Stage.KNOWN),
    Rule("MID", BOTH, Stage.MIDDLE),
    Rule("POST_", BOTH, Stage.END),
    Rule("INT_PAR_POST", frozenset({Who.PARENT}), Stage.END),
    Rule("OBS_MENTOR", frozenset({Who.OBSERVER}), Stage.END),
    Rule("PARTNER", frozenset({Who.PARTNER}), Stage.END),
)

BEFORE_FOR = timedelta(days=21)  # after the announcement; later it would not be «before» any more
KNOWN_AFTER, KNOWN_FOR = timedelta(days=14), timedelta(days=28)
FIRST_HALF_ENDS = (1, 31)  # a card filled in later counts as the second one: `half`
AGED = timedelta(days=28)  # a pair younger than this has no middle yet
ENDING_AGED = timedelta(days=14)
# (month, day) of the first and the last day, in the year in which the stage falls.
CALENDAR = {Stage.MIDDLE: ((12, 1), (12, 25)), Stage.END: ((5, 2), (5, 31))}
LEAST_AGE = {Stage.MIDDLE: AGED, Stage.END: ENDING_AGED}


@dataclass(frozen=True)
class Place:
    """One person's place in an announced pair.

    Args:
        born: decides whether the short form is asked.
        at_work: the pair has held a working meeting.
        leads_pupil: a mentor of one pupil, not of a group.
    """

    side: Side
    form: str
    announced_on: date
    at_work: bool
    born: date | None = None
    category: str | None = None
    leads_pupil: bool = False

    @property
    def roles(self) -> frozenset[Who]:
        found = {Who(self.side.value)}
        if self.side is Side.MENTEE and self.category == Category.PUPIL:
            found.add(Who.PARENT)
        if self.side is Side.MENTOR and self.category == Category.EMPLOYER:
            found.add(Who.PARTNER)
        if self.leads_pupil and self.side is Side.MENTOR and self.category != Category.PUPIL:
            found.add(Who.OBSERVER)
        return frozenset(found)


@dataclass(frozen=True)
class Due:
    """`code` is asked now of `who`, until the end of the day `last`."""

    code: str
    who: Who
    last: date


def due(place: Place, today: date, year: str) -> Iterator[Due]:
    """What this place gives to be asked today.

    Args:
        today: the school's calendar day.
        year: the school year in work, "2026-2027".
    """
    for rule in RULES:
        window = _window(rule.stage, place, year)
        if window is None or not window[0] <= today <= window[1]:
            continue
        for who in sorted(rule.who & place.roles):
            code = rule.code if not rule.code.endswith("_") else composed_for(rule.code, place, today)
            if code:
                yield Due(code, who, window[1])


def composed_for(prefix: str, place: Place, today: date) -> str | None:
    """The questionnaire before («PRE_») or after («POST_») the work for this form, side and age."""
    young = place.born is not None and full_years(place.born, today) < YOUNG_BELOW
    if young and place.side is Side.MENTEE:
        return f"{prefix}YOUNG_MENTEE"
    for instrument in shipped():
        asked = instrument.audience is Audience(place.side.value) and base_of(place.form) in instrument.forms
        if asked and instrument.code.startswith(prefix):
            return instrument.code
    return None


def _window(stage: Stage, place: Place, year: str) -> tuple[date, date] | None:
    """First and last day, both included."""
    if stage is Stage.BEFORE:
        if place.at_work:
            return None
        return place.announced_on + timedelta(days=1), place.announced_on + BEFORE_FOR
    if stage is Stage.KNOWN:
        first = place.announced_on + KNOWN_AFTER
        return first, min(first + KNOWN_FOR, date(int(year[:4]) + 1, *FIRST_HALF_ENDS))
    (first_month, first_day), (last_month, last_day) = CALENDAR[stage]
    falls = int(year[:4]) + (first_month < 8)  # the school year begins in August
    first = date(falls, first_month, first_day)
    return max(first, place.announced_on + LEAST_AGE[stage]), date(falls, last_month, last_day)


def observing(today: date) -> bool:
    """Whether class teachers are reminded of their observation cards: at the beginning and the end of the work.

    Source: domain.md 4.11 (st2, st7), 2.2.
    """
    return today.month in (9, 10, 5)


def half(today: date) -> int:
    """1 from August to January, 2 from February on: which of the two times a card is filled in."""
    return 2 if 2 <= today.month < 8 else 1

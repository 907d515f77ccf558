"""Who is asked which questionnaire when, without anybody's pressing a button. Source: domain.md 4.2, 4.8, 7.1.

By role, form of mentoring, stage and date. What the table does not name (INT_E, TRN, PREF) is sent by the curator;
the intake follows joining, the polls follow meetings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import groupby

from program.ages import full_years
from program.forms import base_of
from program.instruments import Audience
from program.instruments_reading import shipped
from program.polls import USUAL, PollRules
from program.roles import Category, Side

Silent = Callable[[date], bool]
YOUNG_BELOW = 12  # full years: the short form with faces; domain.md 4.8
AGAIN_AFTER = timedelta(days=3)  # one gentle reminder, then no more
ONE_A_DAY = timedelta(hours=20)  # between two questionnaires for one person; domain.md 7.2


def _never(day: date) -> bool:
    return False


class Who(StrEnum):
    MENTEE = "mentee"
    MENTOR = "mentor"
    PARENT = "parent"  # of the mentee
    PARTNER = "partner"  # a mentor from a company
    OBSERVER = "observer"  # an adult who leads one pupil; a pupil does not judge another child's conduct


class Stage(StrEnum):
    """BEFORE: from the day after the announcement until the first working meeting; where the school asks early,
    from the day after joining. KNOWN: two weeks after the announcement, when the two know each other; in the first
    half of the school year only. PULSE: every thirty days of work. MIDDLE: half-way of the term of the pair, in
    December where no term is known. END: in May, and before the agreed end or after the final meeting if that is
    earlier.
    """

    BEFORE = "before"
    KNOWN = "known"
    PULSE = "pulse"
    MIDDLE = "middle"
    END = "end"


class Step(StrEnum):
    """How far a pair is."""

    OFFERED = "offered"  # announced, not everybody has said yes
    WORKING = "working"
    DONE = "done"  # completed lately


STAGES_OF = {
    Step.OFFERED: (Stage.BEFORE,),
    Step.WORKING: tuple(Stage),
    Step.DONE: (Stage.END,),
}


@dataclass(frozen=True)
class Rule:
    """`code` ends with «_» where the form and side of the pair say which questionnaire it is."""

    code: str
    who: frozenset[Who]
    stage: Stage


PULSE = "PULSE"
BOTH = frozenset({Who.MENTEE, Who.MENTOR})
RULES = (
    Rule("PRE_", BOTH, Stage.BEFORE),
    Rule("INT_PAR", frozenset({Who.PARENT}), Stage.BEFORE),
    Rule("OBS_MENTOR", frozenset({Who.OBSERVER}), Stage.KNOWN),
    Rule(PULSE, BOTH, Stage.PULSE),
    Rule("MID", BOTH, Stage.MIDDLE),
    Rule("POST_", BOTH, Stage.END),
    Rule("INT_PAR_POST", frozenset({Who.PARENT}), Stage.END),
    Rule("OBS_MENTOR", frozenset({Who.OBSERVER}), Stage.END),
    Rule("PARTNER", frozenset({Who.PARTNER}), Stage.END),
)

_BY_STAGE = tuple((stage, tuple(rules)) for stage, rules in groupby(RULES, key=lambda one: one.stage))

BEFORE_FOR = timedelta(days=21)  # after the announcement; later it would not be «before» any more
KNOWN_AFTER, KNOWN_FOR = timedelta(days=14), timedelta(days=28)
FIRST_HALF_ENDS = (1, 31)  # a card filled in later counts as the second one: `half`
AGED = timedelta(days=28)  # a pair younger than this has no middle yet
ENDING_AGED = timedelta(days=14)
# (month, day) of the first and the last day, in the year in which the stage falls.
CALENDAR = {Stage.MIDDLE: ((12, 1), (12, 25)), Stage.END: ((5, 2), (5, 31))}
MIDDLE_FOR = timedelta(days=24)
LAST_WEEKS = timedelta(days=14)  # before the agreed end
AFTER_END = timedelta(days=21)  # after the final meeting or the end of the pair
PULSE_FOR = timedelta(days=10)
LEAST_AGE = {Stage.MIDDLE: AGED, Stage.END: ENDING_AGED}


@dataclass(frozen=True)
class Place:
    """One person's place in an announced pair.

    Args:
        born: decides whether the short form is asked.
        at_work: the pair has held a working meeting.
        leads_pupil: a mentor of one pupil, not of a group.
        starts_on, ends_on: the term of the pair, where it is known.
        concluded_on: day of the final meeting, or on which the pair was completed.
        counted_from: from which day the pulse is counted: the start, or the return from a pause.
    """

    side: Side
    form: str
    announced_on: date
    at_work: bool
    born: date | None = None
    category: str | None = None
    leads_pupil: bool = False
    step: Step = Step.WORKING
    starts_on: date | None = None
    ends_on: date | None = None
    concluded_on: date | None = None
    counted_from: date | None = None

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
    """`code` is asked now of `who`, until the end of the day `last`. `since`: of a pulse, the day it stands for."""

    code: str
    who: Who
    last: date
    since: date | None = None

    def round(self, year: str) -> str:
        """Which time of the school year it is answered."""
        return f"{year}/p{self.since:%Y%m%d}" if self.since else year


def due(
    place: Place, today: date, year: str, rules: PollRules = USUAL, silent: Silent = _never
) -> Iterator[Due]:
    """What this place gives to be asked today.

    Args:
        today: the school's calendar day.
        year: the school year in work, "2026-2027".
        silent: days on which nobody is nudged (holidays, exam weeks); nothing is due on one, and a pulse that
            falls on one waits.
    """
    if silent(today):
        return
    for stage, of_stage in _BY_STAGE:
        if stage not in STAGES_OF[place.step]:
            continue
        since = None
        if stage is Stage.PULSE:
            pulse = _pulse(place, today, rules, silent)
            since, window = (pulse.day, pulse.window) if pulse else (None, None)
        else:
            window = _window(stage, place, year)
        if window is None or not window[0] <= today <= window[1]:
            continue
        for rule in of_stage:
            for who in sorted(rule.who & place.roles) if rules.asks(rule.code) else ():
                code = composed_for(rule.code, place, today) if rule.code.endswith("_") else rule.code
                if code is not None:
                    yield Due(code, who, window[1], since)


@dataclass(frozen=True)
class Pulse:
    """`day` is what it stands for; `window`, first and last day, when it may be asked."""

    day: date
    window: tuple[date, date]


def pulse_now(counted_from: date, today: date, every: int, silent: Silent = _never) -> Pulse | None:
    """The pulse whose turn it is; None: the first is still ahead, or quiet days have to end.

    Args:
        every: days.
    """
    times = (today - counted_from).days // every
    if times < 1:
        return None
    day = first = counted_from + timedelta(days=times * every)
    last = day + timedelta(days=every - 1)
    while silent(first) and first <= last:
        first += timedelta(days=1)
    return Pulse(day, (first, min(first + PULSE_FOR, last))) if first <= today else None


def composed_for(prefix: str, place: Place, today: date) -> str | None:
    """The questionnaire before («PRE_») or after («POST_») the work for this form, side and age."""
    young = place.born is not None and full_years(place.born, today) < YOUNG_BELOW
    if young and place.side is Side.MENTEE:
        return f"{prefix}YOUNG_MENTEE"
    return _composed_for(prefix, place.side, base_of(place.form))


@cache
def _composed_for(prefix: str, side: Side, form: str) -> str | None:
    """Looked for once: it is asked of everybody each day, and what is shipped stays the same."""
    for instrument in shipped():
        asked = instrument.audience is Audience(side.value) and form in instrument.forms
        if asked and instrument.code.startswith(prefix):
            return instrument.code
    return None


def _pulse(place: Place, today: date, rules: PollRules, silent: Silent) -> Pulse | None:
    since = place.counted_from or place.starts_on
    return pulse_now(since, today, rules.pulse_days, silent) if since else None


def _window(stage: Stage, place: Place, year: str) -> tuple[date, date] | None:
    """First and last day, both included."""
    if stage is Stage.BEFORE:
        if place.at_work:
            return None
        return place.announced_on + timedelta(days=1), place.announced_on + BEFORE_FOR
    if stage is Stage.KNOWN:
        first = place.announced_on + KNOWN_AFTER
        return first, min(first + KNOWN_FOR, date(int(year[:4]) + 1, *FIRST_HALF_ENDS))
    if stage is Stage.MIDDLE and place.starts_on and place.ends_on:
        middle = place.starts_on + (place.ends_on - place.starts_on) / 2
        return max(middle, place.starts_on + AGED), middle + MIDDLE_FOR
    (first_month, first_day), (last_month, last_day) = CALENDAR[stage]
    falls = int(year[:4]) + (first_month < 8)  # the school year begins in August
    first, last = date(falls, first_month, first_day), date(falls, last_month, last_day)
    if stage is Stage.END:
        ends = [first, *([place.ends_on - LAST_WEEKS] if place.ends_on else [])]
        first = min([*ends, *([place.concluded_on] if place.concluded_on else [])])
        if place.concluded_on or (place.ends_on and place.ends_on < last):
            last = (place.concluded_on or place.ends_on or last) + AFTER_END
    if place.concluded_on:
        return first, last
    return max(first, place.announced_on + LEAST_AGE[stage]), last


def observing(today: date) -> bool:
    """Whether class teachers are reminded of their observation cards: at the beginning and the end of the work.

    Source: domain.md 4.11 (st2, st7), 2.2.
    """
    return today.month in (9, 10, 5)


def half(today: date) -> int:
    """1 from August to January, 2 from February on: which of the two times a card is filled in."""
    return 2 if 2 <= today.month < 8 else 1

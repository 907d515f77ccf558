"""Which pairs need somebody now, and why. Pure; facts in, reasons out.

Source: domain.md 7.3 (triggers and reaction times), 7.1 (how often a pair meets). The school's three lights gather
the four levels of 7.3: red and orange ask for an act within days and are red here, yellow is amber.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from operator import attrgetter
from typing import NamedTuple

from program.feedback import LOW

MANY_CALLED_OFF = 3  # meetings called off or moved
CALLED_OFF_WITHIN = timedelta(days=30)
LOST_IN_A_ROW = 2
APART = 4  # points of ten by which a mark fell, or by which the two sides differ
LATELY = 3  # marks before the newest one that are looked at together
MONTHS_APART = 2  # answers of each person, once in a month: one may be a bad day
LONG_ASKED = 3  # days for a request
LOW_COMFORT, LOW_GOAL = 4, 3


class Light(IntEnum):
    GREEN = 0
    AMBER = 1
    RED = 2


class Sign(StrEnum):
    """Why a pair is not green. Its words are the text `early-<value>`."""

    NO_MEETING = "no-meeting"
    NEVER_MET = "never-met"
    LOST = "lost"
    CALLED_OFF = "called-off"
    NO_ANSWER = "no-answer"
    ASKED = "asked"
    LOW_TWICE = "low-twice"
    BAD_MOOD = "bad-mood"
    FELL = "fell"
    APART = "apart"
    APART_GOAL = "apart-goal"
    NO_NEARER = "no-nearer"
    NOT_ON = "not-on"
    PSYCHOLOGIST = "psychologist"
    STOP = "stop"
    QUESTION = "question"
    COMFORT = "comfort"
    GOAL = "goal"
    TALK = "talk"
    EARLIER = "earlier"
    LONGER = "longer"
    HELP = "help"


# Working days within which the school acts; 0 is the same day.
WITHIN: dict[Sign, int] = {
    Sign.HELP: 0,
    Sign.LOW_TWICE: 2,
    Sign.BAD_MOOD: 2,
    Sign.PSYCHOLOGIST: 2,
    Sign.STOP: 2,
    Sign.QUESTION: 2,
    Sign.TALK: 2,
    Sign.EARLIER: 2,
    Sign.LOST: 5,
    Sign.CALLED_OFF: 5,
}
WITHIN_USUAL = 3
# Seen by those who may see that a child asked for help, what one person has answered about a meeting and in the pulse
# of the pair: never by a director or a class teacher (docs/privacy.md).
CLOSED = frozenset({
    Sign.HELP, Sign.BAD_MOOD, Sign.PSYCHOLOGIST, Sign.TALK, Sign.LOW_TWICE, Sign.FELL, Sign.COMFORT, Sign.APART,
    Sign.APART_GOAL, Sign.NO_NEARER,
})  # fmt: skip
# Known from answers alone: they change when somebody answers, when the people of a pair change, and by no passing of days.
BY_ANSWERS = frozenset({
    Sign.LOW_TWICE, Sign.BAD_MOOD, Sign.FELL, Sign.APART, Sign.APART_GOAL, Sign.NO_NEARER, Sign.NOT_ON,
    Sign.PSYCHOLOGIST, Sign.STOP, Sign.QUESTION, Sign.COMFORT, Sign.GOAL, Sign.TALK, Sign.EARLIER, Sign.LONGER,
})  # fmt: skip
WHO = "person"  # among the figures of a reason: whose answer it is


@dataclass(frozen=True)
class Limits:
    """Days of the school's settings. `answer`: for an offered meeting."""

    warn: int = 21
    alert: int = 30
    answer: int = 5


class Mark(NamedTuple):
    """One answer of one person. `value`: a number of ten, or the code of the choice. `id`: of the answer's row.

    A tuple: of a school's year there are thousands, made anew at each look.
    """

    question: str
    value: int | str
    day: date
    id: int
    person: int


@dataclass(frozen=True)
class PairFacts:
    """What is known of one pair or group at work.

    Args:
        since: the day from which it is at work.
        held: days of its meetings that took place.
        lost: days of meetings that were agreed and did not take place, missed or called off late.
        called_off: days on which a meeting was moved or called off.
        offered: days on which meetings were offered that nobody has answered, with the meeting's id.
        lapsed: days on which meetings were offered whose last start went by without an answer.
        asked: days of requests that wait for an answer, with the request's id.
        help: days of open calls for help of its people, with the call's id.
        marks: answers of both sides, in any order.
        leading: who of those who answered is a mentor here.
    """

    id: int
    since: date
    held: tuple[date, ...] = ()
    lost: tuple[date, ...] = ()
    called_off: tuple[date, ...] = ()
    offered: tuple[tuple[date, int], ...] = ()
    lapsed: tuple[date, ...] = ()
    asked: tuple[tuple[date, int], ...] = ()
    help: tuple[tuple[date, int], ...] = ()
    marks: tuple[Mark, ...] = ()
    leading: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Worry:
    """One reason to look at a pair.

    Args:
        key: the same as long as it is the same occurrence: what somebody has dealt with is not told again.
        since: the day from which it is so.
        args: figures for its words; `WHO` where one person has said so.
        answer: the row of the answer from which it is known; 0: from no single answer.
    """

    sign: Sign
    light: Light
    key: str
    since: date
    args: dict[str, int] = field(default_factory=dict)
    answer: int = 0

    @property
    def within(self) -> int:
        """Working days within which the school acts."""
        return WITHIN.get(self.sign, WITHIN_USUAL)


def light(found: Iterable[Worry]) -> Light:
    return max((one.light for one in found), default=Light.GREEN)


def worries(
    facts: PairFacts, today: date, limits: Limits, silent: Callable[[date], bool]
) -> tuple[Worry, ...]:
    """Everything that asks for somebody in this pair, the gravest first; nothing for a pair that goes well.

    Args:
        silent: days on which nobody expects a meeting (holidays, exams, a pause): they are not counted.
    """
    found = [
        *_no_meeting(facts, today, limits, silent),
        *_lost(facts),
        *_called_off(facts, today),
        *_waiting(facts, today, limits, silent),
        *heard(facts),
    ]
    return tuple(sorted(found, key=lambda one: (-one.light, one.within, one.since, one.sign)))


def heard(facts: PairFacts) -> list[Worry]:
    """What the answers of this pair ask for, of the signs `BY_ANSWERS`."""
    if not facts.marks:
        return []
    marks = _by_question(facts.marks)
    return [*_said(marks), *_marks(marks), *_apart(marks, facts.leading)]


def counted_days(first: date, last: date, silent: Callable[[date], bool]) -> int:
    """Days after `first` until and with `last` on which a meeting could be expected."""
    return sum(not silent(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def _no_meeting(
    facts: PairFacts, today: date, limits: Limits, silent: Callable[[date], bool]
) -> Iterable[Worry]:
    """No held meeting for three weeks is amber, for thirty days red; then it is said anew each thirty days."""
    last = max((day for day in facts.held if day <= today), default=None)
    begin = max(last, facts.since) if last else facts.since
    days = counted_days(begin, today, silent)
    if days < limits.warn:
        return
    sign = Sign.NO_MEETING if last else Sign.NEVER_MET
    shade = Light.RED if days >= limits.alert else Light.AMBER
    step = days // limits.alert
    yield Worry(sign, shade, f"{begin.isoformat()}+{step}", begin, {"days": days})


def _lost(facts: PairFacts) -> Iterable[Worry]:
    last = max(facts.held, default=date.min)
    since = sorted(day for day in facts.lost if day > last)
    if len(since) >= LOST_IN_A_ROW:
        yield Worry(Sign.LOST, Light.AMBER, since[-1].isoformat(), since[-1], {"count": len(since)})


def _called_off(facts: PairFacts, today: date) -> Iterable[Worry]:
    late = sorted(day for day in facts.called_off if timedelta(0) <= today - day <= CALLED_OFF_WITHIN)
    if len(late) >= MANY_CALLED_OFF:
        # One occurrence for a month: the fourth cancellation is not another thing to deal with.
        key = f"{late[0].year}-{late[0].month:02}"
        yield Worry(Sign.CALLED_OFF, Light.AMBER, key, late[-1], {"count": len(late)})


def _waiting(
    facts: PairFacts, today: date, limits: Limits, silent: Callable[[date], bool]
) -> Iterable[Worry]:
    for day, of in facts.offered:
        if (days := counted_days(day, today, silent)) >= limits.answer:
            # The day stands in the key: a meeting that is offered once more may wait in vain once more.
            yield Worry(Sign.NO_ANSWER, Light.AMBER, f"{of}+{day.isoformat()}", day, {"days": days})
    last = max(facts.held, default=date.min)
    lapsed = sorted(day for day in facts.lapsed if day > last)
    if len(lapsed) >= LOST_IN_A_ROW:
        days = counted_days(lapsed[0], today, silent)
        yield Worry(Sign.NO_ANSWER, Light.AMBER, lapsed[0].isoformat(), lapsed[0], {"days": days})
    for day, of in facts.asked:
        if (days := counted_days(day, today, silent)) >= LONG_ASKED:
            yield Worry(Sign.ASKED, Light.AMBER, str(of), day, {"days": days})
    for day, of in facts.help:
        yield Worry(Sign.HELP, Light.RED, str(of), day)


_SAID = (
    ("FB_M.3", "bad", Sign.BAD_MOOD, Light.RED),
    ("FB_START.1", "no", Sign.NOT_ON, Light.RED),
    ("FB_N.6", "psychologist", Sign.PSYCHOLOGIST, Light.RED),
    ("FB_N.6", "stop", Sign.STOP, Light.RED),
    ("FB_N.6", "curator", Sign.QUESTION, Light.AMBER),
    ("PULSE.3", "talk", Sign.TALK, Light.RED),
    ("MID.6", "replace", Sign.NOT_ON, Light.RED),
    ("MID.6", "stop", Sign.EARLIER, Light.RED),
    ("MID.6", "longer", Sign.LONGER, Light.AMBER),
)
_LOW = (
    ("PULSE.1", LOW_COMFORT, Sign.COMFORT),
    ("MID.2", LOW_GOAL, Sign.GOAL),
)
SAME = {"MID.1": "PULSE.1"}  # one question in other words: the newer answer to either counts
# What both sides are asked in the same words. Marks of a meeting are not: the mentee says how useful it was, the mentor
# how much the mentee took part.
_OF_BOTH = (("PULSE.1", Sign.APART), ("PULSE.2", Sign.APART_GOAL))


Marks = Mapping[str, Sequence[Mark]]  # question -> answers of everybody, the oldest first


_WHEN = attrgetter("day", "id")


def _by_question(marks: Iterable[Mark]) -> Marks:
    found: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=_WHEN):
        found.setdefault(SAME.get(mark.question, mark.question), []).append(mark)
    return found


def _said(marks: Marks) -> Iterable[Worry]:
    """The newest answer of each person counts: a good day after a bad one is taken at its word."""
    newest = {question: {mark.person: mark for mark in of}.values() for question, of in marks.items()}
    for question, code, sign, shade in _SAID:
        for mark in newest.get(question, ()):
            if mark.value == code:
                yield Worry(sign, shade, str(mark.id), mark.day, {WHO: mark.person}, mark.id)
    for question, low, sign in _LOW:
        for mark in newest.get(question, ()):
            if isinstance(mark.value, int) and mark.value <= low:
                args = {"mark": mark.value, WHO: mark.person}
                yield Worry(sign, Light.RED, str(mark.id), mark.day, args, mark.id)


def _marks(marks: Marks) -> Iterable[Worry]:
    """Two low marks in a row, a mark that fell."""
    led, leading = (_rows(marks, question).values() for question in ("FB_M.2", "FB_N.4"))
    for row in led:
        values, last = [int(one.value) for one in row[-2:]], row[-1]
        if len(values) > 1 and max(values) <= LOW:
            yield Worry(Sign.LOW_TWICE, Light.RED, str(last.id), last.day, {"mark": values[-1]}, last.id)
    for row in (*led, *leading):
        *before, newest = [int(one.value) for one in row[-LATELY - 1 :]]
        if len(before) > 1 and (fall := _mean(before) - newest) >= APART:
            args = {"fall": round(fall), "mark": newest}
            yield Worry(Sign.FELL, Light.AMBER, str(row[-1].id), row[-1].day, args)
    for person, row in _rows(marks, "PULSE.2").items():
        # Twice: at the beginning a goal is far for everybody.
        values, last = [int(one.value) for one in row[-2:]], row[-1]
        if len(values) > 1 and max(values) <= LOW_GOAL:
            args = {"mark": values[-1], WHO: person}
            yield Worry(Sign.NO_NEARER, Light.AMBER, str(last.id), last.day, args, last.id)


def _apart(marks: Marks, mentors: Collection[int]) -> Iterable[Worry]:
    """Two sides that answer the same question differently, more than once."""
    for question, sign in _OF_BOTH:
        rows = _rows(marks, question)
        leading = _lately(row for person, row in rows.items() if person in mentors)
        led = _lately(row for person, row in rows.items() if person not in mentors)
        if min(len(led), len(leading)) < MONTHS_APART:
            continue
        gap = abs(_mean([int(one.value) for one in led]) - _mean([int(one.value) for one in leading]))
        if gap >= APART:
            newest = max((*led, *leading), key=lambda one: (one.day, one.id))
            month = f"{newest.day.year}-{newest.day.month:02}"
            yield Worry(sign, Light.AMBER, month, newest.day, {"gap": round(gap)})


def _rows(marks: Marks, question: str) -> dict[int, list[Mark]]:
    """Each person's numbers, oldest first."""
    rows: dict[int, list[Mark]] = {}
    for mark in marks.get(question, ()):
        if isinstance(mark.value, int):
            rows.setdefault(mark.person, []).append(mark)
    return rows


def _lately(rows: Iterable[list[Mark]]) -> list[Mark]:
    return [mark for row in rows for mark in row[-MONTHS_APART:]]


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)

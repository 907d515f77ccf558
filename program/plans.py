"""The personalised programme of a pair: what it consists of, what is missing, what may follow what.

For pupils it is called «индивидуальный план развития». Source: domain.md 6.9 (S004-01…25), 7.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from program.errors import Refusal
from program.forms import FORMS
from program.pair_life import latest_end
from program.roles import Category
from program.screening import Found
from program.shared_words import in_plans
from program.ways import Machine

LEAST_MONTHS, MOST_MONTHS = 3, 12  # S004-02
LONGEST_LINE, LONGEST_TEXT = 300, 1500
MOST_LINES, MOST_ITEMS = 12, 40


class PlanState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"  # the other side reads it
    AGREED = "agreed"  # by both; the curator has not been told yet
    WORK = "work"
    AMENDED = "amended"  # at work, a change waits for the other side's word
    COMPLETED = "completed"


class AmendmentState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Stage(StrEnum):
    """When a goal is looked at."""

    START = "start"
    MID = "mid"
    END = "end"


class Said(StrEnum):
    """What a member says beside the agreed programme; it is the member's own."""

    WISH = "wish"  # of a mentee
    RESULT = "result"


class Way(StrEnum):
    """How the mentee came to know the programme. S004-03."""

    JOINTLY = "jointly"
    ACQUAINTED = "acquainted"


class Present(StrEnum):
    """Who of the school was there. S004-04."""

    CURATOR = "curator"
    METHOD = "method"  # a member of the method association
    COUNCIL = "council"  # the council of mentors


_S = PlanState
PLAN = Machine(
    PlanState,
    frozenset({_S.DRAFT}),
    {
        _S.DRAFT: frozenset({_S.SENT}),
        _S.SENT: frozenset({_S.DRAFT, _S.AGREED}),
        _S.AGREED: frozenset({_S.WORK, _S.AMENDED, _S.COMPLETED}),
        _S.WORK: frozenset({_S.AMENDED, _S.COMPLETED}),
        _S.AMENDED: frozenset({_S.WORK, _S.COMPLETED}),
    },
    frozenset({_S.COMPLETED}),
)
AGREED = (_S.AGREED, _S.WORK, _S.AMENDED)  # items may be marked done
OPEN = (_S.DRAFT, _S.SENT, *AGREED)
AWAITS = (_S.SENT, _S.AMENDED)  # somebody has to say yes or no

MODES = ("offline", "online", "mixed")  # S004-15
RHYTHMS = ("weekly", "biweekly", "monthly", "needed")  # S004-14, S004-20: advice, never a minimum
RESPONSIBLE = ("mentor", "mentee", "both")
FOCUS = ("difficulty", "strength")  # S004-08
GRADES = ("done", "partly", "otherwise")  # words, not marks
HARD = ("partly", "otherwise")  # what the mentor's report names as not easy
EVENT_FORMS = ("talk", "practice", "lesson", "visit", "reading", "project", "event", "course")
DIRECTIONS = ("d1", "d2", "d3", "d4_pupils", "d4_parents", "d5", "d6", "d7", "d8", "d9")  # S004-17, 18
# What pupils ask for; the same words as in their questionnaire (INT_ME_P.2).
REQUESTS = ("study", "exam", "project", "friends", "adapt", "career", "art_sport", "confidence", "digital", "talk")  # fmt: skip
RESULT = ("achieved", "recommendation")  # in the school's words
RECOMMENDED = ("continue", "change", "finish")
ACHIEVEMENTS = ("contest", "olympiad", "conference", "festival", "sport", "other")
LEVELS = ("school", "municipal", "regional", "national", "international")
OUTCOMES = ("part", "prize", "winner")
PROJECT_STAGES = ("idea", "plan", "making", "ready", "defended")
HOURS = ("prepare", "materials", "family", "papers", "other")
LEAST_MINUTES, MOST_MINUTES = 5, 480
# Changed by the pair at any time; nobody has to agree anew. S004-20, S004-21.
LIGHT = frozenset({"rhythm", "mode", "schedule"})


@dataclass(frozen=True)
class Content:
    """What all members agree to but dates and events, under the names of domain.md 6.9.

    Args:
        model, organisation, type: slugs of directories; mode and rhythm of the lists above.
        directions: of `DIRECTIONS` for teachers, of `REQUESTS` for pupils and students.
    """

    problem: str = ""
    goal: str = ""
    tasks: tuple[str, ...] = ()
    mentor_activity: tuple[str, ...] = ()
    mentee_activity: tuple[str, ...] = ()
    interim: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    rhythm: str = ""
    schedule: str = ""
    mode: str = ""
    conditions: str = ""
    directions: tuple[str, ...] = ()
    model: str = "traditional"
    organisation: str = "individual"
    type: str = "direct"

    @staticmethod
    def read(stored: Mapping[str, Any]) -> Content:
        """Unknown names are left out, so that an older version can read newer rows."""
        known = {one.name for one in fields(Content)}
        values: dict[str, Any] = {
            name: tuple(v) if isinstance(v, list) else v for name, v in stored.items() if name in known
        }
        return Content(**values)

    def to_json(self) -> dict[str, Any]:
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}


LINES = ("tasks", "mentor_activity", "mentee_activity", "interim", "planned")
WORDS = ("problem", "goal", "schedule", "conditions")
SECTIONS = tuple(one.name for one in fields(Content))
NEEDED = ("problem", "goal", "tasks", "mentor_activity", "mentee_activity", "interim", "planned", "rhythm", "mode", "conditions", "directions")  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One line of the table of events."""

    event: str
    direction: str = ""
    focus: str = ""
    about: str = ""
    form: str = ""
    due_on: date | None = None
    interim: str = ""
    final: str = ""
    responsible: str = "both"


def is_for_pupil(form: str) -> bool:
    """Whether the mentee is a pupil or a student: other title, other directions."""
    return Category.TEACHER not in FORMS[form].mentees


def directions_of(form: str) -> tuple[str, ...]:
    return REQUESTS if is_for_pupil(form) else DIRECTIONS


def checked(content: Content, form: str) -> Content:
    """The same, trimmed.

    Raises:
        Refusal: too long, too many lines, an unknown choice, contacts where others read.
    """
    values: dict[str, Any] = {}
    for name in WORDS:
        values[name] = words(getattr(content, name), LONGEST_TEXT)
    for name in LINES:
        lines = tuple(dict.fromkeys(filter(None, (words(one) for one in getattr(content, name)))))
        if len(lines) > MOST_LINES:
            raise Refusal("plan-lines-many", most=MOST_LINES)
        values[name] = lines
    known = directions_of(form)
    if not set(content.directions) <= set(known):
        raise Refusal("plan-choice-unknown")
    values["directions"] = tuple(one for one in known if one in content.directions)
    if content.mode not in ("", *MODES) or content.rhythm not in ("", *RHYTHMS):
        raise Refusal("plan-choice-unknown")
    return replace(content, **values)


def checked_items(items: Sequence[Item], form: str) -> tuple[Item, ...]:
    """The same, trimmed, without empty ones. Raises Refusal as `checked`."""
    found = []
    for one in items:
        event = words(one.event)
        if not event:
            continue
        choices = (
            (one.direction, directions_of(form)),
            (one.focus, FOCUS),
            (one.form, EVENT_FORMS),
            (one.responsible, RESPONSIBLE),
        )
        if any(value and value not in known for value, known in choices):
            raise Refusal("plan-choice-unknown")
        found.append(
            replace(
                one, event=event, about=words(one.about), interim=words(one.interim), final=words(one.final)
            )
        )
    if len(found) > MOST_ITEMS:
        raise Refusal("plan-items-many", most=MOST_ITEMS)
    return tuple(found)


def words(typed: str, longest: int = LONGEST_LINE) -> str:
    """One paragraph of words that the other side reads. Raises Refusal when too long, with contacts, hurtful."""
    said = "\n".join(" ".join(line.split()) for line in typed.splitlines()).strip()
    if len(said) > longest:
        raise Refusal("plan-words-long", limit=longest)
    if kind := in_plans(said):
        raise Refusal("plan-no-insult" if kind is Found.INSULT else "plan-no-contacts")
    return said


def require_term(starts_on: date, ends_on: date) -> None:
    """Raises Refusal for a programme that ends before it begins or lasts longer than a year. S004-02."""
    if ends_on <= starts_on:
        raise Refusal("plan-term-turned")
    if ends_on > latest_end(starts_on):
        raise Refusal("plan-term-long", months=MOST_MONTHS)


def is_short(starts_on: date, ends_on: date) -> bool:
    """Shorter than three months: allowed, said aloud."""
    return ends_on < months_after(starts_on, LEAST_MONTHS) - timedelta(days=3)


def first_day(begun_on: date | None, today: date) -> date:
    """A programme begins with its pair; with one that has worked for more than a month, today."""
    if begun_on is None or today - begun_on > timedelta(days=31):
        return today
    return begun_on


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is none."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in range(day.day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, min(day.day, 28))


def missing(content: Content, items: Sequence[Any]) -> tuple[str, ...]:
    """Sections that are empty, in the order of the document; «events» where there is not one."""
    found = [name for name in NEEDED if not getattr(content, name)]
    return (*found, *(() if items else ("events",)))


def require_ready(content: Content, items: Sequence[Any]) -> None:
    """Raises Refusal when there is nothing to read yet: the goal and one event are the least."""
    if not content.goal or not items:
        raise Refusal("plan-not-ready")


def carried(said: Mapping[str, Any], before: int, now: int) -> dict[str, Any]:
    """Who had agreed to the version before has agreed to this one: nothing was asked anew."""
    return {key: now if version == before else version for key, version in said.items()}


def may_read(reader: int, owner: int | None, *, leads: bool) -> bool:
    """Whether a member reads words, a goal or a project: what is common, one's own; a mentor everybody's.

    Args:
        owner: whose it is; None: of the whole pair or group.
    """
    return leads or owner in (None, reader)


def progress(done: Iterable[date | None]) -> tuple[int, int]:
    """Events done and events in all."""
    found = list(done)
    return sum(one is not None for one in found), len(found)


def is_overdue(due_on: date | None, done_on: date | None, today: date) -> bool:
    return done_on is None and due_on is not None and due_on < today


def changed(before: Content, after: Content) -> tuple[str, ...]:
    """Names of the sections that differ."""
    return tuple(name for name in SECTIONS if getattr(before, name) != getattr(after, name))


def is_light(what: Iterable[str]) -> bool:
    """Whether only the rhythm, the schedule or the mode changed: no new agreement is needed."""
    return set(what) <= LIGHT


def stage_now(starts_on: date, ends_on: date, today: date) -> Stage:
    """Which stage a look at the goal belongs to: the first quarter, the last one, or between."""
    whole = max((ends_on - starts_on).days, 1)
    gone = (today - starts_on).days / whole
    return Stage.START if gone < 0.25 else Stage.END if gone >= 0.75 else Stage.MID


def spread(weeks: Iterable[int], starts_on: date, ends_on: date) -> list[date]:
    """Days for ready events: so many weeks after the start, never after the end."""
    return [min(starts_on + timedelta(weeks=number), ends_on) for number in weeks]


def require_minutes(minutes: int) -> None:
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise Refusal("plan-minutes", least=LEAST_MINUTES, most=MOST_MINUTES)

"""What a mentor needs before leading anybody, and what is missing. Source: domain.md 4.3 (IVW), 6.11, 7.5."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from program.directories import Entry
from program.errors import Refusal
from program.forms import base_of
from program.text import Text

SOON = 30  # days before the last day when a paper is said to run out
PASS = 14  # of 24
MOST = 3  # points for one criterion
READ = "read:"  # what the mark of a material that was read in the chat begins with
TOPIC = "training:"  # what the mark of an attended topic begins with


class Kind(StrEnum):
    """How a requirement is met."""

    TICK = "tick"  # somebody of the school saw it: the date is kept, no copy
    CONSENT = "consent"  # by the ledger: personal data and taking part
    EMPLOYMENT = "employment"  # by the ledger: an employee's consent
    INTERVIEW = "interview"
    TRAINING = "training"  # every topic attended


class Decision(StrEnum):
    """What the interview came to."""

    ADMIT = "admit"
    RESERVE = "reserve"
    REFUSE = "refuse"


class Setting(StrEnum):
    PERSON = "person"
    ONLINE = "online"


# The questions of the interview card, in its order; worded by `selection-criterion-<name>`.
CRITERIA = (
    "motivation", "respect", "listening", "steadiness", "responsibility", "experience", "boundaries", "learning",
)  # fmt: skip
NEVER_ZERO = ("respect", "boundaries")
# The same talk filled in as the staff's card IVW: its questions are numbered in the order of CRITERIA.
CARD = "IVW"
_DECISIONS = {"admitted": Decision.ADMIT, "reserve": Decision.RESERVE, "refused": Decision.REFUSE}
_SETTINGS = {"offline": Setting.PERSON, "online": Setting.ONLINE}


@dataclass(frozen=True)
class Talk:
    """An interview, wherever it was written down."""

    held_on: date
    setting: Setting
    interviewers: str
    marks: Mapping[str, int]
    decision: Decision
    notes: str = ""
    risk: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Requirement:
    """Args:
    forms, categories: whom it concerns; empty: everybody.
    months: how long it holds; 0: for ever.
    """

    slug: str
    name: Text
    kind: Kind
    forms: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    months: int = 0

    def concerns(self, form: str, category: str) -> bool:
        of_form = not self.forms or form in self.forms or base_of(form) in self.forms
        return of_form and (not self.categories or category in self.categories)


@dataclass(frozen=True)
class Held:
    """A requirement that was met on a day, up to and including another one (None: for ever)."""

    on: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Gap:
    """What is missing or has run out. `until`: its last day, where there was one."""

    requirement: str
    name: Text
    until: date | None = None

    @property
    def text(self) -> Text:
        if self.until is not None:
            return Text("selection-expired", {"what": self.name, "day": f"{self.until:%d.%m.%Y}"})
        return Text("selection-missing", {"what": self.name})


def requirement(entry: Entry) -> Requirement:
    """A line of the directory as a rule. A school's own requirement is ticked by hand."""
    extra = entry.extra
    return Requirement(
        entry.slug,
        entry.name,
        Kind(extra.get("kind", Kind.TICK)),
        frozenset(extra.get("forms", ())),
        frozenset(extra.get("categories", ())),
        int(extra.get("months", 0)),
    )


def required(entries: Iterable[Entry], form: str, category: str) -> list[Requirement]:
    """What concerns a mentor of this form and category, in the school's order."""
    known = (requirement(entry) for entry in entries if entry.active)
    return [one for one in known if one.concerns(form, category)]


def gaps(requirements: Iterable[Requirement], held: Mapping[str, Held], today: date) -> list[Gap]:
    """What is not met or has run out; empty: the mentor may be admitted."""
    found = []
    for one in requirements:
        have = held.get(one.slug)
        if have is None:
            found.append(Gap(one.slug, one.name))
        elif have.until is not None and have.until < today:
            found.append(Gap(one.slug, one.name, have.until))
    return found


def missing(requirements: Iterable[Requirement], held: Mapping[str, Held], today: date) -> list[Text]:
    """The gaps in words."""
    return [gap.text for gap in gaps(requirements, held, today)]


def barring(found: Iterable[Gap], waived: Collection[str] | None) -> list[Gap]:
    """Which gaps keep an admitted mentor from a new pair.

    What has run out always does; what was never there does unless the curator admitted without it.

    Args:
        waived: slugs; None: nobody has written down how the mentor was admitted (older than the selection).
    """
    return [
        gap
        for gap in found
        if gap.until is not None or (waived is not None and gap.requirement not in waived)
    ]


def ends_on(on: date, months: int) -> date | None:
    """The last day of something that holds so many months; None: for ever."""
    if not months:
        return None
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    for day in (on.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def trained(topics: Collection[str], attended: Mapping[str, date]) -> Held | None:
    """The training as a whole: every topic attended, on the day of the last one; no topics: nothing to attend."""
    if any(topic not in attended for topic in topics):
        return None
    return Held(max((attended[topic] for topic in topics), default=None))


def points(marks: Mapping[str, int]) -> int:
    return sum(marks.get(name, 0) for name in CRITERIA)


def passes(marks: Mapping[str, int]) -> bool:
    """At least 14 of 24, and no zero for respect and for boundaries."""
    return points(marks) >= PASS and all(marks.get(name, 0) > 0 for name in NEVER_ZERO)


def from_card(said: Mapping[str, Any]) -> Talk | None:
    """The talk in the answers of a card IVW (question -> number, words or chosen codes); None: not one.

    «Допущен» against the marks counts only with a reason, as in `require_interview`.
    """

    def word(name: str) -> str:
        value = said.get(f"{CARD}.{name}")
        return str(value[0] if isinstance(value, list) and value else value or "")

    decision = _DECISIONS.get(word("decision"))
    marks = {name: word(str(n)) for n, name in enumerate(CRITERIA, 1)}
    if decision is None or not all(mark.isdecimal() for mark in marks.values()):
        return None
    try:
        held_on = date.fromisoformat(word("date"))
    except ValueError:
        return None
    points_ = {name: int(mark) for name, mark in marks.items()}
    if decision is Decision.ADMIT and not passes(points_) and not word("reason").strip():
        decision = Decision.RESERVE
    setting = _SETTINGS.get(word("form"), Setting.PERSON)
    return Talk(held_on, setting, word("who"), points_, decision, word("notes"), word("risk"), word("reason"))


def require_interview(marks: Mapping[str, int], decision: Decision, reason: str) -> None:
    """Raises Refusal for marks that are no marks, and for a decision that needs a reason and has none.

    A reason is needed for «нет» and «резерв», and for «да» to somebody whose marks do not pass.
    """
    if set(marks) != set(CRITERIA) or any(not 0 <= mark <= MOST for mark in marks.values()):
        raise Refusal("selection-marks-odd", most=MOST)
    if reason.strip():
        return
    if decision is not Decision.ADMIT:
        raise Refusal("selection-reason-needed")
    if not passes(marks):
        raise Refusal("selection-marks-low", least=PASS)

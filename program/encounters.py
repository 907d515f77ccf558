"""Other ways to meet: what kinds there are, who may come and lead, what may be written to the pool.

Source: domain.md 1.3 (models), 4.12 (forms of response), S000-09, 10, 11, 42; safety: domain.md 8.3, 8.6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from program import screening
from program.errors import Refusal
from program.roles import Category, PersonState, Side
from program.ways import Machine


class EncounterKind(StrEnum):
    FLASH = "flash"  # one topic, sign-up
    SPEED = "speed"  # many meet in rounds
    TRIAL = "trial"  # two get to know each other before the final pair
    SITUATIONAL = "situational"  # one meeting that somebody asked for


class EncounterState(StrEnum):
    PROPOSED = "proposed"  # a participant offers it, the curator has not decided
    OPEN = "open"
    CANCELLED = "cancelled"
    HELD = "held"  # attendance was said
    DECLINED = "declined"  # the curator's no to a proposal


class SeatState(StrEnum):
    SEATED = "seated"
    WAITING = "waiting"
    LEFT = "left"


class Word(StrEnum):
    """What one says silently of somebody met."""

    PREFER = "prefer"
    NEUTRAL = "neutral"
    AVOID = "avoid"


class QuestionKind(StrEnum):
    QUESTION = "question"  # virtual: answered in words
    REQUEST = "request"  # situational: answered by a meeting


class QuestionState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    ANSWERED = "answered"  # or, for a request, a meeting was made
    CLOSED = "closed"


_E, _Q = EncounterState, QuestionState
ENCOUNTER = Machine(
    EncounterState,
    frozenset({_E.PROPOSED, _E.OPEN}),
    {
        _E.PROPOSED: frozenset({_E.OPEN, _E.DECLINED, _E.CANCELLED}),
        _E.OPEN: frozenset({_E.HELD, _E.CANCELLED}),
        _E.HELD: frozenset(),
    },
    frozenset({_E.CANCELLED, _E.HELD, _E.DECLINED}),
)
QUESTION = Machine(
    QuestionState,
    frozenset({_Q.OPEN}),
    {
        _Q.OPEN: frozenset({_Q.TAKEN, _Q.ANSWERED, _Q.CLOSED}),
        _Q.TAKEN: frozenset({_Q.OPEN, _Q.ANSWERED, _Q.CLOSED}),
        _Q.ANSWERED: frozenset({_Q.CLOSED, _Q.OPEN}),
    },
    frozenset({_Q.CLOSED}),
)

# The same as what the intake asks a mentor to help with (INT_MO.2, INT_E.2).
TOPICS = (
    "study", "exam", "project", "friends", "adapt", "career", "art_sport", "confidence", "digital", "talk",
)  # fmt: skip
BY_SIGN_UP = (EncounterKind.FLASH, EncounterKind.SPEED)
INSIDE = frozenset({Category.PUPIL, Category.TEACHER})  # everybody else is let in by the curator first
MOST_SEATS = 200
MOST_ROUNDS = 12
TRIAL_AT_ONCE = 3
WISHES = 3
LEAST_WORDS, MOST_WORDS = 10, 600
UNANSWERED_AFTER = timedelta(days=3)
ATTENDANCE_AFTER = timedelta(hours=1)  # after the planned end
# Said instead of «no contacts», where that would not be what is meant.
SCREENED = {
    screening.Found.ADDRESS: "encounters-no-address",
    screening.Found.INSULT: "encounters-no-insult",
}
OPEN_QUESTIONS = 3  # of one person at once


@dataclass(frozen=True)
class Audience:
    """For whom an encounter is; an empty field does not narrow."""

    categories: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()

    @staticmethod
    def read(stored: Mapping[str, Any]) -> Audience:
        return Audience(tuple(stored.get("categories", ())), tuple(stored.get("classes", ())))

    def to_json(self) -> dict[str, Any]:
        return {"categories": list(self.categories), "classes": list(self.classes)}

    def takes(self, category: str | None, class_name: str) -> bool:
        """Classes narrow pupils only: a teacher has none."""
        if self.categories and category not in self.categories:
            return False
        return category != Category.PUPIL or not self.classes or class_name in self.classes


@dataclass(frozen=True)
class Guest:
    """What the rules look at in somebody who wants to come or to lead.

    Args:
        consented: every consent that taking part needs holds now.
        admitted: the curator has let this mentor in, and nothing has run out since.
    """

    category: str | None
    state: str
    consented: bool
    admitted: bool
    class_name: str = ""


def require_guest(guest: Guest) -> None:
    """Raises Refusal unless this person may meet others here at all."""
    if guest.state != PersonState.ACTIVE:
        raise Refusal("encounters-not-in-programme")
    if not guest.consented:
        raise Refusal("encounters-no-consent")
    if guest.category not in INSIDE and not guest.admitted:
        raise Refusal("encounters-not-admitted")


def require_host(guest: Guest) -> None:
    """Who leads is an admitted mentor; a pupil may lead adults, which the curator agrees to each time."""
    require_guest(guest)
    if not guest.admitted and guest.category != Category.PUPIL:
        raise Refusal("encounters-not-admitted")


def is_reverse(guest: Guest) -> bool:
    """A pupil whom nobody has admitted as a mentor offers a topic to adults."""
    return guest.category == Category.PUPIL and not guest.admitted


def side_at(guest: Guest) -> Side:
    """On which side of an event of rounds somebody stands: admitted mentors lead."""
    return Side.MENTOR if guest.admitted else Side.MENTEE


def require_words(words: str, *, least: int = LEAST_WORDS) -> None:
    """Raises Refusal for words that a stranger should not be sent: too short or long, with contacts, hurtful."""
    if not least <= len(words.strip()) <= MOST_WORDS:
        raise Refusal("encounters-words-length", least=least, most=MOST_WORDS)
    if found := screening.find(words):
        raise Refusal(SCREENED.get(found[0], "encounters-no-contacts"))

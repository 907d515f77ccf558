"""Instruments: questionnaires as versioned data. Source: domain.md 4.

A version that was published never changes: an edit makes the next version, and those who are inside an
older one finish it. The shipped versions lie in `instruments_data/<code>.<version>.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from program.text import Text, worded

LONGEST_LABEL = 30  # characters on a button; ux.md 1.1
MOST_OPTIONS = 10  # buttons under one message in VK; ux.md 1.1
LONGEST_WORDS = 500  # of a free answer, where the question does not say

# A number, words, one option's code, several codes, (from, to); None: skipped.
Value: TypeAlias = int | str | list[str] | list[int] | None
Answers: TypeAlias = Mapping[str, Value]


class QuestionKind(StrEnum):
    SCALE10 = "scale10"  # 1-10
    SINGLE = "single"
    MULTI = "multi"
    NUMBER = "number"
    TEXT = "text"
    RANGE = "range"  # two whole numbers, from and to
    YES_NO = "yes_no"  # "yes" or "no"


class Audience(StrEnum):
    """Who answers. Participants need English wordings as well, staff do not."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    BOTH = "both"
    PARENT = "parent"
    STAFF = "staff"


class Reader(StrEnum):
    """Who reads a free answer besides the curator. Told to the writer beside the question."""

    CURATOR = "curator"  # nobody else
    PSYCHOLOGIST = "psychologist"
    PAIR = "pair"  # the other side of the pair


@dataclass(frozen=True)
class Wording:
    """Args:
    ty: Russian for those addressed as «ты», where it differs.
    """

    ru: str
    en: str = ""
    ty: str = ""

    @property
    def text(self) -> Text:
        return worded(self.ru, self.en, self.ty)


@dataclass(frozen=True)
class Option:
    code: str
    label: Wording


YES_NO = (Option("yes", Wording("Да", "Yes")), Option("no", Wording("Нет", "No")))


@dataclass(frozen=True)
class Condition:
    """When a question is asked at all: the earlier `question` has one of these codes, or a mark in bounds."""

    question: str
    any_of: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None

    def holds(self, value: Value) -> bool:
        if isinstance(value, int):
            return (self.at_least is None or value >= self.at_least) and (
                self.at_most is None or value <= self.at_most
            )
        if isinstance(value, str):
            return value in self.any_of
        return any(code in self.any_of for code in value or ())


@dataclass(frozen=True)
class Question:
    """Args:
    short: its name in the summary and on the button that changes it; at most 30 characters.
    limit: of a multiple choice: how many at most; of words: how many characters. 0: no bound of its own.
    low, high: words at the ends of a scale.
    low_number, high_number: bounds of a number or a range, both included.
    private: free words that may name people or say something sensitive.
    reversed: 10 is bad; the analysis takes 11 - x (domain.md 4.15).
    feeds: what the answer is used for (codes of domain.md 4).
    """

    id: str
    kind: QuestionKind
    text: Wording
    short: Wording | None = None
    options: tuple[Option, ...] = ()
    required: bool = False
    limit: int = 0
    low: Wording | None = None
    high: Wording | None = None
    low_number: int = 0
    high_number: int = 0
    shown_if: Condition | None = None
    private: bool = False
    reader: Reader | None = None
    reversed: bool = False
    feeds: tuple[str, ...] = ()

    @property
    def name(self) -> Text:
        return (self.short or self.text).text

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)


@dataclass(frozen=True)
class Instrument:
    """Args:
    minutes: how long it takes; told at the start.
    """

    code: str
    version: int
    title: Wording
    audience: Audience
    minutes: int
    questions: tuple[Question, ...]
    body: Mapping[str, Any] = field(repr=False, compare=False, default_factory=dict)

    def question(self, question_id: str) -> Question:
        """Raises KeyError."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def has(self, question_id: str) -> bool:
        return any(question.id == question_id for question in self.questions)

    def asked(self, answers: Answers, *, surely: bool = False) -> tuple[Question, ...]:
        """The questions that these answers lead to.

        Args:
            surely: without those whose condition is still open. With them the number told at the start
                is never too small.
        """
        found: dict[str, Question] = {}
        for question in self.questions:
            condition = question.shown_if
            if condition and condition.question not in found:
                continue
            if condition and surely and condition.question not in answers:
                continue
            known = condition is not None and condition.question in answers
            if condition and known and not condition.holds(answers[condition.question]):
                continue
            found[question.id] = question
        return tuple(found.values())


def next_question(instrument: Instrument, answers: Answers) -> Question | None:
    """The first question that has no answer yet (a skipped one has None); None when all are answered."""
    for question in instrument.asked(answers):
        if question.id not in answers:
            return question
    return None


def shown(instrument: Instrument, answers: Answers) -> dict[str, Value]:
    """Without the answers that an earlier answer, changed later, has hidden."""
    asked = instrument.asked(answers)
    return {question.id: answers[question.id] for question in asked if question.id in answers}

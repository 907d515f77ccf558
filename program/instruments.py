"""Instruments: questionnaires as versioned data. Source: domain.md 4.

A version that was published never changes: an edit makes the next version, and those who are inside an
older one finish it. The shipped versions lie in `instruments_data/<code>.<version>.json`; those asked before
and after the work are composed from `instruments_data/blocks` (`program.instruments_composing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeAlias

from program.roles import Side
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
    DATE = "date"  # ISO
    SMILES = "smiles"  # a scale of five faces for the youngest, kept as 2, 4, 6, 8, 10


class Audience(StrEnum):
    """Who answers. Participants need English wordings as well, staff do not."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    BOTH = "both"
    PARENT = "parent"
    PARTNER = "partner"  # somebody of a company or another organisation
    ANYONE = "anyone"  # whoever has joined
    STAFF = "staff"  # in the admin


class Method(StrEnum):
    """How a questionnaire was filled in."""

    CHAT = "chat"  # in a messenger
    WEB = "web"  # on a page: the web chat, or the admin for cards of the staff
    PAPER = "paper"  # and typed in by somebody of the school


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


# Source: domain.md 4.8 (pupils under 12).
SMILES = tuple(
    Option(str(mark), Wording(ru, en))
    for mark, ru, en in (
        (2, "Совсем нет 😢", "Not at all 😢"),
        (4, "Скорее нет 🙁", "Not really 🙁"),
        (6, "Так себе 😐", "So-so 😐"),
        (8, "Скорее да 🙂", "Rather yes 🙂"),
        (10, "Очень 😀", "Very much 😀"),
    )
)
FIXED = {QuestionKind.YES_NO: YES_NO, QuestionKind.SMILES: SMILES}


@dataclass(frozen=True)
class Condition:
    """When a question is asked at all: the earlier `question` has one of these codes, or a mark in bounds.

    As a question's `alert` it looks at the answer to that question itself, and `question` is empty.
    """

    question: str
    any_of: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None

    def holds(self, value: Value) -> bool:
        if isinstance(value, int) and self.any_of:  # a face, kept as its mark
            return str(value) in self.any_of
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
    decimals: of a number: digits after the comma; it is kept without the comma (4,25 as 425).
    part: what the part of the questionnaire that begins here is called.
    source: the options are people, known only when it is asked ("other-side"); codes are p<person's id>.
    side: asked of this side only, where both are asked.
    alert: answers of which the curator is told at once.
    auto: what is shown to the one who fills in: the mean of a question of the participants' questionnaires (its id),
        or a count of the programme (`program.staff_cards.FACTS`).
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
    decimals: int = 0
    part: Wording | None = None
    source: str = ""
    side: Side | None = None
    alert: Condition | None = None
    auto: str = ""

    @property
    def name(self) -> Text:
        return (self.short or self.text).text

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)


SIDED = ("PRE_", "POST_", "FB_M", "FB_N")
OF_SIDE = {
    Audience.MENTOR: ("вы наставник", "ты наставник", "you are the mentor"),
    Audience.MENTEE: ("ваш наставник", "твой наставник", "your mentor"),
}


@dataclass(frozen=True)
class Instrument:
    """Args:
    minutes: how long it takes; told at the start.
    forms: of mentoring, whose participants are asked; empty: all.
    roles: accounts of the admin that fill it in (`program.roles.StaffRole`).
    about: "person": filled in about one person each (a child, a candidate); "pair": by everybody of a pair about it.
    twice: filled in at the beginning and at the end of a school year.
    anonymous: answers are kept apart from people (`program.ballots`), on a page of their own.
    """

    code: str
    version: int
    title: Wording
    audience: Audience
    minutes: int
    questions: tuple[Question, ...]
    forms: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    about: str = ""
    twice: bool = False
    anonymous: bool = False
    body: Mapping[str, Any] = field(repr=False, compare=False, default_factory=dict)

    @property
    def side(self) -> Audience | None:
        """Whose wording of a questionnaire it is that both sides are asked in their own words; None: of nobody's."""
        sided = self.code.startswith(SIDED) and self.audience in (Audience.MENTOR, Audience.MENTEE)
        return self.audience if sided else None

    @property
    def named(self) -> Wording:
        """The title for those who answer: who leads and is led is asked on either side, under one title."""
        if self.side is None:
            return self.title
        ru, ty, en = OF_SIDE[self.side]
        title = self.title
        return Wording(f"{title.ru}: {ru}", title.en and f"{title.en}: {en}", f"{title.ty or title.ru}: {ty}")

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


def fitted(instrument: Instrument, side: Side | None, people: tuple[Option, ...]) -> Instrument:
    """For one reader: questions of the other side left out, people put in where they are the options.

    A question about people is left out where nobody is known.
    """
    kept = []
    for question in instrument.questions:
        if question.side is not None and question.side is not side:
            continue
        if question.source:
            if people:
                kept.append(replace(question, options=people))
            continue
        kept.append(question)
    return replace(instrument, questions=tuple(kept))


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

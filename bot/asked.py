"""What one run of a flow comes to: what is said, and the question that stays open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.answers import Option
from program.outgoing import Choice
from program.text import Text


@dataclass(frozen=True)
class Question:
    """The open question: how it is shown and what it accepts.

    Args:
        chosen: ticked values; None where one answer is asked.
        wide: the options are marks of a scale, five in a row.
        progress: which question this is, of how many; `at_most`: of how many at the most.
        keeps: whoever goes back to an earlier one keeps the answers that came after it.
    """

    step: str
    text: Text
    options: tuple[Option, ...] = ()
    chosen: tuple[str, ...] | None = None
    limit: int = 0
    skip: bool = False
    private: bool = False
    wide: bool = False
    progress: tuple[int, int] | None = None
    can_go_back: bool = False
    notes: tuple[Text, ...] = ()
    at_most: bool = False
    keeps: bool = False


@dataclass(frozen=True)
class Said:
    text: Text
    choices: tuple[Choice, ...] = ()


@dataclass
class Outcome:
    """What one run of a flow came to."""

    said: list[Said]
    question: Question | None
    then: tuple[str, dict[str, Any]] | None = None
    familiar: bool = False
    missed: bool = False  # the answer could not be read
    refused: bool = False
    letters_of: int = 0  # the pair whose correspondence is shown
    on_page: Text | None = (
        None  # it names people: where the school forbids that, this leads to the signed page
    )
    redraws: str = ""  # the message said earlier under this key is drawn anew
    in_place: bool = False  # a page: what its buttons open takes its place
    to_keep: bool = False  # what is said at the end is a message of its own all the same

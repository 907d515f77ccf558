"""The poll after a meeting: who is asked what, and which answers the curator must hear of.

Source: domain.md 4.9 (questions, at most four taps), 7.1 (after which meetings), 7.3 (escalation).
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from program.instruments import Answers
from program.roles import Side
from program.states import MeetingKind

OPEN_FOR = timedelta(days=7)  # after the meeting was said to have been held
# Who said that it was held got the poll at once, in the same conversation; the invitation waits this long.
AFTER_ASKED_AT_ONCE = timedelta(days=1)
LOW = 3  # a mark up to this is low; twice in a row is a signal
AFTER_START = "FB_START"
ABOUT_MEETINGS = ("FB_M", "FB_N", AFTER_START)
MARK = "FB_M.2"
# Asked in the invitation itself, so that the press that opens the poll is an answer already.
FIRST = {"FB_M": "FB_M.3", "FB_N": "FB_N.6"}


class Concern(StrEnum):
    """Why the curator looks at this pair. Its words are the text `feedback-concern-<value>`."""

    HELP = "help"
    WORDS = "words"
    BAD_MOOD = "bad-mood"
    LOW_TWICE = "low-twice"
    QUESTION = "question"
    PSYCHOLOGIST = "psychologist"
    STOP = "stop"
    NOT_ON = "not-on"


URGENT = frozenset({Concern.HELP})


def code_for(side: Side) -> str:
    return "FB_M" if side is Side.MENTEE else "FB_N"


def asks_to_go_on(kind: MeetingKind) -> bool:
    """After the acquaintance and the trial meeting both sides say whether they want to go on."""
    return kind in (MeetingKind.M1, MeetingKind.M2)


def left_out(side: Side, kind: MeetingKind) -> frozenset[str]:
    """The mentor's sentence gives way to «работать дальше?», so that four taps are enough."""
    return frozenset({"FB_N.3"}) if side is Side.MENTOR and asks_to_go_on(kind) else frozenset()


_BY_ANSWER = (
    ("FB_M.4", "help", Concern.HELP),
    ("FB_M.3", "bad", Concern.BAD_MOOD),
    ("FB_N.6", "curator", Concern.QUESTION),
    ("FB_N.6", "psychologist", Concern.PSYCHOLOGIST),
    ("FB_N.6", "stop", Concern.STOP),
    ("FB_START.1", "no", Concern.NOT_ON),
)


def is_low(answers: Answers) -> bool:
    """Whether the mark is so low that the one before it has to be known."""
    mark = answers.get(MARK)
    return isinstance(mark, int) and mark <= LOW


def concerns(answers: Answers, earlier_mark: int | None) -> tuple[Concern, ...]:
    """What in these answers the curator must hear of; nothing for most polls.

    Args:
        earlier_mark: what the same mentee gave the meeting before this one in the same pair; looked at where this
            one `is_low`.
    """
    found = [concern for question, code, concern in _BY_ANSWER if answers.get(question) == code]
    if answers.get("FB_M.5"):
        found.append(Concern.WORDS)
    if is_low(answers) and earlier_mark is not None and earlier_mark <= LOW:
        found.append(Concern.LOW_TWICE)
    return tuple(found)

"""Where worrying words may go on as an answer: conversations that only the school's staff read, or that look themselves.

Everywhere else they are not taken as an answer, so that no mentor, child or parent reads them: a new conversation is
closed to them until it stands here.
"""

from __future__ import annotations

from bot.answers import Option, match
from bot.messenger import Heard
from bot.turn import Turn
from program.text import Text

# Read by the curator, the psychologist, or in no words at all.
STAFF = frozenset(
    {
        "help", "help-more", "curator", "feedback", "feedback-start", "questionnaire", "intake", "join", "guardian",
        "privacy-fix", "privacy-withdraw", "privacy-erase", "consent-renew",
        "pair-no", "pair-pause", "pair-resume", "pair-replace", "pair-longer", "pair-shorter", "pair-end",
        "encounter-words", "encounter-feedback", "relay-report",
    }
)  # fmt: skip
# Their verbs hand such words to the school and to nobody else.
LOOK_THEMSELVES = frozenset(
    {
        "relay", "pool-ask", "pool-answer", "pool-more", "plan-draft", "plan-change", "plan-event", "plan-propose",
        "plan-wish", "plan-done", "plan-fact", "plan-result", "goal", "goal-look", "achievement", "project",
    }
)  # fmt: skip


def own_words(turn: Turn) -> str:
    """What was typed, to be looked through; "" for a press, the label of an answer on offer, or what a call adds."""
    if turn.incoming.heard not in (Heard.TEXT, Heard.START):
        return turn.incoming.beside
    return "\n".join(part for part in (_typed(turn), turn.incoming.beside) if part)


def _typed(turn: Turn) -> str:
    talk = turn.conversation
    if talk is None or talk.paused:
        return turn.incoming.text
    offered = [Option(one["value"], Text.from_json(one["label"])) for one in talk.options]
    calling = talk.flow == "help-more" and talk.step == "words"  # they go onto the card that is there already
    return "" if calling or match(turn.incoming.text, offered, turn.words) else turn.incoming.text


def stays_here(turn: Turn) -> bool:
    """Whether worrying words may not become the answer to the open question."""
    talk = turn.conversation
    return talk is not None and turn.talking and talk.flow not in STAFF | LOOK_THEMSELVES

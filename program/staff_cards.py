"""What the staff's own cards come to. Source: domain.md 4.12 (SWOT), 4.13 (COND), 4.14 (CLIMATE).

The interview card IVW is written down where candidates are selected: `program.selection`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from program.instruments import Answers, Instrument, QuestionKind
from program.text import Text

OPTIMAL_FROM, FAIR_FROM = 15, 9  # of 18
TRUE_FROM = 7  # a statement of the SWOT counts as true
ADVICE_BELOW = 5  # mean of CLIMATE
LEAST_TOGETHER = 5  # cards whose mean is shown; domain.md 4.15
QUADRANTS = ("S", "W", "O", "T")
# Counts of the programme that may stand behind a question (`auto`).
FACTS = ("queue", "meetings", "documents", "responses", "partners")
_WISH = {"same": 10, "other": 10, "yes": 10, "partly": 5}  # of a choice, as a mark; others: 1


def verdict(instrument: Instrument, answers: Answers) -> Text | None:
    """One sentence about a filled card; None where there is nothing to count."""
    match instrument.code:
        case "COND":
            total = sum(int(str(value)) for value in answers.values() if value is not None)
            return Text(f"quiz-conditions-{conditions(total)}", {"total": total})
        case "CLIMATE":
            return _climate([value for value in answers.values() if isinstance(value, int)])
    return None


def climate(cards: Sequence[Answers]) -> tuple[Text, Text] | None:
    """(mean of everybody who looked at the school, what it advises); None: too few to be shown together."""
    marks = [value for card in cards for value in card.values() if isinstance(value, int)]
    advice = _climate(marks)
    if len(cards) < LEAST_TOGETHER or advice is None:
        return None
    mean = f"{sum(marks) / len(marks):.1f}".replace(".", ",")
    return Text("quiz-climate-school", {"mean": mean, "count": len(cards)}), advice


def _climate(marks: Sequence[int]) -> Text | None:
    if not marks:
        return None
    low = sum(marks) / len(marks) < ADVICE_BELOW
    return Text("quiz-climate-low" if low else "quiz-climate-fair")


def mark_of(part: int, whole: int) -> int:
    """A share as a mark from 1 to 10."""
    return max(1, round(10 * part / whole))


def wish_mark(chosen: Collection[str]) -> int:
    """«Хотите продолжать?», «Оформлено ли?»: an answer as a mark, so that the mean is the share of a yes."""
    return max((_WISH.get(code, 1) for code in chosen), default=1)


def conditions(total: int) -> str:
    if total >= OPTIMAL_FROM:
        return "optimal"
    return "fair" if total >= FAIR_FROM else "poor"


@dataclass
class Swot:
    """By quadrant: statements that are true, and own words."""

    true: dict[str, list[str]] = field(default_factory=lambda: {one: [] for one in QUADRANTS})
    words: dict[str, str] = field(default_factory=dict)


def swot(instrument: Instrument, answers: Mapping[str, object]) -> Swot:
    found = Swot()
    for question in instrument.questions:
        quadrant = next((feed[-1] for feed in question.feeds if feed.startswith("SWOT-")), "")
        value = answers.get(question.id)
        if question.kind is QuestionKind.SCALE10 and isinstance(value, int) and value >= TRUE_FROM:
            found.true[quadrant].append(question.text.ru)
        elif question.kind is QuestionKind.TEXT and value:
            found.words[quadrant] = str(value)
    return found

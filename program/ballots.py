"""Anonymous polls: answers lie apart from people and from each other, and come out in batches of five or more.

An answer goes into its question's heap. While a poll is open, five answers of a heap are told once ten lie in it;
when it is closed, the whole heap is told if it holds at least five. So whatever is told first and later, the
difference is never fewer than five people: see `tests/program/test_ballots.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, TypeAlias

from program.instruments import Answers, Instrument, QuestionKind, Value

BATCH = 5  # as many answers as are told together at least; domain.md 4.15
AHEAD = 2 * BATCH  # so many lie in the heap before a batch is told: what stays can be told at the end
PEOPLE = "people"  # the entry of a question's counts that says how many answered it

Heaps: TypeAlias = dict[str, list[Value]]  # question -> answers that wait; their order says nothing
Told: TypeAlias = dict[str, dict[str, int]]  # question -> {"people": 10, "=yes": 7, "=no": 3}

# Words and dates would tell their writer, and nobody could help who wrote of danger. A question that only some are
# asked would tell who they are by its number.
NOT_ASKED = (QuestionKind.TEXT, QuestionKind.DATE, QuestionKind.RANGE)


def problem(instrument: Instrument) -> str:
    """The first question that an anonymous poll may not hold; "" if there is none."""
    for one in instrument.questions:
        if one.kind in NOT_ASKED or one.source or one.alert or one.shown_if or "ESCALATION" in one.feeds:
            return one.id
    return ""


def put(heaps: Mapping[str, Sequence[Any]], answers: Answers, random: Random) -> Heaps:
    """With one person's answers in it. Every heap is mixed: no place in one says anything of the others."""
    found = {name: list(heap) for name, heap in heaps.items()}
    for name, value in answers.items():
        if value not in (None, []):
            found.setdefault(name, []).append(value)
    for heap in found.values():
        random.shuffle(heap)
    return dict(sorted(found.items()))


def told_now(heaps: Mapping[str, Sequence[Any]], told: Told, *, closed: bool) -> tuple[Heaps, Told]:
    """What stays in the heaps, and the counts that may be shown.

    Args:
        told: what was shown before; it only grows.
        closed: nobody can answer at present.
    """
    stays, shown = {}, {name: dict(counts) for name, counts in told.items()}
    for name, heap in heaps.items():
        rest = list(heap)
        while len(rest) >= AHEAD:
            rest = _tell(shown, name, rest, BATCH)
        if closed and len(rest) >= BATCH:
            rest = _tell(shown, name, rest, len(rest))
        stays[name] = rest
    return stays, shown


def count_of(told: Told, question: str, code: object) -> int:
    return told.get(question, {}).get(f"={code}", 0)


def _tell(shown: Told, name: str, heap: list[Value], count: int) -> list[Value]:
    counts = shown.setdefault(name, {PEOPLE: 0})
    for value in heap[:count]:
        counts[PEOPLE] += 1
        for code in value if isinstance(value, list) else [value]:
            counts[f"={code}"] = counts.get(f"={code}", 0) + 1
    return heap[count:]

"""Words of danger in the longest text of a page beside the same words as short letters, and beside letters' contacts."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks._figures import Figure, Line, times
from program import danger, screening

LETTER = 200  # characters of a usual letter
TIMES = 3
SHAPES = {
    "harmless": "Сегодня решали дроби, потом пили чай. ",
    "one sentence": "меня бьют ",
    "stars": "с*иц*д и не т*лько ",
    "digits": "8 912 ",
}


async def run() -> list[Line]:
    danger.find("")  # the lists are read once
    found: list[Line] = []
    for name, shape in SHAPES.items():
        text = (shape * danger.MOST)[: danger.MOST]
        letters = [text[at : at + LETTER] for at in range(0, len(text), LETTER)]
        whole = _took(lambda text=text: danger.find(text))
        parts = _took(lambda letters=letters: [danger.find(one) for one in letters])
        contacts = _took(lambda text=text: screening.find(text))
        in_letters = _took(lambda letters=letters: [screening.find(one) for one in letters])
        for what, one, other in (
            ("words of danger", whole, parts),
            ("ways to be reached", contacts, in_letters),
        ):
            said = f"{name}: {what} in {danger.MOST:,} characters, beside the same in letters of {LETTER}"
            found.append(Figure(said, times(one, other), "", f"{one:.1f} ms", f"{other:.1f} ms"))
    return found


def _took(work: Callable[[], object]) -> float:
    """Milliseconds, the best of a few."""
    best = float("inf")
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best * 1000

"""Words of danger in the longest text of a page beside the same words as short letters, and beside letters' contacts."""

from __future__ import annotations

import time
from collections.abc import Callable

from program import danger, screening

LETTER = 200  # characters of a usual letter
TIMES = 3
SHAPES = {
    "harmless": "Сегодня решали дроби, потом пили чай. ",
    "one sentence": "меня бьют ",
    "stars": "с*иц*д и не т*лько ",
    "digits": "8 912 ",
}


async def run() -> list[str]:
    danger.find("")  # the lists are read once
    found = ["danger (20,000 characters)      ms whole  ms in letters  ratio  contacts ms  ratio"]
    for name, shape in SHAPES.items():
        text = (shape * danger.MOST)[: danger.MOST]
        letters = [text[at : at + LETTER] for at in range(0, len(text), LETTER)]
        whole = _took(lambda text=text: danger.find(text))
        parts = _took(lambda letters=letters: [danger.find(one) for one in letters])
        contacts = _took(lambda text=text: screening.find(text))
        in_letters = _took(lambda letters=letters: [screening.find(one) for one in letters])
        found.append(
            f"{name:30} {whole:9.1f} {parts:13.1f} {whole / parts:7.2f} {contacts:12.1f} {contacts / in_letters:6.2f}"
        )
    return found


def _took(work: Callable[[], object]) -> float:
    """Milliseconds, the best of a few."""
    best = float("inf")
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best * 1000

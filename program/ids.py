"""Numbers of rows as addresses, forms and buttons name them."""

from __future__ import annotations

LARGEST = 2**63 - 1  # of a key in either database; a larger one makes the driver fail
LONGEST = len(str(LARGEST))


def id_in(words: str) -> int | None:
    """The number of a row that may exist; None for anything else: signs, letters, zero, too large."""
    if not words.isascii() or not words.isdecimal() or len(words) > LONGEST:
        return None
    number = int(words)
    return number if 0 < number <= LARGEST else None

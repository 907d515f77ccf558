"""Python's search for circles of dead objects, put off while a region's people are being read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """While it lasts nothing is searched for circles: with a hundred thousand rows alive every search looks at all
    of them, a third of the time (benchmarks/matching.py). What is not in a circle is freed at once as always."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def seldom() -> None:
    """For a process that serves: what it has loaded is never searched again, the rest not at every turn.

    The pages of a large school read thousands of rows, and Python's own rhythm began a search of everything alive
    several times for each: with it «Пары» took twice as long (benchmarks/admin.py calls this, too).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)

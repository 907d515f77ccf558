"""docs/benchmarks.md: one part for each benchmark, made anew by the benchmark alone; what stands around them is written."""

from __future__ import annotations

import io
import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks._figures import Figure, table

BOOK = Path(__file__).parent.parent / "docs" / "benchmarks.md"
WORDS = {1: "one", 2: "two", 4: "four", 8: "eight", 16: "sixteen"}


class _Both(io.StringIO):
    """Goes on to the terminal, and is remembered."""

    def __init__(self, terminal: io.TextIOBase) -> None:
        super().__init__()
        self._terminal = terminal

    def write(self, words: str) -> int:
        self._terminal.write(words)
        self._terminal.flush()
        return super().write(words)


@contextmanager
def heard() -> Iterator[list[str]]:
    """The lines that a benchmark prints by itself while it runs."""
    lines: list[str] = []
    kept, both = sys.stdout, _Both(sys.stdout)  # type: ignore[arg-type]
    sys.stdout = both
    try:
        yield lines
    finally:
        sys.stdout = kept
        lines.extend(both.getvalue().splitlines())


def write(name: str, about: str, figures: Sequence[Figure], lines: Sequence[str]) -> None:
    """Puts the part of this benchmark in the place of the old one, or at the end."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    part = "\n".join([begin, *_part(name, about, figures, lines), end])
    book = BOOK.read_text(encoding="utf-8")
    place = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    new = place.sub(lambda _: part, book) if place.search(book) else f"{book.rstrip()}\n\n{part}\n"
    BOOK.write_text(new, encoding="utf-8")


def _part(name: str, about: str, figures: Sequence[Figure], lines: Sequence[str]) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    yield " ".join(about.partition("\n\n")[0].split())
    yield ""
    if figures:
        yield from table(figures)
        yield ""
    if lines:
        yield from ["```text", *(line.rstrip() for line in lines), "```", ""]
    yield f'Measured {datetime.now(UTC):%d.%m.%Y} on {machine()}: `make bench ARGS="{name} --write"`.'


def machine() -> str:
    """«two x86-64 cores, Python 3.11»."""
    count = os.cpu_count() or 1
    kind = platform.machine().replace("_", "-")
    cores = "core" if count == 1 else "cores"
    return f"{WORDS.get(count, count)} {kind} {cores}, Python {sys.version_info[0]}.{sys.version_info[1]}"

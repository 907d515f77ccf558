"""What a benchmark found, in the order it is read: the ratio first, then what was promised, then both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from statistics import quantiles

HEAD = ("what", "found", "promised", "ours", "beside it")


@dataclass(frozen=True)
class Figure:
    """One line of docs/benchmarks.md.

    Args:
        found: the ratio, or the figure itself where nothing stands beside it.
        promised: what docs/benchmarks.md promises of `found`; "" where nothing is promised.
    """

    what: str
    found: str
    promised: str = ""
    ours: str = ""
    beside: str = ""


def shown(figures: Iterable[Figure]) -> list[str]:
    """Columns for a terminal."""
    rows = [(row[1], row[2], *row[:1], *row[3:]) for row in (HEAD, *map(astuple, figures))]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD) - 1)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    ]


def table(figures: Iterable[Figure]) -> list[str]:
    """The same as a table of Markdown."""
    rows = [(row[1], row[2], *row[:1], *row[3:]) for row in (HEAD, *map(astuple, figures))]
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return [lines[0], "|---" * len(HEAD) + "|", *lines[1:]]


def times(part: float, whole: float) -> str:
    """«0.62 ×»: how many times `whole` the first is."""
    return f"{part / whole:.2f} ×"


def at_most(found: float, limit: float) -> str:
    return "kept" if found <= limit else "MISSED"


def p50(took: list[float]) -> float:
    return quantiles(took, n=100)[49]


def p99(took: list[float]) -> float:
    return quantiles(took, n=100)[98]


Line = str | Figure
Say = Callable[[str], None]

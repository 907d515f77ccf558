"""Consent texts as paragraphs, lists and headings: all the markup they have."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """`kind` is p, ul or h; a list has a line for each item."""

    kind: str
    lines: tuple[str, ...]


def blocks(words: str) -> list[Block]:
    """Blocks divided by empty lines, or by a list that begins."""
    found: list[Block] = []
    for piece in words.strip().split("\n\n"):
        lines = [line.strip() for line in piece.splitlines() if line.strip()]
        items = tuple(line[2:] for line in lines if line.startswith("- "))
        before = [line for line in lines if not line.startswith("- ")]
        if before and before[0].startswith("## "):
            found.append(Block("h", (before.pop(0)[3:],)))
        if before:
            found.append(Block("p", (" ".join(before),)))
        if items:
            found.append(Block("ul", items))
    return found

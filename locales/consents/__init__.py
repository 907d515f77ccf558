"""Texts of consents that a new school starts with. A lawyer of the school checks them (docs/privacy.md).

One file for each giver and purpose: a title, a summary of at most one screen, `## Полный текст`, the rest.
Legal texts are Russian in every language of the interface: the Russian wording is what is signed.
"""

from __future__ import annotations

from pathlib import Path
from string import Template

from program.ages import Consenter
from program.consents import ConsentKind

HERE = Path(__file__).parent
KINDS = (ConsentKind.PD, ConsentKind.PARTICIPATION, ConsentKind.PUBLICATION, ConsentKind.MESSENGER)


def shipped(kind: ConsentKind, consenter: Consenter, **fields: str) -> tuple[str, str]:
    """Title and body with the school's fields put in: `operator`, `curator`, `pages`.

    Raises:
        KeyError: the text names a field that was not given.
        FileNotFoundError: nothing is shipped for this purpose.
    """
    words = (HERE / f"{consenter}_{kind}.md").read_text(encoding="utf-8")
    title, _, body = words.partition("\n")
    return title.removeprefix("# ").strip(), Template(body.strip()).substitute(fields)


def split(body: str) -> tuple[str, str]:
    """The summary, and the full text without its heading. A body without a heading is all full text."""
    summary, found, full = body.partition("\n## ")
    return (summary.strip(), full.partition("\n")[2].strip()) if found else ("", body)

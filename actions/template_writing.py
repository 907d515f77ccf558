"""Shipped templates, written in a few signs, as .docx files that a school edits in its word processor.

# Title                          ## Heading                    - a point of a list
= in the middle                  > at the right                ~ small print
=24b#1F4E5F words                size, bold, italic (i), colour; `>` takes them as well
%% if field                      a paragraph of its own for a list or a condition
**Lead:** words                  the lead is bold
+12                              empty room of 12 points
[table 10 80 60] … [/table]      rows of cells between |, the head after *, lists after %
[columns 90 80] … [/columns]     the same without lines; \\n in a cell begins a new line
[sign the day] … [/sign]         whose | name
[wide] [upright] [page]          what follows begins a page
@wide  @frame 1F4E5F  @plain     of the whole: on its side, with a frame, without numbers of pages
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from actions.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Points,
    Signatures,
    Table,
    Title,
    Turn,
    docx,
)
from locales import Texts
from program.templates import BY_CODE, source
from program.text import Text

MADE_AT = datetime(2026, 9, 1, tzinfo=UTC)  # shipped templates never change while they are the same
_LOOK = re.compile(r"([=>~])(\d+)?(b)?(i)?(?:#([0-9A-F]{6}))?\s*(\S.*)")
_LEAD = re.compile(r"\*\*(.+?)\*\*\s*(.*)")
_OPEN = re.compile(r"\[(table|columns|sign)\s+([^\]]+)\]")
_ALIGN = {"=": "center", ">": "right", "~": "left"}
_TURNS = {"[wide]": True, "[upright]": False, "[page]": False}


@cache
def shipped(code: str) -> bytes:
    """The .docx of a shipped template, with its fields in it."""
    say = Texts()
    title = say(Text(f"templates-name-{code}"))
    footer = say(Text("templates-footer")) if BY_CODE[code].personal else ""
    document = Document(title, "", footer)
    document.add(*_blocks(_options(source(code), document)))
    return docx(document, MADE_AT)


def _options(words: str, document: Document) -> Iterator[str]:
    for line in words.splitlines():
        if line == "@wide":
            document.wide = True
        elif line == "@plain":
            document.numbered = False
        elif line.startswith("@frame "):
            document.frame = line.split()[1]
        else:
            yield line


def _blocks(lines: Iterator[str]) -> Iterator[Block]:
    for line in lines:
        opened = _OPEN.fullmatch(line)
        if opened:
            yield _grid(opened[1], opened[2], lines)
        elif line.strip():
            yield _one(line)


def _one(line: str) -> Block:
    look, lead = _LOOK.fullmatch(line), _LEAD.fullmatch(line)
    if line in _TURNS:
        return Turn(_TURNS[line])
    if line.startswith("## "):
        return Heading(line[3:])
    if line.startswith("# "):
        return Title(line[2:])
    if line.startswith("- "):
        return Points((line[2:],))
    if line.startswith("%% "):
        return Paragraph(f"{{%p {line[3:]} %}}", align="left", after=0)
    if line.startswith("+"):
        return Paragraph("", size=2, after=float(line[1:]))
    if look is not None:
        sign, size, bold, italic, color, words = look.groups()
        small = 10.0 if sign == "~" else 0.0
        return Paragraph(
            words, align=_ALIGN[sign], bold=bool(bold), italic=bool(italic), color=color or "",
            size=float(size or small), after=3 if sign == "~" else 4,
        )  # fmt: skip
    if lead is not None:
        return Paragraph(lead[2], lead=lead[1], align="both" if lead[2] else "left")
    return Paragraph(line, align="left" if line.startswith("{{p ") else "both")


def _grid(kind: str, said: str, lines: Iterator[str]) -> Block:
    rows: list[list[str]] = []
    head: list[str] = []
    widths = [float(one) for one in said.split()] if kind != "sign" else []
    for line in lines:
        if line == f"[/{kind}]":
            break
        if line.startswith("% "):
            rows.append([f"{{%tr {line[2:]} %}}", *[""] * (len(widths) - 1)])
            continue
        cells = [one.strip().replace("\\n", "\n") for one in line.lstrip("* ").split("|")]
        if line.startswith("*"):
            head = cells
        else:
            rows.append(cells)
    if kind == "sign":
        return Signatures([(cells[0], cells[1]) for cells in rows], said)
    return Table(head, rows, widths, lines=kind == "table", size=10 if kind == "table" else 11)

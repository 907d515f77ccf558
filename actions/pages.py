"""PDF and pictures of pages, set by typst: no system library, no font of the machine, nothing fetched.

Pages hold data as JSON, never as typst's own language, so nothing that a person wrote can become a command.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

import typst

from actions import word_reading

SCREEN = 80.0  # dots to an inch of a picture to look at; 144 to read small print
PDF = "application/pdf"


def pdf(docx: bytes, made_at: datetime) -> bytes:
    """The document as PDF: the same file and moment give the same bytes.

    Args:
        docx: made or looked at by us. made_at: stands in the properties; aware.
    """
    return _first(_set(*_of(docx), made_at))


def of_read(read: word_reading.Read, made_at: datetime) -> bytes:
    """As `pdf`, of what has been read already."""
    return _first(_set("word", _told(read), read.pictures, made_at))


def picture(docx: bytes, made_at: datetime) -> bytes:
    """Its first page as PNG."""
    return _first(_set(*_of(docx), made_at, how="png"))


def composed(name: str, data: Mapping[str, Any], files: Mapping[str, bytes], made_at: datetime) -> bytes:
    """A PDF by one of our own page templates, `pages_data/<name>.typ`.

    Args:
        data: what the template reads as `file.json`. files: pictures by the names that stand in `data`.
    """
    return _first(_set(name, data, files, made_at))


def _of(docx: bytes) -> tuple[str, dict[str, Any], dict[str, bytes]]:
    found = word_reading.read(docx)
    return "word", _told(found), found.pictures


def _told(read: word_reading.Read) -> dict[str, Any]:
    return {
        "title": read.title,
        "author": read.author,
        "sections": read.sections,
        "shapes": read.shapes,
        "looks": read.looks,
    }


def _set(
    name: str, data: Mapping[str, Any], files: Mapping[str, bytes], made_at: datetime, how: Any = "pdf"
) -> Any:
    page = resources.files("actions").joinpath("pages_data", f"{name}.typ").read_bytes()
    # Files beside the page may hold text only, so a picture goes along as numbers.
    told = {**data, "pictures": {key: list(one) for key, one in files.items()}}
    inside: Any = {"main.typ": page, "file.json": json.dumps(told, ensure_ascii=False).encode()}
    compiler = typst.Compiler(inside, font_paths=_fonts())
    return compiler.compile(format=how, ppi=SCREEN, timestamp=int(made_at.timestamp()))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _first(made: Any) -> bytes:
    """Pictures of several pages come as a list."""
    found: bytes = made[0] if isinstance(made, list) else made
    return found

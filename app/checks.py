"""What a check of `nastavnik doctor` finds."""

from __future__ import annotations

from dataclasses import dataclass

from program.text import Arg, Text


@dataclass(frozen=True)
class Finding:
    """`good` is None for what is simply off, or only worth knowing (`advice`)."""

    good: bool | None
    text: Text
    advice: bool = False


def fine(text_id: str, **args: Arg) -> Finding:
    return Finding(True, Text(text_id, args))


def needed(text_id: str, **args: Arg) -> Finding:
    return Finding(False, Text(text_id, args))


def off(text_id: str, **args: Arg) -> Finding:
    return Finding(None, Text(text_id, args))


def advice(text_id: str, **args: Arg) -> Finding:
    return Finding(None, Text(text_id, args), advice=True)

"""The one kind of "no" that a person may hear."""

from __future__ import annotations

from program.text import Arg, Text


class Refusal(Exception):
    """An answer, not an error: doors show its text, nobody logs a traceback.

    Everything else that is raised is a defect.
    """

    def __init__(self, text: str, **args: Arg) -> None:
        super().__init__(text)
        self.text = Text(text, args)

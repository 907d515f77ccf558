"""What a conversation remembers: steps, their values, in the order they came. JSON all the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Mark(StrEnum):
    ANSWER = "a"
    FACT = "f"  # learned from outside
    KEPT = "k"  # the same, and not learned anew when the flow is opened once more
    DRAFT = "d"  # ticks of a multiple choice that is not done yet
    LATER = (
        "l"  # an answer that was gone back behind: it counts again once the questions before it are answered
    )

    WAS = "w"  # the step and the answer that are being changed: «Назад» leaves them as they were


CHANGED = "="  # the step of that line


@dataclass
class Journal:
    """What this conversation knows: step, value, mark; in the order it came. JSON all the way."""

    lines: list[list[Any]] = field(default_factory=list)

    def get(self, step: str, *marks: Mark) -> Any:
        """The value of a step; raises KeyError."""
        for name, value, mark in self.lines:
            if name == step and mark in marks:
                return value
        raise KeyError(step)

    def has(self, step: str, *marks: Mark) -> bool:
        for name, _, mark in self.lines:  # noqa: SIM110 - asked for every step of every turn; `any` takes twice as long
            if name == step and mark in marks:
                return True
        return False

    @property
    def answered(self) -> bool:
        """Whether anything was said: an answer, or a tick."""
        return any(mark in (Mark.ANSWER, Mark.DRAFT, Mark.LATER) for _, _, mark in self.lines)

    def put(self, step: str, value: Any, mark: Mark = Mark.ANSWER) -> None:
        self.drop(step)
        if mark is Mark.ANSWER and self._changes(step):
            self.drop(CHANGED)
        self.lines.append([step, value, mark.value])

    def change(self, step: str) -> None:
        """The answer is asked for once more; ticks stand as they were."""
        value = self.get(step, Mark.ANSWER)
        self.put(CHANGED, [step, value], Mark.WAS)
        self.drop(step)
        if isinstance(value, list):
            self.put(step, value, Mark.DRAFT)

    def _changes(self, step: str) -> bool:
        return self.has(CHANGED, Mark.WAS) and self.get(CHANGED, Mark.WAS)[0] == step

    def drop(self, step: str) -> None:
        self.lines = [line for line in self.lines if line[0] != step]

    def back(self, open_step: str, *, keeps: bool = False) -> bool:
        """Forgets the newest answer, the open question's ticks and every fact learned after it.

        Args:
            keeps: the answer is set aside for later, not forgotten.

        Returns False when there is nothing to go back to. An answer that is being changed is as it was.
        """
        if self._changes(open_step):
            self.put(open_step, self.get(CHANGED, Mark.WAS)[1])
            return True
        if not self.has(open_step, Mark.LATER):
            self.drop(open_step)
        for at in range(len(self.lines) - 1, -1, -1):
            if self.lines[at][2] == Mark.ANSWER:
                step, value, _ = self.lines[at]
                aside = [line for line in self.lines[at:] if line[2] == Mark.LATER] if keeps else []
                self.lines[at:] = [*aside, [step, value, Mark.LATER.value]] if keeps else []
                return True
        return False

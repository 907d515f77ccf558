"""The end of a school year: which class follows which, who leaves, what everybody is asked. Source: ux.md A53; domain.md 2.2, st7."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

UNDO = timedelta(hours=24)
TELL_AFTER = UNDO  # nobody hears of it while it can be taken back
BASIC_LAST, LAST, LONGEST = 9, 11, 12  # the last class of a basic school, of most schools, of evening schools
_CLASS = re.compile(r"(\d{1,2})(\D*)")


class Step(StrEnum):
    """The pages of the wizard, in their order."""

    CLASSES = "classes"
    GRADUATES = "graduates"
    PAIRS = "pairs"
    PEOPLE = "people"
    START = "start"
    CHECK = "check"

    @property
    def number(self) -> int:
        return list(Step).index(self) + 1

    @property
    def next(self) -> Step:
        return list(Step)[min(self.number, len(Step) - 1)]

    @property
    def previous(self) -> Step | None:
        return list(Step)[self.number - 2] if self.number > 1 else None


class Move(StrEnum):
    """What becomes of a class."""

    UP = "up"
    STAY = "stay"
    OUT = "out"  # it leaves the school


class Question(StrEnum):
    PAIR = "pair"  # to everybody in a pair: the same two next year
    MENTOR = "mentor"  # to a mentee: would you like to be a mentor
    AGAIN = "again"  # to a mentor: once more
    ALUMNUS = "alumnus"  # to somebody who leaves the school


YES, NO, LED = "yes", "no", "again"  # LED: a mentor for oneself, once more
ANSWERS: Mapping[Question, tuple[str, ...]] = {
    Question.PAIR: (YES, NO),
    Question.MENTOR: (YES, LED, NO),
    Question.AGAIN: (YES, NO),
    Question.ALUMNUS: (YES, NO),
}
CLOSE, EXTEND = "close", "extend"
CARRY, FINISH = "carry", "finish"


@dataclass(frozen=True)
class Choices:
    """What the curator has chosen so far; what is not here stands as proposed.

    Args:
        moves: class as written -> `Move`.
        leaving: pupils after the 9th class who do not stay.
        pairs: pair -> close or extend.
        spoken: pairs whose people have said yes to the curator.
        waiting: what becomes of those who wait without a pair.
        roadmap: the map is copied.
        starts_on: ISO; from this day on questionnaires are offered anew.
    """

    moves: dict[str, str] = field(default_factory=dict)
    leaving: tuple[int, ...] = ()
    pairs: dict[str, str] = field(default_factory=dict)
    spoken: tuple[int, ...] = ()
    waiting: str = CARRY
    roadmap: bool = True
    starts_on: str = ""

    @staticmethod
    def read(stored: Mapping[str, Any]) -> Choices:
        known = {one.name for one in fields(Choices)}
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in stored.items()
            if name in known
        }
        return Choices(**values)

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"leaving": sorted(self.leaving), "spoken": sorted(self.spoken)}

    def start(self, year: str) -> date:
        """The first of September where nothing else was chosen."""
        return date.fromisoformat(self.starts_on) if self.starts_on else date(int(year[:4]), 9, 1)


def number_of(name: str) -> int | None:
    """5 of «5А», «5-А», «5 а»; None of what is no class («Спортклуб», «2025 набор»)."""
    found = _CLASS.fullmatch(name.strip())
    if found is None:
        return None
    number = int(found[1])
    return number if 1 <= number <= LONGEST else None


def next_class(name: str) -> str:
    """«6А» of «5А», as the school writes it. What is no class, and the twelfth, stays."""
    number = number_of(name)
    if number is None or number >= LONGEST:
        return name
    return re.sub(r"\d{1,2}", str(number + 1), name.strip(), count=1)


def last_of(names: Iterable[str]) -> int:
    """The last class of this school: 12 or 11 where there are such, 9 in a basic school."""
    numbers = {number for name in names if (number := number_of(name)) is not None}
    if LONGEST in numbers:
        return LONGEST
    return LAST if any(number > BASIC_LAST for number in numbers) else BASIC_LAST


def usual_move(name: str, names: Collection[str]) -> Move:
    number = number_of(name)
    if number is None:
        return Move.STAY
    return Move.OUT if number >= last_of(names) else Move.UP


def moves_of(names: Collection[str], chosen: Mapping[str, str]) -> dict[str, Move]:
    """What becomes of each class: as chosen, else as usual."""
    known = set(Move)
    return {
        name: Move(chosen[name])
        if chosen.get(name) in known and _fits(name, Move(chosen[name]))
        else usual_move(name, names)
        for name in names
    }


def _fits(name: str, move: Move) -> bool:
    return move is not Move.UP or next_class(name) != name


def asks_who_stays(name: str, move: Move) -> bool:
    """After the 9th class part of the pupils leave; the curator says who."""
    return move is Move.UP and number_of(name) == BASIC_LAST


def joined(moves: Mapping[str, Move]) -> list[tuple[str, list[str]]]:
    """Classes that would become one: the new name, the old ones."""
    into: dict[str, list[str]] = {}
    for name, move in moves.items():
        if move is not Move.OUT:
            into.setdefault(next_class(name) if move is Move.UP else name, []).append(name)
    return sorted((name, sorted(old)) for name, old in into.items() if len(old) > 1)


def opens_on(year: str) -> date:
    """From this day on the year may be got ready: the one before is in its last months.

    Args:
        year: the one that begins.
    """
    return date(int(year[:4]), 3, 1)


def remind_from(year: str) -> date:
    """From the last days of May on «Сегодня» says that the year has to be ended."""
    return date(int(year[:4]), 5, 25)


def leavers(year: str) -> str:
    """What the class of those who leave is called from now on: the new eleventh is not theirs."""
    return f"ВЫПУСК {year[:4]}"

"""«Согласия»: who is missing one, whose runs out, who disagrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.work import Work
from admin.filters import OneOf, Words
from admin.listing import Made, Source
from admin.tables import Column, Table
from program.text import Text, raw
from storage.tables import Person


@dataclass(frozen=True)
class Line:
    """One person of the list, and why. `place`: in the order in which they should be looked at."""

    person: Person
    why: Text
    place: int


def built(work: Work, show: str, found: Sequence[tuple[Person, Text]]) -> tuple[Table[Line], Source[Line]]:
    lines = [Line(person, why, place) for place, (person, why) in enumerate(found)]
    classes = sorted({line.person.class_name for line in lines if line.person.class_name}, key=_class)
    columns: list[Column[Line]] = [
        Column("name", "ledger-person", lambda line: line.person.plain, _name),
        Column(
            "class",
            "admin-people-class",
            lambda line: (_class(line.person.class_name), line.person.plain),
            _of,
        ),
        Column("why", "ledger-why", lambda line: line.place, lambda line: line.why),
        Column("phone", "admin-people-phone", cell=lambda line: line.person.phone, hidden=True),
        Column("do", "ledger-do"),
    ]
    table = Table(
        "consents",
        "ledger-title",
        columns,
        [
            Words("q", "admin-people-words", fits=Words.of(lambda line: line.person.plain)),
            OneOf(
                "class_name",
                "admin-people-class-name",
                fits=lambda line, name: line.person.class_name == name,
                options=[(name, raw(name)) for name in classes],
            ),
        ],
        usual="why",
        kept={"show": show},
        kept_said=[Text(f"ledger-show-{show}")],
    )
    return table, Made(lines)


def _name(line: Line) -> str:
    return line.person.full_name or line.person.first_name


def _of(line: Line) -> str:
    return line.person.class_name or line.person.position


def _class(name: str) -> tuple[bool, int, str]:
    """2А before 10Б, nobody's class last."""
    return not name, len(name), name

"""«Кто ответил»: everybody who was asked to fill in one questionnaire this year, and whether they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.work import Work
from admin.filters import Days, OneOf, Words
from admin.listing import Made, Source
from admin.tables import Column, Table
from program.instruments import Instrument
from program.names import class_order
from program.text import Text, raw
from storage import askings, lists
from storage import questionnaires as rows
from storage.askings import AGAIN, FIRST
from storage.overview import KEPT
from storage.tables import Person

STATES = ("answered", "waits")


@dataclass(frozen=True)
class Row:
    """One person. `reminded`: also of one of several invitations."""

    person: Person
    asked: datetime | None
    reminded: bool
    answered: datetime | None

    @property
    def state(self) -> str:
        return "answered" if self.answered else "waits"


async def built(work: Work, instrument: Instrument) -> tuple[Table[Row], Source[Row]]:
    """Never of an anonymous poll: who has answered there is told to nobody."""
    columns: list[Column[Row]] = [
        Column("name", "admin-people-name", lambda row: row.person.plain, _name),
        Column(
            "class", "admin-people-class", _class, lambda row: row.person.class_name or row.person.position
        ),
        Column(
            "state", "table-quiz-state", lambda row: row.state, lambda row: Text(f"table-quiz-{row.state}")
        ),
        Column("asked", "table-quiz-asked", lambda row: str(row.asked or ""), lambda row: row.asked),
        Column("reminded", "table-quiz-reminded", lambda row: row.reminded, _reminded),
        Column("answered", "table-quiz-when", lambda row: str(row.answered or ""), lambda row: row.answered),
        Column("phone", "admin-people-phone", cell=lambda row: row.person.phone, hidden=True),
    ]
    found = await _rows(work, instrument.code)
    classes = sorted({row.person.class_name for row in found if row.person.class_name}, key=class_order)
    table = Table(
        "quiz-people",
        "table-quiz-people",
        columns,
        [
            Words("q", "admin-people-words", fits=Words.of(lambda row: row.person.plain)),
            OneOf(
                "state",
                "table-quiz-state",
                fits=lambda row, state: row.state == state,
                options=[(one, Text(f"table-quiz-{one}")) for one in STATES],
            ),
            OneOf(
                "class_name",
                "admin-people-class-name",
                fits=lambda row, name: row.person.class_name == name,
                options=[(one, raw(one)) for one in classes],
            ),
            Days("asked", "table-quiz-asked", fits=Days.of(lambda row: row.asked), zone=work.zone, more=True),
        ],
        usual="name",
        kept_said=[instrument.named.text],
        path={"code": instrument.code},
    )
    return table, Made(found)


async def _rows(work: Work, code: str) -> list[Row]:
    session, school, year = work.session, work.school.id, work.settings.year
    asked: dict[int, datetime] = {}
    reminded = set()
    for key, at in (await askings.invited(session, school, year, code)).items():
        person = int(key.split(":")[3])
        if key.startswith(FIRST):
            asked[person] = min(at, asked.get(person, at))
        elif key.startswith(AGAIN):
            reminded.add(person)
    answered: dict[int, datetime] = {}
    for response in await rows.of_code(session, school, code, year):
        if response.person_id is not None and response.finished_at is not None:
            answered[response.person_id] = response.finished_at
    people = await lists.bare(session, school, asked.keys() | answered.keys())
    return [
        Row(one, asked.get(one.id), one.id in reminded, answered.get(one.id))
        for one in people
        if one.state in KEPT
    ]


def _name(row: Row) -> str:
    return row.person.full_name or row.person.first_name


def _class(row: Row) -> tuple[bool, int, str]:
    name = row.person.class_name
    return not name, len(name), name


def _reminded(row: Row) -> Text | None:
    return Text("table-quiz-yes") if row.reminded else None

"""A form of a school or of a region in a real database: people, guardians, consents, answers. All invented."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert

from actions import questionnaires
from actions.work import Work
from program.ages import Consenter
from program.consents import REQUIRED, ConsentEvent, ConsentMethod, needed_from
from program.roles import Category, PersonState, Side
from program.states import ParticipationStatus
from storage import migrate
from storage.database import Database
from storage.tables import Answer, Base, Consent, Guardianship, Participation, Person, Response, School

FORM, YEAR = "uch_uch", "2026-2027"
NOW = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)
TOPICS = (
    "study", "exam", "project", "friends", "adapt", "career", "art_sport", "confidence", "digital", "talk",
)  # fmt: skip
SUBJECTS = ("math", "russian", "literature", "english", "physics", "chemistry", "biology", "history")
LIKED = ("sport", "music", "art", "science", "tech", "games", "books", "nature", "cooking", "volunteering")
HOURS = ("mon_day", "tue_day", "wed_day", "thu_day", "fri_day", "evening_week", "sat_day")
FORMATS = ("pair", "group", "school", "online", "chat")
AGES = ("7-10", "11-14", "15-18", "any")
LETTERS = "абвгдежзиклмнопрстуф"
NAMING = 20  # one mentee of so many names a mentor in free words

Rows = list[dict[str, Any]]


async def furnish(database: Database, mentees: int, mentors: int, seed: int = 1) -> None:
    """An empty database becomes a school with these pupils, about one place for each mentee, nobody paired yet."""
    await migrate.to_head(database)
    async with database.transaction() as session:
        school = School(
            slug="first", name="Школа № 1", timezone="Europe/Moscow", is_default=True, created_at=NOW
        )
        session.add(school)
        await session.flush()
        await questionnaires.publish_shipped(Work(session, school, NOW))
    found = _Drawn(random.Random(seed), school.id, mentees, mentors)
    async with database.transaction() as session:
        for table, rows in found.tables:
            for start in range(0, len(rows), 10_000):
                await session.execute(insert(table), rows[start : start + 10_000])


class _Drawn:
    """The rows of all tables, parents before children. Mentees are people 1…, mentors come after them."""

    def __init__(self, rng: random.Random, school: int, mentees: int, mentors: int) -> None:
        self.rng, self.school = rng, school
        self.people: Rows = []
        self.consents: Rows = []
        self.guardianships: Rows = []
        self.places: Rows = []
        self.responses: Rows = []
        self.answers: Rows = []
        self.first_guardian = mentees + mentors + 1
        for n in range(mentees):
            grade = rng.randint(5, 9)
            person = self._pupil(n, grade)
            self._place(person, Side.MENTEE, 1)
            self._answered(person, "INT_ME_P", self._asks(mentees, mentors))
        for n in range(mentees, mentees + mentors):
            person = self._pupil(n, rng.randint(8, 11))
            self._place(person, Side.MENTOR, rng.randint(1, 2 * mentees // mentors + 1))
            self._answered(person, "INT_MO", self._offers())
        for n in range(mentees + mentors):
            parent = self.first_guardian + n
            self.people.append(self._person(parent, n, Category.PARENT))
            self.guardianships.append(
                self._row(guardian_id=parent, child_id=n + 1, created_at=NOW, confirmed_at=NOW)
            )

    @property
    def tables(self) -> Sequence[tuple[type[Base], Rows]]:
        return (
            (Person, self.people),
            (Guardianship, self.guardianships),
            (Consent, self.consents),
            (Participation, self.places),
            (Response, self.responses),
            (Answer, self.answers),
        )

    def _row(self, **values: Any) -> dict[str, Any]:
        return {"school_id": self.school, **values}

    def _person(self, key: int, n: int, category: Category) -> dict[str, Any]:
        first = f"Алис{LETTERS[n % 20]}"
        return self._row(
            id=key, state=PersonState.ACTIVE, category=category, created_at=NOW, last_name=surname(n),
            first_name=first, birth_date=None, class_name="",
        )  # fmt: skip

    def _pupil(self, n: int, grade: int) -> int:
        born = date(2026 - 6 - grade, self.rng.randint(1, 8), self.rng.randint(1, 28))
        class_name = f"{grade}{'АБВГ'[n % 4]}"
        self.people.append(
            self._person(n + 1, n, Category.PUPIL) | {"birth_date": born, "class_name": class_name}
        )
        for kind in REQUIRED:
            for who in sorted(needed_from(born, NOW.date(), minor=True)):
                giver = n + 1 if who is Consenter.SELF else self.first_guardian + n
                self.consents.append(
                    self._row(
                        person_id=n + 1, kind=kind, event=ConsentEvent.GIVEN, consenter=who, given_by=giver,
                        method=ConsentMethod.PAPER, at=NOW,
                    )
                )  # fmt: skip
        return n + 1

    def _place(self, person: int, side: Side, capacity: int) -> None:
        self.places.append(
            self._row(
                person_id=person, side=side, form=FORM, year=YEAR, status=ParticipationStatus.SEARCHING,
                capacity=capacity, admitted=True, created_at=NOW, enrolled_at=NOW,
            )
        )  # fmt: skip

    def _answered(self, person: int, code: str, said: dict[str, Any]) -> None:
        key = len(self.responses) + 1
        self.responses.append(
            self._row(id=key, person_id=person, code=code, version=1, round=YEAR, finished_at=NOW)
        )
        for number, value in said.items():
            self.answers.append(
                self._row(
                    response_id=key,
                    question=f"{code}.{number}",
                    words=value if isinstance(value, str) else None,
                    choices=value if isinstance(value, list) else None,
                )
            )

    def _some(self, codes: Sequence[str], most: int) -> list[str]:
        return self.rng.sample(codes, self.rng.randint(1, most))

    def _asks(self, mentees: int, mentors: int) -> dict[str, Any]:
        said: dict[str, Any] = {
            "1": "Хочу понять дроби",
            "2": self._some(TOPICS, 3),
            "3": self._some(SUBJECTS, 2),
            "5": self._some(LIKED, 3),
            "6": ["senior"],
            "7": self._some(FORMATS, 2),
            "8": self._some(HOURS, 3),
        }
        if self.rng.randrange(NAMING) == 0:
            said["9"] = f"{surname(mentees + self.rng.randrange(mentors))}, если можно"
        return said

    def _offers(self) -> dict[str, Any]:
        return {
            "1": "pupil",
            "2": self._some(TOPICS, 4),
            "2b": self._some(SUBJECTS, 3),
            "4": self._some(LIKED, 4),
            "5": self.rng.choice(AGES),
            "6b": self._some(HOURS, 3),
            "8": self._some(FORMATS, 3),
        }


def surname(n: int) -> str:
    """A different one for each of 160,000 people."""
    letters = "".join(LETTERS[n // 20**place % 20] for place in range(4))
    return f"{letters.capitalize()}ромашкин"

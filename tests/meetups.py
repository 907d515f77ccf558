"""People who meet outside of pairs: mentors who were let in, pupils and teachers with consents."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from actions import encounters
from actions.encounters import Draft
from actions.work import Work
from program.encounters import EncounterKind
from program.roles import Category, Side
from storage.tables import Encounter, Person
from tests import build
from tests.pairs import member


async def mentor(work: Work, *names: str, **values: Any) -> Person:
    """A teacher whom the curator has let in."""
    values = {"category": Category.TEACHER, "middle_name": "Ивановна"} | values
    person = await member(work.session, work.school, *(names or ("Мария", "Лебедева")), **values)
    work.session.add(build.participation(person, Side.MENTOR, "uchit_uch"))
    await work.session.flush()
    return person


async def pupil(work: Work, *names: str, looks: bool = False, **values: Any) -> Person:
    person = await member(work.session, work.school, *(names or ("Аня", "Котова")), **values)
    if looks:
        work.session.add(build.participation(person, Side.MENTEE, "uchit_uch"))
        await work.session.flush()
    return person


async def pupils(work: Work, number: int) -> list[Person]:
    names = ["Юля", "Тимур", "Саша", "Вера", "Олег", "Лада", "Пётр", "Зоя", "Марат", "Ника", "Егор", "Алиса"]
    return [
        await pupil(work, names[n % 12], f"Ромашкина{n}", birth_date=date(2012, 3, 1 + n % 28))
        for n in range(number)
    ]


async def flash(work: Work, host: Person | None = None, **values: Any) -> Encounter:
    """Open for sign-up, on the next day at noon."""
    values = {"topic": "Как выбрать профессию", "starts_at": tomorrow(work), "place": "Кабинет 214"} | values
    return await encounters.publish(work, Draft(host=host.id if host else None, **values))


async def speed(work: Work, rounds: int = 3, **values: Any) -> Encounter:
    values = {"topic": "Вечер знакомств", "kind": EncounterKind.SPEED, "rounds": rounds, "seats": 60} | values
    return await flash(work, **values)


def tomorrow(work: Work) -> datetime:
    return work.now + timedelta(days=1)


def later(work: Work, by: timedelta) -> Work:
    return Work(work.session, work.school, work.now + by, work.actor)

"""The condition of the database and the rule say the same of every ledger, on either engine."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from sqlalchemy import select

from actions import consent_filter, consents
from actions.work import Work
from program.ages import Consenter
from program.channels import Channel
from program.consents import REQUIRED, ConsentEvent, ConsentMethod
from program.roles import Category
from storage.database import Database
from storage.tables import Consent, Guardianship, Person, School
from tests.both import database as database
from tests.build import person

BORN = (
    None, date(2012, 9, 14), date(2012, 9, 15), date(2012, 9, 16), date(2008, 9, 14), date(2008, 9, 15),
    date(2008, 9, 16), date(2008, 2, 29), date(1980, 1, 1), date(2015, 5, 5), date(2007, 12, 31),
)  # fmt: skip
CATEGORIES = (Category.PUPIL, Category.PUPIL, Category.TEACHER, None)


async def test_a_thousand_ledgers_are_read_alike(database: Database, school: School, now: datetime) -> None:
    chance = random.Random(20260915)
    async with database.transaction() as session:
        adults = [person(school, "Вера", f"Родитель{n}", category=Category.PARENT) for n in range(3)]
        children = [
            person(
                school,
                "Аня",
                f"Котова{n}",
                birth_date=chance.choice(BORN),
                category=chance.choice(CATEGORIES),
            )
            for n in range(1000)
        ]
        session.add_all([*adults, *children])
        await session.flush()
        for child in children:
            for adult in adults:
                if chance.random() < 0.5:
                    session.add(_bond(chance, school, adult, child, now))
            for _ in range(chance.choice((0, 3, 6, 9, 12))):
                session.add(_word(chance, school, child, adults, now))
    async with database.reading() as session:
        work = Work(session, school, now)
        everybody = (await session.scalars(select(Person).where(Person.school_id == school.id))).all()
        by_rule = await consents.allowed(work, everybody)
        given = await consent_filter.given(work)
        by_database = set(
            await session.scalars(select(Person.id).where(Person.school_id == school.id, given))
        )
        neither = set(await session.scalars(select(Person.id).where(Person.school_id == school.id, ~given)))
    assert by_database == by_rule
    assert by_database | neither == {one.id for one in everybody}, "nobody is neither"
    assert 50 < len(by_rule) < 900, "the ledgers are not all alike"


def _bond(chance: random.Random, school: School, adult: Person, child: Person, now: datetime) -> Guardianship:
    return Guardianship(
        school_id=school.id, guardian_id=adult.id, child_id=child.id, created_at=now,
        confirmed_at=now if chance.random() < 0.7 else None, ended_at=now if chance.random() < 0.15 else None,
    )  # fmt: skip


def _word(
    chance: random.Random, school: School, child: Person, adults: list[Person], now: datetime
) -> Consent:
    consenter = chance.choice(tuple(Consenter))
    giver = child if consenter is Consenter.SELF else chance.choice([*adults, None])
    ago = chance.choice(
        (timedelta(0), timedelta(days=1), timedelta(days=3), timedelta(days=400), -timedelta(days=1))
    )
    return Consent(
        school_id=school.id, person_id=child.id, kind=chance.choice(REQUIRED), consenter=consenter,
        event=chance.choice((ConsentEvent.GIVEN,) * 24 + (ConsentEvent.REFUSED, ConsentEvent.WITHDRAWN)),
        given_by=giver.id if giver else None, text_sha256="",
        method=chance.choice(tuple(ConsentMethod)), channel=Channel.WEB, at=now - ago,
        valid_until=chance.choice((None, None, None, date(2026, 9, 15), date(2026, 9, 14), date(2027, 7, 31))),
    )  # fmt: skip

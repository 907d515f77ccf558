"""A pupil who came by the link of the class and stands in the list: put together by the curator only."""

from __future__ import annotations

from datetime import date

import httpx2
import pytest

from program.roles import PersonState, StaffRole
from storage.database import Database
from storage.tables import Invitation, JournalEntry, Person
from tests.admin.conftest import Browsers
from tests.bot.chat import Chat
from tests.bot.test_join import invite
from tests.build import person
from tests.conftest import rows


@pytest.fixture
async def anya(browsers: Browsers, database: Database) -> Person:
    """On the list of 8А, with a card that was never opened; a namesake of 8Б beside her."""
    listed = person(
        browsers.school, state=PersonState.INVITED, birth_date=date(2013, 3, 5), phone="+79000000001"
    )
    async with database.transaction() as session:
        session.add(listed)
        session.add(person(browsers.school, "Аня", "Лугова", class_name="8Б", state=PersonState.INVITED))
    await invite(database, browsers.school, browsers.now, purpose="any", person_id=listed.id)
    return listed


async def joins(database: Database, browsers: Browsers) -> Person:
    """Аня of 8А joins by the poster instead of her card."""
    poster = await invite(database, browsers.school, browsers.now, purpose="mentee", class_name="8А")
    chat = Chat(database, browsers.now)
    await chat.starts(poster.token)
    await chat.presses("join-with-uch-uch-mentee")
    await chat.says("13", "Аня")
    return await chat.person()


async def people(database: Database) -> list[Person]:
    return [one for one in await rows(database, Person) if isinstance(one, Person)]


async def test_nobody_is_put_together_by_the_program(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database, anya: Person
) -> None:
    assert "Похоже, это один человек" not in (await curator.get("/")).text
    joined = await joins(database, browsers)
    assert (joined.state, joined.last_name) == (PersonState.ACTIVE, "")
    assert len(await people(database)) == 3
    assert "Похоже, это один человек" in (await curator.get("/")).text
    page = (await curator.get("/twins")).text
    assert page.count("<section") == 1
    assert "Котова Аня" in page


async def test_one_record_stays_with_what_the_list_knows(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database, anya: Person
) -> None:
    joined = await joins(database, browsers)
    done = await curator.post(f"/twins/{joined.id}/{anya.id}/join", data={"sure": "yes"})
    assert done.headers["location"] == "/twins?done=twins-joined"
    left = [one for one in await people(database) if one.class_name == "8А"]
    assert [(one.id, one.full_name, one.birth_date, one.phone) for one in left] == [
        (joined.id, "Котова Аня", date(2013, 3, 5), "+79000000001")
    ]
    cards = [one for one in await rows(database, Invitation) if isinstance(one, Invitation)]
    assert anya.id not in {one.person_id for one in cards}
    entries = [one for one in await rows(database, JournalEntry) if isinstance(one, JournalEntry)]
    assert [one.subject for one in entries if one.action == "person.merged"] == [f"person:{joined.id}"]
    assert (await curator.post(f"/twins/{joined.id}/{anya.id}/join", data={"sure": "yes"})).status_code == 404


async def test_two_different_pupils_are_not_asked_about_again(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database, anya: Person
) -> None:
    joined = await joins(database, browsers)
    await curator.post(f"/twins/{joined.id}/{anya.id}/apart")
    assert "Похожих записей нет" in (await curator.get("/twins")).text
    assert len(await people(database)) == 3
    assert (await curator.post(f"/twins/{joined.id}/{anya.id}/join", data={"sure": "yes"})).status_code == 409


async def test_a_class_teacher_decides_for_the_own_class(
    browsers: Browsers, database: Database, anya: Person
) -> None:
    joined = await joins(database, browsers)
    other = await browsers.of(StaffRole.CLASS_TEACHER, class_name="8Б")
    assert "Похожих записей нет" in (await other.get("/twins")).text
    assert (await other.post(f"/twins/{joined.id}/{anya.id}/join", data={"sure": "yes"})).status_code == 404


async def test_other_names_classes_and_birth_dates_are_other_people(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database, anya: Person
) -> None:
    async with database.transaction() as session:
        for first, last, born in (
            ("Аня", "Зимина", None),
            ("Вера", "Котова", None),
            ("Аня", "Котова", date(2012, 1, 1)),
        ):
            session.add(person(browsers.school, first, last, birth_date=born))
    assert "Похожих записей нет" in (await curator.get("/twins")).text

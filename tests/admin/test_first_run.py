"""The first start: nobody gets in without the secret that was printed, and the first account closes the door."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import httpx2
import pytest
from fastapi import FastAPI

from actions import first_run
from program.roles import StaffRole
from storage.database import Database
from storage.tables import School, SystemValue, User
from tests.admin.conftest import Browsers, Clock
from tests.conftest import rows

SCHOOL = {"name": "Школа № 5", "city": "Речной", "timezone": "Asia/Omsk"}
ACCOUNT = {
    "name": "Мария Ивановна",
    "login": "curator",
    "password": "длинная фраза",
    "again": "длинная фраза",
}


@pytest.fixture
async def token(database: Database, clock: Clock) -> str:
    async with database.transaction() as session:
        made = await first_run.open_door(session, clock())
    assert made is not None
    return made


@pytest.fixture
async def browser(application: FastAPI) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=application)
    return httpx2.AsyncClient(
        transport=transport, base_url="https://school.test", headers={"Sec-Fetch-Site": "same-origin"}
    )


async def test_three_steps_lead_from_the_printed_link_to_the_first_page(
    browser: httpx2.AsyncClient, database: Database, token: str
) -> None:
    way = f"/setup/{token}"
    assert "Ваша школа" in (await browser.get(way)).text
    named = await browser.post(way, data=SCHOOL)
    assert named.headers["location"] == f"{way}/account"
    made = await browser.post(f"{way}/account", data=ACCOUNT)
    assert made.headers["location"] == "/begin"
    begin = await browser.get("/begin")
    assert 'href="/roster"' in begin.text
    assert (await browser.get("/")).status_code == 200
    (school,) = await rows(database, School)
    assert (school.name, school.city, school.timezone) == ("Школа № 5", "Речной", "Asia/Omsk")
    (user,) = await rows(database, User)
    assert (user.role, user.login) == (StaffRole.CURATOR, "curator")
    assert await rows(database, SystemValue, name=first_run.DOOR) == []


async def test_the_door_is_shut_once_there_is_an_account(
    browser: httpx2.AsyncClient, database: Database, clock: Clock, token: str
) -> None:
    await browser.post(f"/setup/{token}", data=SCHOOL)
    await browser.post(f"/setup/{token}/account", data=ACCOUNT)
    for path in (f"/setup/{token}", f"/setup/{token}/account"):
        assert (await browser.get(path)).status_code == 404
        again = await browser.post(path, data=SCHOOL | ACCOUNT | {"login": "other"})
        assert again.status_code == 404
    assert len(await rows(database, User)) == 1
    async with database.transaction() as session:
        assert await first_run.open_door(session, clock()) is None


@pytest.mark.parametrize("guess", ["a", "setup", "null", "0" * 32, "%00"])
async def test_without_the_secret_there_is_no_way_in(
    browser: httpx2.AsyncClient, database: Database, token: str, guess: str
) -> None:
    for path in (f"/setup/{guess}", f"/setup/{guess}/account"):
        assert (await browser.get(path)).status_code == 404
        assert (await browser.post(path, data=SCHOOL | ACCOUNT)).status_code == 404
    assert await rows(database, User) == []
    assert await rows(database, School) == []
    (kept,) = await rows(database, SystemValue, name=first_run.DOOR)
    assert token not in kept.value


async def test_where_an_account_was_made_by_command_no_door_opens(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    await browsers.of()
    async with database.transaction() as session:
        assert await first_run.open_door(session, clock()) is None


async def test_an_account_made_by_command_shuts_a_door_that_stands_open(
    browser: httpx2.AsyncClient, browsers: Browsers, token: str
) -> None:
    await browsers.of()
    assert (await browser.get(f"/setup/{token}")).status_code == 404
    assert (await browser.post(f"/setup/{token}/account", data=ACCOUNT)).status_code == 404


async def test_a_school_made_by_command_keeps_its_place_and_may_be_named_anew(
    browser: httpx2.AsyncClient, database: Database, school: School, token: str
) -> None:
    assert "Школа № 1" in (await browser.get(f"/setup/{token}")).text
    await browser.post(f"/setup/{token}", data=SCHOOL)
    (kept,) = await rows(database, School)
    assert (kept.slug, kept.name) == ("first", "Школа № 5")


async def test_of_two_who_come_at_once_one_gets_the_account(
    browser: httpx2.AsyncClient, database: Database, token: str
) -> None:
    await browser.post(f"/setup/{token}", data=SCHOOL)
    answers = await asyncio.gather(
        *(browser.post(f"/setup/{token}/account", data=ACCOUNT | {"login": f"curator{n}"}) for n in range(3))
    )
    assert sorted(answer.status_code for answer in answers)[0] == 303
    assert len(await rows(database, User)) == 1


@pytest.mark.parametrize(
    ("wrong", "field", "word"),
    [
        ({"password": "кратко", "again": "кратко"}, "password", "Пароль"),
        ({"again": "другая длинная фраза"}, "again", "Пароли не совпали"),
        ({"login": ""}, "login", "огин"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field_and_the_door_stays_open(
    browser: httpx2.AsyncClient, database: Database, token: str, wrong: dict[str, str], field: str, word: str
) -> None:
    await browser.post(f"/setup/{token}", data=SCHOOL)
    answer = await browser.post(f"/setup/{token}/account", data=ACCOUNT | wrong)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert word in answer.text
    assert 'value="Мария Ивановна"' in answer.text
    assert await rows(database, User) == []
    made = await browser.post(f"/setup/{token}/account", data=ACCOUNT)
    assert made.status_code == 303


async def test_a_school_without_a_name_is_asked_again(browser: httpx2.AsyncClient, token: str) -> None:
    answer = await browser.post(f"/setup/{token}", data=SCHOOL | {"name": " ", "timezone": "Mars"})
    assert answer.status_code == 422
    assert "<title>Ошибка:" in answer.text
    assert 'href="#name"' in answer.text
    assert 'href="#timezone"' in answer.text


async def test_who_finds_the_port_of_a_fresh_installation_learns_where_the_link_is(
    browser: httpx2.AsyncClient, token: str
) -> None:
    page = (await browser.get("/login")).text
    assert "Программа ещё не настроена" in page
    assert token not in page


async def test_the_invented_school_is_shown_only_while_there_is_nobody_to_keep_waiting(
    browsers: Browsers, application: FastAPI, database: Database, school: School
) -> None:
    shown: list[bool] = []
    application.state.house = replace(application.state.house, show_demo=lambda: shown.append(True))
    curator = await browsers.of()
    assert "Показать выдуманную школу" in (await curator.get("/begin")).text
    assert (await curator.post("/begin/demo")).status_code == 200
    assert shown == [True]
    async with database.transaction() as session:
        from tests.build import person

        session.add(person(school))
    assert "Показать выдуманную школу" not in (await curator.get("/begin")).text
    assert (await curator.post("/begin/demo")).status_code == 404
    assert shown == [True]


async def test_one_of_several_schools_does_not_turn_the_whole_program_to_the_demo(
    browsers: Browsers, application: FastAPI, other_school: School
) -> None:
    shown: list[bool] = []
    application.state.house = replace(application.state.house, show_demo=lambda: shown.append(True))
    curator = await browsers.of()
    assert "Показать выдуманную школу" not in (await curator.get("/begin")).text
    assert (await curator.post("/begin/demo")).status_code == 404
    assert shown == []


async def test_in_the_demo_every_page_says_that_its_people_are_invented(
    browsers: Browsers, application: FastAPI
) -> None:
    curator = await browsers.of()
    assert "люди, встречи и числа выдуманы" not in (await curator.get("/people")).text
    application.state.house = replace(application.state.house, invented=True)
    page = (await curator.get("/people")).text
    assert "люди, встречи и числа выдуманы" in page
    assert 'href="/demo#begin"' in page

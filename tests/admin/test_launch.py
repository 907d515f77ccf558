"""«До запуска осталось»: what is done is seen by itself, what is not needed is put away, and the list ends."""

from __future__ import annotations

from datetime import datetime

import httpx2

from actions import launch, upkeep
from actions.work import Work
from program.roles import Category
from storage import schools
from storage.database import Database
from storage.tables import School
from tests import build
from tests.admin.conftest import Browsers


async def left(database: Database, school: School, now: datetime) -> list[str]:
    async with database.reading() as session:
        work = Work(session, await schools.get(session, school.id), now)
        return [one.code for one in await launch.steps(work, messengers=True) if one.left]


async def test_what_is_there_is_not_asked_for(database: Database, school: School, now: datetime) -> None:
    assert "people" in await left(database, school, now)
    async with database.transaction() as session:
        ours = await session.merge(school, load=False)
        session.add_all([build.person(ours), build.person(ours, category=Category.TEACHER)])
        await upkeep.note_copy(session, now)
    assert not {"people", "staff", "copy"} & set(await left(database, school, now))


async def test_texts_that_were_read_are_asked_for_again_when_they_change(
    database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        await launch.texts_read(Work(session, await schools.get(session, school.id), now))
    assert "texts" not in await left(database, school, now)
    async with database.transaction() as session:
        ours = await schools.get(session, school.id)
        ours.settings = {**ours.settings, "operator": "МБОУ «Школа № 1», Ленина, 1"}
    assert "texts" in await left(database, school, now)


async def test_a_step_is_put_away_and_brought_back_and_the_list_ends_with_the_last(
    browsers: Browsers, database: Database
) -> None:
    curator = await browsers.of()
    assert "Подключить мессенджер" in (await curator.get("/")).text
    for code in await left(database, browsers.school, browsers.now):
        assert (await curator.post(f"/launch/{code}/away")).status_code == 303
    text = (await curator.get("/")).text
    assert "До запуска осталось" not in text
    await curator.post("/launch/channels/away")
    await curator.post("/launch/channels/away")
    assert await left(database, browsers.school, browsers.now) == []
    await curator.post("/launch/bells/back")
    text = (await curator.get("/")).text
    assert "До запуска осталось: 1" in text
    assert "Внести звонки и каникулы" in text


async def test_the_texts_stand_on_a_page_of_their_own(curator: httpx2.AsyncClient) -> None:
    page = await curator.get("/launch/texts")
    assert "Тексты согласий" in page.text
    assert (await curator.post("/launch/texts")).status_code == 303
    assert "Прочитать тексты согласий" not in _left((await curator.get("/")).text)


def _left(text: str) -> str:
    return text.partition("Убрано и сделано")[0]

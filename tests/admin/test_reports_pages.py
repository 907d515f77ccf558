"""«Отчёты» by role: the same numbers, and a list behind each only where the reader may open it."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions.work import Work
from program.roles import StaffRole
from storage import schools
from storage.database import Database
from storage.tables import School
from tests.admin.conftest import Browsers
from tests.numbers import LATER, a_season


@pytest.fixture
def now() -> datetime:
    return LATER


@pytest.fixture(autouse=True)
async def season(database: Database, school: School, now: datetime) -> None:
    async with database.transaction() as session:
        await a_season(Work(session, await schools.get(session, school.id), now))


async def test_every_number_leads_to_its_list_and_every_picture_to_a_table(browsers: Browsers) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    text = (await curator.get("/reports")).text
    links = (
        "/people?side=mentor",
        "/people?side=mentee",
        "/pairs",
        "/meetings",
        "/worries",
        "/questionnaires/FB_M",
    )
    for href in (*links, "/pairs?show=work&amp;form=uch_uch", "/meetings?week=2026-09-28"):
        assert f'href="{href}"' in text, href
        assert (await curator.get(href.replace("&amp;", "&"))).status_code == 200, href
    assert text.count('<svg class="chart"') == text.count("Показать числа таблицей") == 4
    assert "style=" not in text


async def test_the_director_reads_the_same_page(browsers: Browsers) -> None:
    curator, director = await browsers.of(StaffRole.CURATOR), await browsers.of(StaffRole.DIRECTOR)
    pictures = [(await browser.get("/reports")).text.split("<h2", 2)[2] for browser in (curator, director)]
    assert pictures[0].count("<text") == pictures[1].count("<text") > 30


async def test_who_may_not_open_a_list_sees_the_number_alone(browsers: Browsers) -> None:
    auditor = await browsers.of(StaffRole.AUDITOR)
    answer = await auditor.get("/reports")
    assert answer.status_code == 200
    for href in ("/people", "/pairs", "/meetings", "/questionnaires"):
        assert f'href="{href}' not in answer.text.split("<main", 1)[1], href
    assert "Ромашкин" not in answer.text


async def test_another_year_has_numbers_and_no_lists(
    browsers: Browsers, database: Database, school: School
) -> None:
    async with database.transaction() as session:
        kept = await schools.get(session, school.id)
        kept.settings = {**kept.settings, "year": "2027-2028"}
    curator = await browsers.of(StaffRole.CURATOR)
    assert '<option value="2026-2027">' in (await curator.get("/reports")).text
    text = (await curator.get("/reports?year=2026-2027&part=h1")).text
    assert "92" in text
    assert "/people?side=mentor" not in text
    assert (await curator.get("/reports?year=1999-2000&part=nonsense")).status_code == 200


async def test_the_file_of_a_year_is_the_year_that_was_chosen(browsers: Browsers) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    answer = await curator.post("/reports/numbers", data={"year": "2026-2027"})
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    assert (await curator.post("/reports/numbers", data={"year": "вчера"})).status_code == 409
    assert (await curator.post("/reports/secrets")).status_code == 404


async def test_the_week_shows_its_last_eight(browsers: Browsers) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    text = (await curator.get("/week")).text
    assert "Встречи за восемь недель" in text
    assert "На прошлой неделе состоялось 16 встреч" in text


async def test_a_picture_and_the_heads_report_are_of_the_time_on_the_screen(browsers: Browsers) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    text = (await curator.get("/reports?part=h1")).text
    assert text.count("Картинка PNG</a>") == 4
    href = "/reports/chart/months.png?year=2026-2027&amp;part=h1"
    assert f'href="{href}"' in text
    picture = await curator.get(href.replace("&amp;", "&"))
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert (await curator.get("/reports/chart/nothing.png")).status_code == 404
    made = await curator.post("/reports/head", data={"year": "2026-2027", "part": "h1"})
    assert made.status_code == 200
    assert made.content.startswith(b"PK")
    assert "отчёт скачан" in (await curator.get("/journal?group=report")).text

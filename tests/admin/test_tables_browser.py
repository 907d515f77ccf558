"""Lists and what is done to many, in a real browser: without a script all of it works, with one it is kinder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from program.roles import StaffRole
from storage.database import Database
from storage.tables import School
from tests.admin.conftest import account
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site, serving
from tests.admin.world import furnish
from tests.build import person

pytestmark = pytest.mark.browser


@pytest.fixture
async def site(database: Database, school: School, now: datetime) -> AsyncIterator[Site]:
    world = await furnish(database, school, now)
    async with database.transaction() as session:
        session.add_all(person(school, "Аня", f"Ёлкина{n:02}", class_name="7Б") for n in range(60))
    login = await account(database, school, StaffRole.CURATOR, now)
    async with serving(database, now) as (url, browser):
        yield Site(url, login, world, browser)


async def test_without_a_script_a_list_is_sorted_ticked_changed_and_put_back(site: Site) -> None:
    async with site.window(script=False) as page:
        await site.enter(page)
        await page.goto(site.url + "/people?class_name=7Б")
        await page.click("thead >> text=Имя")
        assert "Ёлкина59" in await page.inner_text("tbody tr >> nth=0")
        for number in (0, 1):
            await page.check(f"tbody tr >> nth={number} >> input[name=ids]")
        await page.select_option("#verb", "class")
        await page.click("#bulk button >> text=Дальше")
        assert "Коснётся 2 человек" in await page.inner_text("main")
        await page.fill("#to_class", "школа")
        await page.click("main button >> text=Сменить класс: 2")
        assert await page.title() == "Ошибка: Сменить класс – Наставник"
        assert await page.input_value("#to_class") == "школа"
        await page.fill("#to_class", "8 б")
        await page.click("main button >> text=Сменить класс: 2")
        assert "Готово: класс изменён. Учеников: 2." in await page.inner_text("main")
        await page.click("main button >> text=Отменить")
        assert "Отменено" in await page.inner_text("main")
        await page.goto(site.url + "/people?class_name=7Б&sort=-name")
        assert "Участники (60)" in await page.inner_text("h1")
    assert site.strangers == []


async def test_with_a_script_the_number_of_ticked_rows_is_told_also_after_narrowing(site: Site) -> None:
    async with site.window() as page:
        await site.enter(page)
        await page.goto(site.url + "/people")
        assert await page.inner_text("[data-ticked]") == ""
        await page.check("tbody tr >> nth=0 >> input[name=ids]")
        await page.locator("text=Отмечено: 1").wait_for()
        await page.click("text=Отметить всех на странице")
        await page.locator("text=Отмечено: 50").wait_for()
        await page.fill("#q", "котов")
        await page.locator("#people >> text=Ёлкина00").wait_for(state="detached")
        await page.wait_for_url("**q=%D0%BA*")
        await page.click("text=Отметить всех на странице")
        await page.locator("text=Отмечено: 1").wait_for()
        await page.wait_for_timeout(500)
        assert await page.inner_text("[data-ticked]") == "Отмечено: 1", "leaving the field unticks nothing"
        assert await page.input_value("#bulk input[name=query]") == "q=%D0%BA%D0%BE%D1%82%D0%BE%D0%B2"
        await page.select_option("#by-class_name", "7Б")
        await page.locator("text=Таких участников нет").wait_for()
        await page.click("text=Сохранить вид")
        await page.fill("#view-name", "Мои")
        assert "Слова из поиска не запоминаются" in await page.inner_text("main")
        await page.click("#people-views button")
        assert page.url.endswith("/people?class_name=7%D0%91&done=view-saved"), (
            "what is on the screen is saved"
        )


@pytest.mark.parametrize("width", [1280, 360])
async def test_lists_and_what_is_done_to_many_are_accessible(site: Site, width: int) -> None:
    wrong: list[str] = []
    async with site.window(width) as page:
        await site.enter(page)
        await page.request.post(
            site.url + "/views", form={"page": "people", "name": "7Б", "query": "class_name=7Б&sort=-name"}
        )
        for path in (
            "/people", "/people?class_name=7Б&sort=-name&page=2", "/people?consent=missing&since_from=2026-09-01",
            "/views?page=people", "/consents", "/pairs", "/meetings/table", "/messages", "/selection", "/queue", "/plans", "/invitations", "/questionnaires",
        ):  # fmt: skip
            await page.goto(site.url + path)
            wrong += await look(page, path, width)
        for verb in ("class", "left", "consent"):
            await page.goto(site.url + "/people?class_name=7Б")
            await page.check("tbody tr >> nth=0 >> input[name=ids]")
            await page.check("#bulk-all")
            await page.select_option("#verb", verb)
            async with page.expect_navigation():
                await page.click("#bulk button >> text=Дальше")
            wrong += await look(page, f"bulk-{verb}", width)
        await page.goto(site.url + "/people?class_name=7Б")
        await page.check("tbody tr >> nth=0 >> input[name=ids]")
        await page.select_option("#verb", "cards")
        await page.click("#bulk button >> text=Дальше")
        async with page.expect_navigation():  # the answer comes when the cards are made
            await page.click("main button >> text=Сделать карточки: 1")
        wrong += await look(page, "bulk-result", width)
    assert wrong == []
    assert site.strangers == []

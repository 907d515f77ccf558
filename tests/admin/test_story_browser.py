"""Two windows that edit one card, the question before a removal, the first start: in a browser, with and without script."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions import first_run
from storage.database import Database
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site, serving, site

__all__ = ["site"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
async def test_two_windows_that_edit_one_card(site: Site, script: bool) -> None:
    found: list[str] = []
    path = f"{site.url}/people/{site.world.mentee}/edit"
    async with site.window(1280, script=script) as first, site.window(360, script=script) as second:
        await site.enter(first)
        await site.enter(second)
        await first.goto(path)
        await second.goto(path)
        found += await look(first, "person-edit", 1280) if script else []
        await first.fill("#class_name", "8Б")
        await first.fill("#last_name", "Кошкина")
        await first.click("main form button.btn-primary")
        await first.wait_for_url(f"{site.url}/people/{site.world.mentee}?done=corrected")
        await second.fill("#last_name", "Мышкина")
        await second.click("main form button.btn-primary")
        assert "Ошибка:" in await second.title()
        assert await second.input_value("#last_name") == "Мышкина"
        assert await second.input_value("#class_name") == "8Б"
        shown = await second.inner_text("#versions")
        assert "Кошкина" in shown
        assert "вы не меняли" in shown
        found += await look(second, "person-edit-clash", 360) if script else []
        await second.click('a[href="#versions"]')
        assert second.url.endswith("#versions")
        await second.click("main form button.btn-primary")
        await second.wait_for_url(f"{site.url}/people/{site.world.mentee}?done=corrected")
        assert "Мышкина" in await second.inner_text("h1")
    assert found == []


async def test_a_removal_is_asked_about_and_staying_is_the_default(site: Site) -> None:
    found: list[str] = []
    person = f"{site.url}/people/{site.world.waiting}"
    for width in (1280, 360):
        async with site.window(width) as page:
            await site.enter(page)
            await page.goto(person)
            found += await look(page, "person", width)
            await page.get_by_role("button", name="Не представляет ребёнка").click()
            found += await look(page, "sure", width)
            await page.get_by_role("link", name="Оставить как есть").click()
            await page.wait_for_url(f"{person}#guardians")
            await page.goto(f"{site.url}/pairs/{site.world.active}")
            found += await look(page, "pair", width)
    assert found == []


async def test_the_first_start_leads_to_the_first_page_by_keyboard(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        token = await first_run.open_door(session, now)
    assert token is not None
    found: list[str] = []
    async with serving(database, now) as (url, browser):
        page = await browser.new_page(viewport={"width": 360, "height": 800})
        await page.goto(f"{url}/setup/{token}")
        found += await look(page, "setup", 360)
        await page.focus("#name")
        await page.keyboard.type("Школа № 5")
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"{url}/setup/{token}/account")
        found += await look(page, "setup-account", 360)
        await page.fill("#login", "curator")
        await page.fill("#password", "длинная фраза")
        await page.fill("#again", "другая фраза")
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        found += await look(page, "setup-account-error", 360)
        await page.fill("#password", "длинная фраза")
        await page.fill("#again", "длинная фраза")
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"{url}/begin")
        found += await look(page, "begin", 360)
        await page.get_by_role("link", name="Пропустить").click()
        await page.wait_for_url(f"{url}/")
    assert found == []

"""Ideas, the week and the reminders' switches in a real browser: wide and narrow, without a script."""

from __future__ import annotations

import pytest

from tests.admin.looking import look
from tests.admin.test_pages_browser import Site
from tests.admin.test_pages_browser import site as site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 360])
async def test_ideas_and_the_week_are_within_reach_of_everybody(site: Site, width: int) -> None:
    wrong: list[str] = []
    async with site.window(width) as page:
        await site.enter(page)
        for path in ("/materials", "/materials/our_rules", "/week", "/settings/nudges"):
            await page.goto(site.url + path)
            wrong += await look(page, path, width)
    assert wrong == []
    assert site.strangers == []


async def test_an_idea_of_the_school_is_added_without_a_script(site: Site) -> None:
    async with site.window(360, script=False) as page:
        await site.enter(page)
        await page.goto(f"{site.url}/materials")
        await page.fill("#title", "Наш музей")
        await page.fill("#words", "Сходите в зал № 3.")
        await page.click("text=Добавить >> nth=-1")
        await page.wait_for_url("**done=material*")
        assert "Наш музей" in await page.inner_text("main")

"""The road map, partners and documents in a real browser: wide and narrow, filled and wrong, without a script."""

from __future__ import annotations

import pytest

from tests.admin.looking import look
from tests.admin.test_pages_browser import Site
from tests.admin.test_pages_browser import site as site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 360])
async def test_the_year_the_partners_and_the_papers_are_within_reach_of_everybody(
    site: Site, width: int
) -> None:
    road, wrong = site.world.road, []
    async with site.window(width) as page:
        await site.enter(page)
        for path in (
            "/roadmap", "/roadmap?year=2027-2028", "/roadmap/new", f"/roadmap/events/{road.event}", "/roadmap/stages",
            "/partners", "/partners/new", f"/partners/{road.partner}", f"/partners/{road.partner}/edit",
            "/documents", "/documents/new", f"/documents/{road.paper}",
        ):  # fmt: skip
            await page.goto(site.url + path)
            wrong += await look(page, path, width)
        await page.goto(f"{site.url}/documents/new")
        await page.fill("#title", "Положение")
        await page.click("main .btn-primary")
        assert (await page.title()).startswith("Ошибка:")
        wrong += await look(page, "/documents-error", width)
        await page.goto(f"{site.url}/partners/new")
        await page.fill("#name", "Завод")
        await page.fill("#contact", "Кто-то")
        await page.click("main .btn-primary")
        assert await page.input_value("#contact") == "Кто-то"
        wrong += await look(page, "/partners-error", width)
    assert wrong == []
    assert site.strangers == []


async def test_a_map_is_begun_and_marked_without_a_script(site: Site) -> None:
    async with site.window(360, script=False) as page:
        await site.enter(page)
        await page.goto(f"{site.url}/roadmap?year=2027-2028")
        await page.check("#how-year")
        await page.click("main .btn-primary")
        await page.wait_for_url("**done=roadmap-begun*")
        await page.locator("main button[value=done]").last.click()
        await page.wait_for_url("**done=roadmap-marked*")
        assert "Выполнено 1 из 28." in await page.inner_text("main")

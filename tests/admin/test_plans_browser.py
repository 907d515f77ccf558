"""Programmes of pairs in a real browser: wide and narrow, without a script."""

from __future__ import annotations

import pytest

from program.plans import PlanState
from storage.database import Database
from storage.tables import School
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site
from tests.admin.test_pages_browser import site as site
from tests.admin.test_plan_group_pages import furnish_group
from tests.admin.test_plan_pages import furnish

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 360])
async def test_a_programme_is_within_reach_of_everybody(
    site: Site, database: Database, school: School, width: int
) -> None:
    pairs = [
        (await furnish(database, school, state)).pair for state in (None, PlanState.DRAFT, PlanState.AGREED)
    ]
    pairs.append((await furnish_group(database, school)).pair.id)
    wrong: list[str] = []
    async with site.window(width) as page:
        await site.enter(page)
        for path in (
            "/plans",
            *(f"/plans/{key}" for key in pairs),
            f"/plans/{pairs[1]}/edit",
            f"/plans/{pairs[2]}/edit",
        ):
            await page.goto(site.url + path)
            await page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
            wrong += await look(page, path, width)
    assert wrong == []
    assert site.strangers == []


async def test_a_programme_is_changed_and_acknowledged_without_a_script(
    site: Site, database: Database, school: School
) -> None:
    ids = await furnish(database, school)
    async with site.window(360, script=False) as page:
        await site.enter(page)
        await page.goto(f"{site.url}/plans/{ids.pair}/edit")
        await page.fill("#schedule", "по средам после уроков")
        await page.click("text=Сохранить >> nth=0")
        await page.wait_for_url("**done=plan-saved*")
        assert "по средам после уроков" in await page.inner_text("main")
        await page.click("button:has-text('Отметить')")
        await page.wait_for_url("**done=plan-read*")
        assert "В работе" in await page.inner_text("main")

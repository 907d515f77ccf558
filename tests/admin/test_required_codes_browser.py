"""The code that a school asks for, set up in a real browser on a telephone: no account is lost on the way."""

from __future__ import annotations

import base64
from datetime import datetime

import pytest
from playwright.async_api import Page

from actions import second_step
from actions.work import Work
from program import one_time_codes as codes
from program.roles import StaffRole
from storage.database import Database
from storage.tables import School
from tests.admin.conftest import PASSWORD
from tests.admin.test_every_page_browser import AXE, NARROW, faults
from tests.admin.test_pages_browser import Site
from tests.admin.test_pages_browser import site as site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
async def test_a_code_is_set_up_on_the_way_in(
    site: Site, database: Database, now: datetime, script: bool
) -> None:
    async with database.transaction() as session:
        school = await session.get_one(School, 1)
        await second_step.require(Work(session, school, now, "cli"), [StaffRole.CURATOR])
    async with site.window(NARROW, script=script) as page:
        await page.goto(site.url + "/login?next=/people")
        await page.fill("#login", site.login)
        await page.fill("#password", PASSWORD)
        await page.click("main button")
        assert await page.inner_text("h1") == "Включите код при входе"
        assert await page.locator("nav a").count() == 0
        secret = base64.b32decode((await page.inner_text("main code")).replace(" ", ""))
        for typed, waits in (("000000", True), (codes.code_at(secret, codes.step_of(now)), False)):
            if script:
                assert await _wrong(page) == []
            await page.fill("#entry_code", typed)
            await page.click("main button")
            await page.wait_for_load_state()
            assert await page.locator("#entry_code").count() == int(waits)
        assert await page.locator("main li code").count() == codes.RECOVERY
        if script:
            assert await _wrong(page) == []
        await page.click("main a.btn")
        await page.wait_for_url(site.url + "/people")
        await page.goto(site.url + "/settings/users")
        await page.uncheck("#code_roles-1")
        await page.click("text=Сохранить требование")
        await page.get_by_role("heading", name="Вход без кода").wait_for()
        if script:
            assert await _wrong(page) == []
        await page.fill("#password", PASSWORD)
        await page.click("text=Больше не требовать кода")
        await page.wait_for_load_state()
        assert await page.locator("#status", has_text="Сохранено, от кого требуется код").count() == 1
    assert not site.strangers


async def _wrong(page: Page) -> list[str]:
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    return await faults(page)

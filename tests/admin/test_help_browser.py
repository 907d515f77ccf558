"""A call for help reaches an open page of the curator within five seconds; the pages are accessible at both widths."""

from __future__ import annotations

from datetime import datetime
from time import perf_counter

import pytest

from actions import care
from actions.work import Work
from program.care import About
from program.roles import StaffRole
from storage.database import Database
from storage.tables import School
from tests.admin.conftest import account
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site
from tests.admin.test_pages_browser import site as site

pytestmark = pytest.mark.browser

WITHIN = 5.0  # seconds; issue «The life of a pair»


async def test_a_call_is_on_the_curators_open_page_within_five_seconds(
    site: Site, database: Database, school: School, now: datetime
) -> None:
    async with site.window() as page:
        await site.enter(page)
        await page.wait_for_selector("#calls-now p")  # the one of the furnished school
        async with page.expect_response(lambda answer: "seen=1-" in answer.url) as quiet:
            pass
        assert (await quiet.value).status == 204, "nothing new is not read out again"
        async with database.transaction() as session:
            work = Work(session, await session.merge(school, load=False), now)
            await care.call(work, site.world.mentee, About.TALK)
        began = perf_counter()
        await page.get_by_text("2 просьбы о помощи ждут").wait_for(timeout=WITHIN * 1000)
        assert perf_counter() - began < WITHIN
    assert site.strangers == []


@pytest.mark.parametrize("width", [1280, 360])
async def test_the_pages_of_help_are_accessible(
    site: Site, database: Database, school: School, now: datetime, width: int
) -> None:
    wrong = []
    async with site.window(width) as page:
        await site.enter(page)
        for path in ("/help", "/help-rules", "/calls"):
            await page.goto(site.url + path)
            wrong += await look(page, path, width)
    site.login = await account(database, school, StaffRole.PSYCHOLOGIST, now)
    async with site.window(width) as page:
        await page.goto(site.url + "/login")
        await page.fill("#login", site.login)
        await page.fill("#password", "длинная фраза для входа")
        await page.click("main button")
        for path in ("/care", f"/care/{site.world.mentee}"):
            await page.goto(site.url + path)
            wrong += await look(page, path, width)
    assert wrong == []

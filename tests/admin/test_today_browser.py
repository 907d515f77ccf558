"""«Сегодня», the reminder, channels and copies in a real browser: narrow and wide, nothing in the way."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from actions import upkeep
from app.copies import Shelf
from app.settings import load
from program.channels import Channel
from program.roles import StaffRole
from program.text import Text
from storage.database import Database
from storage.tables import School
from tests.admin.conftest import account
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site, serving
from tests.admin.test_ten_minutes import a_day
from tests.admin.world import furnish

pytestmark = pytest.mark.browser


async def test_today_and_what_hangs_on_it_can_be_used_narrow_and_wide(
    database: Database, school: School, now: datetime, tmp_path: Path
) -> None:
    world = await furnish(database, school, now)
    await a_day(database, school, now)
    async with database.transaction() as session:
        wrong = [Text("upkeep-vk-messages-off")]
        await upkeep.note_channel(session, Channel.VK, upkeep.ASKED, wrong, now)
    values = {
        "NASTAVNIK_DATA_DIR": str(tmp_path / "data"),
        "NASTAVNIK_DATABASE_URL": database.url,
    }
    shelf = Shelf(load(values, tmp_path / "no.env"), lambda: now)
    login = await account(database, school, StaffRole.CURATOR, now)
    found: list[str] = []
    async with serving(database, now, shelf) as (url, browser):
        site = Site(url, login, world, browser)
        for width in (1280, 360):
            async with site.window(width) as page:
                await site.enter(page)
                found += await look(page, "today", width)
                await page.get_by_role("link", name="Напомнить: Участники ждут согласия").click()
                found += await look(page, "remind", width)
                await page.goto(url + "/settings/upkeep")
                await page.get_by_role("button", name="Сделать копию").click()
                found += await look(page, "upkeep", width)
                await page.goto(url + "/launch/texts")
                found += await look(page, "texts", width)
        assert not site.strangers
    assert found == []

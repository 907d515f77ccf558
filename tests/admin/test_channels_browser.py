"""«Каналы» in a real browser: one press on a phone, nothing too wide, the state said in words beside every colour."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from app.desk import Desk
from program.roles import StaffRole
from storage.database import Database
from storage.tables import School
from tests.admin.conftest import account
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site, serving
from tests.admin.world import furnish
from tests.app.test_doctor import settings
from tests.worlds import TelegramWorld, VkWorld

pytestmark = pytest.mark.browser


async def test_the_channels_can_be_looked_at_and_set_narrow_and_wide(
    database: Database, school: School, now: datetime, tmp_path: Path
) -> None:
    world = await furnish(database, school, now)
    login = await account(database, school, StaffRole.CURATOR, now)
    found: list[str] = []
    async with TelegramWorld() as telegram, VkWorld() as vk:
        telegram.can_join_groups, vk.can_message, vk.kinds["message_deny"] = True, 0, 0
        vk.user_rights = 8192
        given = settings(
            tmp_path,
            TELEGRAM__TOKEN=telegram.token,
            TELEGRAM__API_URL=telegram.url,
            VK__TOKEN=vk.token,
            VK__WALL_TOKEN=vk.wall_token,
            VK__GROUP_ID=str(vk.group_id),
            VK__API_URL=vk.url,
        )
        desk = Desk(given, database, lambda: now)
        await desk.look_at_all()  # aiogram takes its seconds to load before somebody waits
        async with serving(database, now, channels=desk) as (url, browser):
            site = Site(url, login, world, browser)
            for width in (1280, 360):
                async with site.window(width) as page:
                    await site.enter(page)
                    await page.goto(url + "/settings/channels")
                    await page.get_by_role("button", name="Проверить сейчас").click()
                    found += await look(page, "channels", width)
                    await page.get_by_role("button", name="Проверить право публикации").click()
                    await page.get_by_text("Новости выйдут сами, но без картинок").wait_for()
                    if width == 360:
                        await page.get_by_role("button", name="Исправить: Сообщения сообщества").click()
                        await page.get_by_text("Настройка исправлена").wait_for()
                    found += await look(page, "channels-tested", width)
        assert not site.strangers
        assert vk.can_message == 1
    assert found == []

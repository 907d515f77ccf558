"""Writing to the pair and sending a photo in a real browser, at a phone's width, without a script as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect
from sqlalchemy import select

from actions import relay_desk
from actions.work import Work
from program.relay import Photos, RelayRules
from storage import schools
from storage.tables import RelayMessage
from tests.pairs import couple
from tests.web.test_browser import Live, accessible
from tests.web.test_browser import live as live
from tests.web.test_relay import png

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
async def test_a_pupil_writes_and_sends_a_picture(live: Live, tmp_path: Path, script: bool) -> None:
    pages = live.pages
    async with pages.database.transaction() as session:
        school = await schools.get(session, pages.school.id)
        ids = await couple(session, school)
        await relay_desk.save_rules(Work(session, school, pages.now), RelayRules(photos=Photos.HOLD))
    picture = tmp_path / "рисунок.png"
    picture.write_bytes(png())

    page = await live.open(f"/chat/{pages.links.chat_token(ids.mentee)}", 360, java_script_enabled=script)
    await page.get_by_label("Сообщение").fill("переписка")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Понятно").click()
    await expect(page.get_by_text("Напиши сообщение.")).to_be_visible()
    if script:
        await accessible(page, "relay-chat")
    async with page.context.expect_page() as opened:
        await page.get_by_role("link", name="Приложить фото").click()
    page = await opened.value
    await expect(page.get_by_role("heading", name="Фото для переписки")).to_be_visible()
    if script:
        await accessible(page, "relay-photo")
    await page.get_by_label("Фото", exact=True).set_input_files(picture)
    await page.get_by_label("Подпись, если нужна").fill("Мой проект")
    await page.get_by_role("button", name="Отправить").click()
    await expect(page.get_by_role("status")).to_contain_text("Сообщение у куратора")

    async with pages.database.reading() as session:
        (kept,) = await session.scalars(select(RelayMessage))
    assert (kept.words, kept.photo_id is not None) == ("Мой проект", True)

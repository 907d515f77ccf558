"""The pages in a real browser: accessible at both widths, by keyboard, with the script and without it."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.messenger import Button, Outgoing
from bot.web.messenger import WebMessenger
from storage.database import Database
from storage.tables import Consent, School, WebMessage
from tests.conftest import rows
from tests.web.conftest import Pages
from tests.web.test_demo import make_demo

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = (1280, 360)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
PICTURES = os.environ.get("NASTAVNIK_PICTURES", "")  # a folder: keep a picture of every page


@dataclass
class Live:
    """The pages on a real port, with a browser."""

    pages: Pages
    browser: Browser
    url: str

    async def open(self, path: str, width: int = 360, **context: Any) -> Page:
        made = await self.browser.new_context(
            viewport={"width": width, "height": 760}, locale="ru-RU", reduced_motion="reduce", **context
        )
        page = await made.new_page()
        page.on("request", lambda request: self._inside(request.url))
        await page.goto(self.url + path)
        return page

    def _inside(self, url: str) -> None:
        assert url.startswith(self.url), f"a page asked {url}"


@pytest.fixture
async def live(database: Database, school: School, now: datetime) -> AsyncIterator[Live]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    pages = make_demo(database, school, now, url)
    server = uvicorn.Server(
        uvicorn.Config(pages.app, port=port, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    )
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it no other way
        await asyncio.sleep(0.01)
    async with async_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield Live(pages, browser, url)
        await browser.close()
    server.should_exit = True
    await serving


async def accessible(page: Page, name: str) -> None:
    """No violation of WCAG 2.2 AA that axe can find, no sideways scrolling."""
    await page.evaluate(AXE)
    found = await page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}}).then(r => r.violations)", RULES
    )
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == [], name
    wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide}"
    if skip := await page.query_selector(".skip"):
        assert ((await skip.bounding_box()) or {})["x"] < 0, (
            f"{name} shows the link past its head to everybody"
        )
    if PICTURES:
        width = page.viewport_size["width"] if page.viewport_size else 0
        await page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("width", WIDTHS)
async def test_every_page_is_accessible(live: Live, width: int) -> None:
    pages = live.pages
    person = await pages.person()
    messenger = WebMessenger(pages.database, pages.clock)
    _, consent = await pages.guardian_link(first_name="Лиза")
    join = await pages.invitation()

    page = await live.open(pages.chat(person), width)
    await accessible(page, "chat-empty")
    await page.get_by_label("Сообщение").fill("мне нужна помощь")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine")).to_have_count(1)
    scale = tuple(tuple(Button(str(n), f"t:9:{n}") for n in row) for row in (range(1, 6), range(6, 11)))
    await messenger.send(Outgoing(str(person.id), "Насколько интересно было?", 901, scale))
    await expect(page.get_by_role("button", name="10")).to_be_visible()
    await accessible(page, "chat")

    await accessible(await live.open(f"/join/{join}", width), "join")
    await accessible(await live.open("/join/nothing", width), "unfit")
    await accessible(await live.open("/demo", width), "demo")

    page = await live.open(f"/consent/{consent}", width)
    await accessible(page, "consent")
    await page.get_by_text("Полный текст").first.click()
    await accessible(page, "consent-full")
    await page.get_by_role("button", name="Отправить ответы").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await accessible(page, "consent-wrong")
    for purpose in await page.get_by_role("radio", name="Даю согласие", exact=True).all():
        await purpose.check()
    for label, words in (("Фамилия", "Котова"), ("Имя", "Ирина"), ("Год рождения", "1985")):
        await page.get_by_label(label, exact=True).fill(words)
    await page.get_by_label("Мать").check()
    await page.get_by_role("button", name="Отправить ответы").click()
    await page.wait_for_url("**/done/**")
    await accessible(page, "consent-done")


async def test_a_parent_answers_by_keyboard_alone_without_a_script(live: Live) -> None:
    child, token = await live.pages.guardian_link(first_name="Лиза")
    page = await live.open(f"/consent/{token}", java_script_enabled=False)
    await page.keyboard.press("Tab")  # skip link
    await page.keyboard.press("Tab")  # demo's list
    for choice in ("Space", "Space", "ArrowRight", "ArrowRight"):
        await page.keyboard.press("Tab")  # full text
        await page.keyboard.press("Tab")  # the two answers
        if choice == "ArrowRight":
            await page.keyboard.press("Space")
        await page.keyboard.press(choice)
    for words in ("Котова", "Ирина", "Олеговна"):
        await page.keyboard.press("Tab")
        await page.keyboard.type(words)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.type("1985")
    for _ in ("phone", "reason", "own words", "button"):
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ответы записаны")
    lines = await rows(live.pages.database, Consent, person_id=child.id)
    assert {line.kind: line.event for line in lines} == {
        "pd": "given", "participation": "given", "publication": "refused", "messenger": "refused",
    }  # fmt: skip
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / "consent-done-360.png", full_page=True)


async def test_the_chat_goes_on_without_a_script(live: Live) -> None:
    person = await live.pages.person()
    page = await live.open(live.pages.chat(person), java_script_enabled=False)
    await page.get_by_label("Сообщение").fill("мне нужна помощь")
    await page.keyboard.press("Enter")
    await page.locator("form.answers button").first.click()
    await expect(page.locator(".mine")).to_have_count(2)
    await expect(page.get_by_role("link", name="Обновить")).to_be_visible()


async def test_an_answer_appears_and_the_focus_stays(live: Live) -> None:
    person = await live.pages.person()
    page = await live.open(live.pages.chat(person))
    field = page.get_by_label("Сообщение")
    await field.fill("мне нужна помощь")
    await page.keyboard.press("Enter")
    await expect(page.locator(".ours")).to_have_count(1)
    await expect(field).to_be_focused()
    await expect(field).to_have_value("")

    await page.keyboard.press("Shift+Tab")  # the last button of the newest message
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine")).to_have_count(2)
    await expect(field).to_be_focused()


async def test_a_message_that_comes_meanwhile_appears_by_itself(live: Live) -> None:
    person = await live.pages.person()
    page = await live.open(live.pages.chat(person))
    field = page.get_by_label("Сообщение")
    await field.fill("начатые слова")
    await WebMessenger(live.pages.database, live.pages.clock).send(
        Outgoing(str(person.id), "Напоминание", 902)
    )
    await expect(page.locator(".ours")).to_contain_text(["Напоминание"])
    await expect(field).to_have_value("начатые слова")


async def test_words_are_not_lost_or_doubled_when_the_network_fails(live: Live) -> None:
    person = await live.pages.person()
    page = await live.open(live.pages.chat(person))
    field = page.get_by_label("Сообщение")
    await page.context.set_offline(True)
    await field.fill("меню")
    await page.keyboard.press("Enter")
    await expect(page.locator("#status")).to_contain_text("Нет связи")
    await expect(field).to_have_value("меню")
    await page.context.set_offline(False)
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine")).to_have_count(1)
    assert [row.mine for row in await rows(live.pages.database, WebMessage)].count(True) == 1

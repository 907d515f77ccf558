"""Journeys and wrong input in a real browser. Every page there is: test_every_page_browser.py."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import pytest
import uvicorn
from playwright.async_api import Browser, BrowserContext, Page, Request, async_playwright

from actions.links import Links
from admin.application import build
from admin.visit import Channels, Copies
from program.roles import StaffRole
from storage.database import Database
from storage.tables import School
from tests.admin.conftest import PASSWORD, account
from tests.admin.looking import look
from tests.admin.world import World, furnish

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Site:
    """The admin on a loopback port, with a furnished school."""

    url: str
    login: str
    world: World
    browser: Browser
    strangers: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def window(self, width: int = 1280, *, script: bool = True) -> AsyncIterator[Page]:
        context: BrowserContext = await self.browser.new_context(
            viewport={"width": width, "height": 900},
            locale="ru-RU",
            timezone_id="Europe/Moscow",
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        page = await context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", self._watch)
        yield page
        await context.close()

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:")):
            self.strangers.append(request.url)

    async def enter(self, page: Page) -> None:
        await page.goto(self.url + "/login")
        await page.fill("#login", self.login)
        await page.fill("#password", PASSWORD)
        await page.click("main button")
        await page.wait_for_url(self.url + "/")
        await page.wait_for_function(
            "() => document.readyState === 'complete'"
        )  # its keys are heard from now on


@asynccontextmanager
async def serving(
    database: Database, now: datetime, copies: Copies | None = None, channels: Channels | None = None
) -> AsyncIterator[tuple[str, Browser]]:
    """The admin on a free loopback port, and a browser."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    links = Links(url, "secret")
    application = build(
        database,
        lambda: now,
        links,
        secure_cookies=False,
        wake=lambda: None,
        copies=copies,
        channels=channels,
    )
    server = uvicorn.Server(uvicorn.Config(application, port=port, log_level="warning", lifespan="off"))
    running = asyncio.create_task(server.serve())
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        while not server.started:  # noqa: ASYNC110 - uvicorn tells by a flag only
            await asyncio.sleep(0.01)  # until the port answers
        yield url, browser
        await browser.close()
    server.should_exit = True
    await running


@pytest.fixture
async def site(database: Database, school: School, now: datetime) -> AsyncIterator[Site]:
    world = await furnish(database, school, now)
    login = await account(database, school, StaffRole.CURATOR, now)
    async with serving(database, now) as (url, browser):
        yield Site(url, login, world, browser)


@pytest.mark.parametrize("width", [1280, 360])
async def test_pages_of_errors_are_accessible_and_keep_to_themselves(site: Site, width: int) -> None:
    wrong = []
    async with site.window(width) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        await page.goto(site.url + "/login")
        wrong += await look(page, "/login", width)
        await page.fill("#login", site.login)
        await page.fill("#password", "не тот пароль")
        await page.click("main button")
        wrong += await look(page, "/login-error", width)
        await site.enter(page)
        errors.clear()  # the browser itself notes the 422 of the wrong password
        await page.goto(site.url + "/nowhere")
        wrong += await look(page, "/nowhere", width)
        wrong += [error for error in errors if "404" not in error]
        wrong += await _error_states(page, site, width)
    assert wrong == []
    assert site.strangers == []


async def _error_states(page: Page, site: Site, width: int) -> list[str]:
    """Forms that were filled in wrongly, and a refusal."""
    wrong = []
    await page.goto(f"{site.url}/news/new")
    await page.fill("#title", "Без текста")
    await page.evaluate("document.querySelector('#news').noValidate = true")
    await page.click("#news .btn-primary")
    assert (await page.title()).startswith("Ошибка:")
    assert await page.input_value("#title") == "Без текста"
    await page.wait_for_function("document.activeElement.getAttribute('role') === 'alert'")
    wrong += await look(page, "/news-error", width)
    await page.goto(f"{site.url}/settings")
    await page.fill("#year", "2026")
    await page.click("form .btn-primary >> text=Сохранить")
    assert await page.get_attribute("#year", "aria-describedby") == "year-hint year-error"
    wrong += await look(page, "/settings-error", width)
    await page.goto(f"{site.url}/settings/users")
    await page.select_option("#role", "class_teacher")  # and no class
    await page.fill("#password", PASSWORD)
    await page.locator("main form", has=page.locator("#until")).locator(".btn-primary").click()
    assert (await page.title()).startswith("Ошибка:")
    wrong += await look(page, "/users-error", width)
    await page.goto(f"{site.url}/roster")
    await page.click("main .btn-primary")
    wrong += await look(page, "/roster-error", width)
    await page.goto(f"{site.url}/help")  # what a verb refuses comes back in the form, its fold open again
    await page.click("main details summary")
    await page.evaluate("for (const one of document.forms) one.noValidate = true")
    await page.click("main details[open] button")
    assert (await page.title()).startswith("Ошибка:")
    await page.wait_for_function("document.activeElement.getAttribute('role') === 'alert'")
    await page.click("[role=alert][tabindex] a")
    assert await page.is_visible("main details[open] [aria-invalid=true]:focus")
    wrong += await look(page, "/help-error", width)
    await page.goto(f"{site.url}/roster")
    await page.set_input_files(
        "#file", {"name": "8А.csv", "mimeType": "text/csv", "buffer": "ФИО;Класс\nПавлова Мария Олеговна;8А\nX;8А\n".encode()}
    )  # fmt: skip
    await page.click("main .btn-primary")
    await page.get_by_text("Павлова").first.wait_for(state="attached")
    wrong += await look(page, "/roster-preview", width)
    return wrong


async def test_a_season_of_decisions_by_keyboard_alone(site: Site) -> None:
    async with site.window() as page:
        await page.goto(site.url + "/login")
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.className") == "skip"
        await page.focus("#login")
        await page.keyboard.type(site.login)
        await page.keyboard.press("Tab")
        await page.keyboard.type(PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_url(site.url + "/")
        await _reach(page, "Разобрать")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/matching")
        await _reach(page, "Одобрить", whole=True)
        await page.keyboard.press("Enter")
        await page.locator("#status .ok").wait_for()
        assert "Участники пока ничего не знают" in await page.inner_text("#status")
        await _reach(page, "Объявить пары")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/announce")
        assert "Анна" not in await page.inner_text("main")  # pupils are called as they are called
        await _reach(page, "Объявить 2 пары")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**done=announced*")
        assert "Снегирёва" in await page.inner_text("main")


async def _reach(page: Page, words: str, *, whole: bool = False) -> None:
    """Tabs on until the focus is on something with these words, or with nothing else if `whole`."""
    for _ in range(80):
        await page.keyboard.press("Tab")
        found = await page.evaluate("document.activeElement.innerText") or ""
        if found == words or (words in found and not whole):
            return
    raise AssertionError(f"the keyboard does not reach «{words}»")


async def test_news_are_written_and_published_without_javascript(site: Site) -> None:
    async with site.window(360, script=False) as page:
        await site.enter(page)
        await page.click("summary")
        await page.click("details.side >> text=Новости")
        await page.click("text=Написать новость")
        await page.fill("#title", "День открытых дверей")
        await page.fill("#body", "В субботу ждём родителей.")
        await page.click("text=Сохранить и посмотреть")
        assert "В субботу ждём родителей." in await page.inner_text("main")
        await page.click("main button >> text=Опубликовать")
        assert "Новость опубликована." in await page.inner_text("#status")
        assert "Опубликовать на стене вручную" in await page.inner_text("main")
        await page.fill("#url", "https://vk.com/wall-1_2")
        await page.click("text=Запись опубликована")
        assert "опубликовано" in await page.inner_text("main")


async def test_typing_a_name_narrows_the_list_at_once_and_keeps_the_focus(site: Site) -> None:
    async with site.window() as page:
        await site.enter(page)
        await page.keyboard.press("Control+KeyK")
        assert await page.evaluate("document.activeElement.id") == "find"
        await page.goto(site.url + "/people")
        await page.evaluate("window.kept = true")
        await page.type("#q", "котов")
        await page.locator("#people >> text=Ветров").wait_for(state="detached")
        assert await page.evaluate("window.kept")
        assert await page.evaluate("document.activeElement.id") == "q"
        assert await page.inner_text("h1") == "Участники (1)"
        assert "q=%D0%BA" in page.url
        assert "q=%D0%BA" in (await page.get_attribute("#people-file", "action") or "")
        await page.context.clear_cookies()
        await page.type("#q", "а")
        await page.wait_for_url("**/login?next=**")
    assert site.strangers == []


async def test_a_person_is_found_by_keyboard_alone_and_the_field_closes(site: Site) -> None:
    async with site.window() as page:
        await site.enter(page)
        await page.keyboard.press("Control+KeyK")
        await page.keyboard.type("ветр")
        await page.locator("#find-list a").first.wait_for()
        assert await page.evaluate("document.activeElement.id") == "find"
        assert "Нашлось: 4" in await page.inner_text("#find-said")
        assert await look(page, "/search-open", 1280) == []
        await page.keyboard.press("ArrowDown")
        assert "Ветров Олег" in await page.evaluate("document.activeElement.innerText")
        await page.keyboard.press("ArrowUp")
        assert await page.evaluate("document.activeElement.id") == "find"
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Escape")
        assert await page.evaluate("document.activeElement.id") == "find"
        assert await page.locator("#find-list").count() == 0
        await page.keyboard.type("о")
        await page.locator("#find-list a").first.wait_for()
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/people/*")
        await page.keyboard.press("Control+KeyK")
        await page.keyboard.type("тихие часы")
        await page.keyboard.press("Enter")  # the page of results, as without a script
        await page.wait_for_url("**/find?q=*")
        assert "Время школы" in await page.inner_text("main")
    assert site.strangers == []


async def test_what_was_swapped_away_takes_no_focus_with_it(site: Site) -> None:
    async with site.window() as page:
        await site.enter(page)
        await page.evaluate(
            """() => {
              const box = document.querySelector("main").appendChild(document.createElement("div"));
              box.innerHTML = '<button id="again" hx-get="/find?q=x" hx-select="#find-list" hx-swap="outerHTML">…</button>';
              htmx.process(box);
              document.getElementById("again").focus();
            }"""
        )
        await page.keyboard.press("Enter")
        await page.locator("main #find-list").wait_for()
        await page.wait_for_function("() => document.activeElement.id === 'main'")


async def test_a_page_on_paper_has_no_menu_and_no_buttons_and_opens_what_is_closed(site: Site) -> None:
    async with site.window() as page:
        await site.enter(page)
        await page.goto(site.url + "/people")
        await page.emulate_media(media="print")
        for hidden in (".side", ".tabs", ".top", "footer", "main .btn"):
            assert not await page.locator(hidden).first.is_visible(), hidden
        assert await page.locator("main table >> text=Котова").first.is_visible()
        assert "Школа № 1" in await page.locator(".paper").inner_text()
        assert (
            await page.evaluate("getComputedStyle(document.querySelector('thead')).display")
            == "table-header-group"
        )
        assert len(await page.pdf()) > 1000


async def test_the_main_journeys_without_a_script(site: Site) -> None:
    """Signing in, finding somebody, approving a pair, announcing, taking a list out."""
    async with site.window(script=False) as page:
        await site.enter(page)
        await page.fill("#find", "8 а котова")
        await page.keyboard.press("Enter")
        await page.click("main >> text=Котова Аня Сергеевна")
        await page.wait_for_url("**/people/*")
        await page.click("nav.side >> text=Подбор пар")
        await page.get_by_role("button", name=re.compile("^Одобрить: ")).first.click()
        assert "Участники пока ничего не знают" in await page.inner_text("#status")
        await page.click("nav.tabs >> text=Объявить пары")
        await page.click("main button.btn-primary >> text=Объявить")
        await page.wait_for_url("**done=announced*")
        await page.click("nav.side >> text=Участники")
        async with page.expect_download() as taken:
            await page.locator("main button >> text=Скачать").first.click()
        assert (await taken.value).suggested_filename.endswith(".xlsx")

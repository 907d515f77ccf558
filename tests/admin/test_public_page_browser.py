"""The page for everybody in a browser: for all eyes, on a phone, and inside the school's own site."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from playwright.async_api import Page

from actions import public_page
from actions.work import Work
from program.public_page import PublicPage
from storage import schools
from storage.database import Database
from storage.tables import School
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site, site
from tests.admin.test_public_page import story
from tests.admin.test_reports_browser import OVERLAPPING, TEXTS_OUTSIDE
from tests.numbers import LATER, a_season

__all__ = ["site"]

pytestmark = pytest.mark.browser


@pytest.fixture
def now() -> datetime:
    return LATER


async def a_page(database: Database, school: School, now: datetime, own_site: str) -> None:
    page = PublicPage(on=True, site=own_site, about="Мы рядом.", contact="8 (343) 000-00-00")
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, school.id), now)
        await a_season(work)
        await public_page.save(work, page)
    await story(database, school, now)


@pytest.mark.parametrize("width", [1280, 360])
async def test_anybody_reads_the_page_without_an_account_or_a_script(
    site: Site, database: Database, school: School, now: datetime, width: int
) -> None:
    await a_page(database, school, now, "https://school1.example")
    wrong = []
    async with site.window(width, script=False) as page:
        await page.goto(site.url + "/school/first")
        assert "15" in (await page.text_content("svg.chart >> nth=0") or "")
        await page.click("summary >> nth=0")
        assert await page.is_visible("table >> nth=0")
    async with site.window(width) as page:
        for path in ("/school/first", "/school/first/fragment", "/school/nowhere"):
            await page.goto(site.url + path)
            wrong += await look(page, path, width)
            wrong += await page.evaluate(TEXTS_OUTSIDE) + await page.evaluate(OVERLAPPING)
        await site.enter(page)
        await page.goto(site.url + "/site")
        wrong += await look(page, "/site", width)
        await page.fill("#site", "наш сайт")
        await page.evaluate("document.querySelector('#site').form.noValidate = true")
        await page.click("text=Сохранить страницу")
        assert (await page.title()).startswith("Ошибка:")
        assert await page.input_value("#about") == "Мы рядом."
        wrong += await look(page, "/site-error", width)
    assert wrong == []
    assert site.strangers == []


async def test_only_the_named_site_shows_the_fragment_in_a_frame(
    site: Site, database: Database, school: School, now: datetime
) -> None:
    frame = (
        f'<!doctype html><title>Сайт</title><iframe src="{site.url}/school/first/fragment"></iframe>'.encode()
    )

    async def other_site(asked: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        await asked.readuntil(b"\r\n\r\n")
        out.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n")
        out.write(f"Content-Length: {len(frame)}\r\n\r\n".encode() + frame)
        await out.drain()
        out.close()

    server = await asyncio.start_server(other_site, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await a_page(database, school, now, f"http://localhost:{port}")
    async with server, site.window() as page:
        assert "Наставничество в цифрах" in await _framed(page, f"http://localhost:{port}/about")
        assert "Наставничество" not in await _framed(page, f"http://127.0.0.1:{port}/")


async def _framed(page: Page, address: str) -> str:
    """What the frame of that page shows."""
    await page.goto(address)
    await page.wait_for_load_state("networkidle")
    return await page.frames[1].locator("body").inner_text()

"""«Отчёты» in a browser: on a desk, on a phone, on paper, and in forced colours."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import Page

from actions import comparisons
from actions.work import Work
from program.roles import Side
from storage import schools
from storage.database import Database
from storage.tables import School
from tests.actions.test_comparisons import PUPILS, fill, people
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site, site
from tests.numbers import LATER, a_season

__all__ = ["site"]

pytestmark = pytest.mark.browser

TEXTS_OUTSIDE = """[...document.querySelectorAll("svg.chart")].flatMap(svg => {
    const frame = svg.getBoundingClientRect()
    return [...svg.querySelectorAll("text")].filter(one => {
        const box = one.getBoundingClientRect()
        return getComputedStyle(one).display !== "none" && (box.left < frame.left - 1 || box.right > frame.right + 1)
    }).map(one => one.textContent)
})"""
OVERLAPPING = """[...document.querySelectorAll("svg.chart")].flatMap(svg => {
    const seen = [...svg.querySelectorAll("text")].filter(one => getComputedStyle(one).display !== "none")
    const boxes = seen.map(one => [one.textContent, one.getBoundingClientRect()])
    return boxes.flatMap(([words, a], n) => boxes.slice(n + 1).filter(([_, b]) =>
        a.left < b.right - 1 && b.left < a.right - 1 && a.top + 4 < b.bottom - 4 && b.top + 4 < a.bottom - 4
    ).map(([other]) => words + " / " + other))
})"""


@pytest.fixture
def now() -> datetime:
    return LATER


async def a_year(database: Database, school: School, now: datetime) -> None:
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, school.id), now)
        await a_season(work)
        for n, one in enumerate(await people(work, 12, class_name="8А")):
            marks = {"C01": 3 + n % 4, "C02": 6, "S02": 4 + n % 3, "S04": 7}
            await fill(work, one, f"PRE_{PUPILS}", **marks)
            await fill(work, one, f"POST_{PUPILS}", **(marks | {"C01": 6 + n % 4, "S02": 6, "S04": 5}))
        await comparisons.sum_up(work, Side.MENTEE)


@pytest.mark.parametrize("width", [1280, 360])
async def test_a_year_is_read_from_top_to_bottom(
    site: Site, database: Database, school: School, now: datetime, width: int
) -> None:
    await a_year(database, school, now)
    wrong = []
    async with site.window(width) as page:
        await site.enter(page)
        await page.goto(site.url + "/reports")
        assert await page.locator("svg.chart").count() == 5
        wrong += await look(page, f"/reports-year-{width}", width)
        wrong += await page.evaluate(TEXTS_OUTSIDE)
        wrong += await page.evaluate(OVERLAPPING)
        await page.select_option("#part", "m10")
        await page.click("main form .btn-primary")
        assert "51" in await page.inner_text("main")
        for one in await page.locator("details.numbers summary").all():
            await one.click()
        wrong += await look(page, f"/reports-month-{width}", width)
        if width == 1280:
            wrong += await _on_paper(page)
    assert wrong == []
    assert site.strangers == []


async def _on_paper(page: Page) -> list[str]:
    """What is wrong with the page as a printer of A4 gets it, and in forced colours."""
    await page.emulate_media(media="print")
    await page.set_viewport_size({"width": 690, "height": 1000})
    wrong = await page.evaluate(TEXTS_OUTSIDE)
    if shots := os.environ.get("NASTAVNIK_SHOTS"):
        await page.pdf(path=Path(shots) / "reports.pdf", prefer_css_page_size=True)
        await page.emulate_media(media="screen", forced_colors="active")
        await page.screenshot(path=Path(shots) / "reports-forced.png", full_page=True)
    return [str(one) for one in wrong]


@pytest.mark.parametrize("width", [1280, 360])
async def test_reports_their_people_and_their_settings_fit(
    site: Site, database: Database, school: School, now: datetime, width: int
) -> None:
    await a_year(database, school, now)
    wrong = []
    async with site.window(width) as page:
        await site.enter(page)
        for name in ("coverage", "federal", "mentees"):
            await page.goto(f"{site.url}/reports/{name}")
            wrong += await look(page, f"/report-{name}", width)
        await page.goto(f"{site.url}/reports/coverage")
        await page.locator('main a[href*="/people?"]').first.click()
        assert await page.locator('main a[href^="/people/"]').count() > 0
        wrong += await look(page, "/report-people", width)
        for path in ("own", "own/mentees"):
            await page.goto(f"{site.url}/reports/{path}")
            wrong += await look(page, f"/report-{path}", width)
    assert wrong == []
    assert site.strangers == []

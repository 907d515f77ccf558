"""The matching board in a real browser: by keyboard alone, without scripts, two curators at once, on a phone."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from actions.work import Work
from program.roles import Side
from storage.database import Database
from storage.tables import School
from tests.actions.pool import join
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site, site

__all__ = ["site"]

pytestmark = pytest.mark.browser


@pytest.fixture
async def crowd(site: Site, database: Database, school: School) -> Site:
    """Three more mentees and two mentors with their questionnaires filled in: suggestions to decide about."""
    from tests.build import NOW

    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), NOW)
        for name in ("Белова", "Серова", "Ткач"):
            await join(work, Side.MENTEE, "Саша", name, said={"INT_ME_P.8": ["mon_day"]})
        for name in ("Жуков", "Лосев"):
            await join(work, Side.MENTOR, "Женя", name, said={"INT_MO.6b": ["mon_day"]})
    return site


async def _reach(page: Page, words: str, tag: str = "") -> None:
    """Tabs on until the focus is on something with these words, of this kind where it is named."""
    for _ in range(120):
        await page.keyboard.press("Tab")
        kind, said = await page.evaluate("[document.activeElement.tagName, document.activeElement.innerText]")
        if words in (said or "") and tag in ("", kind):
            return
    raise AssertionError(f"the keyboard does not reach «{words}»")


async def _rows(page: Page) -> list[str]:
    found = await page.locator("section[aria-labelledby=h-new] tr[id]").all()
    return [await one.get_attribute("id") or "" for one in found]


async def test_from_suggestion_to_announcement_by_keyboard_alone(crowd: Site) -> None:
    async with crowd.window() as page:
        await crowd.enter(page)
        await page.goto(crowd.url + "/matching?form=uch_uch")
        await _reach(page, "Подобрать пары")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**done=suggested*")
        first, second, *_ = await _rows(page)
        await page.evaluate("window.kept = true")
        await _reach(page, "Одобрить")
        while await page.evaluate("document.activeElement.innerText") != "Одобрить":
            await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await page.locator("section[aria-labelledby=h-approved]").locator(f"#{first}").wait_for()
        assert await page.evaluate("window.kept"), "only the board has changed, not the whole page"
        await page.wait_for_function("next => document.activeElement.id === next", arg=second)
        assert "Участники пока ничего не знают" in await page.inner_text("#status")
        await _reach(page, "Снять одобрение")
        await page.keyboard.press("Enter")
        await page.locator("section[aria-labelledby=h-new]").locator(f"#{first}").wait_for()
        assert "Одобрение снято" in await page.inner_text("#status")
        await page.evaluate("document.getElementById('main').focus()")
        await _reach(page, "Одобрить все")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/matching/approve")
        await _reach(page, "Одобрить ")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**done=approved-many*")
        await _reach(page, "Объявить пары")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/announce")
        await _reach(page, "Объявить", "BUTTON")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**done=announced*")
    assert crowd.strangers == []


async def test_the_second_curator_is_told_in_a_sentence_and_stays_on_the_board(crowd: Site) -> None:
    async with crowd.window() as first, crowd.window() as second:
        for page in (first, second):
            await crowd.enter(page)
            await page.goto(crowd.url + "/matching?form=uch_uch")
        await second.evaluate("window.kept = true")
        for page in (first, second):
            await page.locator("button >> text=Одобрить").nth(2).click()
        await second.locator("#status .bad").wait_for()
        assert "Эту пару уже разобрали" in await second.inner_text("#status")
        assert await second.evaluate("window.kept")
        await second.wait_for_function("() => document.activeElement.tagName === 'H1'")


async def test_a_phone_without_scripts_decides_pins_and_takes_back(crowd: Site) -> None:
    async with crowd.window(360, script=False) as page:
        await crowd.enter(page)
        await page.goto(crowd.url + "/matching?form=uch_uch")
        await page.click("main >> text=Подобрать пары")
        await page.locator("section[aria-labelledby=h-new] button >> text=Закрепить").first.click()
        assert "Пара закреплена" in await page.inner_text("#status")
        before = len(await _rows(page))
        await page.locator("section[aria-labelledby=h-new] .decide button >> text=Одобрить").first.click()
        assert "Участники пока ничего не знают" in await page.inner_text("#status")
        assert len(await _rows(page)) == before - 1
        await page.locator("section[aria-labelledby=h-new] a >> text=Отклонить").first.click()
        await page.select_option("#why", "time")
        await page.click("main .btn-bad")
        assert "Пара отклонена" in await page.inner_text("#status")
        await page.locator("a >> text=Больше не предлагаем >> visible=true").first.click()
        await page.click("main button >> text=Вернуть")
        assert "снова может предложить" in await page.inner_text("#status")


@pytest.mark.parametrize("width", [1280, 360])
async def test_every_page_of_matching_is_accessible_and_fits(crowd: Site, width: int) -> None:
    wrong = []
    async with crowd.window(width) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        await crowd.enter(page)
        await page.goto(crowd.url + "/matching?form=uch_uch")
        async with page.expect_navigation():
            await page.click("main >> text=Подобрать пары")
        await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        wrong += await look(page, "/board", width)
        await page.locator("section[aria-labelledby=h-new] a >> text=Другой…").first.click()
        await page.locator("#mentor").select_option(index=1)
        await page.click("text=Объяснить")
        await page.wait_for_url("**mentor=*")
        await page.wait_for_function("document.activeElement.id === 'why'")
        await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        wrong += await look(page, "/others-why", width)
        await page.goto(crowd.url + "/matching?form=uch_uch")
        await page.locator(".tick input").first.check()
        async with page.expect_navigation():
            await page.click("text=Одобрить отмеченные")
        wrong += await look(page, "/many", width)
        await page.goto(crowd.url + "/matching/rules?form=uch_uch")
        wrong += await look(page, "/rules", width)
        await page.locator("input[name=level-request][value=required]").check()
        await page.click("text=Показать, что изменится")
        await page.wait_for_function("document.activeElement.id === 'effect'")
        wrong += await look(page, "/rules-effect", width)
        errors.clear()
        await page.locator("input[name=level-gap][value=important]").check()
        await page.click("text=Сохранить правила")
        assert (await page.title()).startswith("Ошибка:")
        wrong += await look(page, "/rules-error", width)
        errors.clear()  # the browser itself notes the 422
        for path in ("matching/runs", "matching/fairness", "matching/rejected", "groups/suggest"):
            await page.goto(f"{crowd.url}/{path}?form=uch_uch")
            wrong += await look(page, "/" + path, width)
        await page.goto(f"{crowd.url}/matching/runs?form=uch_uch")
        await page.locator("tbody th a").first.click()
        async with page.expect_navigation():
            await page.click("text=Повторить расчёт")
        wrong += await look(page, "/run", width)
        wrong += errors
    assert wrong == []
    assert crowd.strangers == []

"""The editor of questionnaires in a browser: accessible on a screen and on a phone."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions import questionnaires
from actions.work import Work
from storage import people, schools
from storage.database import Database
from storage.tables import School
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site, site

__all__ = ["site"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 360])
async def test_a_questionnaire_is_written_moved_and_published_by_pressing_buttons(
    site: Site, width: int
) -> None:
    wrong = []
    async with site.window(width) as page:
        await site.enter(page)
        await page.goto(site.url + "/questionnaires")
        await page.fill("#title", "Как прошла неделя")
        await page.select_option("#of", "INT_E")
        await page.click("text=Создать черновик")
        await page.click("text=Добавить вопрос")
        await page.fill("#text", "Что было хорошего?")
        await page.select_option("#kind", "text")
        wrong += await look(page, "/question", width)
        await page.click("main .btn-primary")
        await page.click("text=Добавить вопрос")
        await page.fill("#text", "Насколько хорошая была неделя?")
        await page.fill("#low", "плохая")
        await page.fill("#high", "отличная")
        await page.click("main .btn-primary")
        await page.click("[aria-label='Изменить вопрос 3']")
        await page.check("text=1. «Могу быть наставником»")
        await page.click("text=Короткое название и части")
        await page.click("text=Для чего этот ответ")
        wrong += await look(page, "/question-with-everything", width)
        await page.click("main .btn-primary")
        await page.click("text=Добавить вопрос")
        await page.fill("#text", "Почему?")
        await page.select_option("#kind", "text")
        await page.select_option("#if_scale", label="4. Насколько хорошая была неделя?")
        await page.fill("#if_to", "4")
        wrong += await look(page, "/question-after-a-mark", width)
        await page.click("main .btn-primary")
        assert "если на вопрос 4 ответили от 1 до 4" in await page.inner_text("main")
        await page.click("[aria-label='Вопрос 3 выше']")
        wrong += await look(page, "/draft", width)
        await page.click("text=Как в чате")
        wrong += await look(page, "/chat", width)
        assert "Что было хорошего?" in await page.inner_text("main")
        await page.go_back()
        await page.click("text=Опубликовать версию 1")
        assert "Новая версия опубликована" in await page.inner_text("main")
        wrong += await look(page, "/quiz", width)
    assert wrong == []
    assert site.strangers == []


@pytest.mark.parametrize("width", [1280, 360])
async def test_a_wish_is_read_and_a_card_revised_with_the_keyboard(
    site: Site, database: Database, school: School, now: datetime, width: int
) -> None:
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, school.id), now)
        mentee = await people.get(session, site.world.mentee)
        assert mentee is not None
        given = {
            "INT_ME_P.1": "Цель",
            "INT_ME_P.2": ["talk"],
            "INT_ME_P.8": ["any"],
            "INT_ME_P.9": "не Ветров",
        }
        await questionnaires.save(work, mentee, "INT_ME_P", 1, given, round="2026-2027")
    wrong = []
    async with site.window(width) as page:
        await site.enter(page)
        await page.goto(site.url + "/wishes")
        wrong += await look(page, "/wishes", width)
        await page.get_by_label("Ветров Олег").focus()
        await page.keyboard.press("Space")
        await page.get_by_label("Не хочет работать вместе").focus()
        await page.keyboard.press("Space")
        await page.get_by_role("button", name="Сохранить").focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/wishes?done=wish-settled")
        assert "Все пожелания разобраны" in await page.inner_text("main")
        await page.goto(site.url + "/staff-cards/SWOT_UCH_UCH")
        await page.click("text=Сохранить карту")
        await page.click("text=Новая редакция")
        wrong += await look(page, "/swot", width)
    assert wrong == []

"""A questionnaire of the start in the web chat, from the first question to the last, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from actions import questionnaires
from actions.work import Work
from bot.messenger import Button, Outgoing
from bot.web.messenger import WebMessenger
from program.instruments import QuestionKind
from program.instruments_reading import shipped
from program.roles import Side
from storage.tables import Answer, Conversation, Person, Response
from tests import build
from tests.conftest import rows
from tests.pairs import papers
from tests.web.test_browser import Live, live

__all__ = ["live"]

pytestmark = pytest.mark.browser

CODE = "INT_ME_P"  # of pupils who look for a mentor
INSTRUMENT = next(one for one in shipped() if one.code == CODE)
MOST_STEPS = 30  # presses of Shift+Tab from the field to any button of the newest message


async def test_a_pupil_answers_a_whole_questionnaire_by_keyboard_alone(live: Live) -> None:
    person = await _invited(live)
    page = await live.open(live.pages.chat(person))
    await page.get_by_label("Сообщение").focus()
    await _press(page, "Начать анкету")
    asked = []
    while (step := await _step(live, person)) and INSTRUMENT.has(step):
        asked.append(step)
        question = INSTRUMENT.question(step)
        match question.kind:
            case QuestionKind.TEXT:
                await _type(page, "Своими словами")
            case QuestionKind.NUMBER | QuestionKind.RANGE | QuestionKind.SCALE10:
                await _type(page, "7")
            case QuestionKind.MULTI:
                await _press(page, question.options[0].label.ru, says=0)  # a tick is no word of theirs
                await expect(page.get_by_role("button", name="Готово (1)")).to_be_visible()
                await _press(page, "Готово (1)")
            case _:
                await _press(page, question.options[0].label.ru)
    await _press(page, "Отправить")
    await expect(page.locator(".ours").last).to_contain_text("Спасибо")
    [kept] = await rows(live.pages.database, Response)
    assert isinstance(kept, Response)
    assert kept.code == CODE
    answered = {one.question for one in await rows(live.pages.database, Answer) if isinstance(one, Answer)}
    assert answered == set(asked)
    assert len(asked) > 5


async def _invited(live: Live) -> Person:
    person = await live.pages.person()
    async with live.pages.database.transaction() as session:
        session.add_all([build.participation(person, Side.MENTEE), *papers(person)])
        school = await session.merge(live.pages.school, load=False)
        await questionnaires.publish_shipped(Work(session, school, live.pages.now))
    rows_ = ((Button("Начать анкету", f"f:questionnaire:{CODE}"),),)
    said = Outgoing(str(person.id), "Ждём вашу анкету.", 901, rows=rows_)
    await WebMessenger(live.pages.database, live.pages.clock).send(said)
    return person


async def _step(live: Live, person: Person) -> str:
    found = await rows(live.pages.database, Conversation, person_id=person.id)
    return found[0].step if found and isinstance(found[0], Conversation) else ""


async def _press(page: Page, label: str, says: int = 1) -> None:
    """Goes back from the field to the button with these words and presses it; the focus comes back to the field."""
    field = page.get_by_label("Сообщение")
    await expect(field).to_be_focused()
    for _ in range(MOST_STEPS):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.innerText.trim()") == label:
            break
    else:
        raise AssertionError(f"no button {label}")
    before = await page.locator(".mine").count()
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine")).to_have_count(before + says)
    await expect(field).to_be_focused()


async def _type(page: Page, words: str) -> None:
    field = page.get_by_label("Сообщение")
    await expect(field).to_be_focused()
    before = await page.locator(".mine").count()
    await page.keyboard.type(words)
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine")).to_have_count(before + 1)

"""The desk of the correspondence in a real browser, wide and narrow, and without a script."""

from __future__ import annotations

import pytest

from actions import relay
from actions.work import Work
from storage.database import Database
from storage.tables import School
from tests.admin.test_pages_browser import Site, look
from tests.admin.test_pages_browser import site as site
from tests.build import NOW
from tests.pairs import couple

pytestmark = pytest.mark.browser
LONG = "Оченьдлинноесловобезпробелов" * 5


async def furnish(database: Database, school_id: int) -> list[str]:
    async with database.transaction() as session:
        school = await session.get(School, school_id)
        assert school is not None
        work = Work(session, school, NOW)
        ids = await couple(session, school)
        said = (
            (ids.mentee, "Здравствуйте! Можно спросить про олимпиаду?"),
            (ids.mentor, "Конечно.\n\nЗаходи в среду в 15:30, кабинет 214."),
            (ids.mentor, f"Если что, вот мой номер: 8 912 345-67-89. {LONG}"),
            (ids.mentee, "смотри chess.com, там задачи"),
            (ids.mentee, "я не хочу жить"),
        )
        for person, words in said:
            await relay.write(work, person, ids.pair, words)
        await relay.complain(work, ids.mentee, 2, "мне неприятно")
    return ["/", "/relay", f"/relay/{ids.pair}", "/relay/rules"]


@pytest.mark.parametrize("width", [1280, 360])
async def test_the_desk_is_within_reach_of_everybody(
    site: Site, database: Database, school: School, width: int
) -> None:
    paths = await furnish(database, school.id)
    wrong: list[str] = []
    async with site.window(width) as page:
        await site.enter(page)
        for path in paths:
            await page.goto(site.url + path)
            await page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
            wrong += await look(page, path, width)
    assert wrong == []
    assert site.strangers == []


async def test_a_held_message_is_given_back_without_a_script(
    site: Site, database: Database, school: School
) -> None:
    await furnish(database, school.id)
    async with site.window(360, script=False) as page:
        await site.enter(page)
        await page.goto(site.url + "/relay")
        await page.click("#message-3 summary")
        await page.fill("#note-3", "Давайте договоримся через бота")
        await page.click("#message-3 form[action$='/return'] button")
        await page.wait_for_url("**done=relay-returned*")
        assert await page.locator("#message-3").count() == 0

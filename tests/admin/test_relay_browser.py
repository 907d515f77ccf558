"""The desk of the correspondence in a real browser, wide and narrow, and without a script."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from actions import relay
from actions.work import Work
from admin.pages.relay import PAGE
from program.pictures import picture
from program.relay import RelayState
from program.roles import Side
from storage.database import Database
from storage.tables import JournalEntry, RelayMessage, School
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site
from tests.admin.test_pages_browser import site as site
from tests.build import NOW
from tests.pairs import couple
from tests.web.test_relay import png

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
        session.add_all(
            RelayMessage(
                school_id=school.id, pair_id=ids.pair, author_id=ids.mentor, side=Side.MENTOR, words=f"Письмо {number}",
                state=RelayState.SENT, at=NOW,
            )
            for number in range(PAGE)
        )  # fmt: skip
        school.settings = {**school.settings, "relay": {"photos": "hold"}}
        await relay.write(work, ids.mentee, ids.pair, "Мой рисунок", photo=picture(png()))
    return ["/", "/relay", f"/relay/{ids.pair}", f"/relay/{ids.pair}?page=2", "/relay/rules"]


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


async def test_a_photo_is_looked_at_only_when_somebody_opens_it(
    site: Site, database: Database, school: School
) -> None:
    paths = await furnish(database, school.id)
    for width, script in ((1280, True), (360, False)):
        before = await looks(database)
        async with site.window(width, script=script) as page:
            await site.enter(page)
            await page.goto(site.url + paths[2])
            assert await looks(database) == before
            await page.get_by_text("Показать фото").click()
            await page.wait_for_url("**/photo")
        assert await looks(database) == before + 1


async def looks(database: Database) -> int:
    async with database.reading() as session:
        found = await session.scalars(select(JournalEntry).where(JournalEntry.action == "relay.photo-opened"))
        return len(list(found))


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

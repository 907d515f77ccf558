"""The editor's field of people, the list of what has to be taken down, and leaving, in a real browser at both widths."""

from __future__ import annotations

import pytest

from actions import enrolment, leaving, news, news_wall
from actions.work import Work
from program.ages import Consenter
from program.consents import ConsentEvent, ConsentKind, ConsentMethod
from storage import people
from storage.database import Database
from storage.tables import Consent, School
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site
from tests.admin.test_pages_browser import site as site

pytestmark = pytest.mark.browser

LIST = "ФИО;Класс;Дата рождения\nРомашкина Алиса;8А;05.03.2012\n"


async def _words(work: Work, person_id: int, event: ConsentEvent) -> None:
    person = await people.get(work.session, person_id)
    assert person is not None
    work.session.add_all(
        Consent(
            school_id=work.school.id, person_id=person.id, kind=ConsentKind.PUBLICATION, event=event, consenter=who,
            given_by=person.id if who is Consenter.SELF else None, method=ConsentMethod.PAPER, at=work.now,
        )
        for who in Consenter
    )  # fmt: skip
    await enrolment.refresh(work, person)


@pytest.fixture
async def to_take_down(site: Site, database: Database, school: School, now: object) -> Site:
    """An item that stands on the wall and shows somebody who no longer agrees."""
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)  # type: ignore[arg-type]
        await _words(work, site.world.mentee, ConsentEvent.GIVEN)
        item = await news.write(work, news.Draft("О празднике", "Было весело."))
        await news.set_shown(work, item.id, [site.world.mentee])
        await news.publish(work, item.id, wall_ready=True)
        await news_wall.done(work, news.wall_key(item.id), "-1_7")
        await _words(work, site.world.mentee, ConsentEvent.WITHDRAWN)
        await news.set_shown(work, site.world.draft, [site.world.mentee, site.world.mentor])
        await leaving.leave(work, site.world.waiting)
    return site


@pytest.mark.parametrize("width", [1280, 360])
async def test_the_pages_of_publishing_and_leaving_are_accessible(to_take_down: Site, width: int) -> None:
    site, wrong = to_take_down, []
    async with site.window(width) as page:
        await site.enter(page)
        for path in (
            "/", "/news", "/news/takedowns", f"/news/{site.world.draft}", f"/news/{site.world.draft}/edit",
            f"/people/{site.world.mentee}/left", f"/people/{site.world.waiting}", f"/people/{site.world.waiting}/left",
        ):  # fmt: skip
            await page.goto(site.url + path)
            wrong += await look(page, path, width)
        await page.goto(site.url + "/roster")
        await page.set_input_files(
            "#file", {"name": "8А.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
        )
        await page.click("main .btn-primary")
        assert await page.locator("input[name=left]").count() > 0
        wrong += await look(page, "/roster-left", width)
    assert wrong == []
    assert site.strangers == []


@pytest.mark.parametrize("script", [True, False])
async def test_people_are_found_and_ticked_while_the_text_is_being_written(site: Site, script: bool) -> None:
    async with site.window(360, script=script) as page:
        await site.enter(page)
        await page.goto(site.url + "/news/new")
        await page.fill("#title", "О клубе")
        await page.fill("#body", "Пришли все.")
        await page.fill("#who", "котова")
        await page.click("[name=find]")
        tick = page.locator(f"#shown-{site.world.mentee}")
        await tick.wait_for()
        assert await page.input_value("#title") == "О клубе"
        assert await page.input_value("#body") == "Пришли все."
        await tick.check()
        await page.click("text=Сохранить и посмотреть")
        await page.wait_for_url("**done=saved*")
        shown = await page.inner_text("main")
        assert "Публиковать нельзя" in shown
        assert "Котова" in shown
    assert site.strangers == []


async def test_taken_down_is_ticked_without_javascript(to_take_down: Site) -> None:
    async with to_take_down.window(360, script=False) as page:
        await to_take_down.enter(page)
        await page.click("main a.btn >> text=Снять")
        await page.wait_for_url("**/news/takedowns")
        await page.click("main button >> text=Снято")
        assert "Отмечено: снято." in await page.inner_text("#status")
        assert "Снимать нечего." in await page.inner_text("main")

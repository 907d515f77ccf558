"""The editor of news in a real browser: it keeps what is typed by itself, shows both previews, takes photos at once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from actions import news, news_ideas, news_plan, news_stories
from actions.work import Work
from program.states import IdeaState, NewsStatus
from storage import news_stories as rows
from storage.database import Database
from storage.tables import NewsItem, School
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site
from tests.admin.test_pages_browser import site as site
from tests.admin.world import PNG

pytestmark = pytest.mark.browser


@pytest.fixture
async def busy(site: Site, database: Database, school: School, now: datetime) -> dict[str, int]:
    """Something of each: planned, stopped, an idea, a story with a photo."""
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now, "user:1")
        words = "Приходите в актовый зал, будет чай.\nПодробности: https://school.test/club"
        planned = await news.write(work, news.Draft("Клуб наставников в пятницу", words))
        await news_plan.plan(work, planned.id, now + timedelta(days=1, hours=11))
        stopped = await news.write(work, news.Draft("Наша Аня Котова победила", "Поздравляем!"))
        await news.set_shown(work, stopped.id, [site.world.mentee])
        stopped.status, stopped.planned_at = NewsStatus.STOPPED, now - timedelta(hours=1)
        stopped.stopped_at, stopped.stop_reason = now, "consent"
        await rows.add_idea(
            session, school_id=school.id, key="pairs:10", kind="pairs", args={"n": 10}, state=IdeaState.OPEN, at=now,
            decided_by="",
        )  # fmt: skip
        assert await news_ideas.fresh(work)
        told = "Мы с наставником собрали робота, он умеет объезжать стены. Хочется показать его всем!"
        story = await news_stories.propose(work, site.world.mentee, told, named=True)
        await news_stories.attach(work, site.world.mentee, story, PNG)
    return {"planned": planned.id, "stopped": stopped.id}


@pytest.mark.parametrize("width", [1280, 360])
async def test_the_pages_of_news_are_accessible(site: Site, busy: dict[str, int], width: int) -> None:
    wrong = []
    async with site.window(width) as page:
        await site.enter(page)
        for path in (
            "/", "/news", "/news/new", "/news/stories", f"/news/{site.world.draft}", f"/news/{site.world.draft}/edit",
            f"/news/{busy['planned']}", f"/news/{busy['stopped']}", f"/news/{site.world.published}",
            f"/news/{site.world.published}/edit",
        ):  # fmt: skip
            await page.goto(site.url + path)
            wrong += await look(page, path, width)
    assert wrong == []
    assert site.strangers == []


async def test_what_is_typed_is_kept_without_a_press(site: Site, database: Database) -> None:
    async with site.window(1280) as page:
        await site.enter(page)
        await page.goto(site.url + "/news/new")
        await page.fill("#title", "Дружеский турнир")
        await page.fill("#body", "Было здорово: https://school.test/cup")
        await page.wait_for_selector("#kept >> text=Черновик сохранён")
        assert await page.inner_text("#seen .post >> nth=0 >> .pre a") == "https://school.test/cup"
        assert "получат" in await page.inner_text("#reach")
        picture = {"name": "cup.png", "mimeType": "image/png", "buffer": PNG}
        await page.set_input_files("#photos", picture)
        await page.wait_for_selector("#pictures img")
        assert await page.input_value("#photos") == ""
        await page.reload()  # the address has become that of the draft
        assert await page.input_value("#title") == "Дружеский турнир"
        await page.click("text=Сохранить и посмотреть")
        await page.wait_for_url("**done=saved*")
    async with database.reading() as session:
        found = list(await session.scalars(select(NewsItem).where(NewsItem.title == "Дружеский турнир")))
    assert [(item.status, len(item.photos)) for item in found] == [(NewsStatus.DRAFT, 1)]
    assert site.strangers == []

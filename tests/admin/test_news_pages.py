"""Pages of the news: planned by the school's clock, kept while two edit, stories and ideas decided, taken back after asking."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import httpx2
import pytest

from actions import news_ideas, news_stories
from actions.work import Work
from program.states import IdeaState, NewsStatus
from storage import news_stories as stored
from storage.database import Database
from storage.tables import NewsIdea, NewsItem, NewsStory, School
from tests.admin.conftest import Browsers
from tests.admin.world import PNG, World, furnish
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def _item(database: Database, item_id: int) -> NewsItem:
    (item,) = await rows(database, NewsItem, id=item_id)
    assert isinstance(item, NewsItem)
    return item


async def test_an_hour_is_planned_by_the_schools_clock_and_called_off(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    path = f"/news/{world.draft}"
    past = await curator.post(f"{path}/plan", data={"agreed": "yes", "day": "2026-09-01", "time": "15:00"})
    assert past.status_code == 422
    assert "Этот день и час уже прошли" in past.text
    assert 'value="2026-09-01"' in past.text
    odd = await curator.post(f"{path}/plan", data={"agreed": "yes", "day": "2026-09-16", "time": "полдень"})
    assert "Напишите время, например 15:00" in odd.text
    unsure = await curator.post(f"{path}/plan", data={"day": "2026-09-16", "time": "23:30"})
    assert "Проверьте согласия" in unsure.text
    done = await curator.post(f"{path}/plan", data={"agreed": "yes", "day": "2026-09-16", "time": "23:30"})
    assert done.status_code == 303
    item = await _item(database, world.draft)
    assert (item.status, item.planned_at and item.planned_at.hour) == (
        NewsStatus.PLANNED,
        18,
    )  # five hours east
    page = (await curator.get(path)).text
    assert "Выйдет 16 сентября, 23:30" in page
    assert "ученики прочитают её 17 сентября" in page
    assert (await curator.get(f"{path}/edit")).status_code == 303  # not while it is planned
    back = await curator.post(f"{path}/plan/off", data={"then": "edit"})
    assert back.headers["location"].startswith(f"{path}/edit")
    assert "2026-09-16" in (await curator.get(path)).text  # the hour is offered again


async def test_what_keeps_itself_overwrites_nobody(
    browsers: Browsers, world: World, database: Database
) -> None:
    first, second = await browsers.of(), await browsers.of()
    opened = [(await one.get(f"/news/{world.draft}/edit")).text for one in (first, second)]
    mark = re.compile(r'name="(version|form|item)"(?: id="\w+")? value="([^"]*)"')
    forms = [
        {name: unescape(value) for name, value in mark.findall(text)} | {"body": "Ждём.", "to": "bot"}
        for text in opened
    ]
    for words in ("Пер", "Первые слова"):  # twice from the same form: the own words are no other person's
        kept = await first.post("/news/keep", data=forms[0] | {"title": words})
        assert "Черновик сохранён в" in kept.text
    assert kept.headers["hx-replace-url"] == f"/news/{world.draft}/edit"
    stopped = await second.post("/news/keep", data=forms[1] | {"title": "Другие слова"})
    assert "сохранил другой человек" in stopped.text
    assert (await _item(database, world.draft)).title == "Первые слова"
    saved = await second.post(f"/news/{world.draft}/edit", data=forms[1] | {"title": "Другие слова"})
    assert saved.status_code == 422
    assert "curator-first" in saved.text


async def test_nothing_typed_makes_no_draft_and_one_word_does(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    form = {"title": "", "body": "", "form": "abc", "item": ""}
    await curator.post("/news/keep", data=form)
    assert await rows(database, NewsItem) == []
    answer = await curator.post("/news/keep", data=form | {"title": "Клуб"})
    (item,) = await rows(database, NewsItem)
    assert isinstance(item, NewsItem)
    assert f'name="item" id="item" value="{item.id}"' in answer.text
    await curator.post("/news/keep", data=form | {"title": "Клуб друзей", "item": str(item.id)})
    assert (await _item(database, item.id)).title == "Клуб друзей"
    assert "Без заголовка" not in (await curator.get("/news")).text


async def test_a_photo_that_is_none_is_said_beside_the_fields(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    form = {"title": "О", "body": "Т", "item": str(world.draft), "form": "abc"}
    files = [("photos", ("a.png", PNG, "image/png")), ("photos", ("b.png", b"<script>", "image/png"))]
    answer = await curator.post("/news/keep", data=form, files=files)
    assert "не похож на фото" in answer.text
    assert len((await _item(database, world.draft)).photos) == 2  # the good one stays


async def test_stories_and_ideas_are_decided(
    curator: httpx2.AsyncClient, browsers: Browsers, world: World, database: Database
) -> None:
    async with database.transaction() as session:
        work = Work(session, await session.get_one(School, browsers.school.id), browsers.now)
        told = "Мы собрали робота. Он объезжает стены."
        first = await news_stories.propose(work, world.mentee, told, named=True)
        second = await news_stories.propose(work, world.mentor, told, named=False)
        for key in ("a", "b"):
            await stored.add_idea(
                session, school_id=work.school.id, key=key, kind="pairs", args={"n": 10}, state=IdeaState.OPEN,
                at=work.now, decided_by="",
            )  # fmt: skip
        ideas = [one.id for one in await news_ideas.fresh(work)]
    page = (await curator.get("/news/stories")).text
    assert "Котова Аня" in page
    assert "согласия на публикацию нет" in page
    today = (await curator.get("/")).text
    assert "Участники предлагают новости" in today
    assert "Для новостей есть 2 идеи" in today
    taken = await curator.post(f"/news/stories/{first}/take")
    assert re.match(r"/news/\d+/edit", taken.headers["location"])
    await curator.post(f"/news/stories/{second}/decline", data={"words": "Спасибо!"})
    assert (await curator.post(f"/news/stories/{second}/take")).status_code == 409
    assert {one.state for one in await rows(database, NewsStory) if isinstance(one, NewsStory)} == {
        "taken", "declined",
    }  # fmt: skip
    used = await curator.post(f"/news/ideas/{ideas[0]}/use")
    assert "уже 10 пар" in (await curator.get(used.headers["location"])).text
    await curator.post(f"/news/ideas/{ideas[1]}/dismiss")
    left = [one.state for one in await rows(database, NewsIdea) if isinstance(one, NewsIdea)]
    assert sorted(left) == ["dismissed", "used"]


async def test_taking_back_asks_first_and_a_correction_stays_in_place(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    path = f"/news/{world.published}"
    form = {"title": "Начинаем!", "body": "Программа началась."}
    assert (await curator.post(f"{path}/edit", data=form)).status_code == 303
    item = await _item(database, world.published)
    assert (item.title, item.status, item.edition) == ("Начинаем!", NewsStatus.PUBLISHED, 1)
    named = await curator.post(f"{path}/edit", data=form | {"body": "Аня Котова победила."})
    assert named.status_code == 422
    assert "Аня К." in named.text
    assert (await _item(database, world.published)).body == "Программа началась."
    asked = await curator.post(f"{path}/withdraw")
    assert asked.status_code == 200
    assert "Снять с публикации «Начинаем!»?" in asked.text
    assert (await curator.post(f"{path}/withdraw", data={"sure": "yes"})).status_code == 303
    page = (await curator.get(path)).text
    assert "Снята с публикации 15 сентября" in page
    assert "Так она выглядела" in page
    assert "снята с публикации" in (await curator.get("/news")).text


async def test_a_planned_item_comes_out_when_the_clock_says(
    browsers: Browsers, curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    from actions import news_plan

    when = {"agreed": "yes", "day": "2026-09-16", "time": "15:00"}
    await curator.post(f"/news/{world.draft}/plan", data=when)
    async with database.transaction() as session:
        school = await session.get_one(School, browsers.school.id)
        assert await news_plan.publish_due(Work(session, school, browsers.now + timedelta(days=2))) == 0
    assert "не вышла вовремя" in (await curator.get(f"/news/{world.draft}")).text
    assert "Новости по плану не вышли" in (await curator.get("/")).text

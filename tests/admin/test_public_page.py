"""The school's page for everybody: what stands on it, what never does, and what two versions of it tell."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Column, String, Text, update

from actions import consents, news, public_page, takedowns
from actions.work import Work
from program.ages import Consenter
from program.consents import ConsentEvent, ConsentKind, ConsentMethod
from program.public_page import PublicPage
from program.roles import Category, StaffRole
from program.states import PairStatus
from scheduler.timetable import TIMETABLE
from storage import public_page as rows
from storage import schools
from storage.database import Database
from storage.tables import Base, NewsItem, Person, School
from tests import build
from tests.actions.season import Season
from tests.admin.conftest import Browsers, Clock
from tests.admin.world import PNG, furnish
from tests.numbers import LATER, a_season, met, pairs_of

MARK = "Тайнознак"  # planted in everything that people are and say
OURS = ("school", "system_value", "directory_entry")  # what the school itself writes for all to read


@pytest.fixture
def now() -> datetime:
    return LATER


async def season(database: Database, school: School, now: datetime, page: PublicPage) -> None:
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, school.id), now)
        await a_season(work)
        await public_page.save(work, page)


async def story(
    database: Database, school: School, now: datetime, *, agrees: bool = True
) -> tuple[int, int, int]:
    """A published news item with a photo that shows somebody, put on the page: item, person, photo."""
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, school.id), now)
        hero = build.person(work.school, "Зоя", "Полевая", category=Category.TEACHER)
        session.add(hero)
        await session.flush()
        if agrees:
            await say(work, hero, ConsentEvent.GIVEN)
        item = await news.write(work, news.Draft("Зоя Полевая о первых встречах", "Было интересно."))
        photo = await news.add_photo(work, item.id, PNG)
        await news.set_shown(work, item.id, [hero.id])
        await news.publish(work, item.id)
        await public_page.show_story(work, item.id, True)
        return item.id, hero.id, photo.id


async def say(work: Work, who: Person, event: ConsentEvent) -> None:
    await consents.say(
        work, who, ConsentKind.PUBLICATION, event, consenter=Consenter.SELF, giver=who, method=ConsentMethod.WEB_FORM
    )  # fmt: skip


async def test_a_school_that_is_not_there_and_one_that_is_switched_off_answer_alike(
    browsers: Browsers, database: Database
) -> None:
    stranger = browsers.anonymous()
    off, missing = await stranger.get("/school/first"), await stranger.get("/school/nowhere")
    assert off.status_code == missing.status_code == 404
    assert off.text == missing.text
    assert dict(off.headers) == dict(missing.headers)
    for path in ("/fragment", "/photos/1", "/papers/1"):
        assert (await stranger.get(f"/school/first{path}")).text == missing.text


async def test_numbers_stand_on_the_page_and_groups_under_five_do_not(
    browsers: Browsers, database: Database, now: datetime
) -> None:
    await season(database, browsers.school, now, PublicPage(on=True))
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, browsers.school.id), now)
        await pairs_of(Season(work), "stud_uch.a", 4)
        await public_page.refresh(replace(work, now=now + timedelta(days=1)))
    text = (await browsers.anonymous().get("/school/first")).text
    assert "Ученик – ученик" in text
    assert "Студент" not in text, "four pairs are too few"
    numbers = [int(one) for one in re.findall(r"<dd>(\d+)</dd>", text)]
    assert numbers == [20, 20, 20]
    assert "октябрь" in text
    assert "ноябрь" not in text, "it is not over"


async def test_nothing_of_anybody_is_ever_on_the_page(
    browsers: Browsers, database: Database, now: datetime
) -> None:
    """A mark in every word column of every table, apart from what the school itself wrote for the page."""
    await season(database, browsers.school, now, PublicPage(on=True, opinions=True, site="https://x.test"))
    await furnish(database, browsers.school, now)
    async with database.transaction() as session:
        for table in Base.metadata.sorted_tables:
            columns = {one.name: MARK for one in table.columns if table.name not in OURS and _free(one)}
            if columns:
                await session.execute(update(table).values(columns))
    for path in ("", "/fragment"):
        answer = await browsers.anonymous().get(f"/school/first{path}")
        assert answer.status_code == 200
        assert MARK not in answer.text
        assert "Ромашкин" not in answer.text
        assert "+7" not in answer.text
        assert "8А" not in answer.text


def _free(column: Column[Any]) -> bool:
    """Whether anything may be written there."""
    wide = isinstance(column.type, Text) or (
        isinstance(column.type, String) and (column.type.length or 0) >= 300
    )
    return wide and not (column.unique or column.primary_key or column.foreign_keys)


async def test_one_person_more_or_less_changes_no_letter_of_the_page(
    browsers: Browsers, database: Database, now: datetime
) -> None:
    await season(database, browsers.school, now, PublicPage(on=True))
    stranger = browsers.anonymous()
    before = (await stranger.get("/school/first")).text
    for day in range(1, 5):
        async with database.transaction() as session:
            later = now + timedelta(days=day)
            work = Work(session, await schools.get(session, browsers.school.id), later)
            await pairs_of(Season(work), "uch_uch.ravny_ravnomu", 1)
            await public_page.refresh(work)
        assert (await stranger.get("/school/first")).text == before, day
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, browsers.school.id), now + timedelta(days=5))
        await pairs_of(Season(work), "uch_uch.ravny_ravnomu", 1)
        assert await public_page.refresh(work)
    after = (await stranger.get("/school/first")).text
    assert [int(one) for one in re.findall(r"<dd>(\d+)</dd>", after)] == [25, 25, 25]


async def test_numbers_are_looked_at_once_a_day_however_often_the_clock_asks(
    work: Work, now: datetime
) -> None:
    later = replace(work, now=now)
    await a_season(later)
    await public_page.save(later, PublicPage(on=True))
    await pairs_of(Season(later), "uch_uch.ravny_ravnomu", 6)
    assert not await public_page.refresh(later)
    await public_page.save(later, PublicPage(on=False))
    await public_page.save(later, PublicPage(on=True))
    assert (await public_page.view(later)).pairs == 20, "switching off and on looks no sooner"
    assert await public_page.refresh(replace(later, now=now + timedelta(days=1)))
    assert any(tick.name == "public-page" for tick in TIMETABLE)


async def test_meetings_noted_late_do_not_change_a_month_that_is_shown(work: Work, now: datetime) -> None:
    later = replace(work, now=now)
    forms = await a_season(later)
    await public_page.save(later, PublicPage(on=True))
    seen = (await public_page.view(later)).months
    assert [day.month for day, _ in seen] == [9, 10]
    pair, mentor, _ = forms["uch_uch"][3]
    for day in range(1, 9):
        await met(later, pair, mentor.person_id, date(2026, 10, day + 20))
    await public_page.refresh(replace(later, now=now + timedelta(days=1)))
    assert (await public_page.view(later)).months == seen


async def test_a_story_stands_there_with_its_photo_until_the_consent_is_taken_back(
    browsers: Browsers, database: Database, now: datetime
) -> None:
    await season(database, browsers.school, now, PublicPage(on=True))
    item_id, hero_id, photo_id = await story(database, browsers.school, now)
    stranger = browsers.anonymous()
    assert "Зоя Полевая" in (await stranger.get("/school/first")).text
    photo = await stranger.get(f"/school/first/photos/{photo_id}")
    assert (photo.status_code, photo.content) == (200, PNG)
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, browsers.school.id), now)
        hero = await session.get_one(Person, hero_id)
        await say(work, hero, ConsentEvent.WITHDRAWN)
    # Even before anything has followed the withdrawal.
    assert "Зоя Полевая" not in (await stranger.get("/school/first")).text
    assert (await stranger.get(f"/school/first/photos/{photo_id}")).status_code == 404
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, browsers.school.id), now)
        await takedowns.follow(work)
        hero = await session.get_one(Person, hero_id)
        await say(work, hero, ConsentEvent.GIVEN)
        assert not (await session.get_one(NewsItem, item_id)).to_site, "it does not come back by itself"
    assert "Зоя Полевая" not in (await stranger.get("/school/first")).text


async def test_who_is_only_named_in_the_words_is_followed_like_who_is_on_a_photo(
    work: Work, now: datetime
) -> None:
    later = replace(work, now=now)
    hero = build.person(work.school, "Зоя", "Полевая", category=Category.TEACHER)
    work.session.add(hero)
    await work.session.flush()
    await say(later, hero, ConsentEvent.GIVEN)
    item = await news.write(later, news.Draft("О встречах", "Рассказывает Зоя Полевая."))
    await news.publish(later, item.id)
    await public_page.show_story(later, item.id, True)
    assert [one.id for one in await public_page.stories(later)] == [item.id]
    await say(later, hero, ConsentEvent.WITHDRAWN)
    assert await public_page.stories(later) == []


async def test_a_story_of_somebody_who_has_not_agreed_is_refused(
    browsers: Browsers, database: Database, now: datetime
) -> None:
    world = await furnish(database, browsers.school, now)
    curator = await browsers.of(StaffRole.CURATOR)
    async with database.transaction() as session:
        item = await session.get_one(NewsItem, world.published)
        item.body = "Аня Котова рассказала о встречах."
    answer = await curator.post(f"/site/stories/{world.published}", data={"show": "on"})
    assert answer.status_code == 409
    assert "нет согласия на публикацию" in answer.text
    assert (await curator.post(f"/site/stories/{world.draft}", data={"show": "on"})).status_code == 409


async def test_only_the_fragment_and_only_the_named_site_may_frame_it(
    browsers: Browsers, database: Database, now: datetime
) -> None:
    await season(database, browsers.school, now, PublicPage(on=True, site="https://school1.example"))
    stranger = browsers.anonymous()
    framed = await stranger.get("/school/first/fragment")
    assert "frame-ancestors 'self' https://school1.example;" in framed.headers["content-security-policy"]
    assert "x-frame-options" not in framed.headers
    for path in ("/school/first", "/login", "/school/nowhere/fragment"):
        other = await stranger.get(path)
        assert "frame-ancestors 'none'" in other.headers["content-security-policy"]
        assert other.headers["x-frame-options"] == "DENY"
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, browsers.school.id), now)
        await public_page.save(work, PublicPage(on=True))
    closed = await stranger.get("/school/first/fragment")
    assert closed.headers["x-frame-options"] == "DENY"


async def test_a_browser_that_has_the_page_gets_it_once(
    browsers: Browsers, database: Database, now: datetime
) -> None:
    await season(database, browsers.school, now, PublicPage(on=True))
    stranger = browsers.anonymous()
    first = await stranger.get("/school/first")
    assert first.headers["cache-control"] == "public, max-age=300"
    assert first.headers["x-robots-tag"] == "noindex"
    assert "set-cookie" not in first.headers
    again = await stranger.get("/school/first", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_who_asks_too_often_is_told_to_wait(browsers: Browsers) -> None:
    stranger = browsers.anonymous()
    codes = {(await stranger.get("/school/nowhere")).status_code for _ in range(245)}
    assert codes == {404, 429}


async def test_the_curator_sees_it_first_and_switches_it_on_in_words(
    browsers: Browsers, database: Database, now: datetime, clock: Clock
) -> None:
    async with database.transaction() as session:
        await a_season(Work(session, await schools.get(session, browsers.school.id), now))
    curator = await browsers.of(StaffRole.CURATOR)
    assert "Страница выключена" in (await curator.get("/site")).text
    seen = (await curator.get("/site/preview")).text
    assert "<dd>20</dd>" in seen
    assert "Пока её видите только вы" in seen
    assert (await browsers.anonymous().get("/school/first")).status_code == 404
    wrong = await curator.post("/site", data={"on": "on", "site": "школа", "about": "О нас"})
    assert wrong.status_code == 422
    assert "Нужен адрес сайта" in wrong.text
    assert "О нас" in wrong.text
    form = {"on": "on", "site": "https://school1.example/about", "about": "Мы рядом.", "contact": "8 (343) 000-00-00", "parts": "papers"}  # fmt: skip
    assert (await curator.post("/site", data=form)).status_code == 303
    text = (await browsers.anonymous().get("/school/first")).text
    assert "Мы рядом." in text
    assert "8 (343) 000-00-00" in text
    settings = (await curator.get("/site")).text
    assert "/school/first/fragment" in settings
    assert "&lt;iframe" in settings
    async with database.reading() as session:
        school = await schools.get(session, browsers.school.id)
        assert json.loads(json.dumps(school.settings["public"]))["site"] == "https://school1.example"


async def test_the_page_of_one_school_says_nothing_of_another(
    browsers: Browsers, database: Database, other_school: School, now: datetime
) -> None:
    await season(database, browsers.school, now, PublicPage(on=True))
    _, _, photo_id = await story(database, other_school, now)
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, other_school.id), now)
        await public_page.save(work, PublicPage(on=True))
    theirs = await browsers.anonymous().get("/school/second")
    assert "Показывать пока нечего" in theirs.text
    assert "Зоя Полевая" in theirs.text
    assert (await browsers.anonymous().get(f"/school/first/photos/{photo_id}")).status_code == 404
    assert "Зоя" not in (await browsers.anonymous().get("/school/first")).text


async def test_a_pair_that_was_stopped_before_it_met_is_not_counted(work: Work, now: datetime) -> None:
    later = replace(work, now=now)
    for pair, _, _ in await pairs_of(Season(later), "uch_uch.ravny_ravnomu", 6):
        pair.status = PairStatus.STOPPED
    await later.session.flush()
    assert await rows.counted(later.session, later.school.id, "2026-2027") == {}

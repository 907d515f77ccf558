"""Before what cannot be taken back: what, how many, whether it can be undone; staying is the default."""

from __future__ import annotations

from html import unescape

import httpx2
import pytest

from storage.database import Database
from storage.tables import Achievement, Guardianship, InstrumentDraft, NewsItem, School
from tests.admin.world import World, furnish
from tests.conftest import rows


@pytest.fixture
async def world(database: Database, school: School, now) -> World:
    return await furnish(database, school, now)


async def asks(browser: httpx2.AsyncClient, path: str, stay: str, *words: str) -> str:
    """The page that asks; nothing has happened."""
    answer = await browser.post(path)
    assert answer.status_code == 200, answer.text
    page = unescape(answer.text)
    assert f'<a class="btn btn-primary" href="{stay}">Оставить как есть</a>' in page
    assert '<button class="btn btn-bad" name="sure" value="yes">' in page
    for word in words:
        assert word in page
    return page


async def test_what_cannot_be_taken_back_is_asked_about_in_words(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    path = f"/people/{world.waiting}/guardians/{world.guardian}/end"
    await asks(
        curator,
        path,
        f"/people/{world.waiting}#guardians",
        "Рыжова Вера",
        "Рыжов Костя",
        "Отменить это нельзя.",
    )
    (bond,) = await rows(database, Guardianship)
    assert bond.ended_at is None
    assert (await curator.post(path, data={"sure": "yes"})).status_code == 303

    await curator.post("/questionnaires/MID/edit")
    (draft,) = await rows(database, InstrumentDraft)
    count = len(draft.body["questions"])
    stay = "/questionnaires/MID/edit"
    await asks(curator, "/questionnaires/MID/discard", stay, f"{count} вопрос", draft.body["title"]["ru"])
    await asks(
        curator,
        "/questionnaires/MID/edit/1/remove",
        f"{stay}#question-1",
        draft.body["questions"][0]["text"]["ru"],
    )
    (draft,) = await rows(database, InstrumentDraft)
    assert len(draft.body["questions"]) == count
    assert (await curator.post("/questionnaires/MID/discard", data={"sure": "yes"})).status_code == 303
    assert await rows(database, InstrumentDraft) == []

    path = f"/news/{world.draft}/photos/{world.photo}/remove"
    await asks(curator, path, f"/news/{world.draft}/edit", "Первая встреча клуба")
    (item,) = await rows(database, NewsItem, id=world.draft)
    assert item.photos == [world.photo]

    path = f"/plans/achievements/{world.won}/remove"
    await asks(
        curator, path, f"/plans/{world.active}#achievements", "Олимпиада по биологии", "Котова Аня Сергеевна"
    )
    assert len(await rows(database, Achievement)) == 1

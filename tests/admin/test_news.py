"""News: written, published once, to those who agreed; the wall by API or by hand."""

from __future__ import annotations

import httpx2
import pytest
from sqlalchemy import select

from actions import news, news_wall
from actions.audiences import Audience
from actions.work import Work
from admin.visit import House
from program.channels import Channel
from program.errors import Refusal
from program.states import NewsStatus, WallState
from storage.database import Database
from storage.tables import NewsItem, OutboxRow, Person, StoredFile
from tests.admin.conftest import Browsers
from tests.admin.world import PNG, World, furnish
from tests.build import address
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def _told(database: Database, item_id: int) -> list[int]:
    async with database.reading() as session:
        keys = await session.scalars(
            select(OutboxRow.key).where(OutboxRow.key.startswith(f"news:{item_id}:"))
        )
        return sorted(int(key.rpartition(":")[2]) for key in keys)


async def test_publishing_twice_sends_once_and_only_to_those_whose_consent_holds(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    async with database.transaction() as session:
        guardian = await session.get(Person, world.guardian)
        assert guardian is not None
        session.add(address(guardian))  # can be reached, has agreed to nothing
    answers = [await curator.post(f"/news/{world.draft}/publish", data={"agreed": "yes"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 409]
    told = await _told(database, world.draft)
    assert world.mentee in told
    assert world.guardian not in told
    assert len(told) == 6


async def test_photos_go_out_only_after_somebody_has_looked_at_the_consents(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    answer = await curator.post(f"/news/{world.draft}/publish")
    assert answer.status_code == 422
    assert "согласия на публикацию" in answer.text
    assert await _told(database, world.draft) == []


async def test_an_audience_narrows_to_a_side(world: World, work: Work) -> None:
    item = await news.write(work, news.Draft("О", "Т", audience=Audience(sides=("mentor",))))
    assert await news.publish(work, item.id) == 2


async def test_a_wall_with_a_token_gets_a_row_and_its_answer_comes_back(work: Work) -> None:
    item = await news.write(work, news.Draft("О празднике", "Приходите.", to_bot=False))
    await news.publish(work, item.id, wall_ready=True)
    (row,) = (await work.session.scalars(select(OutboxRow))).all()
    assert (row.channel, row.key, item.wall) == (Channel.VK_WALL, f"news-wall:{item.id}", WallState.QUEUED)
    await news_wall.done(work, row.key, "-17_42")
    assert (item.wall, item.wall_url) == (WallState.POSTED, "https://vk.com/wall-17_42")


async def test_a_wall_that_refuses_leaves_the_kit_to_the_curator(work: Work) -> None:
    item = await news.write(work, news.Draft("О празднике", "Приходите."))
    await news.publish(work, item.id, wall_ready=True)
    await news_wall.failed(work, f"news-wall:{item.id}", "no-right")
    assert (item.wall, item.wall_error) == (WallState.MANUAL, "no-right")
    await news.posted_by_hand(work, item.id, "https://vk.com/wall-17_43")
    assert item.wall == WallState.POSTED
    await news_wall.failed(work, f"news-wall:{item.id}", "late")
    assert item.wall == WallState.POSTED


@pytest.mark.parametrize("url", ["http://vk.com/wall-1_1", "https://evil.test/", "javascript:alert(1)", ""])
async def test_only_an_address_of_vk_is_taken_for_a_post(work: Work, url: str) -> None:
    item = await news.write(work, news.Draft("О", "Т"))
    await news.publish(work, item.id)
    with pytest.raises(Refusal, match="news-link-odd"):
        await news.posted_by_hand(work, item.id, url)


async def test_news_that_go_nowhere_are_refused(work: Work) -> None:
    item = await news.write(work, news.Draft("О", "Т", to_bot=False, to_wall=False))
    with pytest.raises(Refusal, match="news-nowhere"):
        await news.publish(work, item.id)


async def test_the_editor_keeps_text_and_pictures_and_refuses_other_files(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    form = {"title": "Клуб <b>", "body": "Ждём\nвсех", "to": ["bot"], "sides": ["mentor", "nonsense"]}
    sent = await curator.post(
        "/news/new",
        data=form,
        files=[("photos", ("a.png", PNG, "image/png")), ("photos", ("b.png", PNG, "x/y"))],
    )
    assert sent.status_code == 303
    (item,) = await rows(database, NewsItem)
    assert isinstance(item, NewsItem)
    assert (item.title, item.status, item.to_wall) == ("Клуб <b>", NewsStatus.DRAFT, False)
    assert item.audience == {"sides": ["mentor"], "forms": [], "classes": [], "stages": []}
    assert len(item.photos) == 2
    shown = await curator.get(f"/news/{item.id}")
    assert "Клуб &lt;b&gt;" in shown.text
    picture = await curator.get(f"/news/{item.id}/photos/{item.photos[0]}")
    assert (picture.headers["content-type"], picture.content) == ("image/png", PNG)
    script = b"<html><script>alert(1)</script>"
    refused = await curator.post("/news/new", data=form, files=[("photos", ("c.png", script, "image/png"))])
    assert refused.status_code == 422
    assert "не похож на фото" in refused.text
    assert "Ждём" in refused.text, "what was typed stays"
    assert len(await rows(database, NewsItem)) == 1


async def test_a_removed_picture_is_gone_for_good(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    await curator.post(f"/news/{world.draft}/photos/{world.photo}/remove", data={"sure": "yes"})
    assert await rows(database, StoredFile, id=world.photo) == []


async def test_a_page_says_when_the_wall_is_automatic(
    curator: httpx2.AsyncClient, world: World, application: object
) -> None:
    house: House = application.state.house  # type: ignore[attr-defined]
    application.state.house = House(**{**vars(house), "wall_ready": True})  # type: ignore[attr-defined]
    assert "На стену она попадёт сама" in (await curator.get(f"/news/{world.draft}")).text

"""A photo for a proposed story is taken on the school's own page, by its author alone."""

from __future__ import annotations

import pytest

from actions import news_stories
from actions.work import Work
from storage import schools
from storage.tables import NewsStory, StoredFile
from tests.conftest import rows
from tests.pairs import Couple, couple
from tests.web.conftest import Pages
from tests.web.test_relay import png


@pytest.fixture
async def ids(pages: Pages) -> Couple:
    async with pages.database.transaction() as session:
        return await couple(session, await session.merge(pages.school, load=False))


async def _send(pages: Pages, person: int, key: int, data: bytes) -> str:
    async with pages.browser() as browser:
        address = f"/chat/{pages.links.chat_token(person)}/story"
        shown = await browser.get(f"{address}?of={key}")
        if 'name="of"' not in shown.text:
            return shown.text
        files = {"file": ("robot.png", data, "image/png")}
        return (await browser.post(address, data={"of": str(key), "nonce": "n1"}, files=files)).text


async def test_the_author_adds_a_photo_and_nobody_else(pages: Pages, ids: Couple) -> None:
    async with pages.database.transaction() as session:
        work = Work(session, await schools.get(session, pages.school.id), pages.now, "system")
        key = await news_stories.propose(
            work, ids.mentee, "Мы собрали робота, он объезжает стены.", named=False
        )
    assert "о нём решили или его забрали" in await _send(pages, ids.mentor, key, png())
    assert "не похож на фото" in await _send(pages, ids.mentee, key, b"<script>")
    assert "Фото добавлено" in await _send(pages, ids.mentee, key, png())
    (story,) = await rows(pages.database, NewsStory)
    (kept,) = await rows(pages.database, StoredFile)
    assert isinstance(story, NewsStory)
    assert isinstance(kept, StoredFile)
    assert story.photo_id == kept.id

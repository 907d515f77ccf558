"""Pictures of news in the web chat: from our own address, in this chat only; ticks said by their labels."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from actions import news
from actions.takedowns import take_down
from bot.messenger import Capabilities
from bot.render import render
from bot.web.pictures import ENOUGH, Light, lighter
from locales import Texts
from program.consents import ConsentState
from program.outgoing import Message
from program.text import Text, raw
from storage import people
from storage.tables import Person, StoredFile
from tests.admin.world import PNG
from tests.conftest import rows
from tests.pairs import member
from tests.web.conftest import Pages, buttons, words, work_of


async def _reader(pages: Pages) -> Person:
    async with pages.database.transaction() as session:
        return await member(session, await session.merge(pages.school, load=False))


async def _published(pages: Pages, *shown: int) -> tuple[int, int]:
    """An item with one picture, sent; its id and the picture's."""
    async with pages.database.transaction() as session:
        work = work_of(pages, session)
        item = await news.write(work, news.Draft("О празднике", "Было весело.", to_wall=False))
        file = await news.add_photo(work, item.id, PNG)
        await news.publish(work, item.id)
        item.shows = list(shown)
        item_id, file_id = item.id, file.id
    await pages.sender.drain()
    return item_id, file_id


async def test_a_picture_of_news_stands_in_the_chat_and_comes_from_our_own_address(pages: Pages) -> None:
    person = await _reader(pages)
    await _published(pages)
    async with pages.browser() as browser:
        page = await browser.get(pages.chat(person))
        found = re.search(r'<img src="([^"]+)" alt="([^"]+)"', page.text)
        assert found
        assert found[1].startswith(pages.chat(person) + "/photos/")
        assert found[2] == "Фото 1"
        picture = await browser.get(found[1])
    assert (picture.status_code, picture.headers["content-type"], picture.content) == (200, "image/png", PNG)
    assert picture.headers["cache-control"] == "no-store"
    assert "О празднике" in words(page)


async def test_only_pictures_of_the_own_chat_are_given(pages: Pages) -> None:
    reader = await _reader(pages)
    stranger = await pages.person(first_name="Ещё", last_name="Один")
    _, file_id = await _published(pages)
    async with pages.database.transaction() as session:
        held = await session.merge(pages.school, load=False)
        secret = StoredFile(
            school_id=held.id, name="upload:8А.xlsx", content_type="image/png", size=1, sha256="x", data=b"x",
            created_at=pages.now,
        )  # fmt: skip
        session.add(secret)
    async with pages.browser() as browser:
        for path in (
            f"{pages.chat(stranger)}/photos/{file_id}",
            f"{pages.chat(reader)}/photos/{secret.id}",
            f"{pages.chat(reader)}/photos/0",
            f"{pages.chat(reader)}/photos/{'9' * 40}",
            f"/chat/WzEsMl0.x/photos/{file_id}",
        ):
            assert (await browser.get(path)).status_code == 404, path


async def test_a_picture_leaves_the_chat_when_somebody_on_it_agrees_no_longer(pages: Pages) -> None:
    reader = await _reader(pages)
    _, file_id = await _published(pages, reader.id)
    async with pages.database.transaction() as session:
        work = work_of(pages, session)
        shown = await people.get(session, reader.id)
        assert shown is not None
        await take_down(work, shown, ConsentState.WITHDRAWN)
    async with pages.browser() as browser:
        page = await browser.get(pages.chat(reader))
        picture = await browser.get(f"{pages.chat(reader)}/photos/{file_id}")
    assert "<img" not in page.text
    assert "Школа убрала эту новость." in words(page)
    assert picture.status_code == 404
    assert len(await rows(pages.database, StoredFile)) == 1  # the curator still has the draft's picture


async def test_several_ticks_are_said_by_their_labels(pages: Pages) -> None:
    person = await _reader(pages)
    async with pages.browser() as browser:
        page = await browser.post(pages.chat(person), data={"data": "f:pool-topics"})
        ticks = [one for one in buttons(page) if re.fullmatch(r"t:\d+:t\d+", one[1])][:2]
        assert len(ticks) == 2
        for _, data in ticks:
            page = await browser.post(pages.chat(person), data={"data": data})
        (done,) = [data for _, data in buttons(page) if data.endswith(":done")]
        page = await browser.post(pages.chat(person), data={"data": done})
    mine = re.findall(r'<li class="bubble mine".*?</li>', page.text, flags=re.S)[-1]
    assert all(label in mine for label, _ in ticks)
    assert "Готово" not in mine


@pytest.mark.parametrize("language", ["ru", "en"])
def test_rows_of_a_summary_stand_line_by_line(language: str) -> None:
    lines = [
        Text("talk-check-row", {"number": n, "name": raw("Имя"), "value": raw("Аня")}) for n in range(1, 20)
    ]
    message = Message((raw("Проверьте"), *lines, raw("Всё верно?")))
    can = Capabilities(
        text_limit=4096, buttons=10, row=5, rows=6, label_limit=40, edits=True, lower_keyboard=False
    )
    text = render(message, Texts(language), can, address="1", key=1, resolve=str).text
    assert text.count("\n\n") == 2
    assert len(text.splitlines()) == 19 + 2 + 2


def _shot(wide: int, high: int, kind: str) -> bytes:
    """Noise packs badly, as a photo of a full hall does."""
    made, kept = Image.effect_noise((wide, high), 90).convert("RGB"), BytesIO()
    made.save(kept, kind, **({"quality": 95} if kind == "JPEG" else {"compress_level": 1}))
    return kept.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
async def test_a_heavy_picture_comes_light(pages: Pages, kind: str) -> None:
    heavy = _shot(1500, 1100, kind)
    assert len(heavy) > 4 * ENOUGH
    async with pages.database.transaction() as session:
        file = StoredFile(
            school_id=pages.school.id, name="hall", content_type=f"image/{kind.lower()}", size=len(heavy),
            sha256=kind, data=heavy, created_at=pages.now,
        )  # fmt: skip
        session.add(file)
    shown = await Light().of(file)
    assert (shown.content_type, len(shown.data) <= ENOUGH) == ("image/jpeg", True)
    with Image.open(BytesIO(shown.data)) as seen:
        assert seen.width > seen.height >= 400


def test_what_cannot_be_read_is_shown_as_it_is() -> None:
    broken = _shot(600, 600, "JPEG")[:5000]
    for data in (broken, b"\xff\xd8\xff nothing"):
        shown = lighter(data, "image/jpeg")
        assert (shown.content_type, shown.data) == ("image/jpeg", data)

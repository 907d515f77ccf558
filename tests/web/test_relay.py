"""A photo for the other side of a pair, on the school's own page: only where the school takes them."""

from __future__ import annotations

import struct
import zlib

import pytest
from sqlalchemy import select, update

from actions import care, erasure, relay_desk
from actions.work import Work
from program.outgoing import Kind
from program.pictures import LARGEST
from program.relay import Photos, RelayRules, RelayState
from program.retention import Basis
from storage import schools
from storage.tables import HelpRequest, OutboxRow, PairMember, RelayMessage, StoredFile
from tests.pairs import Couple, couple
from tests.web.conftest import Pages


def png() -> bytes:
    """One grey point, with a note of where it was taken."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    note = chunk(b"tEXt", b"Place\x0056.8 60.6")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + note + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")  # fmt: skip


@pytest.fixture
async def ids(pages: Pages) -> Couple:
    async with pages.database.transaction() as session:
        return await couple(session, await session.merge(pages.school, load=False))


async def allow(pages: Pages, photos: Photos) -> None:
    async with pages.database.transaction() as session:
        work = Work(session, await schools.get(session, pages.school.id), pages.now)
        await relay_desk.save_rules(work, RelayRules(photos=photos))


async def send(pages: Pages, ids: Couple, data: bytes, words: str = "", nonce: str = "a" * 12) -> str:
    token = pages.links.chat_token(ids.mentee)
    async with pages.browser() as browser:
        form = {"pair": str(ids.pair), "words": words, "nonce": nonce}
        answer = await browser.post(f"/chat/{token}/photo", data=form, files={"photo": ("a.png", data)})
        return answer.text


async def messages(pages: Pages) -> list[RelayMessage]:
    async with pages.database.reading() as session:
        return list(await session.scalars(select(RelayMessage).order_by(RelayMessage.id)))


async def cards(pages: Pages) -> list[HelpRequest]:
    async with pages.database.reading() as session:
        return list(await session.scalars(select(HelpRequest)))


async def letters(pages: Pages) -> list[OutboxRow]:
    async with pages.database.reading() as session:
        statement = select(OutboxRow).where(OutboxRow.kind == Kind.LETTER).order_by(OutboxRow.id)
        return list(await session.scalars(statement))


async def test_as_shipped_no_photo_is_taken(pages: Pages, ids: Couple) -> None:
    assert "фото через бота не передаются" in await send(pages, ids, png())
    assert await messages(pages) == []
    async with pages.browser() as browser:
        page = await browser.get(f"/chat/{pages.links.chat_token(ids.mentee)}/photo?pair={ids.pair}")
    assert 'type="file"' not in page.text


async def test_a_photo_waits_for_the_curator_and_then_arrives_without_its_place(
    pages: Pages, ids: Couple
) -> None:
    await allow(pages, Photos.HOLD)
    assert "Сообщение у куратора" in await send(pages, ids, png(), "Мой проект")
    assert await letters(pages) == []
    async with pages.database.transaction() as session:
        await relay_desk.release(Work(session, pages.school, pages.now, "user:1"), 1)
        stored = (await session.scalars(select(StoredFile))).one()
        assert b"56.8" not in (await session.scalars(select(StoredFile.data))).one()
    first, second, _ = await letters(pages)
    assert first.body["photos"] == [stored.id]
    assert "Мой проект" in str(second.body)
    await pages.sender.drain()
    async with pages.browser() as browser:
        token = pages.links.chat_token(ids.mentor)
        picture = await browser.get(f"/chat/{token}/photos/{stored.id}")
        assert picture.headers["content-type"] == "image/png"


async def test_a_photo_alone_goes_at_once_where_the_school_lets_it_and_once_only(
    pages: Pages, ids: Couple
) -> None:
    await allow(pages, Photos.ALLOW)
    assert "Отправлено" in await send(pages, ids, png())
    await send(pages, ids, png())
    (row,) = await letters(pages)
    assert "rows" in row.body
    assert [one.state for one in await messages(pages)] == [RelayState.SENT]


async def test_what_is_no_picture_is_not_kept(pages: Pages, ids: Couple) -> None:
    await allow(pages, Photos.ALLOW)
    assert 'role="alert"' in await send(pages, ids, b"MZ not a picture", "подпись остаётся")
    assert "подпись остаётся" in await send(pages, ids, b"", "подпись остаётся", "b" * 12)
    assert await messages(pages) == []


async def test_words_under_a_photo_are_looked_at_as_all_words(pages: Pages, ids: Couple) -> None:
    await allow(pages, Photos.ALLOW)
    await send(pages, ids, png(), "мой номер 8 912 345-67-89")
    said = await send(pages, ids, png(), "я не хочу жить", "b" * 12)
    assert "8-800-2000-122" in said  # the warm answer with contacts stands on this page as well
    assert [one.state for one in await messages(pages)] == [RelayState.HELD, RelayState.CARE]
    assert await letters(pages) == []


@pytest.mark.parametrize("data", [b"", b"MZ not a picture", b"\x89PNG\r\n\x1a\n" + b"0" * LARGEST])
async def test_words_of_danger_are_heard_whatever_the_photo_is_like(
    pages: Pages, ids: Couple, data: bytes
) -> None:
    await allow(pages, Photos.ALLOW)
    for _ in range(2):
        said = await send(pages, ids, data, "я не хочу жить")
        assert "8-800-2000-122" in said
    assert ("Фото не сохранилось" in said) is bool(data)
    (card,) = await cards(pages)
    assert (card.person_id, card.urgent, card.words) == (ids.mentee, True, "я не хочу жить")
    (kept,) = await messages(pages)
    assert (kept.state, kept.photo_id) == (RelayState.CARE, None)
    assert await letters(pages) == []


@pytest.mark.parametrize("whose", ["left", "none"])
async def test_words_of_danger_are_heard_without_a_pair_as_well(
    pages: Pages, ids: Couple, whose: str
) -> None:
    await allow(pages, Photos.ALLOW)
    async with pages.database.transaction() as session:
        mine = update(PairMember).where(PairMember.person_id == ids.mentee)
        await session.execute(mine.values(left_at=pages.now))
    pair = ids.pair if whose == "left" else 999
    said = await send(pages, Couple(pair, ids.mentor, ids.mentee), png(), "я не хочу жить")
    assert "8-800-2000-122" in said
    assert "Фото не сохранилось" in said
    (card,) = await cards(pages)
    assert (card.person_id, card.urgent) == (ids.mentee, True)
    async with pages.database.transaction() as session:
        await care.take(Work(session, pages.school, pages.now, "user:1"), card.id)
    assert "8-800-2000-122" in await send(
        pages, Couple(pair, ids.mentor, ids.mentee), png(), "я не хочу жить"
    )
    assert len(await cards(pages)) == 1, "the same form once more is the same call"


async def test_a_photo_with_words_of_danger_is_kept_for_the_adults_alone(pages: Pages, ids: Couple) -> None:
    await allow(pages, Photos.HOLD)
    assert "Фото не сохранилось" not in await send(pages, ids, png(), "я не хочу жить")
    (kept,) = await messages(pages)
    async with pages.database.reading() as session:
        stored = (await session.scalars(select(StoredFile))).one()
        assert b"56.8" not in (await session.scalars(select(StoredFile.data))).one()
    assert (kept.state, kept.photo_id) == (RelayState.CARE, stored.id)
    assert await letters(pages) == []


async def test_where_no_photo_is_taken_words_of_danger_say_that_it_was_not_kept(
    pages: Pages, ids: Couple
) -> None:
    assert "Фото не сохранилось" in await send(pages, ids, png(), "я не хочу жить")
    (kept,) = await messages(pages)
    assert (kept.state, kept.photo_id) == (RelayState.CARE, None)


async def test_a_stranger_sends_nothing_into_a_pair(pages: Pages, ids: Couple) -> None:
    await allow(pages, Photos.ALLOW)
    somebody = await pages.person()
    said = await send(pages, Couple(ids.pair, ids.mentor, somebody.id), png())
    assert "не твоя" in said or "не ваша" in said
    assert await messages(pages) == []


async def test_an_erased_writers_photo_is_gone(pages: Pages, ids: Couple) -> None:
    await allow(pages, Photos.ALLOW)
    await send(pages, ids, png(), "Мой проект")
    async with pages.database.transaction() as session:
        await erasure.erase(Work(session, pages.school, pages.now), ids.mentee, Basis.REQUEST)
        assert list(await session.scalars(select(StoredFile.id))) == []

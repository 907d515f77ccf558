"""A message that is out is corrected or deleted where the platform lets a bot do it; it never comes a second time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import update

from actions import news, news_again
from actions.work import Work
from bot.messenger import DeliveryFailed, Outgoing
from bot.telegram.again import all_of, join
from storage.database import Database
from storage.tables import Address, NewsItem, School
from tests.bot.post import post_office
from tests.bot.wires import WIRES, Wire
from tests.conftest import rows
from tests.pairs import member
from tests.worlds.wire import Seen

ANYA = 100
PHOTO = ("урок.jpg", "image/jpeg", b"\xff\xd8")
NEWS = Outgoing(str(ANYA), "О празднеке", 5)


@pytest.fixture(params=WIRES)
async def wire(request: pytest.FixtureRequest) -> AsyncIterator[Wire]:
    async with WIRES[request.param]() as made:
        made.world.says(ANYA, "Здравствуйте")
        yield made
        assert made.world.violations == []


@pytest.mark.parametrize("photos", [0, 1, 3])
async def test_words_are_corrected_in_place_also_under_pictures(wire: Wire, photos: int) -> None:
    news = replace(NEWS, photos=(PHOTO,) * photos)
    sent = await wire.messenger.send(news)
    before = len(wire.world.chats[ANYA])
    await wire.messenger.edit(sent, replace(news, text="О празднике", key=6, replaces=True))
    assert len(wire.world.chats[ANYA]) == before
    assert wire.world.last(ANYA).text == "О празднике"
    together = photos == 1 or wire.sending == "messages.send"  # Telegram: an album, then its words
    assert (wire.world.last(ANYA).photos > 0) == (photos > 0 and together)


@pytest.mark.parametrize("photos", [0, 1, 3])
async def test_a_message_is_deleted_with_its_pictures(wire: Wire, photos: int) -> None:
    sent = await wire.messenger.send(replace(NEWS, photos=(PHOTO,) * photos))
    await wire.messenger.edit(sent, Outgoing(str(ANYA), "", 6, remove=True, replaces=True))
    assert [one for one in wire.world.chats[ANYA] if not one.mine] == []


async def test_what_can_be_touched_no_more_is_said_and_nothing_is_sent_anew(wire: Wire) -> None:
    sent = await wire.messenger.send(NEWS)
    wire.world.too_old.add(int(sent))
    with pytest.raises(DeliveryFailed) as caught:
        await wire.messenger.edit(sent, Outgoing(str(ANYA), "", 6, remove=True, replaces=True))
    assert (caught.value.reason, caught.value.broken) == ("cannot-remove", True)
    with pytest.raises(DeliveryFailed) as caught:
        await wire.messenger.edit("999", replace(NEWS, text="О празднике", key=7, replaces=True))
    assert (caught.value.reason, caught.value.broken) == ("cannot-edit", True)
    assert [one.text for one in wire.world.chats[ANYA] if not one.mine] == ["О празднеке"]


def test_an_album_and_its_words_are_one_id() -> None:
    assert join(105, [102, 103, 104]) == "105:102+3"
    assert all_of("105:102+3") == [105, 102, 103, 104]
    assert join(105, [102, 104]) == "105"  # not in one row: what is between is somebody else's
    assert all_of("105") == [105]


@pytest.mark.parametrize("channel", WIRES)
async def test_a_news_item_is_corrected_and_then_taken_back_through_the_outbox(
    channel: str, database: Database, school: School, now: datetime
) -> None:
    async with post_office(channel, database, school, now) as post:
        post.wire.world.says(ANYA, "Здравствуйте")
        async with database.transaction() as session:
            person = await member(session, await session.merge(school, load=False))
            where = update(Address).where(Address.person_id == person.id)
            await session.execute(where.values(channel=post.channel, address=str(ANYA)))

        async def do(verb: Callable[[Work], Awaitable[object]]) -> list[Seen]:
            async with database.transaction() as session:
                await verb(Work(session, await session.get_one(School, school.id), post.clock(), "user:1"))
            await post.sender.drain()
            return [one for one in post.wire.world.chats[ANYA] if not one.mine]

        async def begin(work: Work) -> None:
            item = await news.write(work, news.Draft("О празднеке", "Было весело.", to_wall=False))
            await news.publish(work, item.id)

        assert [one.text for one in await do(begin)] == ["О празднеке\n\nБыло весело."]
        (item,) = await rows(database, NewsItem)
        fixed = await do(lambda work: news_again.correct(work, item.id, "О празднике", "Было весело.", []))
        assert [(one.text, one.labels) for one in fixed] == [
            ("О празднике\n\nБыло весело.", ["Предложить свою новость"])
        ]
        assert await do(lambda work: news_again.withdraw(work, item.id)) == []
        assert post.wire.world.violations == []

"""How much a person is written to unasked, through the sender and the platforms' worlds."""

from __future__ import annotations

from datetime import timedelta

from program.mailings import CROWDED, JOINED
from program.outgoing import Choice, Kind, Message, say
from program.pauses import KEY
from program.text import raw
from storage.database import Database
from storage.tables import Person
from tests.bot.post import Post, known_post
from tests.both import database as database

ANYA, OLEG = 1001, 1002
post = known_post


def poll(name: str) -> dict[str, object]:
    return say(raw(name), Choice(raw("Ответить"), f"f:{name}")).to_json()


async def asks(post: Post, user: int, name: str, kind: Kind = Kind.NUDGE, **values: object) -> int:
    return await post.put(user, name, kind, body=poll(name), **values)


async def test_what_is_due_on_one_day_comes_as_one_message(post: Post) -> None:
    first, second = await asks(post, ANYA, "Анкета"), await asks(post, ANYA, "Как прошла встреча?")
    await asks(post, OLEG, "Анкета")
    await post.sender.drain()
    (told,) = post.told(ANYA)
    assert "1. Анкета" in told
    assert "2. Как прошла встреча?" in told
    assert post.told(OLEG) == ["Анкета"]
    assert (await post.row(first)).sent_at is not None
    assert (await post.row(second)).dropped == JOINED


async def test_a_second_unasked_message_of_the_day_waits_for_the_next(post: Post) -> None:
    await asks(post, ANYA, "Анкета")
    await post.sender.drain()
    late = await asks(post, ANYA, "Идея для встречи")
    news = await asks(post, ANYA, "Новость", Kind.NEWS)
    await post.sender.drain()
    assert len(post.told(ANYA)) == 1
    assert {(await post.row(key)).dropped for key in (late, news)} == {""}
    post.clock.passes(days=1)
    await post.sender.drain()
    assert len(post.told(ANYA)) == 2
    assert "Идея для встречи" in post.told(ANYA)[1]
    assert "Новость" in post.told(ANYA)[1]


async def test_what_concerns_the_reader_and_what_was_asked_for_is_not_counted(post: Post) -> None:
    await asks(post, ANYA, "Анкета")
    await post.sender.drain()
    for kind in (Kind.NOTICE, Kind.LETTER, Kind.REPLY, Kind.ALERT):
        await post.put(ANYA, kind.value, kind)
    await post.sender.drain()
    assert set(post.told(ANYA)) == {"Анкета", "notice", "letter", "reply", "alert"}


async def test_a_message_that_would_come_too_late_is_let_go(post: Post) -> None:
    await asks(post, ANYA, "Анкета")
    await post.sender.drain()
    crowded = await asks(post, ANYA, "Сегодня", expires_at=post.clock.now + timedelta(hours=3))
    await post.sender.drain()
    assert (await post.row(crowded)).dropped == CROWDED


async def test_a_try_that_failed_is_repeated_with_everything_that_went_along(post: Post) -> None:
    await asks(post, ANYA, "Анкета")
    await asks(post, ANYA, "Как прошла встреча?")
    post.world.fail("500", method=post.wire.sending, times=1)
    await post.sender.drain()
    assert post.told(ANYA) == []
    later = await asks(post, ANYA, "Идея")
    await post.sender.drain()
    assert post.told(ANYA) == []  # the other one is still being tried
    post.clock.passes(minutes=5)
    await post.sender.drain()
    (told,) = post.told(ANYA)
    assert "Анкета" in told
    assert "Как прошла встреча?" in told
    assert "Идея" not in told
    assert (await post.row(later)).dropped == ""


async def test_photos_go_alone_and_use_up_the_day(post: Post) -> None:
    photo = await post.put(ANYA, "Новость", Kind.NEWS, body=Message((raw("Новость"),), photos=(1,)).to_json())
    await asks(post, ANYA, "Анкета")
    await post.sender.drain()
    assert post.told(ANYA) == ["Анкета"]
    assert (await post.row(photo)).sent_at is None


async def test_who_asked_for_quiet_gets_nothing_of_it(post: Post, database: Database) -> None:
    async with database.transaction() as session:
        person = await session.get_one(Person, post.people[ANYA].id)
        person.preferences = {KEY: {"since": post.clock.now.date().isoformat(), "until": None}}
    await asks(post, ANYA, "Анкета")
    await post.sender.drain()
    assert post.told(ANYA) == []

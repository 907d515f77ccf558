"""Words between two people as Telegram and VK get them: order, the morning, and what is stopped on its way."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from actions import pair_life, relay
from actions.work import Work
from program.pair_life import STAFF_PAUSES
from program.relay import PART
from storage.tables import Address
from tests.bot.post import Post
from tests.bot.post import post as post
from tests.pairs import Couple, couple

MENTOR, MENTEE = 1001, 1002


async def begin(post: Post) -> Couple:
    async with post.database.transaction() as session:
        ids = await couple(session, await session.merge(post.school, load=False))
        for person, user in ((ids.mentor, MENTOR), (ids.mentee, MENTEE)):
            post.world.says(user, "Здравствуйте")
            moved = update(Address).where(Address.person_id == person)
            await session.execute(moved.values(channel=post.channel, address=str(user)))
    return ids


async def write(post: Post, ids: Couple, words: str) -> None:
    async with post.database.transaction() as session:
        school = await session.merge(post.school, load=False)
        await relay.write(Work(session, school, post.clock.now), ids.mentee, ids.pair, words)


async def test_long_words_arrive_in_order_and_in_full(post: Post) -> None:
    ids = await begin(post)
    await write(post, ids, "Первое слово.")
    long = "\n\n".join(f"Абзац {number}. " + "слово " * 60 for number in range(10))
    await write(post, ids, long)
    await post.sender.drain()
    told = post.told(MENTOR)
    assert len(told) == 3
    assert "Первое слово." in told[0]
    assert "часть 1 из 2" in told[1]
    assert all(f"Абзац {number}." in told[1] + told[2] for number in range(10))
    assert all(len(one) < PART + 500 for one in told)
    assert post.told(MENTEE) == []


async def test_what_waits_for_the_morning_is_stopped_by_a_pause_of_the_pair(post: Post) -> None:
    ids = await begin(post)
    post.clock.passes(hours=13)  # an hour past midnight there
    await write(post, ids, "Доброй ночи!")
    await post.sender.drain()
    assert post.told(MENTOR) == []
    async with post.database.transaction() as session:
        school = await session.merge(post.school, load=False)
        await pair_life.pause(
            Work(session, school, post.clock.now, "user:1"), ids.pair, STAFF_PAUSES[0], post.clock.now.date() + timedelta(days=9)
        )  # fmt: skip
    post.clock.passes(hours=9)
    await post.sender.drain()
    assert not any("Доброй ночи" in one for one in post.told(MENTOR))


async def test_what_was_written_at_night_arrives_in_the_morning(post: Post) -> None:
    ids = await begin(post)
    post.clock.passes(hours=13)
    await write(post, ids, "Доброй ночи!")
    post.clock.passes(hours=9)
    await post.sender.drain()
    assert any("Доброй ночи" in one for one in post.told(MENTOR))

"""A mailing through the sender, against the platforms' worlds: nothing lost, nothing doubled, nobody kept waiting."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from actions import mailings as verbs
from actions.work import Work
from bot.sender import Sender
from bot.vk.messenger import VkMessenger
from program.mailings import NO_ADDRESS
from program.outgoing import Kind
from program.pauses import KEY
from program.states import MailingState
from storage import outbox
from storage.database import Database
from storage.tables import Address, Mailing, OutboxRow, Person, School, StoredFile
from tests import build
from tests.bot.mails import Running, got, publish, readers
from tests.bot.post import LINKS, Post, post_office
from tests.bot.post import post as post
from tests.bot.wires import WIRES, Wire, until
from tests.both import address
from tests.both import database as database
from tests.conftest import rows
from tests.worlds import VkWorld

__all__ = ["address"]


async def _fates(database: Database) -> Counter[str]:
    """How many rows went, wait, or why they never go."""
    async with database.reading() as session:
        fate = func.coalesce(func.nullif(OutboxRow.dropped, ""), OutboxRow.sent_at.is_not(None))
        found = await session.scalars(select(OutboxRow).where(OutboxRow.mailing_id.is_not(None)))
        assert fate is not None
        return Counter(row.dropped or ("sent" if row.sent_at else "waits") for row in found)


async def _state(database: Database) -> Mailing:
    (mailing,) = await rows(database, Mailing)
    assert isinstance(mailing, Mailing)
    return mailing


async def _do(post: Post, verb: Any, item: int) -> Any:
    async with post.database.transaction() as session:
        return await verb(
            Work(session, await session.merge(post.school, load=False), post.clock.now, "user:1"), item
        )


async def test_many_are_reached_once_each_and_the_mailing_is_over(post: Post) -> None:
    users = await readers(post.database, post.school, post.channel, 25, post.world)
    await publish(post.database, post.school, post.clock.now)
    await post.sender.drain()
    assert {user: got(post.world, user) for user in users} == {user: ["Новость"] for user in users}
    assert post.world.violations == []
    assert (await _state(post.database)).finished_at is not None


async def test_vk_takes_a_hundred_readers_in_one_call(
    database: Database, school: School, now: datetime
) -> None:
    async with post_office("vk", database, school, now) as post:
        users = await readers(database, school, post.channel, 230, post.world)
        await publish(database, school, now)
        await post.sender.drain()
        assert post.world.calls["messages.send"] == 3
        assert all(got(post.world, user) == ["Новость"] for user in users)


async def test_one_reader_who_is_gone_costs_the_others_nothing(post: Post) -> None:
    first, *others = await readers(post.database, post.school, post.channel, 5, post.world)
    post.world.blocks(first)
    await publish(post.database, post.school, post.clock.now)
    await post.sender.drain()
    assert await _fates(post.database) == {"sent": 4, "unreachable": 1}
    (marked,) = await rows(post.database, Address, address=str(first))
    assert marked.unreachable_since is not None  # type: ignore[attr-defined]
    assert all(got(post.world, user) == ["Новость"] for user in others)


@pytest.mark.parametrize("code", [5, 15])
async def test_what_vk_says_of_one_reader_stops_neither_the_others_nor_the_account(
    database: Database, school: School, now: datetime, code: int
) -> None:
    async with post_office("vk", database, school, now) as post:
        first, *others = await readers(database, school, post.channel, 3, post.world)
        assert isinstance(post.world, VkWorld)
        post.world.closed[first] = code
        await publish(database, school, now)
        await post.sender.drain()
        assert await _fates(database) == {"sent": 2, f"refused: vk-{code}": 1}  # somebody to be called
        assert [lane.stopped for lane in post.sender.lanes] == [""]
        assert all(got(post.world, user) == ["Новость"] for user in others)


async def test_a_batch_whose_answer_was_lost_goes_again_as_the_same_and_is_dropped_by_vk(
    database: Database, school: School, now: datetime
) -> None:
    async with post_office("vk", database, school, now) as post:
        users = await readers(database, school, post.channel, 130, post.world)
        await publish(database, school, now)
        post.world.fail("drop", method="messages.send", times=1)
        for _ in range(3):
            await post.sender.drain()
            post.clock.passes(minutes=1)
        assert isinstance(post.world, VkWorld)
        assert post.world.repeats == 100
        assert all(got(post.world, user) == ["Новость"] for user in users)
        assert await _fates(database) == {"sent": 130}


async def test_a_batch_that_may_have_come_over_an_hour_ago_is_left_in_doubt(
    database: Database, school: School, now: datetime
) -> None:
    """VK would take the repeat for something new."""
    async with post_office("vk", database, school, now) as post:
        users = await readers(database, school, post.channel, 3, post.world)
        await publish(database, school, now)
        post.world.fail("drop", method="messages.send", times=1)
        await post.sender.drain()
        post.clock.passes(hours=1)
        await post.sender.drain()
        assert all(got(post.world, user) == ["Новость"] for user in users)
        assert await _fates(database) == {"in-doubt": 3}


async def test_a_call_that_vk_refuses_as_a_whole_is_tried_for_each_reader(
    database: Database, school: School, now: datetime
) -> None:
    async with post_office("vk", database, school, now) as post:
        users = await readers(database, school, post.channel, 4, post.world)
        await publish(database, school, now)
        post.world.fail("refused", method="messages.send", times=1, value=100)
        await post.sender.drain()
        assert post.world.calls["messages.send"] == 5
        assert all(got(post.world, user) == ["Новость"] for user in users)


async def test_a_paused_mailing_sends_nothing_until_it_is_resumed(post: Post) -> None:
    users = await readers(post.database, post.school, post.channel, 4, post.world)
    item = await publish(post.database, post.school, post.clock.now)
    await _do(post, verbs.pause, item)
    await post.sender.drain()
    assert not any(got(post.world, user) for user in users)
    await _do(post, verbs.resume, item)
    await post.another_sender().drain()
    assert all(got(post.world, user) == ["Новость"] for user in users)


async def test_rows_in_hand_go_back_untouched_when_the_mailing_is_paused_before_they_leave(
    post: Post,
) -> None:
    await readers(post.database, post.school, post.channel, 4, post.world)
    item = await publish(post.database, post.school, post.clock.now)
    lane = post.sender.lanes[0]
    mailing = post.sender._mailing(lane)
    assert mailing is not None
    handled, calls = await mailing._next()
    assert handled == 4
    await _do(post, verbs.pause, item)
    for call in calls:
        await mailing._carry_out(call)
    assert post.world.calls[post.wire.sending] == 0
    found = await rows(post.database, OutboxRow)
    assert {(row.attempts, row.lease_owner, row.batch) for row in found} == {(0, "", None)}  # type: ignore[attr-defined]


async def test_a_database_that_is_away_when_rows_go_back_ends_no_sender(post: Post) -> None:
    users = await readers(post.database, post.school, post.channel, 2, post.world)
    await publish(post.database, post.school, post.clock.now)
    mailing = post.sender._mailing(post.sender.lanes[0])
    assert mailing is not None
    _, calls = await mailing._next()
    away = replace(mailing, database=Database("postgresql+asyncpg://nobody@127.0.0.1:1/none"))
    for call in calls:
        await away._carry_out(call)
    await away._give_back(calls)  # as at a stop
    post.clock.passes(minutes=3)  # their lease has run out
    await post.sender.drain()
    assert all(got(post.world, user) == ["Новость"] for user in users)


async def test_a_mailing_that_is_called_off_drops_what_waits_and_what_comes_back(post: Post) -> None:
    await readers(post.database, post.school, post.channel, 4, post.world)
    item = await publish(post.database, post.school, post.clock.now)
    mailing = post.sender._mailing(post.sender.lanes[0])
    assert mailing is not None
    _, calls = await mailing._next()
    assert await _do(post, verbs.cancel, item) == 0, "all of them are in hand"
    for call in calls:
        await mailing._carry_out(call)
    await post.sender.drain()
    assert await _fates(post.database) == {"cancelled": 4}
    state = await _state(post.database)
    assert (state.state, state.finished_at is not None) == (MailingState.CANCELLED, True)


async def test_an_answer_passes_a_mailing_even_while_that_readers_news_is_on_its_way(post: Post) -> None:
    (user, *_) = await readers(post.database, post.school, post.channel, 3, post.world)
    await publish(post.database, post.school, post.clock.now)
    mailing = post.sender._mailing(post.sender.lanes[0])
    assert mailing is not None
    await mailing._next()  # claimed and not yet sent
    (person,) = await rows(post.database, Person, first_name=f"Имя{user}")
    post.people[user] = person  # type: ignore[assignment]
    await post.put(user, "Ответ", Kind.REPLY)
    assert await post.sender._step(post.sender.lanes[0]) == 1
    assert got(post.world, user) == ["Ответ"]


async def test_courtesy_holds_for_a_mailing(post: Post) -> None:
    """One asked for silence, one had an unasked message today, one has another waiting, which goes first.

    News are never joined with others: they are corrected and taken back by themselves.
    """
    quiet, had, both, plain = await readers(post.database, post.school, post.channel, 4, post.world)
    known = {row.first_name: row for row in await rows(post.database, Person)}  # type: ignore[attr-defined]
    post.people = {user: known[f"Имя{user}"] for user in (quiet, had, both, plain)}  # type: ignore[misc]
    async with post.database.transaction() as session:
        person = await session.get_one(Person, post.people[quiet].id)
        person.preferences = {KEY: {"since": post.clock.now.date().isoformat(), "until": None}}
    await post.put(had, "Анкета", Kind.NUDGE)
    await post.sender.drain()
    poll = await post.put(both, "Анкета", Kind.NUDGE, due_at=post.clock.now + timedelta(minutes=1))
    await publish(post.database, post.school, post.clock.now)
    post.clock.passes(minutes=2)
    mailing = post.sender._mailing(post.sender.lanes[0])
    assert mailing is not None
    while await mailing.step():
        pass
    await post.sender.drain()
    assert got(post.world, quiet) == []
    assert got(post.world, had) == ["Анкета"]
    told = got(post.world, both)
    assert len(told) == 1
    assert got(post.world, plain) == ["Новость"]
    fates = await _fates(post.database)
    assert fates["paused"] == 1
    waiting = (await post.row(poll)).sent_at is None
    assert fates["waits"] == 2 - waiting
    assert (await post.row(poll)).dropped == ""
    post.clock.passes(hours=24)
    while await mailing.step():
        pass
    await post.sender.drain()
    assert sorted(got(post.world, both)) == ["Анкета", "Новость"]
    assert sorted(got(post.world, had)) == ["Анкета", "Новость"]


async def test_quiet_hours_hold_a_mailing(post: Post) -> None:
    users = await readers(post.database, post.school, post.channel, 3, post.world)
    post.clock.now = post.clock.now.replace(hour=17)  # 22:00 in Yekaterinburg
    await publish(post.database, post.school, post.clock.now)
    await post.sender.drain()
    assert not any(got(post.world, user) for user in users)
    assert await _fates(post.database) == {"waits": 3}


async def test_pictures_are_uploaded_once(post: Post) -> None:
    async with post.database.transaction() as session:
        shot = StoredFile(
            school_id=post.school.id, name="1.png", content_type="image/png", size=3, sha256="", data=b"png",
            created_at=post.clock.now,
        )  # fmt: skip
        session.add(shot)
        await session.flush()
    users = await readers(post.database, post.school, post.channel, 12, post.world)
    await publish(post.database, post.school, post.clock.now, photos=(shot.id,))
    await post.sender.drain()
    assert [seen.photos for user in users for seen in post.world.chat(user) if not seen.mine] == [1] * 12
    came = post.world.calls["upload"] if isinstance(post.world, VkWorld) else len(post.world.files)
    assert came == 1
    assert (await _state(post.database)).uploads, "kept for the next process"


async def test_who_has_no_address_stands_in_the_mailing_and_is_not_tried(post: Post) -> None:
    await readers(post.database, post.school, post.channel, 1, post.world)
    async with post.database.transaction() as session:
        session.add(build.person(post.school, "Без", "Адреса"))
    await publish(post.database, post.school, post.clock.now)
    await post.sender.drain()
    assert await _fates(post.database) == {"sent": 1, NO_ADDRESS: 1}


def _quick(wire: Wire, clock: Running) -> None:
    if isinstance(wire.messenger, VkMessenger):
        wire.messenger.client.pace = clock.pace(19.6, 20)
    else:
        wire.messenger.pace = clock.pace(29.4, 30)  # type: ignore[attr-defined]


async def _thousand(wire: Wire, database: Database, school: School, now: datetime, count: int) -> None:
    """Refusals on the way, and a restart in the middle: everybody has it once."""
    clock = Running(now)
    _quick(wire, clock)
    channel = wire.messenger.channel
    users = await readers(database, school, channel, count, wire.world)
    await publish(database, school, now)

    def gone() -> int:
        return sum(wire.world.copies.values())

    first = Sender(database, clock, LINKS, [wire.messenger])
    running = asyncio.create_task(first.run())
    await until(lambda: gone() >= count // 10, 20)
    wire.world.fail("flood", method=wire.sending, times=2, value=1)
    await until(lambda: gone() >= count // 3, 20)
    first.stop()
    await running
    assert gone() < count, "it was stopped on the way"
    second = Sender(database, clock, LINKS, [wire.messenger])
    running = asyncio.create_task(second.run())
    await until(lambda: gone() >= count, 30)
    second.stop()
    await running
    assert {user: len(got(wire.world, user)) for user in users} == dict.fromkeys(users, 1)
    assert await _fates(database) == {"sent": count}
    assert wire.world.violations == []


@pytest.mark.parametrize(
    ("channel", "count"),
    [("vk", 1000), ("telegram", 200), pytest.param("telegram", 1000, marks=pytest.mark.long)],
)
async def test_a_thousand_readers_refusals_and_a_restart(
    channel: str, count: int, database: Database, school: School, now: datetime
) -> None:
    async with WIRES[channel]() as wire:
        await _thousand(wire, database, school, now, count)


@pytest.mark.parametrize(("channel", "count"), [("vk", 600), ("telegram", 60)])
async def test_a_kill_repeats_at_most_what_was_on_its_way_and_on_vk_nothing(
    channel: str, count: int, database: Database, school: School, now: datetime
) -> None:
    """Carried out, and nobody hears the answer: the next process finds rows of which nobody knows."""
    async with WIRES[channel]() as wire:
        clock = Running(now)
        _quick(wire, clock)
        users = await readers(database, school, wire.messenger.channel, count, wire.world)
        await publish(database, school, now)
        wire.world.fail("late", method=wire.sending, value=0.3)
        first = Sender(database, clock, LINKS, [wire.messenger])
        running = asyncio.create_task(first.run())
        await until(lambda: sum(wire.world.copies.values()) >= count // 6, 10)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        async with database.transaction() as session:
            await outbox.free(session, first._owner)  # as the next start does with a killed process's rows
        wire.world.heal()
        _quick(wire, clock)
        await Sender(database, clock, LINKS, [wire.messenger]).drain()
        copies = [len(got(wire.world, user)) for user in users]
        assert min(copies) == 1, "nobody is left out"
        most = 0 if isinstance(wire.world, VkWorld) else wire.messenger.at_once  # type: ignore[attr-defined]
        assert sum(copies) - count <= most
        if isinstance(wire.world, VkWorld):
            assert wire.world.repeats >= 100, "what had come was tried again and dropped there"

"""An answer goes from hand to hand: its turn takes it, the sender sends it. What may come between, and what becomes of it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest

from bot import sender as sender_module
from bot.front import Front
from bot.lane import Lane
from bot.messenger import Heard, Incoming, Outgoing
from bot.sender import Sender
from bot.turn import Turn
from bot.web.messenger import WebMessenger
from program.channels import Channel
from program.outgoing import Kind
from storage import mailing_post, outbox
from storage.database import Database
from storage.tables import OutboxRow, School, WebMessage
from tests import build
from tests.bot.post import LINKS, Clock, Post, known_post
from tests.bot.wires import until
from tests.both import database as database
from tests.conftest import rows

ANYA, OLEG = 1001, 1002
post = known_post


@asynccontextmanager
async def sending(post: Post, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Lane]:
    """The sender runs, has found nothing due and looks again only at a word."""
    monkeypatch.setattr(sender_module, "IDLE", 3600.0)
    (lane,) = post.sender.lanes
    running = asyncio.create_task(post.sender.run())
    await until(lambda: lane.idle, 20)
    yield lane
    post.sender.stop()
    await running


async def told(post: Post, what: Callable[[OutboxRow], object]) -> None:
    """Returns once the database says so of every row."""
    async with asyncio.timeout(20):
        while True:
            if all(what(row) for row in await rows(post.database, OutboxRow)):  # type: ignore[arg-type]
                return
            await asyncio.sleep(0.01)


async def says(post: Post, user: int, words: str, number: int = 1, heard: Heard = Heard.TEXT) -> None:
    front = Front(post.database, post.clock, post.sender)
    await front.receive(
        Incoming(post.channel, str(user), f"said:{user}:{number}", heard, post.clock.now, text=words)
    )


async def answer_of(post: Post, user: int = ANYA) -> OutboxRow:
    (row,) = await rows(post.database, OutboxRow, address=str(user), kind=Kind.REPLY)
    assert isinstance(row, OutboxRow)
    return row


def held(lane: Lane) -> int | None:
    """The row that the sender has in its hand."""
    return lane.handed.ready.row.id if lane.handed is not None else None


def marked(row: OutboxRow) -> bool:
    return row.sent_at is not None


# On its way


async def test_an_answer_goes_without_a_look_through_what_is_due(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_when: list[int] = []
    claim = outbox.claim

    async def noted(*asked: Any) -> list[OutboxRow]:
        looked_when.append(len(post.told(ANYA)))
        return await claim(*asked)

    async with sending(post, monkeypatch) as lane:
        monkeypatch.setattr(outbox, "claim", noted)
        await says(post, ANYA, "спасибо")
        await told(post, marked)
        await until(lambda: lane.idle, 20)
        assert looked_when == [], "nothing was due a moment ago, and nothing else was put"
        row = await answer_of(post)
        assert (row.attempts, row.lease_until, row.lease_owner) == (1, None, "")


async def test_what_is_put_while_an_answer_goes_from_hand_to_hand_goes_right_after_it(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = post.wire.messenger.send

    async def meanwhile(outgoing: Outgoing) -> str:
        monkeypatch.setattr(post.wire.messenger, "send", send)
        await says(post, OLEG, "спасибо", 2)
        return await send(outgoing)

    async with sending(post, monkeypatch):  # it would look again in an hour
        monkeypatch.setattr(post.wire.messenger, "send", meanwhile)
        await says(post, ANYA, "спасибо")
        await until(lambda: len(post.told(OLEG)) == 1, 20)
    assert len(post.told(ANYA)) == 1


async def test_an_answer_given_in_the_moment_the_one_before_it_went_is_handed_over_as_well(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever answers at once, or many together, would meet a sender that is just writing its mark."""

    async def looks(*_: Any) -> list[OutboxRow]:
        raise AssertionError("it was looked for")

    async with sending(post, monkeypatch), asyncio.timeout(20):
        monkeypatch.setattr(outbox, "claim", looks)
        async for number in answering_at_once(post, monkeypatch):
            if number == 5:
                break
    assert len(post.told(ANYA)) == 5
    assert all(map(marked, await rows(post.database, OutboxRow)))  # type: ignore[arg-type]


async def test_however_many_answers_go_from_hand_to_hand_what_others_put_goes_soon(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sending(post, monkeypatch), asyncio.timeout(20):
        monkeypatch.setattr(sender_module, "IDLE", 0.2)
        await post.put(OLEG, "От другого процесса")  # which wakes nobody here
        async for _ in answering_at_once(post, monkeypatch):
            if post.told(OLEG):
                break


async def answering_at_once(post: Post, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """Somebody who answers before the mark of what they answer is written; numbers their answers that went."""
    taken, send = asyncio.Event(), post.wire.messenger.send

    async def noted(outgoing: Outgoing) -> str:
        external = await send(outgoing)
        taken.set()
        return external

    monkeypatch.setattr(post.wire.messenger, "send", noted)
    for number in itertools.count(1):
        taken.clear()
        await says(post, ANYA, "спасибо", number)
        await taken.wait()
        yield number


async def test_a_turn_leases_its_answer_along_with_putting_it(post: Post) -> None:
    (lane,) = post.sender.lanes
    lane.idle = True
    await says(post, ANYA, "спасибо")
    row = await answer_of(post)
    assert row.lease_until == post.clock.now + outbox.LEASE
    assert (row.lease_owner, row.attempts, row.first_tried_at) == (post.sender._owner, 1, post.clock.now)
    assert held(lane) == row.id


async def test_a_second_answer_waits_for_the_first_as_everything_does(post: Post) -> None:
    (lane,) = post.sender.lanes
    lane.idle = True
    await says(post, ANYA, "спасибо")
    await says(post, OLEG, "спасибо", 2)
    assert held(lane) == (await answer_of(post)).id
    assert (await answer_of(post, OLEG)).lease_until is None
    await post.sender.drain()
    assert len(post.told(ANYA)) == len(post.told(OLEG)) == 1
    assert all(map(marked, await rows(post.database, OutboxRow)))  # type: ignore[arg-type]


async def test_of_answers_given_at_once_one_goes_from_hand_to_hand(post: Post) -> None:
    """Or else what is urgent would wait behind all of them, and their leases run out in the hand."""
    (lane,), users = post.sender.lanes, range(2001, 2007)
    await post.knows(*users)
    lane.idle = True
    await asyncio.gather(*(says(post, user, "спасибо", user) for user in users))
    leased = [row.id for row in await rows(post.database, OutboxRow) if row.lease_until is not None]  # type: ignore[attr-defined]
    assert leased == [held(lane)]
    await post.sender.drain()
    assert [len(post.told(user)) for user in users] == [1] * 6


async def test_several_answers_of_one_turn_come_in_their_order(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sending(post, monkeypatch):
        await says(post, ANYA, "когда же встреча", heard=Heard.START)
        await told(post, marked)
        put = await rows(post.database, OutboxRow)
    assert len(put) == len(post.told(ANYA)) == 2
    assert "когда же встреча" in post.told(ANYA)[0]


async def test_what_is_more_urgent_at_that_address_goes_before_the_answer(post: Post) -> None:
    (lane,) = post.sender.lanes
    lane.idle = True
    alert = await post.put(ANYA, "Сначала это", Kind.ALERT)
    await says(post, ANYA, "спасибо")
    assert held(lane) == alert
    await post.sender.drain()
    assert post.told(ANYA)[0] == "Сначала это"
    assert len(post.told(ANYA)) == 2


async def test_while_a_message_is_under_way_an_answer_is_put_as_everything_is(post: Post) -> None:
    await says(post, ANYA, "спасибо")  # nobody waits for a word: the sender does not run
    assert held(post.sender.lanes[0]) is None
    assert (await answer_of(post)).lease_until is None


# What may come between


async def test_an_answer_that_cannot_go_now_is_as_it_was_before(post: Post) -> None:
    (lane,) = post.sender.lanes
    lane.idle = True
    await says(post, ANYA, "спасибо")
    lane.hold(post.clock.now, 60)
    await post.sender.drain()
    row = await answer_of(post)
    assert (row.lease_until, row.lease_owner, row.attempts, row.first_tried_at) == (None, "", 0, None)
    assert not lane.handed
    post.clock.passes(seconds=61)
    await post.sender.drain()
    assert len(post.told(ANYA)) == 1


async def test_nothing_is_handed_to_an_account_that_stands_still(post: Post) -> None:
    (lane,) = post.sender.lanes
    lane.idle = True
    lane.hold(post.clock.now, 60)
    await says(post, ANYA, "спасибо")
    assert not lane.handed
    assert (await answer_of(post)).attempts == 0


async def test_an_answer_taken_in_the_moment_of_a_stop_is_left_to_whoever_comes_next(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, send = asyncio.Event(), post.wire.messenger.send

    async def behind_a_gate(outgoing: Outgoing) -> str:
        await opened.wait()
        return await send(outgoing)

    async with sending(post, monkeypatch) as lane:
        monkeypatch.setattr(post.wire.messenger, "send", behind_a_gate)
        await says(post, OLEG, "спасибо", 2)
        await until(lambda: not lane.idle, 20)
        lane.idle = True  # as if the turn had looked a moment earlier
        await says(post, ANYA, "спасибо")
        assert lane.handed
        post.sender.stop()
        opened.set()
    assert post.told(ANYA) == []
    assert len(post.told(OLEG)) == 1
    row = await answer_of(post)
    assert (row.lease_until, row.attempts) == (None, 0)
    await post.another_sender().drain()
    assert len(post.told(ANYA)) == 1


async def test_an_answer_whose_turn_ends_after_the_sender_did_is_left_to_whoever_comes_next(
    post: Post,
) -> None:
    class Stopped(Sender):
        async def take(self, turn: Turn) -> None:
            await super().take(turn)
            assert turn.work.session.info["taken"]
            self.stop()

    post.sender = Stopped(post.database, post.clock, LINKS, [post.wire.messenger])
    (lane,) = post.sender.lanes
    lane.idle = True
    await says(post, ANYA, "спасибо")
    row = await answer_of(post)
    assert (row.lease_until, row.lease_owner, row.attempts) == (None, "", 0)
    assert lane.promised is None
    await post.another_sender().drain()
    assert len(post.told(ANYA)) == 1


async def test_an_answer_is_not_lost_with_the_mark_of_what_went_before_it(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    (lane,), send, sent = post.sender.lanes, post.wire.messenger.send, outbox.sent

    async def meanwhile(outgoing: Outgoing) -> str:
        monkeypatch.setattr(post.wire.messenger, "send", send)
        lane.idle = True
        await says(post, ANYA, "спасибо")
        assert held(lane)
        monkeypatch.setattr(outbox, "sent", fails)
        return await send(outgoing)

    async def fails(*asked: Any) -> None:
        raise OSError("the disk is full")

    await post.put(OLEG, "раз")
    monkeypatch.setattr(post.wire.messenger, "send", meanwhile)
    with pytest.raises(OSError, match="full"):
        await post.sender.drain()
    monkeypatch.setattr(outbox, "sent", sent)
    await post.sender.drain()
    assert (len(post.told(OLEG)), len(post.told(ANYA))) == (1, 1)
    assert all(map(marked, await rows(post.database, OutboxRow)))  # type: ignore[arg-type]


async def test_while_nothing_can_be_written_the_sender_waits_between_its_tries(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    async def fails(*asked: Any) -> None:
        tries.append(len(tries))
        raise OSError("the disk is full")

    (lane,) = post.sender.lanes
    lane.idle = True
    await says(post, ANYA, "спасибо")
    lane.hold(post.clock.now, 60)
    monkeypatch.setattr(mailing_post, "give_back", fails)
    monkeypatch.setattr(sender_module, "IDLE", 0.1)
    running = asyncio.create_task(post.sender.run())
    await asyncio.sleep(0.5)  # others are served meanwhile
    post.sender.stop()
    await running
    assert 1 <= len(tries) <= 7


async def test_an_answer_kept_waiting_too_long_is_claimed_anew(post: Post) -> None:
    """It must not still be under way when its lease ends: another process would send it as well."""
    (lane,) = post.sender.lanes
    lane.idle = True
    await says(post, ANYA, "спасибо")
    post.clock.passes(seconds=61)
    await post.sender.drain()
    row = await answer_of(post)
    assert (len(post.told(ANYA)), row.attempts, row.first_tried_at) == (1, 1, post.clock.now)


async def test_an_answer_whose_lease_ran_out_in_the_hand_is_not_sent_by_it(post: Post) -> None:
    (lane,) = post.sender.lanes
    lane.idle = True
    await says(post, ANYA, "спасибо")
    post.clock.passes(minutes=3)  # the process stood still, and another went on
    await post.another_sender().drain()
    assert len(post.told(ANYA)) == 1
    await post.sender.drain()
    assert len(post.told(ANYA)) == 1
    assert all(map(marked, await rows(post.database, OutboxRow)))  # type: ignore[arg-type]


async def test_what_another_process_has_taken_meanwhile_is_not_given_back(post: Post) -> None:
    (lane,) = post.sender.lanes
    lane.idle = True
    await says(post, ANYA, "спасибо")
    post.clock.passes(minutes=3)
    async with post.database.transaction() as session:
        assert len(await outbox.claim(session, post.channel, "default", post.clock.now, "another")) == 1
    lane.hold(post.clock.now, 60)
    await post.sender.drain()
    assert (await answer_of(post)).lease_owner == "another"
    assert not lane.handed


async def test_an_answer_does_not_stand_behind_what_the_account_goes_on_with(post: Post) -> None:
    (lane,), send, went = post.sender.lanes, post.wire.messenger.send, []

    async def meanwhile(outgoing: Outgoing) -> str:
        went.append(outgoing.address)
        if len(went) == 1:
            lane.idle = True  # as if the turn had looked a moment before this began
            await says(post, ANYA, "спасибо")
        return await send(outgoing)

    for words in ("раз", "два", "три"):
        await post.put(OLEG, words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(post.wire.messenger, "send", meanwhile)
        await post.sender.drain()
    assert went == [str(OLEG), str(ANYA), str(OLEG), str(OLEG)]


async def test_what_a_killed_process_had_in_hand_goes_once_its_lease_is_over(post: Post) -> None:
    post.sender.lanes[0].idle = True
    await says(post, ANYA, "спасибо")
    another = post.another_sender()
    await another.drain()
    assert post.told(ANYA) == []
    post.clock.passes(seconds=outbox.LEASE.total_seconds() + 1)
    await another.drain()
    assert len(post.told(ANYA)) == 1


async def test_a_handed_answer_that_the_platform_does_not_take_is_tried_again(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sending(post, monkeypatch):
        post.world.fail("500", method=post.wire.sending, times=1)
        await says(post, ANYA, "спасибо")
        await told(post, lambda row: row.error)
        assert post.told(ANYA) == []
        post.clock.passes(minutes=1)
        post.sender.wake()
        await told(post, marked)
    assert len(post.told(ANYA)) == 1


async def test_of_a_turn_that_comes_to_nothing_nothing_is_handed(post: Post) -> None:
    class Broken(Sender):
        async def take(self, turn: Turn) -> None:
            await super().take(turn)
            raise RuntimeError("a defect of ours")

    post.sender = Broken(post.database, post.clock, LINKS, [post.wire.messenger])
    (lane,) = post.sender.lanes
    lane.idle = True
    await says(post, ANYA, "спасибо")
    assert not lane.handed
    assert lane.promised is None
    assert (await answer_of(post)).body["texts"][0]["id"] == "talk-defect"


# The house's own chat


@pytest.fixture
async def chat(database: Database, school: School, now: datetime) -> tuple[Sender, Front, str]:
    person, clock = build.person(school), Clock(now)
    async with database.transaction() as session:
        session.add(person)
        await session.flush()
        session.add(build.address(person))
    web = Sender(database, clock, LINKS, [WebMessenger(database, clock)])
    return web, Front(database, clock, web), build.address(person).address


async def test_in_the_web_chat_the_answer_stands_with_the_turn(
    chat: tuple[Sender, Front, str], database: Database, now: datetime
) -> None:
    web, front, address = chat
    await front.receive(Incoming(Channel.WEB, address, "1", Heard.START, now, text="когда же встреча"))
    sent = await rows(database, OutboxRow)
    said = [one for one in await rows(database, WebMessage) if not one.mine]  # type: ignore[attr-defined]
    assert len(sent) == 2
    assert [one.sent_at for one in sent] == [now, now]  # type: ignore[attr-defined]
    assert [one.outbox_id for one in said] == [one.id for one in sent]  # type: ignore[attr-defined]
    # PostgreSQL passes over rows that another holds: somebody has to look again there.
    assert web.lanes[0].woken.is_set() is not database.is_sqlite


async def test_what_was_due_before_stands_above_the_answer_or_below_as_it_would(
    chat: tuple[Sender, Front, str], database: Database, school: School, now: datetime
) -> None:
    _, front, address = chat
    asked = {
        "school_id": school.id,
        "channel": Channel.WEB,
        "address": address,
        "created_at": now,
        "due_at": now,
    }
    (reader,) = {one.person_id for one in await rows(database, build.Address)}  # type: ignore[attr-defined]
    async with database.transaction() as session:
        for kind, priority in ((Kind.NOTICE, 5), (Kind.ALERT, 0)):
            body = {"texts": [{"id": "talk-thanks"}]}
            await outbox.put(
                session,
                key=f"before:{kind}",
                kind=kind,
                priority=priority,
                person_id=reader,
                body=body,
                **asked,
            )
    await front.receive(Incoming(Channel.WEB, address, "1", Heard.TEXT, now, text="ок"))
    kinds = {one.id: one.kind for one in await rows(database, OutboxRow)}  # type: ignore[attr-defined]
    said = [one for one in await rows(database, WebMessage) if not one.mine]  # type: ignore[attr-defined]
    assert [kinds[one.outbox_id] for one in said] == [Kind.ALERT, Kind.REPLY, Kind.NOTICE]  # type: ignore[attr-defined]


async def test_a_defect_in_putting_up_keeps_no_turn_from_being_heard(
    chat: tuple[Sender, Front, str], database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    web, front, address = chat

    async def shown() -> int:
        return len(await rows(database, WebMessage, mine=False))

    with monkeypatch.context() as broken:
        broken.setattr(WebMessenger, "put_up", _refuses)
        for event in ("1", "2"):
            await front.receive(Incoming(Channel.WEB, address, event, Heard.TEXT, now, text="ок"))
        assert await shown() == 0
    answers = [one.body["texts"][0]["id"] for one in await rows(database, OutboxRow)]  # type: ignore[attr-defined]
    assert answers == ["talk-defect", "talk-fine"], "the second turn leaves its answer to the sender"
    await web.drain()
    assert await shown() == 2
    await front.receive(Incoming(Channel.WEB, address, "3", Heard.TEXT, now, text="ок"))
    assert await shown() == 3, "and the third puts its own up again"


async def test_while_the_sender_puts_up_all_goes_well_with_the_chat(
    chat: tuple[Sender, Front, str], database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    web, front, address = chat
    seen, put_up = [], WebMessenger.put_up

    async def noted(*asked: Any) -> Any:
        seen.append(web.lanes[0].stumbled)
        return await put_up(*asked)

    monkeypatch.setattr(WebMessenger, "put_up", noted)
    await front.receive(Incoming(Channel.WEB, address, "1", Heard.TEXT, now, text="ок"))
    await web.drain()
    assert set(seen) == {False}, "a turn meanwhile would have left its answer to the sender"


async def _refuses(*_: object) -> None:
    raise RuntimeError("a defect of ours")

"""The outbox and its only reader, against the platforms' worlds: order, pace, failures, leases."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from bot import holders
from bot.pace import Pace
from bot.sender import Sender
from bot.telegram.messenger import TelegramMessenger
from program.channels import Channel
from program.outgoing import Choice, Kind, Message
from program.roles import PersonState
from program.text import raw
from storage import outbox
from storage.database import Database
from storage.tables import Address, OutboxRow, Person, School
from tests.bot.post import LINKS, Clock, Post, known_post, post_office
from tests.bot.wires import WIRES, telegram, until
from tests.both import address
from tests.both import database as database
from tests.conftest import rows

ANYA, OLEG, VERA = 1001, 1002, 1003
any_post = known_post


@pytest.fixture
async def post(database: Database, school: School, now: datetime) -> AsyncIterator[Post]:
    """Telegram."""
    async with post_office("telegram", database, school, now) as post:
        await post.knows(ANYA, OLEG)
        yield post


async def test_messages_of_one_person_arrive_in_their_order_and_wait_for_one_that_failed(post: Post) -> None:
    for words in ("раз", "два", "три"):
        await post.put(ANYA, words)
    await post.put(OLEG, "другому")
    post.world.fail("500", method="sendMessage", times=1)
    await post.sender.drain()
    assert post.told(ANYA) == []
    assert post.told(OLEG) == ["другому"]
    post.clock.passes(minutes=1)
    await post.sender.drain()
    assert post.told(ANYA) == ["раз", "два", "три"]


async def test_what_has_gone_while_the_database_went_away_is_marked_when_it_is_back(post: Post) -> None:
    await post.put(ANYA, "раз")
    (lane,), there = post.sender.lanes, post.database
    post.world.fail("slow", method="sendMessage", times=1, value=0.3)
    sending = asyncio.create_task(post.sender._step(lane))
    await until(lambda: post.world.calls["sendMessage"] == 1)
    post.sender._database = Database("postgresql+asyncpg://nobody@127.0.0.1:1/none")
    with pytest.raises(OSError):
        await sending
    with pytest.raises(OSError):
        await post.sender.drain()
    post.sender._database = there
    post.clock.passes(minutes=3)  # its lease has run out
    await post.put(ANYA, "два")
    await post.sender.drain()
    assert post.told(ANYA) == ["раз", "два"]


async def test_a_sender_that_stood_still_past_its_lease_leaves_the_message_to_whoever_took_it(
    post: Post,
) -> None:
    await post.put(ANYA, "раз")
    _, ready = await post.sender._look(post.sender.lanes[0])
    assert ready is not None
    post.clock.passes(minutes=3)
    await post.another_sender().drain()
    await post.sender._send(post.sender.lanes[0], ready)
    await post.sender.drain()
    assert post.told(ANYA) == ["раз"]


async def test_after_the_look_that_finds_nothing_due_the_sender_looks_no_second_time(post: Post) -> None:
    await post.put(ANYA, "раз", Kind.REPLY)
    ended: list[object] = []
    event.listen(post.database.engine.sync_engine, "commit", lambda one: ended.append(one))
    await post.sender.drain()
    assert post.told(ANYA) == ["раз"]
    assert len(ended) == 3  # the claim; the mark with the look for the next one; the look for a mailing


async def test_who_has_nothing_to_send_is_not_woken(post: Post) -> None:
    (lane,) = post.sender.lanes
    post.sender.wake({(Channel.VK, "default"), (Channel.TELEGRAM, "another")})
    assert not lane.woken.is_set()
    post.sender.wake({(Channel.TELEGRAM, "default")})
    assert lane.woken.is_set()


async def test_a_reply_passes_a_mailing(post: Post) -> None:
    for user in (ANYA, OLEG):
        await post.put(user, "новость", Kind.NEWS)
    await post.put(OLEG, "ответ", Kind.REPLY)
    await post.put(ANYA, "тревога", Kind.ALERT)
    await post.sender.drain()
    assert list(post.world.copies) == [
        (ANYA, "тревога"), (OLEG, "ответ"), (ANYA, "новость"), (OLEG, "новость"),
    ]  # fmt: skip


async def test_a_reply_does_not_wait_for_a_notice_that_is_due_later(post: Post) -> None:
    await post.put(ANYA, "завтра", due_at=post.clock.now + timedelta(days=1))
    await post.put(ANYA, "ответ", Kind.REPLY)
    await post.sender.drain()
    assert post.told(ANYA) == ["ответ"]


async def test_a_flood_answer_holds_everything_of_the_account(any_post: Post) -> None:
    post = any_post
    await post.put(ANYA, "раз")
    await post.put(OLEG, "другому")
    post.world.fail("flood", method=post.wire.sending, times=1, value=1)
    await post.sender.drain()
    assert (post.told(ANYA), post.told(OLEG)) == ([], [])
    assert await post.sender.drain() == 0
    post.clock.passes(seconds=2)
    await post.sender.drain()
    assert (post.told(ANYA), post.told(OLEG)) == (["раз"], ["другому"])


async def test_an_address_that_is_closed_to_us_is_marked_and_not_tried_again(any_post: Post) -> None:
    post = any_post
    post.world.blocks(ANYA)
    first = await post.put(ANYA, "раз")
    await post.put(OLEG, "другому")
    await post.sender.drain()
    assert (await post.row(first)).dropped == "unreachable"
    (marked,) = await rows(post.database, Address, address=str(ANYA))
    assert marked.unreachable_since == post.clock.now  # type: ignore[attr-defined]
    second = await post.put(ANYA, "два")
    tried = post.world.calls[post.wire.sending]
    await post.sender.drain()
    assert (await post.row(second)).dropped == "not-allowed"
    assert post.world.calls[post.wire.sending] == tried
    assert post.told(OLEG) == ["другому"]


async def test_a_message_that_the_platform_refuses_is_parked_and_stops_nothing(any_post: Post) -> None:
    post = any_post
    empty = await post.put(ANYA, " ")
    await post.put(ANYA, "после")
    await post.put(OLEG, "другому")
    await post.sender.drain()
    assert (await post.row(empty)).dropped == "refused: bad-request"
    assert (post.told(ANYA), post.told(OLEG)) == (["после"], ["другому"])


async def test_a_message_that_cannot_be_put_into_words_is_parked_and_stops_nothing(post: Post) -> None:
    wordless = await post.put(ANYA, "", body={"texts": [{"id": "no-such-text"}]})
    await post.put(ANYA, "после")
    await post.put(OLEG, "другому")
    await post.sender.drain()
    assert (await post.row(wordless)).dropped.startswith("refused")
    assert (post.told(ANYA), post.told(OLEG)) == (["после"], ["другому"])


async def test_vk_drops_the_copies_of_a_message_whose_answer_was_lost(
    database: Database, school: School, now: datetime
) -> None:
    async with post_office("vk", database, school, now) as post:
        await post.knows(ANYA)
        row = await post.put(ANYA, "раз")
        post.world.fail("drop", method="messages.send", times=3)
        for _ in range(4):
            await post.sender.drain()
            post.clock.passes(minutes=1)
        assert post.told(ANYA) == ["раз"]
        assert post.world.repeats == 3  # type: ignore[union-attr]
        assert (await post.row(row)).sent_at is not None


async def test_telegram_repeats_a_message_of_unknown_fate_once_and_then_leaves_it_in_doubt(
    post: Post,
) -> None:
    row = await post.put(ANYA, "раз")
    post.world.fail("drop", method="sendMessage", times=5)
    for _ in range(5):
        await post.sender.drain()
        post.clock.passes(minutes=1)
    assert post.told(ANYA) == ["раз", "раз"]
    assert (await post.row(row)).dropped == "in-doubt"


async def test_failures_that_surely_delivered_nothing_do_not_use_up_the_one_repeat(post: Post) -> None:
    row = await post.put(ANYA, "раз")
    post.world.fail("500", method="sendMessage", times=2)
    post.world.fail("502", method="sendMessage", times=2)  # a gateway's page: not passed on
    post.world.fail("504", method="sendMessage", times=1)  # passed on, perhaps delivered
    for _ in range(6):
        await post.sender.drain()
        post.clock.passes(minutes=2)
    assert post.told(ANYA) == ["раз"]
    assert (await post.row(row)).sent_at is not None


@pytest.mark.parametrize("fault", ["502", "504"])
async def test_pages_of_a_gateway_lose_nothing_however_long_the_outage(post: Post, fault: str) -> None:
    row = await post.put(ANYA, "раз")
    post.world.fail(fault)
    for _ in range(10):
        await post.sender.drain()
        post.clock.passes(minutes=11)
    assert (await post.row(row)).dropped == ""
    post.world.heal()
    await post.sender.drain()
    assert post.told(ANYA) == ["раз"]


async def test_the_one_repeat_waits_until_the_platform_answers_again(post: Post) -> None:
    """Carried out, and the answer lost; then silence: nothing is sent into it."""
    row = await post.put(ANYA, "раз")
    post.world.fail("drop", method="sendMessage", times=1)
    await post.sender.drain()
    post.world.fail("500", method="getMe", times=3)
    for _ in range(3):
        post.clock.passes(minutes=11)
        await post.sender.drain()
    assert post.world.calls["sendMessage"] == 1
    post.clock.passes(minutes=11)
    await post.sender.drain()
    assert (await post.row(row)).sent_at is not None
    assert post.world.calls["sendMessage"] == 2


async def test_a_message_that_fails_while_others_get_through_is_given_up_visibly(post: Post) -> None:
    post.wire.messenger.pace = Pace(1_000, 1_000)  # type: ignore[attr-defined]
    row = await post.put(ANYA, "раз")
    for number in range(9):
        post.world.fail("500", method="sendMessage", times=1)
        await post.put(OLEG, f"другому {number}")
        await post.sender.drain()
        post.world.heal()
        post.clock.passes(minutes=11)
    assert (await post.row(row)).dropped == "gave-up: server"
    assert post.told(ANYA) == []


async def test_nothing_is_given_up_while_the_whole_platform_is_away(any_post: Post) -> None:
    """Twelve hours of silence end in an orderly drain."""
    post = any_post
    if post.wire.sending == "sendMessage":
        post.wire.messenger.pace = Pace(1_000, 1_000)  # type: ignore[attr-defined]
    for words in ("раз", "два"):
        await post.put(ANYA, words, Kind.REPLY)
    post.world.fail("500")
    for _ in range(12):
        await post.sender.drain()
        post.clock.passes(hours=1)
    post.world.heal()
    for _ in range(2):
        await post.sender.drain()
        post.clock.passes(minutes=11)
    assert post.told(ANYA) == ["раз", "два"]


async def test_what_is_out_of_date_is_dropped_and_says_so(post: Post) -> None:
    late = await post.put(ANYA, "через час", expires_at=post.clock.now + timedelta(hours=1))
    post.clock.passes(hours=1)
    await post.sender.drain()
    assert (await post.row(late)).dropped == "expired"
    assert post.told(ANYA) == []


async def test_what_was_put_off_into_the_night_waits_for_the_morning(post: Post) -> None:
    row = await post.put(ANYA, "напоминание")
    post.world.fail("500", method="sendMessage", times=1)
    await post.sender.drain()
    post.clock.now = post.clock.now.replace(hour=16)  # 21:00 in Yekaterinburg
    assert await post.sender.drain() == 1
    waits = await post.row(row)
    assert (post.told(ANYA), waits.sent_at, waits.dropped) == ([], None, "")
    assert waits.due_at == post.clock.now.replace(hour=3) + timedelta(days=1)  # 08:00
    post.clock.now = waits.due_at
    await post.sender.drain()
    assert post.told(ANYA) == ["напоминание"]


async def test_what_waits_for_the_morning_holds_up_no_reply(post: Post) -> None:
    post.clock.now = post.clock.now.replace(hour=16)
    await post.put(ANYA, "напоминание")
    assert await post.sender.drain() == 1
    await post.put(ANYA, "ответ", Kind.REPLY)
    await post.sender.drain()
    assert post.told(ANYA) == ["ответ"]


@pytest.mark.parametrize("kind", [Kind.REPLY, Kind.ALERT])
async def test_replies_and_alerts_leave_at_night(post: Post, kind: Kind) -> None:
    post.clock.now = post.clock.now.replace(hour=20)  # 01:00
    await post.put(ANYA, "слова", kind)
    await post.sender.drain()
    assert post.told(ANYA) == ["слова"]


@pytest.mark.parametrize("state", [PersonState.FROZEN, PersonState.ERASED])
async def test_who_takes_no_part_any_more_is_told_nothing_unasked(post: Post, state: PersonState) -> None:
    notice = await post.put(ANYA, "напоминание")
    async with post.database.transaction() as session:
        person = await session.get(Person, post.people[ANYA].id)
        assert person is not None
        person.state = state
    await post.sender.drain()
    assert post.told(ANYA) == []
    assert (await post.row(notice)).dropped == "not-allowed"


async def test_nothing_unasked_goes_to_an_address_that_has_become_somebody_elses(post: Post) -> None:
    notice = await post.put(ANYA, "напоминание")
    async with post.database.transaction() as session:
        moved = await session.get(Address, (await rows(post.database, Address, address=str(ANYA)))[0].id)  # type: ignore[attr-defined]
        assert moved is not None
        moved.person_id = post.people[OLEG].id
    await post.sender.drain()
    assert (await post.row(notice)).dropped == "not-allowed"


@pytest.mark.parametrize("channel", WIRES)
async def test_a_refused_token_stops_the_account_and_loses_nothing(
    channel: str, database: Database, school: School, now: datetime
) -> None:
    async with WIRES[channel](token="42:wrong-token-00000000000000000000000000") as wire:
        clock = Clock(now)
        post = Post(database, school, clock, wire, Sender(database, clock, LINKS, [wire.messenger]))
        await post.knows(ANYA)
        row = await post.put(ANYA, "раз")
        await post.sender.drain()
        clock.passes(hours=1)
        await post.sender.drain()
        assert post.sender.lanes[0].stopped == "token"
        assert wire.world.calls[wire.sending] == 1
        waits = await post.row(row)
        assert (waits.sent_at, waits.dropped) == (None, "")


async def test_two_senders_at_once_double_nothing_and_keep_the_order(
    any_post: Post, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    post = any_post
    everybody = [2000 + number for number in range(8)]
    await post.knows(*everybody)
    for words in ("раз", "два", "три"):
        for user in everybody:
            await post.put(user, words)
    kind = "sqlite" if post.database.is_sqlite else "postgres"
    elsewhere = Database(address(kind, tmp_path))
    senders = [post.sender, post.another_sender(elsewhere), post.another_sender(elsewhere)]
    while sum(await asyncio.gather(*(sender.drain() for sender in senders))):
        pass
    await elsewhere.close()
    assert {user: post.told(user) for user in everybody} == {
        user: ["раз", "два", "три"] for user in everybody
    }
    assert set(post.world.copies.values()) == {1}


async def test_what_a_killed_sender_held_is_sent_as_soon_as_the_next_one_starts(post: Post) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])  # noqa: ASYNC220
    ended.wait()
    row = await post.put(ANYA, "раз")
    await _held_by(post, f"{holders.this_host()[:30]}:{ended.pid}:0badf00d:1")
    assert await post.sender.drain() == 0
    running = asyncio.create_task(post.sender.run())
    await until(lambda: post.told(ANYA) == ["раз"])
    post.sender.stop()
    await running
    assert (await post.row(row)).sent_at is not None


async def test_what_a_living_sender_holds_is_left_alone_until_its_lease_ends(post: Post) -> None:
    await post.put(ANYA, "раз")
    await _held_by(post, holders.name())
    await post.sender._free_left_behind()
    assert await post.sender.drain() == 0
    post.clock.passes(seconds=outbox.LEASE.total_seconds() + 1)
    await post.sender.drain()
    assert post.told(ANYA) == ["раз"]


async def _held_by(post: Post, owner: str) -> None:
    async with post.database.transaction() as session:
        assert await outbox.claim(session, post.channel, "default", post.clock.now, owner)


async def test_the_newest_message_with_the_same_key_is_redrawn(any_post: Post) -> None:
    post = any_post

    async def question(ticked: int) -> None:
        rows = ((Choice(raw(f"Готово: {ticked}"), "t:1:done"),),)
        body = Message((raw("Что интересно?"),), rows).to_json()
        await post.put(ANYA, "", Kind.REPLY, body=body, edit_key="turn:1")

    for ticked in range(3):
        await question(ticked)
        await post.sender.drain()
    (seen,) = [seen for seen in post.world.chat(ANYA) if not seen.mine]
    assert (seen.labels, seen.edited) == (["Готово: 2"], 2)


async def test_a_sender_that_is_stopped_finishes_the_message_in_hand(post: Post) -> None:
    row = await post.put(ANYA, "раз")
    await post.put(ANYA, "два")
    post.world.fail("slow", method="sendMessage", times=1, value=0.2)
    running = asyncio.create_task(post.sender.run())
    await until(lambda: post.world.calls["sendMessage"] == 1)
    post.sender.stop()
    await running
    assert post.told(ANYA) == ["раз"]
    assert (await post.row(row)).sent_at is not None


@pytest.mark.faults  # a busy machine would spoil the measure; these run alone
async def test_a_full_outbox_leaves_each_message_once(
    database: Database, school: School, now: datetime
) -> None:
    async with telegram() as wire:
        assert isinstance(wire.messenger, TelegramMessenger)
        wire.messenger.pace = Pace(10_000, 1_000)
        clock = Clock(now)
        post = Post(database, school, clock, wire, Sender(database, clock, LINKS, [wire.messenger]))
        everybody = [3000 + number for number in range(60)]
        await post.knows(*everybody)
        for user in everybody:
            await post.put(user, "новость", Kind.NEWS)
        assert await post.sender.drain() == len(everybody)
        assert set(wire.world.copies.values()) == {1}


async def test_looking_for_the_next_message_reads_only_what_waits(post: Post) -> None:
    """However long the history, a look costs the same: both halves of it go by the partial indexes."""
    await _history(post, 3000)
    await post.put(ANYA, "раз")
    plan = await _plan_of_claim(post)
    used = re.findall(r"(?:SEARCH|SCAN|Index Scan using)[^\n]*?(ix_outbox_\w+|$)", plan)
    assert used
    assert set(used) <= {"ix_outbox_due", "ix_outbox_lane"}, plan
    assert "Seq Scan" not in plan


async def _history(post: Post, count: int) -> None:
    """Rows that were sent."""
    values = {
        "school_id": post.school.id, "kind": Kind.NEWS, "priority": 9, "channel": post.channel,
        "account": "default", "body": {"texts": []}, "created_at": post.clock.now, "due_at": post.clock.now,
        "sent_at": post.clock.now, "lease_owner": "", "attempts": 1, "external_id": "1", "dropped": "",
        "error": "", "edit_key": "",
    }  # fmt: skip
    people = [
        values
        | {"key": f"old:{number}", "address": str(number % 500), "lane": f"telegram:default:{number % 500}"}
        for number in range(count)
    ]
    async with post.database.transaction() as session:
        await session.execute(insert(OutboxRow), people)
    async with post.database.transaction() as session:
        await session.execute(text("ANALYZE"))


async def _plan_of_claim(post: Post) -> str:
    caught: list[tuple[str, Any]] = []

    def listen(connection: Any, cursor: Any, statement: str, values: Any, *_: object) -> None:
        if statement.startswith("SELECT outbox"):
            caught.append((statement, values))

    event.listen(post.database.engine.sync_engine, "before_cursor_execute", listen)
    async with post.database.transaction() as session:
        await outbox.claim(session, Channel.TELEGRAM, "default", post.clock.now, "")
        await session.rollback()
    event.remove(post.database.engine.sync_engine, "before_cursor_execute", listen)
    ((statement, values),) = caught
    explain = "EXPLAIN QUERY PLAN" if post.database.is_sqlite else "EXPLAIN"
    async with post.database.engine.begin() as connection:
        if not post.database.is_sqlite:
            # As after some executions: one plan for all values, which proves nothing from them.
            await connection.exec_driver_sql("SET plan_cache_mode = force_generic_plan")
        lines = await connection.exec_driver_sql(f"{explain} {statement}", values)
        plan = "\n".join(" ".join(map(str, line)) for line in lines)
        await connection.rollback()
    return plan

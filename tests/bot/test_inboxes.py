"""What every inbox must keep: order, nothing lost, one reader. Real HTTP, real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.messenger import Button, Heard, Incoming, Outgoing
from bot.places import StreamLease
from program.channels import Channel
from storage.database import Database
from storage.tables import StreamPlace
from tests.bot.wires import WIRES, Ears, Wire, listening, until
from tests.conftest import rows

ANYA, OLEG = 1001, 1002


@pytest.fixture(params=WIRES)
async def wire(request: pytest.FixtureRequest) -> AsyncIterator[Wire]:
    async with WIRES[request.param]() as wire:
        yield wire
        assert wire.world.violations == []


@pytest.fixture
def lease(wire: Wire, database: Database) -> StreamLease:
    return StreamLease(database, wire.messenger.channel)


async def test_what_is_typed_pressed_and_opened_is_heard(wire: Wire, lease: StreamLease) -> None:
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: wire.world.calls[wire.polling] > 0)
        wire.world.starts(ANYA, "token-from-the-poster")
        wire.world.says(ANYA, "Аня Котова")
        wire.world.sends_sticker(ANYA)
        wire.world.sends_voice(ANYA)
        wire.world.sends_photo(ANYA)
        wire.world.blocks(ANYA)
        await until(lambda: len(ears.heard) == 6)
    assert [(one.heard, one.text or one.data) for one in ears.heard] == [
        (Heard.START, "token-from-the-poster"),
        (Heard.TEXT, "Аня Котова"),
        (Heard.OTHER, "heard-sticker"),
        (Heard.OTHER, "heard-voice"),
        (Heard.OTHER, "heard-photo"),
        (Heard.BLOCKED, ""),
    ]
    assert {one.address for one in ears.heard} == {str(ANYA)}
    assert len({one.event_id for one in ears.heard}) == 6
    assert all(abs(one.at - datetime.now(UTC)) < timedelta(seconds=30) for one in ears.heard)


async def test_the_words_of_a_photo_are_heard_as_typed(wire: Wire, lease: StreamLease) -> None:
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: wire.world.calls[wire.polling] > 0)
        wire.world.sends_photo(ANYA, "Вот наш проект")
        await until(lambda: len(ears.heard) == 1)
    (one,) = ears.heard
    assert (one.heard, one.text, one.lost) == (Heard.TEXT, "Вот наш проект", "heard-photo")


async def test_a_press_brings_what_the_button_carried(wire: Wire, lease: StreamLease) -> None:
    wire.world.says(ANYA, "Здравствуйте")
    await wire.messenger.send(
        Outgoing(str(ANYA), "Готовы?", 1, ((Button("Да", "t:3:0"), Button("Нет", "t:3:1")),))
    )
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: bool(ears.heard) or wire.messenger.channel == Channel.VK)
        await until(lambda: wire.world.calls[wire.polling] > 0)
        wire.world.presses(ANYA, "Нет")
        await until(lambda: bool(ears.heard) and ears.heard[-1].heard is Heard.PRESS)
    assert ears.heard[-1].data == "t:3:1"


async def test_one_person_is_heard_in_order_while_others_go_on(wire: Wire, lease: StreamLease) -> None:
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: wire.world.calls[wire.polling] > 0)
        for number in range(20):
            wire.world.says(ANYA, f"Аня {number}")
            wire.world.says(OLEG, f"Олег {number}")
        await until(lambda: len(ears.heard) == 40)
    for name in ("Аня", "Олег"):
        assert [text for text in ears.words if name in text] == [f"{name} {n}" for n in range(20)]


async def test_what_could_not_be_kept_comes_again_in_its_order(wire: Wire, lease: StreamLease) -> None:
    ears = Ears(deaf={"второе": 3})
    async with listening(wire.inbox(lease), ears):
        await until(lambda: wire.world.calls[wire.polling] > 0)
        for text in ("первое", "второе", "третье"):
            wire.world.says(ANYA, text)
        wire.world.says(OLEG, "соседнее")
        await until(lambda: len(ears.heard) == 4)
    assert [text for text in ears.words if text != "соседнее"] == ["первое", "второе", "третье"]


async def test_a_death_before_the_commit_loses_nothing(wire: Wire, database: Database) -> None:
    """The first process keeps nothing of what it heard; the next one hears it."""
    first, second = Ears(deaf={"важное": 10**6}), Ears()
    channel = wire.messenger.channel
    async with listening(wire.inbox(StreamLease(database, channel)), first):
        await until(lambda: wire.world.calls[wire.polling] > 0)
        wire.world.says(ANYA, "раньше")
        await until(lambda: first.words == ["раньше"])
        wire.world.says(ANYA, "важное")
        await until(lambda: first.tries > 2)
    wire.world.says(ANYA, "пока никого не было")
    async with listening(wire.inbox(StreamLease(database, channel)), second):
        await until(lambda: len(second.heard) >= 2 and second.words[-1] == "пока никого не было")
    assert second.words[-2:] == ["важное", "пока никого не было"]


async def test_an_unconfirmed_event_comes_with_the_same_id(wire: Wire, database: Database) -> None:
    """Committed, then died before the platform or the place knew: the front door drops it by its id."""
    first, second = Ears(deaf={"держит пачку": 10**6}), Ears()
    channel = wire.messenger.channel
    async with listening(wire.inbox(StreamLease(database, channel)), first):
        await until(lambda: wire.world.calls[wire.polling] > 0)
        wire.world.says(OLEG, "держит пачку")
        wire.world.says(ANYA, "принято")
        await until(lambda: "принято" in first.words)
    async with listening(wire.inbox(StreamLease(database, channel)), second):
        await until(lambda: {"держит пачку", "принято"} <= set(second.words))
    again = next(one for one in second.heard if one.text == "принято")
    assert again.event_id == first.heard[0].event_id


@pytest.mark.parametrize("kind", ["500", "502", "flood", "drop"])
async def test_faults_of_the_platform_do_not_end_the_listening(
    wire: Wire, lease: StreamLease, kind: str
) -> None:
    ears = Ears()
    wire.world.fail(kind, times=4, value=0.01)
    if kind == "flood":
        wire.world.heal()  # a whole second is the least Telegram can name
        wire.world.fail(kind, method="messages.send", times=4)
    inbox = wire.inbox(lease)
    async with listening(inbox, ears):
        await until(lambda: inbox.polled_at is not None or wire.world.calls[wire.polling] > 0)
        wire.world.says(ANYA, "слышно?")
        await until(lambda: ears.words == ["слышно?"])
    assert inbox.polled_at is not None


async def test_only_one_of_two_readers_reads(wire: Wire, database: Database) -> None:
    ears, other = Ears(), Ears()
    channel = wire.messenger.channel
    async with listening(wire.inbox(StreamLease(database, channel)), ears):
        await until(lambda: wire.world.calls[wire.polling] > 0)
        polls = wire.world.calls[wire.polling]
        async with listening(wire.inbox(StreamLease(database, channel)), other):
            await asyncio.sleep(0.05)
            assert wire.world.calls[wire.polling] == polls
            wire.world.says(ANYA, "один раз")
            await until(lambda: ears.words == ["один раз"])
    assert other.heard == []


async def test_the_next_reader_goes_on_at_once_when_the_first_stops(wire: Wire, database: Database) -> None:
    ears, other = Ears(), Ears()
    channel = wire.messenger.channel
    async with listening(wire.inbox(StreamLease(database, channel)), ears):
        await until(lambda: wire.world.calls[wire.polling] > 0)
    async with listening(wire.inbox(StreamLease(database, channel)), other):
        wire.world.says(ANYA, "вторая смена")
        await until(lambda: other.words == ["вторая смена"])


async def test_stopping_does_not_wait_for_the_poll(wire: Wire, lease: StreamLease) -> None:
    async with listening(wire.inbox(lease), Ears()) as task:
        await until(lambda: wire.world.calls[wire.polling] > 0)
        loop = asyncio.get_running_loop()
        began = loop.time()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert loop.time() - began < 0.5


async def test_stopping_finishes_the_event_in_hand(wire: Wire, lease: StreamLease) -> None:
    begun, kept, may_end = asyncio.Event(), [], asyncio.Event()

    async def receive(incoming: Incoming) -> None:
        begun.set()
        await may_end.wait()
        kept.append(incoming.text)

    task = asyncio.create_task(wire.inbox(lease).run(receive))
    await until(lambda: wire.world.calls[wire.polling] > 0)
    wire.world.says(ANYA, "последнее")
    await begun.wait()
    task.cancel()
    await asyncio.sleep(0)
    may_end.set()
    await asyncio.gather(task, return_exceptions=True)
    assert kept == ["последнее"]


async def test_an_event_of_a_shape_nobody_knows_stops_nothing(wire: Wire, lease: StreamLease) -> None:
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: wire.world.calls[wire.polling] > 0)
        if wire.messenger.channel == Channel.VK:
            wire.world._push("message_new", {"message": {"peer_id": "?"}})
        else:
            wire.world._push("message", {"chat": None})
        wire.world.says(ANYA, "дальше")
        await until(lambda: ears.words == ["дальше"])


async def test_a_text_longer_than_a_message_is_cut_and_says_so(wire: Wire, lease: StreamLease) -> None:
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: wire.world.calls[wire.polling] > 0)
        wire.world.says(ANYA, "я" * 10_000)
        wire.world.says(ANYA, "a\x00b")
        await until(lambda: len(ears.heard) == 2)
    assert (len(ears.heard[0].text), ears.heard[0].cut) == (4096, True)
    assert (ears.heard[1].text, ears.heard[1].cut) == ("ab", False)


async def test_the_lease_of_a_silent_reader_runs_out(database: Database) -> None:
    now = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)
    first = StreamLease(database, Channel.VK, host="one", clock=lambda: now)
    second = StreamLease(database, Channel.VK, host="two", clock=lambda: now + timedelta(seconds=59))
    third = StreamLease(database, Channel.VK, host="three", clock=lambda: now + timedelta(seconds=61))
    assert [await first.take(), await second.take(), await third.take()] == [True, False, True]
    await first.store("17")
    assert await third.load() == "", "who lost the lease stores nothing"
    assert not await first.take()


async def test_a_dead_process_of_this_machine_is_replaced_at_once(database: Database) -> None:
    dead = await asyncio.create_subprocess_exec("true")
    await dead.wait()
    lease = StreamLease(database, Channel.VK, host="school-pc")
    assert await lease.take()
    async with database.transaction() as session:
        for row in await rows_of(session):
            row.holder = f"school-pc:{dead.pid}:aa:bb"
    assert await StreamLease(database, Channel.VK, host="school-pc").take()


@pytest.mark.postgres
async def test_a_dead_process_of_another_machine_is_replaced_as_soon_as_its_connection_ends(
    postgres: Database,
) -> None:
    afar = Database(postgres.url)
    holder = StreamLease(afar, Channel.VK, host="one")
    waiting = StreamLease(postgres, Channel.VK, host="two")
    assert [await holder.take(), await waiting.take()] == [True, False]
    async with postgres.transaction() as session:  # as the server sees it when the machine is gone
        await session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
                "WHERE locktype = 'advisory' AND granted AND datname = current_database()"
            )
        )
    assert await waiting.take(), "its lease had most of a minute left"
    await holder.store("17")
    assert await waiting.load() == "", "who lost the stream stores nothing"
    assert not await holder.take()
    await waiting.leave()
    await holder.leave()
    await afar.close()


async def rows_of(session) -> list[StreamPlace]:  # type: ignore[no-untyped-def]
    from sqlalchemy import select

    return list((await session.scalars(select(StreamPlace))).all())


async def test_two_accounts_of_a_channel_are_read_side_by_side(database: Database) -> None:
    leases = [StreamLease(database, Channel.TELEGRAM, account) for account in ("default", "school-2")]
    assert [await lease.take() for lease in leases] == [True, True]
    assert len(await rows(database, StreamPlace)) == 2

"""What is VK's own: the stored place, its three failures, the switch for long poll, `random_id`."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.messenger import Button, DeliveryFailed, Heard, Outgoing
from bot.places import StreamLease
from bot.vk.client import VkClient, of_code
from bot.vk.messenger import VkMessenger, keyboard
from bot.vk.update import read_event
from program.channels import Channel
from storage.database import Database
from tests.bot.wires import Ears, Wire, listening, until, vk
from tests.worlds import VkWorld

ANYA = 1001
NOW = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with vk() as wire:
        yield wire
        assert wire.world.violations == []


@pytest.fixture
def lease(database: Database) -> StreamLease:
    return StreamLease(database, Channel.VK)


@pytest.fixture
def world(wire: Wire) -> VkWorld:
    assert isinstance(wire.world, VkWorld)
    return wire.world


async def test_the_place_is_stored_after_everything_before_it(
    wire: Wire, world: VkWorld, lease: StreamLease
) -> None:
    ears = Ears(deaf={"важное": 3})
    async with listening(wire.inbox(lease), ears):
        await until(lambda: world.calls["a_check"] > 0)
        assert await lease.load() == "0"
        world.says(ANYA, "важное")
        await until(lambda: ears.tries == 3)
        assert await lease.load() == "0"
        await until(lambda: ears.words == ["важное"])
        world.says(ANYA, "ещё")
        await until(lambda: len(ears.heard) == 2)
    assert int(await lease.load()) >= 1


async def test_a_payload_that_no_button_of_ours_has_holds_up_nobody(
    wire: Wire, world: VkWorld, lease: StreamLease
) -> None:
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: world.calls["a_check"] > 0)
        world.says(ANYA, "чужая программа", payload="[" * 5000)
        world.says(ANYA + 1, "другой человек")
        await until(lambda: sorted(ears.words) == ["другой человек", "чужая программа"])


async def test_a_new_key_loses_nothing(wire: Wire, world: VkWorld, lease: StreamLease) -> None:
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: world.calls["a_check"] > 0)
        world.change_key()
        world.says(ANYA, "после нового ключа")
        await until(lambda: ears.words == ["после нового ключа"])


async def test_what_comes_while_the_place_is_lost_is_still_heard(
    wire: Wire, world: VkWorld, lease: StreamLease
) -> None:
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: world.calls["a_check"] > 0)
        world.says(ANYA, "раз")
        await until(lambda: ears.words == ["раз"])
        for word in ("два", "три"):
            world.lose()
            world.says(ANYA, word)
            await until(lambda: ears.words[-1] == word)  # noqa: B023
    assert ears.words == ["раз", "два", "три"]


async def test_a_place_that_vk_has_lost_for_good_is_given_up(
    wire: Wire, world: VkWorld, lease: StreamLease
) -> None:
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: world.calls["a_check"] > 0)
        world.lose(times=2)
        await until(lambda: world.calls["a_check"] > 2)
        world.says(ANYA, "снова слышно")
        await until(lambda: ears.words == ["снова слышно"])


async def test_what_vk_has_forgotten_while_nobody_listened_is_read_in_the_conversations(
    wire: Wire, world: VkWorld, lease: StreamLease
) -> None:
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: world.calls["a_check"] > 0)
        world.says(ANYA, "до выходных")
        await until(lambda: ears.words == ["до выходных"])
    world.says(ANYA, "привет")
    world.says(ANYA, "мне нужна помощь")
    world.says(ANYA + 1, "начать", ref="abc")
    world.forget()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: len(ears.heard) >= 5)
        world.says(ANYA, "и теперь")
        await until(lambda: ears.words[-1] == "и теперь")
    assert [one.text for one in ears.heard if one.address == str(ANYA)] == [
        *("до выходных", "до выходных", "привет", "мне нужна помощь", "и теперь")
    ]
    first, again = ears.heard[:2]  # nothing was answered here; whoever keeps the keys hears it once
    assert first.event_id == again.event_id
    assert [one.data for one in ears.heard if one.address == str(ANYA + 1)] == ["abc"]


async def test_of_a_conversation_with_a_gap_only_what_came_after_our_last_word_is_heard(
    wire: Wire, world: VkWorld, lease: StreamLease
) -> None:
    await lease.take()
    await lease.store("0")
    world.says(ANYA, "давно отвечено")
    await wire.messenger.send(Outgoing(str(ANYA), "Ответ", 1))
    world.says(ANYA + 1, "и здесь отвечено")
    await wire.messenger.send(Outgoing(str(ANYA + 1), "Ответ", 2))
    world.says(ANYA, "а теперь нет")
    world.says(ANYA + 2, "год назад", date=int(time.time()) - 365 * 86_400)
    world.says_in_chat(ANYA + 3, 5, "в беседе")
    world.forget()
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: ears.words == ["а теперь нет"])
        await until(lambda: world.calls["a_check"] > 1)
    assert ears.words == ["а теперь нет"]


async def test_a_gap_that_vk_does_not_let_us_fill_at_once_is_filled_later(
    wire: Wire, world: VkWorld, lease: StreamLease
) -> None:
    await lease.take()
    await lease.store("0")
    world.says(ANYA, "важное")
    world.forget()
    world.fail("500", method="messages.getHistory", times=2)
    ears = Ears(deaf={"важное": 1})
    async with listening(wire.inbox(lease), ears):
        await until(lambda: ears.words == ["важное"])
        world.says(ANYA, "и теперь")
        await until(lambda: ears.words == ["важное", "и теперь"])


@pytest.mark.parametrize("code", [7, 15])
async def test_a_gap_that_may_not_be_looked_into_is_survived(
    wire: Wire, world: VkWorld, lease: StreamLease, code: int
) -> None:
    await lease.take()
    await lease.store("0")
    world.says(ANYA, "забыто платформой")
    world.forget()
    world.refuse("messages.getConversations", code)
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: world.calls["a_check"] > 1)
        world.says(ANYA, "и теперь")
        await until(lambda: ears.words == ["и теперь"])


async def test_a_conversation_of_another_shape_hides_nobody_elses(
    wire: Wire, world: VkWorld, lease: StreamLease
) -> None:
    await lease.take()
    await lease.store("0")
    world.says(ANYA, "важное")
    world.letters[ANYA + 1] = [{"date": int(time.time()), "peer_id": "сосед", "text": "как это?"}]
    world.letters[ANYA + 2] = [{"date": int(time.time()), "peer_id": ANYA + 2, "text": "без отправителя"}]
    world.forget()
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: ears.words == ["важное"])
        world.says(ANYA, "и теперь")
        await until(lambda: ears.words == ["важное", "и теперь"])


async def test_long_poll_that_is_off_is_switched_on(wire: Wire, world: VkWorld, lease: StreamLease) -> None:
    world.long_poll = False
    world.kinds |= {"message_event": 0, "message_deny": 0}
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: world.calls["a_check"] > 0)
        world.says(ANYA, "слышно?")
        await until(lambda: ears.words == ["слышно?"])
    assert all(world.kinds.values())


async def test_a_callback_button_is_heard_and_its_spinner_stops(
    wire: Wire, world: VkWorld, lease: StreamLease
) -> None:
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: world.calls["a_check"] > 0)
        world._event_ids.add("press1")
        about = {"user_id": ANYA, "peer_id": ANYA, "event_id": "press1", "payload": {"d": "t:1:0"}}
        world._push("message_event", about)
        await until(lambda: world.answered == {"press1"} and bool(ears.heard))
    assert (ears.heard[0].heard, ears.heard[0].data) == (Heard.PRESS, "t:1:0")


async def test_a_repeat_after_a_cut_connection_is_dropped_by_vk(wire: Wire, world: VkWorld) -> None:
    world.says(ANYA, "Здравствуйте")
    letter = Outgoing(str(ANYA), "Встреча завтра", 17)
    world.fail("drop", method="messages.send", times=1)
    with pytest.raises(DeliveryFailed):
        await wire.messenger.send(letter)
    assert await wire.messenger.send(letter) == str(world.last(ANYA).id)
    assert world.copies[ANYA, "Встреча завтра"] == 1
    assert world.repeats == 1


async def test_a_database_begun_anew_is_not_taken_for_repeats(world: VkWorld) -> None:
    world.says(ANYA, "Здравствуйте")
    for salt in ("spring", "autumn"):
        messenger = VkMessenger(VkClient(world.token, world.url), world.group_id, salt=salt)
        await messenger.send(Outgoing(str(ANYA), "Добро пожаловать", 1))
        await messenger.close()
    assert world.copies[ANYA, "Добро пожаловать"] == 2


async def test_a_clock_set_back_an_hour_holds_nothing_up(
    wire: Wire, world: VkWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.says(ANYA, "Здравствуйте")
    messenger = VkMessenger(VkClient(world.token, world.url), world.group_id)
    messenger.client._threads._max_workers = 1  # both calls by the same object of vk_api
    real = time.time
    async with asyncio.timeout(10):
        await messenger.send(Outgoing(str(ANYA), "раз", 1))
        monkeypatch.setattr("time.time", lambda: real() - 3600)
        await messenger.send(Outgoing(str(ANYA), "два", 2))
    await messenger.close()
    assert world.copies[ANYA, "два"] == 1


def test_random_ids_are_31_bits_and_never_zero() -> None:
    messenger = VkMessenger(VkClient("token"), 1)
    ids = {messenger.random_id(key) for key in range(2_000)}
    assert len(ids) == 2_000
    assert all(0 < number < 2**31 for number in ids)


async def test_a_pressed_mark_closes_the_lower_keyboard(wire: Wire, world: VkWorld) -> None:
    world.says(ANYA, "Здравствуйте")
    marks = tuple((Button(str(n), f"t:3:{n}"), Button(f"{n}+", f"t:3:{n}p")) for n in range(1, 7))
    await wire.messenger.send(Outgoing(str(ANYA), "Оцените", 1, marks))
    world.presses(ANYA, "3")
    assert world.keyboard(ANYA) == []
    assert world.events[-1]["object"]["message"]["payload"] == '{"d": "t:3:3"}'


def test_the_heaviest_question_keeps_under_vks_limit_for_payloads() -> None:
    rows = tuple((Button("я" * 40, "d" * 60),) for _ in range(10))
    buttons = json.loads(keyboard(rows, None))["buttons"]
    assert sum(len(button["action"]["payload"]) for row in buttons for button in row) <= 1000


def event(kind: str = "message_new", **message: object) -> dict[str, object]:
    said = {"peer_id": ANYA, "from_id": ANYA, "date": 1_789_455_600, "text": ""} | message
    return {"type": kind, "group_id": 1, "event_id": "e1", "object": {"message": said}}


@pytest.mark.parametrize(
    ("message", "heard", "data"),
    [
        ({"text": "Начать", "payload": '{"command":"start"}', "ref": "abc"}, Heard.START, "abc"),
        ({"text": "Начать", "payload": '{"command":"start"}'}, Heard.START, ""),
        ({"text": "начать", "ref": "abc"}, Heard.START, "abc"),
        ({"text": "Да", "payload": '{"d":"t:1:0"}'}, Heard.PRESS, "t:1:0"),
        ({"text": "Да", "payload": '{"d":"t:1:0"}', "ref": "abc"}, Heard.PRESS, "t:1:0"),
        ({"text": "привет", "ref": "abc"}, Heard.TEXT, "abc"),
        ({"geo": {"type": "point"}, "ref": "abc"}, Heard.OTHER, "abc"),
        ({"text": "привет", "payload": "not json"}, Heard.TEXT, ""),
        ({"text": "привет", "payload": "[1]"}, Heard.TEXT, ""),
        ({"geo": {"type": "point"}}, Heard.OTHER, ""),
    ],
)
def test_payloads_and_refs_are_told_apart(message: dict[str, object], heard: Heard, data: str) -> None:
    incoming = read_event(event(**message), "default", NOW)
    assert incoming is not None
    assert (incoming.heard, incoming.data, incoming.at) == (heard, data, NOW)


@pytest.mark.parametrize("message", [{"peer_id": 2_000_000_001}, {"from_id": -5}, {"out": 1}])
def test_group_talk_and_our_own_words_are_not_heard(message: dict[str, object]) -> None:
    assert read_event(event(text="привет", **message), "default", NOW) is None


def test_an_event_without_an_id_gets_the_same_one_each_time() -> None:
    nameless = event(text="привет")
    del nameless["event_id"]
    first, second = (read_event(nameless, "default", NOW) for _ in range(2))
    assert first is not None
    assert first == second
    assert len(first.event_id) == 40


@pytest.mark.parametrize(
    ("codes", "trait"),
    [
        ((6, 29, 9, 14, 17), "retry_after"),
        ((18, 900, 901, 902, 936), "permanent"),
        ((100, 104, 911, 914), "broken"),
        ((5, 15, 27, 1051, 912), "stop"),
    ],
)
def test_codes_are_sorted_for_the_outbox(codes: tuple[int, ...], trait: str) -> None:
    for code in codes:
        failed = of_code(code)
        traits = {
            name
            for name in ("retry_after", "permanent", "broken", "stop", "unknown")
            if getattr(failed, name)
        }
        assert traits == {trait}, code


@pytest.mark.parametrize("code", [1, 10, 940, 944, 950, 984, 4711])
def test_other_codes_are_tried_again(code: int) -> None:
    failed = of_code(code)
    assert not any((failed.permanent, failed.broken, failed.stop, failed.retry_after, failed.unknown))

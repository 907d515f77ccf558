"""What is Telegram's own: confirmation by offset, spinners, groups, second pollers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.messenger import Button, Heard, Outgoing
from bot.places import StreamLease
from bot.telegram.update import read_update
from program.channels import Channel
from storage.database import Database
from tests.bot.wires import Ears, Wire, listening, telegram, until
from tests.worlds import TelegramWorld

ANYA = 1001
NOW = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with telegram() as wire:
        yield wire
        assert wire.world.violations == []


@pytest.fixture
def lease(database: Database) -> StreamLease:
    return StreamLease(database, Channel.TELEGRAM)


@pytest.fixture
def world(wire: Wire) -> TelegramWorld:
    assert isinstance(wire.world, TelegramWorld)
    return wire.world


async def test_nothing_is_confirmed_before_it_is_kept(
    wire: Wire, world: TelegramWorld, lease: StreamLease
) -> None:
    ears = Ears(deaf={"важное": 2})
    world.says(ANYA, "важное")
    async with listening(wire.inbox(lease), ears):
        await until(lambda: ears.tries == 2)
        assert len(world.pending) == 1
        await until(lambda: not world.pending)
    assert ears.words == ["важное"]


async def test_the_spinner_of_a_button_stops_even_while_the_database_is_away(
    wire: Wire, world: TelegramWorld, lease: StreamLease
) -> None:
    world.says(ANYA, "Здравствуйте")
    await wire.messenger.send(Outgoing(str(ANYA), "Готовы?", 1, ((Button("Да", "t:1:0"),),)))
    world.presses(ANYA, "Да")
    ears = Ears(deaf={"": 10**6})
    async with listening(wire.inbox(lease), ears):
        await until(lambda: len(world.answered) == 1)
        assert all(one.heard is not Heard.PRESS for one in ears.heard)
        await until(lambda: ears.tries > 5)
    assert world.calls["answerCallbackQuery"] == 1


async def test_groups_hear_nothing_from_us(wire: Wire, world: TelegramWorld, lease: StreamLease) -> None:
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        world.invites_to_group(ANYA, -500, "Кто чей наставник?")
        world.says(ANYA, "лично")
        await until(lambda: bool(ears.heard) and bool(world.left))
    assert ears.words == ["лично"]
    assert world.left == [-500]


async def test_a_webhook_of_earlier_days_is_taken_away(
    wire: Wire, world: TelegramWorld, lease: StreamLease
) -> None:
    world.webhook = "https://old.example/hook"
    world.says(ANYA, "слышно?")
    ears = Ears()
    async with listening(wire.inbox(lease), ears):
        await until(lambda: ears.words == ["слышно?"])
    assert world.webhook == ""


async def test_who_comes_back_after_blocking_is_heard(
    wire: Wire, world: TelegramWorld, lease: StreamLease
) -> None:
    ears = Ears()
    world.blocks(ANYA)
    world.starts(ANYA)
    async with listening(wire.inbox(lease), ears):
        await until(lambda: len(ears.heard) == 3)
    assert [one.heard for one in ears.heard] == [Heard.BLOCKED, Heard.ALLOWED, Heard.START]


def update(**message: object) -> dict[str, object]:
    chat = {"id": ANYA, "type": "private"}
    return {"update_id": 7, "message": {"message_id": 1, "date": 1_789_455_600, "chat": chat} | message}


@pytest.mark.parametrize(
    ("text", "heard", "said"),
    [
        ("/start", Heard.START, ""),
        ("/start abc_-123", Heard.START, "abc_-123"),
        ("/start@nastavnik_bot abc", Heard.START, "abc"),
        ("/start  abc ", Heard.START, "abc"),
        ("/start\nabc", Heard.START, "abc"),
        ("/START abc", Heard.START, "abc"),
        ("/start abc Здравствуйте, это мама", Heard.START, "abc"),
        ("/start привет", Heard.START, ""),
        ("/started", Heard.TEXT, "/started"),
        ("start", Heard.TEXT, "start"),
    ],
)
def test_the_start_command_carries_the_token_of_the_link(text: str, heard: Heard, said: str) -> None:
    incoming = read_update(update(text=text), "default", NOW)
    assert incoming is not None
    assert (incoming.heard, incoming.data if heard is Heard.START else incoming.text) == (heard, said)


@pytest.mark.parametrize(
    "typed", ["/start abc Здравствуйте, это мама", "/start@nastavnik_bot abc  Здравствуйте, это мама"]
)
def test_words_behind_the_token_are_not_lost(typed: str) -> None:
    incoming = read_update(update(text=typed), "default", NOW)
    assert incoming is not None
    assert (incoming.data, incoming.text) == ("abc", "Здравствуйте, это мама")


def test_a_message_carries_telegrams_own_time() -> None:
    incoming = read_update(update(text="да"), "default", datetime(2027, 1, 1, tzinfo=UTC))
    assert incoming is not None
    assert incoming.at == NOW
    assert incoming.event_id == "7"


@pytest.mark.parametrize("part", ["pinned_message", "message_auto_delete_timer_changed", "new_chat_title"])
def test_housekeeping_is_not_heard(part: str) -> None:
    assert read_update(update(**{part: {}}), "default", NOW) is None


def test_updates_we_did_not_ask_for_are_not_heard() -> None:
    assert read_update({"update_id": 1, "poll_answer": {}}, "default", NOW) is None


async def test_commands_and_the_name_for_links_are_known(wire: Wire, world: TelegramWorld) -> None:
    await wire.messenger.set_commands([("help", "Помощь"), ("stop", "Прервать")])  # type: ignore[attr-defined]
    assert [command["command"] for command in world.commands] == ["help", "stop"]
    assert await wire.messenger.username() == "nastavnik_world_bot"  # type: ignore[attr-defined]


async def test_an_album_is_not_sent_twice_when_only_its_text_failed(wire: Wire, world: TelegramWorld) -> None:
    from bot.messenger import DeliveryFailed

    world.says(ANYA, "Здравствуйте")
    photo = ("урок.jpg", "image/jpeg", b"\xff\xd8")
    news = Outgoing(str(ANYA), "Новости", 5, photos=(photo, photo))
    world.fail("500", method="sendMessage", times=1)
    with pytest.raises(DeliveryFailed):
        await wire.messenger.send(news)
    await wire.messenger.send(news)
    assert world.calls["sendMediaGroup"] == 1
    assert world.last(ANYA).text == "Новости"

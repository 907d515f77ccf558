"""What every messenger must do, tried over real HTTP against each platform's world."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.messenger import Button, DeliveryFailed, Outgoing
from tests.bot.wires import WIRES, Wire

READER = 1001
MARKS = tuple(tuple(Button(str(n), f"t:3:{n}") for n in row) for row in (range(1, 6), range(6, 11)))
CONTROLS = ((Button("Назад", "t:3:back"), Button("Прервать", "t:3:stop", style="danger")),)
PHOTO = ("урок.jpg", "image/jpeg", b"\xff\xd8 not a real picture")


@pytest.fixture(params=WIRES)
async def wire(request: pytest.FixtureRequest) -> AsyncIterator[Wire]:
    async with WIRES[request.param]() as wire:
        wire.world.says(READER, "Здравствуйте")
        yield wire
        assert wire.world.violations == []


def letter(text: str = "Добрый день", key: int = 1, **more: object) -> Outgoing:
    return Outgoing(str(READER), text, key, **more)  # type: ignore[arg-type]


async def refused(wire: Wire, outgoing: Outgoing | None = None) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await wire.messenger.send(outgoing or letter())
    return caught.value


async def test_a_text_arrives_once_and_letter_by_letter(wire: Wire) -> None:
    text = "Привет, <b>Аня</b> & *Олег*! _Скоро_ [встреча](https://example.org) 👨‍👩‍👧"
    external_id = await wire.messenger.send(letter(text))
    assert wire.world.last(READER).text == text
    assert str(wire.world.last(READER).id) == external_id
    assert wire.world.copies == {(READER, text): 1}


async def test_an_earlier_message_is_redrawn_in_place(wire: Wire) -> None:
    external_id = await wire.messenger.send(letter(rows=MARKS[:1]))
    assert await wire.messenger.edit(external_id, letter("Спасибо", key=2)) == external_id
    seen = wire.world.last(READER)
    assert (seen.text, seen.rows, seen.edited) == ("Спасибо", [], 1)
    assert len(wire.world.chat(READER)) == 2


async def test_redrawing_the_same_is_no_error(wire: Wire) -> None:
    external_id = await wire.messenger.send(letter(rows=MARKS[:1]))
    assert await wire.messenger.edit(external_id, letter(rows=MARKS[:1], key=2)) == external_id


async def test_a_message_that_is_gone_is_said_anew(wire: Wire) -> None:
    external_id = await wire.messenger.edit("987654", letter("Спасибо", key=2))
    assert str(wire.world.last(READER).id) == external_id
    assert wire.world.last(READER).text == "Спасибо"


async def test_ten_marks_and_the_way_back_can_all_be_pressed(wire: Wire) -> None:
    await wire.messenger.send(letter("Оцените встречу", rows=MARKS + CONTROLS))
    shown = wire.world.last(READER).labels or wire.world.keyboard(READER)
    assert shown == [*map(str, range(1, 11)), "Назад", "Прервать"]


async def test_a_button_may_open_a_page(wire: Wire) -> None:
    await wire.messenger.send(letter(rows=((Button("Открыть", url="https://school.example/chat/1"),),)))
    assert wire.world.presses(READER, "Открыть") == "https://school.example/chat/1"


async def test_the_keyboard_in_place_of_typing_comes_and_goes(wire: Wire) -> None:
    home = ((Button("Моя пара", "f:pair"),), (Button("Помощь", "f:help"),))
    await wire.messenger.send(letter(lower=home))
    assert wire.world.keyboard(READER) == ["Моя пара", "Помощь"]
    await wire.messenger.send(letter("Ещё", key=2))
    assert wire.world.keyboard(READER) == ["Моя пара", "Помощь"]
    await wire.messenger.send(letter("Всё", key=3, lower=()))
    assert wire.world.keyboard(READER) == []


async def test_pictures_go_along(wire: Wire) -> None:
    await wire.messenger.send(letter("Наш день наставника", photos=(PHOTO, PHOTO)))
    assert sum(seen.photos for seen in wire.world.chat(READER)) == 2
    assert wire.world.last(READER).text == "Наш день наставника"


async def test_one_picture_carries_a_short_text(wire: Wire) -> None:
    await wire.messenger.send(letter("Наш день наставника", photos=(PHOTO,)))
    seen = wire.world.last(READER)
    assert (seen.text, seen.photos) == ("Наш день наставника", 1)


async def test_who_blocked_us_is_not_tried_again(wire: Wire) -> None:
    wire.world.blocks(READER)
    failed = await refused(wire)
    assert failed.permanent
    assert failed.reason == "blocked"


async def test_who_never_wrote_is_not_tried_again(wire: Wire) -> None:
    assert (await refused(wire, Outgoing("424242", "Добрый день", 1))).permanent


async def test_after_a_flood_the_account_stands_still(wire: Wire) -> None:
    wire.world.fail("flood", method=wire.sending, times=1, value=7)
    failed = await refused(wire)
    assert failed.retry_after
    assert not failed.permanent
    assert not failed.broken


async def test_during_a_long_silence_nothing_is_even_tried(wire: Wire) -> None:
    pace = wire.messenger.pace if hasattr(wire.messenger, "pace") else wire.messenger.client.pace  # type: ignore[attr-defined]
    pace.hold(60)
    before = wire.world.calls[wire.sending]
    failed = await refused(wire)
    assert 50 < (failed.retry_after or 0) <= 60
    assert wire.world.calls[wire.sending] == before


@pytest.mark.parametrize("kind", ["500", "502"])
async def test_a_fault_of_the_server_is_tried_again_later(wire: Wire, kind: str) -> None:
    wire.world.fail(kind, times=1)
    failed = await refused(wire)
    assert failed.reason == "server"
    assert not any((failed.permanent, failed.broken, failed.stop, failed.retry_after))
    await wire.messenger.send(letter())
    assert wire.world.copies[READER, "Добрый день"] == 1


async def test_a_cut_connection_leaves_the_outcome_unknown(wire: Wire) -> None:
    wire.world.fail("drop", method=wire.sending, times=1)
    failed = await refused(wire)
    assert failed.unknown
    assert wire.world.copies[READER, "Добрый день"] == 1, "the library must not repeat the call by itself"


async def test_a_silent_server_is_not_waited_for_without_end(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.vk.client.TIMEOUT", (1, 0.05))
    if hasattr(wire.messenger, "bot"):
        wire.messenger.bot.session.timeout = 0.05
    wire.world.fail("slow", times=1, value=0.5)
    assert (await refused(wire)).unknown
    await wire.messenger.send(letter("Дальше", key=2))


async def test_a_server_that_is_not_there_has_sent_nothing(wire: Wire) -> None:
    await wire.world.stop()
    failed = await refused(wire)
    assert failed.reason == "network"
    assert not failed.unknown


async def test_a_refused_token_stops_the_channel(wire: Wire) -> None:
    wrong = "43:some-other-token-00000000000000000000"
    async with WIRES[wire.messenger.channel](wrong) as stranger:
        assert (await refused(stranger)).stop


@pytest.mark.parametrize("channel", WIRES)
async def test_a_message_that_the_platform_refuses_is_our_defect(channel: str) -> None:
    async with WIRES[channel]() as wire:
        wire.world.says(READER, "Здравствуйте")
        assert (await refused(wire, letter("а" * 4097))).broken
        assert wire.world.violations

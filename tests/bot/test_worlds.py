"""The worlds refuse what the platforms refuse; a test against them would be worth nothing otherwise."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import aiohttp
import pytest

from tests.worlds import TelegramWorld, VkWorld

ANYA = 1001


async def telegram(world: TelegramWorld, method: str, **given: Any) -> dict[str, Any]:
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{world.url}/bot{world.token}/{method}", data=given) as answer,
    ):
        return dict(await answer.json())


async def vk(world: VkWorld, method: str, **given: Any) -> dict[str, Any]:
    given = {"v": "5.199", "access_token": world.token} | given
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{world.url}/method/{method}", data=given) as answer,
    ):
        return dict(await answer.json())


def inline(*buttons: dict[str, str]) -> str:
    return json.dumps({"inline_keyboard": [list(buttons)]})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "👨‍👩‍👧" * 600}, "message is too long"),
        (
            {"text": "да", "reply_markup": inline({"text": "x", "callback_data": "я" * 33})},
            "BUTTON_DATA_INVALID",
        ),
        (
            {"text": "да", "reply_markup": inline({"text": "x", "url": "http://localhost:8000"})},
            "Wrong HTTP URL",
        ),
        ({"text": "да", "chat_id": 5}, "chat not found"),
    ],
)
async def test_telegram_refuses(given: dict[str, Any], words: str) -> None:
    async with TelegramWorld() as world:
        world.says(ANYA, "Здравствуйте")
        answer = await telegram(world, "sendMessage", **({"chat_id": ANYA} | given))
        assert answer["error_code"] == 400
        assert words in answer["description"]


async def test_telegram_ends_the_first_of_two_pollers() -> None:
    async with TelegramWorld() as world:
        first = asyncio.create_task(telegram(world, "getUpdates", timeout=5))
        while not world.calls["getUpdates"]:  # noqa: ASYNC110 - it arrives over HTTP
            await asyncio.sleep(0.002)
        world_answers = asyncio.create_task(telegram(world, "getUpdates", timeout=5))
        assert (await first)["error_code"] == 409
        world.says(ANYA, "Здравствуйте")
        assert len((await world_answers)["result"]) == 1


async def test_telegram_keeps_its_pace() -> None:
    async with TelegramWorld() as world:
        world.limited = True
        world.says(ANYA, "Здравствуйте")
        sends = [telegram(world, "sendMessage", chat_id=ANYA, text=str(n)) for n in range(40)]
        answers = await asyncio.gather(*sends)
    refused = [answer for answer in answers if not answer["ok"]]
    assert len(refused) == 10
    assert refused[0]["parameters"] == {"retry_after": 1}


def keys(rows: int, row: int, *, inline: bool = True, payload: str = '{"d":"x"}', label: str = "x") -> str:
    button = {"action": {"type": "text", "label": label, "payload": payload}}
    return json.dumps({"inline": inline, "buttons": [[button] * row] * rows})


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"message": ""}, 100),
        ({"message": "я" * 4097}, 914),
        ({"message": "да", "keyboard": keys(3, 4)}, 911),
        ({"message": "да", "keyboard": keys(7, 1)}, 911),
        ({"message": "да", "keyboard": keys(1, 6, inline=False)}, 911),
        ({"message": "да", "keyboard": keys(11, 1, inline=False)}, 911),
        ({"message": "да", "keyboard": keys(1, 1, label="я" * 41)}, 911),
        ({"message": "да", "keyboard": keys(1, 1, payload=json.dumps({"d": "x" * 250}))}, 911),
        ({"message": "да", "keyboard": keys(2, 5, payload=json.dumps({"d": "x" * 95}))}, 911),
        ({"message": "да", "keyboard": "buttons"}, 911),
        ({"message": "да", "peer_id": 5}, 901),
        ({"message": "да", "access_token": "wrong"}, 5),
    ],
)
async def test_vk_refuses(given: dict[str, Any], code: int) -> None:
    async with VkWorld() as world:
        world.says(ANYA, "Здравствуйте")
        answer = await vk(world, "messages.send", **({"peer_id": ANYA, "random_id": 1} | given))
        assert answer["error"]["error_code"] == code


async def test_vk_keeps_its_pace() -> None:
    async with VkWorld() as world:
        world.limited = True
        answers = await asyncio.gather(*(vk(world, "users.get", user_ids=1) for _ in range(50)))
    assert sum("error" in answer for answer in answers) == 30


@pytest.mark.parametrize("name", ["telegram", "vk"])
async def test_a_world_can_be_driven_from_another_process(name: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.worlds", name, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    try:
        url = json.loads(await process.stdout.readline())["url"]
        async with aiohttp.ClientSession() as http:
            for asked in ({"do": "says", "args": [ANYA, "Здравствуйте"]}, {"do": "chat", "args": [ANYA]}):
                async with http.post(f"{url}/control", json=asked) as answer:
                    result = (await answer.json())["result"]
        assert [seen["text"] for seen in result] == ["Здравствуйте"]
    finally:
        process.terminate()
        await process.wait()

"""What the worlds notice: a call that the platforms' published lists do not know."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from tests.worlds import TelegramWorld, VkWorld
from tests.worlds.published import published, telegram_faults, vk_faults

GOOD = {"text": "Да", "callback_data": "f:menu"}


def keyboard(**button: Any) -> str:
    return json.dumps({"inline_keyboard": [[button]]})


@pytest.mark.parametrize(
    ("method", "given", "noticed"),
    [
        ("sendMessage", {"chat_id": "5", "text": "Да", "reply_markup": keyboard(**GOOD)}, ""),
        ("sendNothing", {}, "no such method"),
        ("sendMessage", {"text": "Да"}, "['chat_id'] missing"),
        ("sendMessage", {"chat_id": "5", "text": "Да", "silent": "true"}, "no such parameters ['silent']"),
        ("sendMessage", {"chat_id": "5", "text": "я" * 4097}, "4097 characters, 1..4096 may be"),
        ("sendMessage", {"chat_id": "5", "text": "Да", "protect_content": "maybe"}, "not yes or no"),
        (
            "sendMessage",
            {"chat_id": "5", "text": "Да", "reply_markup": keyboard(**GOOD, colour="red")},
            "InlineKeyboardButton: no such parameters ['colour']",
        ),
        (
            "sendMessage",
            {"chat_id": "5", "text": "Да", "reply_markup": keyboard(text="Да", callback_data="я" * 33)},
            "66 bytes, 1..64 may be",
        ),
        (
            "setMyCommands",
            {"commands": "[]", "scope": '{"type": "chat"}'},
            "BotCommandScopeChat: ['chat_id'] missing",
        ),
        ("setMyDescription", {"description": "я" * 513}, "513 characters, 0..512 may be"),
        ("getUpdates", {"limit": "500"}, "500, 1..100 may be"),
        ("getUpdates", {"offset": "soon"}, "not a whole number"),
    ],
)
def test_a_call_of_telegram_is_held_to_its_list(method: str, given: dict[str, str], noticed: str) -> None:
    faults = list(telegram_faults(method, given, set()))
    assert [noticed in one for one in faults] == ([True] if noticed else [])


@pytest.mark.parametrize(
    ("method", "given", "token", "noticed"),
    [
        ("wall.post", {"owner_id": "-7", "from_group": "1", "message": "Да", "guid": "a"}, "user", ""),
        ("wall.write", {}, "user", "no such method"),
        ("wall.edit", {"post_id": "7"}, "group", "not for the token of a group"),
        ("groups.getTokenPermissions", {}, "user", "not for the token of a user"),
        ("wall.post", {"text": "Да"}, "user", "no such parameters ['text']"),
        ("groups.setSettings", {"messages": "1"}, "group", "['group_id'] missing"),
        ("groups.setSettings", {"group_id": "7", "messages": "yes"}, "group", "not 0 or 1"),
        (
            "messages.send",
            {"peer_ids": ",".join(map(str, range(101)))},
            "group",
            "101 items, ..100 may be",
        ),
        ("messages.send", {"peer_id": "Аня", "random_id": "1"}, "group", "not a whole number"),
        ("messages.send", {"message": "я" * 4097}, "group", "4097 characters, ..4096 may be"),
        (
            "groups.addCallbackServer",
            {"group_id": "7", "url": "https://x.test", "title": "Наставник школы"},
            "group",
            "15 characters, ..14 may be",
        ),
    ],
)
def test_a_call_of_vk_is_held_to_its_list(
    method: str, given: dict[str, str], token: str, noticed: str
) -> None:
    faults = list(vk_faults(method, given, token))
    assert [noticed in one for one in faults] == ([True] if noticed else [])


def test_the_lists_are_whole() -> None:
    assert len(published("telegram").methods) == 185
    assert len(published("vk").methods) == 566


async def test_a_world_remembers_a_call_that_the_list_does_not_know() -> None:
    async with TelegramWorld() as telegram, VkWorld() as vk, aiohttp.ClientSession() as http:
        telegram.says(5, "Да")
        given: dict[str, Any] = {"chat_id": 5, "text": "Да", "silent": "true"}
        await http.post(f"{telegram.url}/bot{telegram.token}/sendMessage", data=given)
        values = {"access_token": vk.token, "v": "5.199", "group_id": 777, "count": "all"}
        await http.post(f"{vk.url}/method/wall.get", data=values)
    assert telegram.violations == ["sendMessage: no such parameters ['silent']"]
    assert "wall.get: not for the token of a group" in vk.violations
    assert "wall.get: count: not a whole number: 'all'" in vk.violations

"""Events that Telegram and VK post to us, through the whole web part as it is built for a school."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from app.channels import TELEGRAM_NAME
from app.settings import load
from app.wiring import House, build
from bot.front import Front
from bot.hooks import LONGEST
from bot.messenger import Heard, Incoming, Outgoing
from program.channels import Channel
from storage.database import Database
from storage.tables import Address, OutboxRow, Person, School, SeenEvent, SystemValue
from tests.bot.post import unsent
from tests.bot.wires import until
from tests.build import school as build_school
from tests.conftest import rows
from tests.worlds import TelegramWorld, VkWorld

ANYA = 1001
SECRET = "a-Secret_0123456789"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramWorld]:
    async with TelegramWorld() as world:
        yield world
        assert world.violations == []


@pytest.fixture
async def vk() -> AsyncIterator[VkWorld]:
    async with VkWorld() as world:
        yield world
        assert world.violations == []


@pytest.fixture
async def house(
    database: Database, school: School, now: datetime, tmp_path: Path, telegram: TelegramWorld, vk: VkWorld
) -> AsyncIterator[House]:
    given = {
        "DATA_DIR": str(tmp_path),
        "PUBLIC_URL": "https://school.test",
        "TELEGRAM__TOKEN": telegram.token,
        "TELEGRAM__API_URL": telegram.url,
        "TELEGRAM__MODE": "webhook",
        "TELEGRAM__WEBHOOK_SECRET": SECRET,
        "VK__TOKEN": vk.token,
        "VK__GROUP_ID": str(vk.group_id),
        "VK__API_URL": vk.url,
        "VK__MODE": "callback",
        "VK__SECRET": SECRET,
        "VK__CONFIRMATION": "c0nf1rm",
    }
    settings = load({f"NASTAVNIK_{name}": value for name, value in given.items()}, tmp_path / "no.env")
    async with database.transaction() as session:
        # Remembered from an earlier start; asking anew costs each test a quarter of a second.
        session.add(SystemValue(name=TELEGRAM_NAME, value="42:nastavnik_world_bot", changed_at=now))
    house = await build(settings, database, lambda: now)
    with capture_logs():  # tracebacks are drawn slowly
        yield house
    # aiogram's own close() waits a quarter of a second for TLS.
    if session := house.doors[1].messenger.bot.session._session:  # type: ignore[attr-defined]
        await session.close()
    await house.close()


@pytest.fixture
async def outside(house: House) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody on the internet: no Origin, no cookie."""
    transport = httpx2.ASGITransport(app=house.web)
    async with httpx2.AsyncClient(transport=transport, base_url="https://school.test") as outside:
        yield outside


def asked(event: dict[str, Any], **more: object) -> dict[str, Any]:
    """An event of VK with the secret."""
    return event | {"secret": SECRET} | more


async def heard(house: House) -> int:
    return len(await rows(house.database, SeenEvent))


async def said(house: House) -> list[str]:
    """Text ids of the queued answers."""
    return [row.body["texts"][0]["id"] for row in await rows(house.database, OutboxRow)]  # type: ignore[attr-defined]


async def test_an_update_is_answered_when_it_is_committed_and_only_once(
    house: House, outside: httpx2.AsyncClient, telegram: TelegramWorld
) -> None:
    telegram.starts(ANYA)
    (update,) = telegram.pending
    answer = await outside.post("/telegram/webhook", json=update, headers=HEADER)
    assert (answer.status_code, answer.text) == (200, "")
    assert await said(house) == ["basics-hello"]

    assert (await outside.post("/telegram/webhook", json=update, headers=HEADER)).status_code == 200
    assert await said(house) == ["basics-hello"]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", "секрет".encode()])
async def test_who_does_not_know_the_secret_finds_nothing(
    house: House, outside: httpx2.AsyncClient, telegram: TelegramWorld, secret: str | bytes | None
) -> None:
    telegram.starts(ANYA)
    headers: dict[str, Any] = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    answer = await outside.post("/telegram/webhook", json=telegram.pending[0], headers=headers)
    assert (answer.status_code, answer.content) == (404, b"")
    assert await heard(house) == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[1]", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"a":"' + b"x" * LONGEST + b'"}', 413),
        (b"{}", 200),  # an object of an unknown shape would come for ever
        (b'{"update_id":1,"message":5}', 200),
    ],
)
async def test_what_is_not_an_update_is_refused_without_words(
    house: House, outside: httpx2.AsyncClient, body: bytes, status: int
) -> None:
    answer = await outside.post("/telegram/webhook", content=body, headers=HEADER)
    assert (answer.status_code, answer.content) == (status, b"")
    assert await heard(house) == 0


async def test_while_the_database_is_away_both_platforms_are_told_to_come_again(
    house: House, outside: httpx2.AsyncClient, telegram: TelegramWorld, vk: VkWorld
) -> None:
    telegram.starts(ANYA)
    vk.starts(ANYA)
    update, event = telegram.pending[0], asked(vk.events[0])
    await alter(house, "ALTER TABLE seen_event RENAME TO away")
    assert (await outside.post("/telegram/webhook", json=update, headers=HEADER)).status_code == 503
    assert (await outside.post("/vk/callback", json=event)).status_code == 503
    await alter(house, "ALTER TABLE away RENAME TO seen_event")
    assert (await outside.post("/telegram/webhook", json=update, headers=HEADER)).status_code == 200
    assert (await outside.post("/vk/callback", json=event)).text == "ok"
    assert await said(house) == ["basics-hello", "basics-hello"]


async def alter(house: House, statement: str) -> None:
    async with house.database.transaction() as session:
        await session.execute(text(statement))


async def test_the_spinner_of_a_button_stops_beside_the_answer(
    house: House, outside: httpx2.AsyncClient, telegram: TelegramWorld
) -> None:
    telegram.starts(ANYA)
    await outside.post("/telegram/webhook", json=telegram.pending.pop(), headers=HEADER)
    await house.sender.drain()
    telegram.presses(ANYA, "f:join")
    telegram.fail("slow", method="answerCallbackQuery", value=0.3)
    answer = await outside.post("/telegram/webhook", json=telegram.pending.pop(), headers=HEADER)
    assert answer.status_code == 200
    assert not telegram.answered  # the response did not wait for it
    await until(lambda: len(telegram.answered) == 1)


async def test_words_of_one_person_that_come_at_once_make_one_person(
    house: House, outside: httpx2.AsyncClient, telegram: TelegramWorld
) -> None:
    for number in range(8):
        telegram.says(ANYA, f"слово {number}")
    posts = [outside.post("/telegram/webhook", json=one, headers=HEADER) for one in telegram.pending]
    answers = await asyncio.gather(*posts)
    assert {answer.status_code for answer in answers} == {200}
    assert await heard(house) == 8
    assert len({row.person_id for row in await rows(house.database, OutboxRow)}) == 1  # type: ignore[attr-defined]


async def test_a_page_of_another_site_cannot_post_for_a_platform(outside: httpx2.AsyncClient) -> None:
    for path in ("/telegram/webhook", "/vk/callback"):
        answer = await outside.post(path, json={}, headers=HEADER | {"Origin": "https://evil.test"})
        assert answer.status_code == 403
        assert (await outside.get(path)).status_code == 405


async def test_vk_hears_the_confirmation_for_our_community_only(
    outside: httpx2.AsyncClient, vk: VkWorld
) -> None:
    ask = {"type": "confirmation", "group_id": vk.group_id}
    for ours in (ask, asked(ask)):
        answer = await outside.post("/vk/callback", json=ours)
        assert (answer.status_code, answer.text) == (200, "c0nf1rm")
    for foreign in (ask | {"group_id": 5}, asked(ask, group_id=5), ask | {"secret": "wrong"}):
        answer = await outside.post("/vk/callback", json=foreign)
        assert (answer.status_code, answer.content) == (404, b"")


async def test_an_event_of_vk_is_answered_ok_when_it_is_committed_and_only_once(
    house: House, outside: httpx2.AsyncClient, vk: VkWorld
) -> None:
    vk.starts(ANYA)
    for _ in range(2):
        answer = await outside.post("/vk/callback", json=asked(vk.events[0]))
        assert (answer.status_code, answer.text) == (200, "ok")
    assert await said(house) == ["basics-hello"]


async def test_forged_events_of_vk_find_nothing(
    house: House, outside: httpx2.AsyncClient, vk: VkWorld
) -> None:
    vk.starts(ANYA)
    event = vk.events[0]
    for wrong in (event, asked(event, secret="wrong"), asked(event, secret=7), asked(event, group_id=5)):
        answer = await outside.post("/vk/callback", json=wrong)
        assert (answer.status_code, answer.content) == (404, b"")
    lone_half = json.dumps(asked(event, secret="\ud800"))
    assert (await outside.post("/vk/callback", content=lone_half.encode())).status_code == 404
    assert (await outside.post("/vk/callback", content=b"{")).status_code == 400
    assert await heard(house) == 0


@pytest.mark.parametrize("kind", ["wall_post_new", "message_new", "", None])
async def test_events_of_other_kinds_or_shapes_are_accepted_and_forgotten(
    house: House, outside: httpx2.AsyncClient, vk: VkWorld, kind: str | None
) -> None:
    event = {"type": kind, "group_id": vk.group_id, "event_id": "e1", "object": {}}
    answer = await outside.post("/vk/callback", json=asked(event))
    assert (answer.status_code, answer.text) == (200, "ok")
    assert await heard(house) == 0


async def test_a_callback_button_of_vk_stops_spinning(
    house: House, outside: httpx2.AsyncClient, vk: VkWorld
) -> None:
    vk._event_ids.add("press1")
    about = {"user_id": ANYA, "peer_id": ANYA, "event_id": "press1", "payload": {"d": "f:menu"}}
    event = {"type": "message_event", "group_id": vk.group_id, "event_id": "e1", "object": about}
    assert (await outside.post("/vk/callback", json=asked(event))).text == "ok"
    await until(lambda: vk.answered == {"press1"})
    assert await said(house) == ["basics-menu"]


async def test_without_webhooks_the_addresses_are_not_there(
    database: Database, school: School, now: datetime, tmp_path: Path, telegram: TelegramWorld
) -> None:
    given = {"DATA_DIR": str(tmp_path), "TELEGRAM__TOKEN": telegram.token, "TELEGRAM__API_URL": telegram.url}
    settings = load({f"NASTAVNIK_{name}": value for name, value in given.items()}, tmp_path / "no.env")
    house = await build(settings, database, lambda: now)
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=house.web), base_url="https://school.test"
    ) as outside:
        for path in ("/telegram/webhook", "/vk/callback"):
            assert (await outside.post(path, json={}, headers=HEADER)).status_code == 404
    await house.close()


async def test_each_start_tells_telegram_the_address_and_the_commands(
    house: House, telegram: TelegramWorld
) -> None:
    telegram.fail("500", method="setWebhook", times=1)
    for begin in house.beginnings:
        await begin()
    assert (telegram.webhook, telegram.webhook_secret) == ("https://school.test/telegram/webhook", SECRET)
    assert telegram._allowed == ["message", "callback_query", "my_chat_member"]
    assert telegram.commands[0] == {"command": "start", "description": "С чего начать"}
    assert telegram.calls["setMyCommands"] == 2  # Russian, English

    telegram.starts(ANYA)
    await house.doors[1].messenger.send(Outgoing(str(ANYA), "Здравствуйте", 1))  # the bot is as it was


async def test_a_list_of_commands_that_is_refused_stops_nothing(
    house: House, telegram: TelegramWorld
) -> None:
    telegram.fail("500", method="setMyCommands")
    for begin in house.beginnings:
        await begin()
    assert telegram.commands == []
    assert telegram.webhook


@pytest.mark.postgres
async def test_the_first_words_of_a_stranger_that_come_side_by_side_make_one_person(
    postgres: Database, now: datetime
) -> None:
    async with postgres.transaction() as session:
        session.add(build_school(now=now))
    front = Front(postgres, lambda: now, unsent(postgres, lambda: now))
    words = [
        Incoming(Channel.VK, str(user), f"{user}-{number}", Heard.TEXT, now, text="Здравствуйте")
        for user in range(4)
        for number in range(4)
    ]
    await asyncio.gather(*(front.receive(one) for one in words))
    assert len(await rows(postgres, SeenEvent)) == 16
    assert len(await rows(postgres, Person)) == len(await rows(postgres, Address)) == 4
    said = {row.body["texts"][0]["id"] for row in await rows(postgres, OutboxRow)}  # type: ignore[attr-defined]
    assert "talk-defect" not in said

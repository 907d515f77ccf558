"""What a message costs the sender: claimed, looked at, worded, sent over HTTP, marked; beside bare calls of the libraries.

Answers with two buttons to as many people as there are messages, one after the other as the sender does it; the servers take
everything at any pace, in a process of their own. News go to a hundred readers in one call of VK.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import insert, select

from actions import mailings
from actions.collecting import seldom
from actions.links import Links
from actions.work import Work
from benchmarks import _pool
from benchmarks._figures import Figure, Line, times
from benchmarks._ours import school
from benchmarks._rivals import bot_at
from benchmarks._served import TOKEN, came_to, server
from bot.messenger import Messenger
from bot.pace import Pace
from bot.sender import Sender
from bot.telegram.messenger import TelegramMessenger
from bot.vk.client import VkClient, make_session
from bot.vk.messenger import VkMessenger
from bot.web.messenger import WebMessenger
from program.channels import Channel
from program.outgoing import PRIORITY, Choice, Kind, Message
from program.states import NewsStatus
from program.text import raw
from storage import outbox
from storage.database import Database, sqlite_url
from storage.tables import Address, NewsItem, Person, School

MANY = 600
READERS = 3_000
WORDS = "Встреча перенесена на пятницу, 15:00, кабинет 214."
CAPS = {Channel.TELEGRAM: 30, Channel.VK: 20}
BUTTONS = ("Хорошо", "Не подходит")
NOW = _pool.NOW

Cost = tuple[float, float]  # ms of processor, messages a second by the clock


async def run() -> list[Line]:
    seldom()
    async with server(Channel.TELEGRAM, freely=True) as telegram, server(Channel.VK, freely=True) as vk:
        ours = await _answers(Channel.TELEGRAM, lambda _: _telegram(telegram), telegram)
        bare = await _timed(MANY, lambda: _aiogram(telegram))
        lines: list[Line] = [
            _figure("Telegram: an answer, beside bare aiogram", ours, bare, Channel.TELEGRAM)
        ]
        ours = await _answers(Channel.VK, lambda _: _vk(vk), vk)
        bare = await _timed(MANY, lambda: asyncio.to_thread(_vk_api, vk))
        lines.append(_figure("VK: an answer, beside bare vk_api", ours, bare, Channel.VK))
        ours = await _news(vk)
        bare = await _timed(READERS, lambda: asyncio.to_thread(_vk_api, vk, together=100))
        lines.append(_figure("VK: news, a hundred readers in a call, beside bare vk_api", ours, bare, None))
    ours = await _answers(Channel.WEB, lambda database: WebMessenger(database, lambda: NOW), "")
    lines.append(
        Figure(
            "web chat: an answer put up", f"{ours[0]:.2f} ms", "", f"{ours[0]:.2f} ms, {ours[1]:.0f} a second"
        )
    )
    return lines


def _figure(what: str, ours: Cost, bare: Cost, channel: Channel | None) -> Figure:
    cap = f", {ours[1] / CAPS[channel]:.0f} × the platform's cap" if channel else ""
    return Figure(
        f"{what}: processor time", times(ours[0], bare[0]), "",
        f"{ours[0]:.2f} ms, {ours[1]:.0f} a second{cap}", f"{bare[0]:.2f} ms, {bare[1]:.0f} a second",
    )  # fmt: skip


async def _timed(count: int, work: Callable[[], Awaitable[object]]) -> Cost:
    began, cpu = time.perf_counter(), time.process_time()
    await work()
    cpu, took = time.process_time() - cpu, time.perf_counter() - began
    return cpu * 1000 / count, count / took


async def _answers(channel: Channel, door: Callable[[Database], Messenger], url: str) -> Cost:
    """As many answers as there are people, sent by the sender of a running house."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "bench.db"))
        await school(database)
        await _fill(database, channel)
        before = await _arrived(url)
        messenger = door(database)
        sender = Sender(database, lambda: NOW, Links("https://school.example.org", "bench"), [messenger])
        cost = await _timed(MANY, sender.drain)
        assert not url or await _arrived(url) - before == MANY, "not every message arrived"
        await messenger.close()
        await database.close()
    return cost


async def _fill(database: Database, channel: Channel) -> None:
    """People with an address and an answer that waits for each."""
    body = Message((raw(WORDS),), tuple((Choice(raw(one), "f:menu"),) for one in BUTTONS)).to_json()
    people = [{"id": n, "school_id": 1, "state": "visitor", "created_at": NOW} for n in range(1, MANY + 1)]
    places = [
        {"school_id": 1, "person_id": n, "channel": channel, "account": "default", "address": _chat(n, channel),
         "used_at": NOW} for n in range(1, MANY + 1)
    ]  # fmt: skip
    rows = [
        {"school_id": 1, "key": f"bench:{n}", "kind": Kind.REPLY, "priority": PRIORITY[Kind.REPLY], "person_id": n,
         "channel": channel, "account": "default", "address": _chat(n, channel), "body": body, "edit_key": "",
         "created_at": NOW, "due_at": NOW} for n in range(1, MANY + 1)
    ]  # fmt: skip
    async with database.transaction() as session:
        await session.execute(insert(Person), people)
        await session.execute(insert(Address), places)
        await outbox.put_all(session, rows)


def _chat(person: int, channel: Channel) -> str:
    return str(person if channel is Channel.WEB else 100_000 + person)


async def _arrived(url: str) -> int:
    return sum(map(len, (await came_to(url))["arrivals"].values())) if url else 0


async def _news(url: str) -> Cost:
    """One piece of news for everybody, as the button of its page queues it."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "bench.db"))
        await _pool.furnish(database, READERS * 7 // 10, READERS * 3 // 10)
        async with database.transaction() as session:
            found = (await session.scalars(select(School))).one()
            places = [
                {
                    "school_id": found.id,
                    "person_id": n,
                    "channel": Channel.VK,
                    "address": str(200_000 + n),
                    "used_at": NOW,
                }
                for n in range(1, READERS + 1)
            ]
            await session.execute(insert(Address), places)
            item = NewsItem(
                school_id=found.id, title="Новости", body=WORDS, status=NewsStatus.PUBLISHED, created_at=NOW
            )
            session.add(item)
            await session.flush()
            work = Work(session, found, NOW)
            await mailings.begin(work, item.id, Message((raw(WORDS),)), Person.id <= READERS)
        before = await _arrived(url)
        messenger = _vk(url)
        sender = Sender(database, lambda: NOW, Links("https://school.example.org", "bench"), [messenger])
        cost = await _timed(READERS, sender.drain)
        assert await _arrived(url) - before == READERS, "not every message arrived"
        await messenger.close()
        await database.close()
    return cost


def _telegram(url: str) -> TelegramMessenger:
    messenger = TelegramMessenger(TOKEN, url)
    messenger.pace = _free()
    return messenger


def _vk(url: str) -> VkMessenger:
    return VkMessenger(VkClient("vk1.a.bench", url, pace=_free()), 777)


def _free() -> Pace:
    """The server takes everything; what is measured is ours."""
    return Pace(1e6, 1_000, cap=1_000_000)


async def _aiogram(url: str) -> None:
    bot = bot_at(url)
    rows = [[InlineKeyboardButton(text=one, callback_data="f:menu")] for one in BUTTONS]
    for n in range(MANY):
        await bot.send_message(300_000 + n, WORDS, reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))
    await bot.session.close()


def _vk_api(url: str, *, together: int = 1) -> None:
    """As many messages, its own pause between calls switched off."""
    session = make_session("vk1.a.bench", url)
    count = MANY if together == 1 else READERS
    for n in range(0, count, together):
        peers = ",".join(str(400_000 + n + one) for one in range(together))
        session.method("messages.send", {"peer_ids": peers, "random_id": n + 1, "message": WORDS})

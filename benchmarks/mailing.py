"""A mailing to 10,000 people on Telegram and on VK, while others talk to the bot; and the usual ways beside it.

The servers enforce the platforms' limits in processes of their own (`benchmarks/_limits.py`). Telegram takes six
minutes for ten thousand; NASTAVNIK_BENCH_READERS=1000 is a quick look. A line that answers after 20 ms lets twenty answers
a second through one by one; one of 200 ms shows that a mailing does not wait for each answer.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from sqlalchemy import insert, select
from vk_api.utils import get_random_id

from actions import mailings
from actions.collecting import seldom
from actions.links import Links
from actions.work import Work
from benchmarks._pool import NOW, furnish
from benchmarks._served import TOKEN, came_to, server
from bot.front import Front
from bot.messenger import Heard, Incoming, Messenger
from bot.sender import Sender
from bot.telegram.messenger import TelegramMessenger
from bot.vk.client import VkClient, make_session
from bot.vk.messenger import VkMessenger
from program.channels import Channel
from program.outgoing import Message
from program.states import NewsStatus
from program.text import raw
from storage.database import Database, sqlite_url
from storage.tables import Address, NewsItem, OutboxRow, Person, School

READERS = int(os.environ.get("NASTAVNIK_BENCH_READERS", "10000"))
TALKERS = 120  # people who talk meanwhile; each presses again when answered long ago
ALONE = 15.0  # seconds of talk without a mailing, to compare with
WITH = 60.0  # and with one, at most
PLAIN = 240  # readers of the usual ways: they take as long for each
WORDS = "Новости наставников: в пятницу встреча клуба в актовом зале."
CAPS = {Channel.TELEGRAM: 30, Channel.VK: 20}  # calls a second


@dataclass(frozen=True)
class Case:
    """Args:
    trip: seconds that an answer of the platform takes.
    turns: presses a second. Answers leave one at a time, so a slow line carries fewer of them.
    """

    channel: Channel
    trip: float
    turns: float
    readers: int


CASES = (
    Case(Channel.VK, 0.02, 10.0, READERS),
    Case(Channel.VK, 0.2, 3.0, READERS),
    Case(Channel.TELEGRAM, 0.2, 3.0, READERS // 10),
    Case(Channel.TELEGRAM, 0.02, 20.0, READERS),
)


@dataclass
class Talk:
    """People who press «меню», and when each press was heard."""

    case: Case
    front: Front
    clock: Callable[[], datetime]
    pressed: dict[str, list[float]] = field(default_factory=dict)
    _count: int = 0

    async def go_on(self, seconds: float, until: Callable[[], bool]) -> None:
        """Presses evenly, whatever becomes of the answers."""
        began, turns = time.monotonic(), set()
        step = 1 / self.case.turns
        for number in range(int(seconds / step)):
            await asyncio.sleep(max(0.0, began + number * step - time.monotonic()))
            if until():
                break
            turns.add(asyncio.create_task(self._press(self._count % TALKERS)))
            self._count += 1
        await asyncio.gather(*turns)

    async def _press(self, number: int) -> None:
        address = str(900_000 + number)
        self.pressed.setdefault(address, []).append(time.monotonic())
        event = f"press-{self._count}-{number}-{len(self.pressed[address])}"
        words = Incoming(self.case.channel, address, event, Heard.TEXT, self.clock(), text="меню")
        await self.front.receive(words)


async def run() -> list[str]:
    """Prints what it has measured as soon as it has: the whole takes a quarter of an hour."""
    seldom()  # as the serving process does
    print(
        "share of the cap, refusals and arrivals are counted by servers that enforce the limits", flush=True
    )
    print("\nthe usual ways, one call for each reader:", *await _plain(), sep="\n", flush=True)
    for case in CASES:
        print(*await _ours(case), sep="\n", flush=True)
    return []


async def _ours(case: Case) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "bench.db"))
        await furnish(database, case.readers * 7 // 10, case.readers * 3 // 10)
        async with server(case.channel, case.trip) as url:
            lines = await _measured(database, case, url)
        await database.close()
    return lines


async def _measured(database: Database, case: Case, url: str) -> list[str]:
    channel, messenger = case.channel, _messenger(case.channel, url)
    began = time.monotonic()

    def clock() -> datetime:
        return NOW + timedelta(seconds=time.monotonic() - began)

    readers = await _addresses(database, case)
    sender = Sender(database, clock, Links("https://school.example.org", "bench"), [messenger])
    talk = Talk(case, Front(database, clock, sender), clock)
    running = asyncio.create_task(sender.run())
    # The first turns load texts and statements, and each chat is told its commands once, which is a call of its own.
    await talk.go_on(TALKERS / case.turns, lambda: False)
    quiet_from = (await _all_told(url, talk, {}))["arrivals"]
    talk.pressed.clear()
    await talk.go_on(ALONE, lambda: False)
    alone = _latencies(talk, await _all_told(url, talk, quiet_from), quiet_from)

    talk.pressed.clear()
    before = await came_to(url)
    published = time.monotonic()
    stop = _Over(database)
    watching = asyncio.create_task(stop.watch())
    publishing = asyncio.create_task(_publish(database, clock, case.readers))
    await talk.go_on(WITH, lambda: stop.over)
    took = await publishing
    await watching
    told = await _all_told(url, talk, before["arrivals"])
    sender.stop()
    await running
    await messenger.close()
    meanwhile = _latencies(talk, told, before["arrivals"])
    return [
        "",
        f"{channel}: {readers} readers; an answer of the platform takes {case.trip * 1000:.0f} ms,"
        f" people press {case.turns:.0f} times a second",
        f"  publishing to all held the house for {took * 1000:.0f} ms",
        *_share(channel, told, before, published),
        f"  doubled {_doubled(told)}, lost {readers - _reached(told)}",
        _line("  press to answer, no mailing", alone),
        _line("  press to answer, with the mailing", meanwhile),
    ]


@dataclass
class _Over:
    """Whether every message has gone; asked for once a second."""

    database: Database
    over: bool = False

    async def watch(self) -> None:
        waits = select(OutboxRow.id).where(
            OutboxRow.mailing_id.is_not(None), OutboxRow.sent_at.is_(None), OutboxRow.dropped == ""
        )
        first = select(OutboxRow.id).where(OutboxRow.mailing_id.is_not(None)).limit(1)
        while not self.over:
            await asyncio.sleep(1.0)
            async with self.database.reading() as session:
                begun = await session.scalar(first) is not None
                self.over = begun and await session.scalar(waits.limit(1)) is None


def _messenger(channel: Channel, url: str) -> Messenger:
    if channel is Channel.TELEGRAM:
        return TelegramMessenger(TOKEN, url)
    return VkMessenger(VkClient("vk1.a.bench", url), 777)


async def _addresses(database: Database, case: Case) -> int:
    """Everybody who takes part reads in this messenger, some parents talk there."""
    async with database.transaction() as session:
        school = (await session.scalars(select(School))).one()
        everybody = (await session.scalars(select(Person.id).order_by(Person.id))).all()
        pupils, talkers = everybody[: case.readers], everybody[case.readers : case.readers + TALKERS]
        places = [(key, str(100_000 + key)) for key in pupils]
        places += [(key, str(900_000 + number)) for number, key in enumerate(talkers)]
        lines = [
            {"school_id": school.id, "person_id": key, "channel": case.channel, "address": at, "used_at": NOW}
            for key, at in places
        ]
        await session.execute(insert(Address), lines)
    return len(pupils)


async def _publish(database: Database, clock: Callable[[], datetime], readers: int) -> float:
    """Queues the mailing as the page's button does; returns the seconds of its transaction."""
    began = time.monotonic()
    async with database.transaction() as session:
        school = (await session.scalars(select(School))).one()
        now = clock()
        item = NewsItem(
            school_id=school.id, title="Новости", body=WORDS, status=NewsStatus.PUBLISHED, created_at=now
        )
        session.add(item)
        await session.flush()
        await mailings.begin(
            Work(session, school, now), item.id, Message((raw(WORDS),)), Person.id <= readers
        )
    return time.monotonic() - began


def _latencies(talk: Talk, told: dict[str, Any], before: dict[str, list[float]]) -> list[float]:
    """Milliseconds from each press to the arrival of its answer at the platform."""
    found = []
    for address, presses in talk.pressed.items():
        came = told["arrivals"].get(address, [])[len(before.get(address, ())) :]
        found += [(answer - press) * 1000 for press, answer in zip(presses, came, strict=True)]
    return found


def _share(channel: Channel, told: dict[str, Any], before: dict[str, Any], since: float) -> list[str]:
    news = [at for chat, came in told["arrivals"].items() if int(chat) < 900_000 for at in came]
    first, last = min(news), max(news)
    calls = [at for at in told["calls"] if first <= at <= last]
    share = (len(calls) - 1) / (last - first) / CAPS[channel]
    refused = told["refused"] - before["refused"]
    return [
        f"  {len(news)} in {last - first:.1f} s: {len(news) / (last - first):.1f} a second;"
        f" calls with the answers among them {share:.1%} of the cap; begun after {first - since:.2f} s",
        f"  refusals {refused} of {len(calls)} calls ({refused / len(calls) * 10_000:.1f} in 10,000)",
    ]


def _doubled(told: dict[str, Any]) -> int:
    return sum(count - 1 for chat, _, count in told["copies"] if int(chat) < 900_000)


def _reached(told: dict[str, Any]) -> int:
    return len({chat for chat, _, _ in told["copies"] if int(chat) < 900_000})


def _line(name: str, took: list[float]) -> str:
    cuts = quantiles(took, n=100)
    return f"{name:36} p50 {cuts[49]:6.1f} ms   p99 {cuts[98]:6.1f} ms   of {len(took)}"


async def _plain() -> list[str]:
    chats = [str(100_000 + number) for number in range(PLAIN)]
    found = []
    for name, channel, way in (
        ("bare aiogram, sleep(1/30) after each", Channel.TELEGRAM, _aiogram),
        ("bare vk_api, its own pause", Channel.VK, _vk_api),
    ):
        async with server(channel, 0.02) as url:
            began = time.monotonic()
            await way(url, chats)
            took = time.monotonic() - began
            told = await came_to(url)
        rate = PLAIN / took
        hours = READERS / rate / 60
        found.append(
            f"  {name:38} {rate:6.1f} a second, {rate / CAPS[channel]:.0%} of the cap in calls,"
            f" refusals {told['refused']}; all of them would take {hours:.0f} min"
        )
    return found


async def _aiogram(url: str, chats: list[str]) -> None:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    for chat in chats:
        with suppress(TelegramRetryAfter):
            await bot.send_message(chat, WORDS)
        await asyncio.sleep(1 / 30)
    await bot.session.close()


async def _vk_api(url: str, chats: list[str]) -> None:
    session = make_session("vk1.a.bench", url)
    type(session).RPS_DELAY, kept = 0.05, type(session).RPS_DELAY  # as the library comes

    def send() -> None:
        for chat in chats:
            session.method("messages.send", {"peer_id": chat, "random_id": get_random_id(), "message": WORDS})

    try:
        await asyncio.to_thread(send)
    finally:
        type(session).RPS_DELAY = kept


async def _all_told(url: str, talk: Talk, before: dict[str, list[float]]) -> dict[str, Any]:
    """As `came_to`, once every press has its answer."""
    while True:
        told = await came_to(url)
        arrived = (
            (key, len(told["arrivals"].get(key, ())) - len(before.get(key, ()))) for key in talk.pressed
        )
        if all(count >= len(talk.pressed[key]) for key, count in arrived):
            return told
        await asyncio.sleep(0.2)


Way = Callable[[str, list[str]], Awaitable[None]]

"""The house with one Telegram account at an address, with nobody in it but those who type; and the same conversation."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from actions.links import Links
from benchmarks._rivals import ANSWERS, QUESTIONS
from bot import menu
from bot.front import Front
from bot.messenger import Heard, Incoming, Outgoing
from bot.pace import Pace
from bot.sender import Sender
from bot.talk import Talk, options
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.update import read_update
from program.channels import Channel
from program.text import raw
from storage import migrate
from storage.database import Database
from storage.tables import School

FLOW = "bench"
CHOICES = options((str(number), raw(words)) for number, words in enumerate(ANSWERS))


async def asks(talk: Talk) -> None:
    """The conversation of `benchmarks/_rivals.py`: ten questions, then from the first again."""
    talk.expect(QUESTIONS)
    for number in range(QUESTIONS):
        await talk.choose(f"q{number}", raw("Как часто вам удобно встречаться с наставником?"), CHOICES)
    talk.then(FLOW)


def unsent(database: Database, clock: Callable[[], datetime]) -> Sender:
    """A sender with no account: what is measured ends at the outbox."""
    return Sender(database, clock, Links("https://school.example.org", "secret"), [])


def now() -> datetime:
    return datetime.now(UTC)


class Noted(TelegramMessenger):
    """Says when a message has been taken by the server."""

    def __init__(self, token: str, url: str) -> None:
        super().__init__(token, url)
        self.pace = Pace(1e6, 1_000, cap=1_000_000)  # the server takes everything; what is measured is ours
        self.taken: dict[str, int] = defaultdict(int)
        self.out = asyncio.Event()

    async def send(self, outgoing: Outgoing) -> str:
        sent = await super().send(outgoing)
        self.taken[outgoing.address] += 1
        self.out.set()
        return sent


class House:
    """Front door, outbox and sender; what `app/wiring.py` puts together of them."""

    def __init__(self, database: Database, messenger: Noted) -> None:
        self.messenger = messenger
        links = Links("https://school.example.org", "secret")
        self.sender = Sender(database, now, links, [messenger])
        self.front = Front(database, now, self.sender)

    async def turn(self, update: Mapping[str, Any]) -> None:
        """An update is handled; returns once its answer has been delivered."""
        heard = read_update(update, "default", now())
        assert heard is not None
        before = self.messenger.taken[heard.address]
        await self.front.receive(heard)
        while self.messenger.taken[heard.address] == before:
            self.messenger.out.clear()
            await self.messenger.out.wait()

    async def hear(self, update: Mapping[str, Any]) -> None:
        """An update is handled, whenever its answer comes."""
        heard = read_update(update, "default", now())
        assert heard is not None
        await self.front.receive(heard)

    async def delivered(self, chats: Iterable[int], count: int) -> None:
        """Returns once so many messages have reached them in all."""
        keys = [str(chat) for chat in chats]
        while sum(self.messenger.taken[key] for key in keys) < count:
            self.messenger.out.clear()
            await self.messenger.out.wait()

    async def open(self, chat: int) -> None:
        """Somebody new comes in and begins the conversation; returns once both answers have been delivered."""
        before = self.messenger.taken[str(chat)]
        for data, heard in (("", Heard.START), (f"f:{FLOW}", Heard.PRESS)):
            await self.front.receive(
                Incoming(Channel.TELEGRAM, str(chat), f"open:{chat}:{heard}", heard, now(), data=data)
            )
        await self.delivered([chat], before + 2)


async def school(database: Database) -> None:
    await migrate.to_head(database)
    async with database.transaction() as session:
        session.add(
            School(slug="first", name="Школа", timezone="Europe/Moscow", is_default=True, created_at=now())
        )


@asynccontextmanager
async def house(url: str, token: str, path: Path) -> AsyncIterator[House]:
    """It sends while the block lasts."""
    from storage.database import sqlite_url

    menu.FLOWS[FLOW] = asks
    database = Database(sqlite_url(path))
    await school(database)
    messenger = Noted(token, url)
    found = House(database, messenger)
    sending = asyncio.create_task(found.sender.run())
    try:
        yield found
    finally:
        found.sender.stop()
        await sending
        await messenger.close()
        await database.close()

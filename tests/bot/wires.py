"""A world, a messenger and an inbox of each channel, under one set of names."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.messenger import Incoming, Messenger, Place
from bot.telegram.inbox import TelegramInbox
from bot.telegram.messenger import TelegramMessenger
from bot.vk.client import VkClient
from bot.vk.inbox import VkInbox
from bot.vk.messenger import VkMessenger
from tests.worlds import TelegramWorld, VkWorld

QUICK = (0.005, 0.02)  # seconds between tries after a fault


@dataclass
class Wire:
    world: TelegramWorld | VkWorld
    messenger: Messenger
    inbox: Callable[[Place], TelegramInbox | VkInbox]
    sending: str  # the method that sends a text
    polling: str


@asynccontextmanager
async def telegram(token: str = TelegramWorld.token) -> AsyncIterator[Wire]:
    async with TelegramWorld() as world:
        messenger = TelegramMessenger(token, world.url)

        def inbox(place: Place) -> TelegramInbox:
            return TelegramInbox(messenger.bot, place, patience=QUICK, standby=0.01)

        yield Wire(world, messenger, inbox, "sendMessage", "getUpdates")
        # aiogram's own close() waits a quarter of a second for TLS.
        if session := messenger.bot.session._session:
            await session.close()


@asynccontextmanager
async def vk(token: str = VkWorld.token) -> AsyncIterator[Wire]:
    async with VkWorld() as world:
        client = VkClient(token, world.url)
        messenger = VkMessenger(client, world.group_id)

        def inbox(place: Place) -> VkInbox:
            return VkInbox(client, world.group_id, place, patience=QUICK, standby=0.01)

        yield Wire(world, messenger, inbox, "messages.send", "a_check")
        await messenger.close()


WIRES = {"telegram": telegram, "vk": vk}


@dataclass
class Ears:
    """Remembers what was committed; raises as often as it was told to, before keeping anything."""

    heard: list[Incoming] = field(default_factory=list)
    deaf: dict[str, int] = field(default_factory=dict)  # text -> how many more times it is not kept
    tries: int = 0

    async def __call__(self, incoming: Incoming) -> None:
        self.tries += 1
        await asyncio.sleep(0)
        if self.deaf.get(incoming.text, 0) > 0:
            self.deaf[incoming.text] -= 1
            raise ConnectionError("the database is away")
        self.heard.append(incoming)

    @property
    def words(self) -> list[str]:
        return [incoming.text for incoming in self.heard]


@asynccontextmanager
async def listening(inbox: TelegramInbox | VkInbox, ears: Ears) -> AsyncIterator[asyncio.Task[None]]:
    """Runs the inbox inside the block."""
    task = asyncio.create_task(inbox.run(ears))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(what: Callable[[], bool], seconds: float = 4.0) -> None:
    """Returns as soon as `what` holds; fails when it does not within `seconds`."""
    async with asyncio.timeout(seconds):
        while not what():  # noqa: ASYNC110 - what it waits for is behind HTTP
            await asyncio.sleep(0.003)

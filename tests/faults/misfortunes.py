"""The faults themselves, each for the length of a life: `async with fault(life): …`."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from aiohttp import ClientSession

from tests.faults.levers import How
from tests.faults.life import Life

Misfortune = Callable[[Life], AbstractAsyncContextManager[None]]

# Calls by which something is heard or said; the others only fill in the bot's description at each start.
TALKING = {
    "getUpdates", "a_check", "sendMessage", "messages.send", "answerCallbackQuery", "setMyCommands",
    "messages.sendMessageEventAnswer", "wall.post", "wall.get", "groups.getLongPollServer", "deleteWebhook",
}  # fmt: skip
SENDING = frozenset({"sendMessage", "messages.send", "wall.post"})


def at_commits(first: int, how: How, every: int) -> Misfortune:
    """Killed right before or right after commit number `first`, and every so many commits later."""

    @asynccontextmanager
    async def fault(life: Life) -> AsyncIterator[None]:
        life.house.levers.fall(first, how, every)
        yield
        life.house.levers.fall(0, how)

    return fault


def at_calls(first: int, when: str, every: int) -> Misfortune:
    """Killed as call number `first` arrives, which then comes to nothing, or once it is carried out."""

    @asynccontextmanager
    async def fault(life: Life) -> AsyncIterator[None]:
        left = first

        def on_call(method: str, moment: str) -> bool:
            nonlocal left
            if moment != when or method not in TALKING:
                return False
            left -= 1
            if left:
                return False
            left = every
            life.house.kill()
            return True

        with _listening(life, on_call):
            yield

    return fault


def at_own_calls(when: str) -> Misfortune:
    """The first process is killed at its first call, the second at its second, and so on: each step of a start."""

    @asynccontextmanager
    async def fault(life: Life) -> AsyncIterator[None]:
        made = {"start": 0, "calls": 0}

        def on_call(method: str, moment: str) -> bool:
            if life.house.starts != made["start"]:
                made.update(start=life.house.starts, calls=0)
            made["calls"] += moment == when
            if moment != when or made["calls"] != life.house.kills + 1:
                return False
            life.house.kill()
            return True

        with _listening(life, on_call):
            yield

    return fault


class _listening:  # noqa: N801 - a context manager
    def __init__(self, life: Life, on_call: Callable[[str, str], bool]) -> None:
        self._life, self._on_call = life, on_call

    def __enter__(self) -> None:
        for world in self._life.worlds:
            world.on_call = self._on_call

    def __exit__(self, *_: object) -> None:
        for world in self._life.worlds:
            world.on_call = None


def at_random(seed: int) -> Misfortune:
    """Killed again and again: one time of five while it starts, else up to two seconds after it began to listen."""
    chance = random.Random(seed)

    async def strike(life: Life) -> None:
        while True:
            polls = life.polls()
            listens = chance.random() < 0.8
            while listens and life.polls() == polls:  # noqa: ASYNC110 - the house is another process
                await asyncio.sleep(0.02)
            await asyncio.sleep(chance.uniform(0.02, 2.0))
            starts = life.house.starts
            life.house.kill()
            while life.house.starts == starts:  # noqa: ASYNC110 - another task starts it again
                await asyncio.sleep(0.01)

    return _meanwhile(strike)


def weather(share: float = 0.0, *, under: frozenset[str] = SENDING, **kinds: float) -> Misfortune:
    """Platforms on which so great a share of the calls fails in each of these ways, by its value.

    Args:
        kinds: as in `World.fail`, with «e» before a number: e500=1, flood=1, drop=1, late=2.
    """

    @asynccontextmanager
    async def fault(life: Life) -> AsyncIterator[None]:
        for world in life.worlds:
            world.weather = {kind.removeprefix("e"): (share, value) for kind, value in kinds.items()}
            world.under_it = under
        yield
        for world in life.worlds:
            world.weather = {}

    return fault


def refusals(code: int, share: float) -> Misfortune:
    """VK refuses so great a share of what is sent, with this number."""

    @asynccontextmanager
    async def fault(life: Life) -> AsyncIterator[None]:
        life.vk.weather, life.vk.under_it = {"refused": (share, code)}, SENDING
        yield
        life.vk.weather = {}

    return fault


@asynccontextmanager
async def stirred(life: Life) -> AsyncIterator[None]:
    """The platforms give updates in another order, and old ones again."""
    for world in life.worlds:
        world.stirs = True
    yield
    for world in life.worlds:
        world.stirs = False


def places_lost(seed: int) -> Misfortune:
    """VK says failed 1, 2, 3; in Telegram somebody else polls with the same token.

    After each the house has come back before the next: a machine that stands still must not be struck faster than it can
    ask again.
    """
    chance = random.Random(seed)

    async def strike(life: Life) -> None:
        async with ClientSession() as http:
            while True:
                await asyncio.sleep(chance.uniform(0.2, 0.8))
                looks, polls = life.vk.calls["a_check"], life.polls()
                match chance.randrange(4):
                    case 0:
                        life.vk.change_key()
                    case 1:
                        life.vk.lose()
                    case 2:
                        life.vk.outdated = True
                        looks -= 2  # heard of when the look that is under way has ended
                    case _:
                        url = f"{life.telegram.url}/bot{life.telegram.token}/getUpdates?timeout=0"
                        async with http.get(url) as answer:
                            await answer.read()
                        while life.polls() < polls + 2:  # noqa: ASYNC110 - the house is another process
                            await asyncio.sleep(0.02)
                        looks -= 2
                life.shaken += 1
                # One look hears of it, the next one brings what has come meanwhile.
                while life.vk.calls["a_check"] < looks + 2:  # noqa: ASYNC110 - the house is another process
                    await asyncio.sleep(0.02)

    return _meanwhile(strike)


def _meanwhile(strike: Callable[[Life], object]) -> Misfortune:
    @asynccontextmanager
    async def fault(life: Life) -> AsyncIterator[None]:
        task = asyncio.ensure_future(strike(life))  # type: ignore[arg-type]
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return fault


def both(first: Misfortune, second: Misfortune) -> Misfortune:
    @asynccontextmanager
    async def fault(life: Life) -> AsyncIterator[None]:
        async with first(life), second(life):
            yield

    return fault

"""Fifty people press at once: how soon the spinner stops, and how soon the next question stands there.

Against the fake Telegram over HTTP, with the real inbox, front door and sender. Source: ux.md B15 (95 % within a second).
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from actions.links import Links
from benchmarks._figures import Figure, Line
from bot.front import Front
from bot.places import StreamLease
from bot.sender import Sender
from bot.telegram.inbox import TelegramInbox
from bot.telegram.messenger import TelegramMessenger
from program.channels import Channel
from storage import migrate
from storage.database import Database, sqlite_url
from storage.tables import School
from tests.worlds import TelegramWorld

PEOPLE, PRESSES = 50, 6
FIRST = 1001


class Timed(TelegramWorld):
    """Remembers when a press was answered, and when a message came out."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: dict[str, float] = {}
        self.stopped: list[float] = []
        self.shown: dict[int, float] = {}

    async def _answerCallbackQuery(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self.stopped.append(time.perf_counter() - self.pressed.pop(given["callback_query_id"]))
        return await super()._answerCallbackQuery(given)

    def _deliver(self, user: int, text: str, given: dict[str, Any], photos: int = 0) -> dict[str, Any]:
        self.shown[user] = time.perf_counter()
        return super()._deliver(user, text, given, photos)


async def run() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "bench.db"))
        await migrate.to_head(database)
        async with database.transaction() as session:
            session.add(
                School(
                    slug="first", name="Школа", timezone="Europe/Moscow", is_default=True, created_at=_now()
                )
            )
        async with Timed() as world:
            lines = await _pressed(database, world)
        await database.close()
    return lines


async def _pressed(database: Database, world: Timed) -> list[Line]:
    messenger = TelegramMessenger(world.token, world.url)
    sender = Sender(database, _now, Links("https://school.example.org", "secret"), [messenger])
    front = Front(database, _now, sender)
    inbox = TelegramInbox(messenger.bot, StreamLease(database, Channel.TELEGRAM, "default"))
    work = [asyncio.create_task(inbox.run(front.receive)), asyncio.create_task(sender.run())]
    people = range(FIRST, FIRST + PEOPLE)
    for user in people:
        world.starts(user)
    await _until(lambda: len(world.shown) == PEOPLE)
    answered: list[float] = []
    # Those who join choose who they are, think again, choose once more: each press is a turn with a question.
    await asyncio.gather(*(_joins(world, user, answered) for user in people))
    sender.stop()
    for task in work:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await messenger.close()
    return [_line("the spinner stops", world.stopped), _line("the next question stands there", answered)]


async def _joins(world: Timed, user: int, answered: list[float]) -> None:
    for label in ("Хочу участвовать", *("Учитель, сотрудник школы", "Назад") * (PRESSES // 2)):
        before, at = world.shown[user], time.perf_counter()
        query = f"q{next(world._numbers)}"
        world._numbers = _again(query, world._numbers)
        world.pressed[query] = at
        world.presses(user, label)
        await _until(lambda was=before: world.shown[user] != was)
        answered.append(world.shown[user] - at)


def _again(query: str, numbers: Any) -> Any:
    """The same number once more: the press that follows carries it."""
    yield int(query[1:])
    yield from numbers


async def _until(what: Any) -> None:
    async with asyncio.timeout(120):
        while not what():  # noqa: ASYNC110 - what it waits for is behind HTTP
            await asyncio.sleep(0.002)


def _now() -> datetime:
    return datetime.now(UTC)


def _line(name: str, seconds: list[float]) -> Figure:
    cuts = [1000 * one for one in quantiles(sorted(seconds), n=100)]
    what = f"{PEOPLE} people at once, {len(seconds)} presses: {name}, 99 of 100 within"
    return Figure(what, f"{cuts[98]:.0f} ms", "", f"p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms")

"""A turn of a conversation: an answer is typed, the next question is delivered over HTTP. Ours is durable: the event's
id, the journal, the reply and the mark that it went are committed; beside it the usual libraries.

The server runs in a process of its own; processor time is that of the process that answers. An ORM turn is a read, an insert and
a commit with SQLAlchemy over aiosqlite. «A second» counts turns a second of one core.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from actions.collecting import seldom
from benchmarks import _rivals as rivals
from benchmarks._figures import Figure, Line, p50, p99, times
from benchmarks._ours import House, house, now, school
from benchmarks._served import TOKEN, came_to, server
from program.channels import Channel
from storage.database import Database, sqlite_url
from storage.tables import Address, SeenEvent

TURNS, ROUNDS = 40, 15
RATE, SECONDS = 100, 10  # updates a second from as many people, and for how long
CHAT = 1001
OURS, BARE, ROW = "ours", "bare aiogram", "one ORM turn"

Measured = tuple[float, float, float]  # ms of processor each, ms at p50 and p99


async def run() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        async with server(Channel.TELEGRAM, freely=True) as url:
            lines = await _side_by_side(url, Path(folder))
    return lines


async def _side_by_side(url: str, folder: Path) -> list[Line]:
    lines: list[Line] = []
    async with AsyncExitStack() as stack:
        bot = rivals.bot_at(url)
        stack.push_async_callback(bot.session.close)
        ours_house = await stack.enter_async_context(house(url, TOKEN, folder / "ours.db"))
        await ours_house.open(CHAT)
        seldom()
        ways = {
            OURS: _typed(ours_house.turn),
            BARE: _typed(await rivals.aiogram(stack, bot, None)),
            ROW: await _orm(stack, folder / "orm.db"),
            "bare aiogram, a durable store": _typed(await rivals.aiogram(stack, bot, folder / "a.db")),
        }
        missing = rivals.missing()
        if "aiogram-dialog" not in missing:
            turn = await rivals.aiogram_dialog(stack, bot, folder / "d.db")
            ways["aiogram-dialog, a durable store"] = _typed(turn)
        if "python-telegram-bot" not in missing:
            turn = await rivals.conversation_handler(stack, url, folder / "p.db")
            ways["ConversationHandler, a durable store"] = _typed(turn)
        found = await _measure(ways)
        ours = found.pop(OURS)
        lines += _ratios(ours, found.pop(BARE), found.pop(ROW))
        lines += [
            Figure(f"the same beside {name}", times(ours[0], other[0]), "", *_both(ours, other))
            for name, other in found.items()
        ]
        lines.append(await _hundred_a_second(ours_house, url))
        lines += [f"{name} is not installed: make bench puts it there" for name in missing]
    return lines


def _ratios(ours: Measured, bare: Measured, row: Measured) -> list[Line]:
    usual = tuple(one + other for one, other in zip(bare, row, strict=True))
    sums = f"{usual[0]:.2f} ms = {bare[0]:.2f} + {row[0]:.2f}"
    return [
        Figure(
            "durable turn, delivered, beside aiogram's turn (state in memory) and one ORM turn: processor time",
            times(ours[0], usual[0]), "≤ 1.0 ×", f"{ours[0]:.2f} ms", sums,
        ),
        Figure("turns a second of one core", f"{1000 / ours[0]:.0f}", "≥ 370", "", f"{1000 / usual[0]:.0f}"),
        Figure("one after the other, p50 and p99", f"{ours[1]:.1f} and {ours[2]:.1f} ms", "", "",
               f"{usual[1]:.1f} and {usual[2]:.1f} ms"),
        Figure("the same beside bare aiogram, state in memory: lost at a kill", times(ours[0], bare[0]), "", *_both(ours, bare)),
    ]  # fmt: skip


def _both(ours: Measured, other: Measured) -> tuple[str, str]:
    return f"{ours[0]:.2f} ms", f"{other[0]:.2f} ms, {1000 / other[0]:.0f} a second"


def _typed(turn: rivals.Turn) -> Callable[[int], Awaitable[object]]:
    """One person answers, again and again."""
    return lambda number: turn(rivals.update(number + 1, CHAT))


async def _measure(ways: Mapping[str, Callable[[int], Awaitable[object]]]) -> dict[str, Measured]:
    """Rounds in which each has its go, so that a busy moment of the machine meets all of them; processor: the median round."""
    cpu: dict[str, list[float]] = {name: [] for name in ways}
    took: dict[str, list[float]] = {name: [] for name in ways}
    number = 0
    for lap in range(ROUNDS + 1):
        for name, work in ways.items():
            began = time.process_time()
            for _ in range(TURNS):
                start, number = time.perf_counter(), number + 1
                await work(number)
                took[name].append((time.perf_counter() - start) * 1000)
            cpu[name].append((time.process_time() - began) * 1000 / TURNS)
            if not lap:  # to get warm
                took[name].clear()
                cpu[name].clear()
    return {name: (median(cpu[name]), p50(took[name]), p99(took[name])) for name in ways}


async def _orm(stack: AsyncExitStack, path: Path) -> Callable[[int], Awaitable[None]]:
    """A read, an insert, a commit, as the books of SQLAlchemy show it."""
    made = Database(sqlite_url(path))
    await school(made)
    await made.close()
    engine = create_async_engine(sqlite_url(path))
    stack.push_async_callback(engine.dispose)

    @event.listens_for(engine.sync_engine, "connect")
    def _durably(connection: object, _: object) -> None:
        connection.execute("PRAGMA synchronous=FULL")  # type: ignore[attr-defined]

    sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def turn(number: int) -> None:
        async with sessions() as session:
            await session.scalar(
                select(Address).where(
                    Address.channel == Channel.TELEGRAM,
                    Address.account == "default",
                    Address.address == str(CHAT),
                )
            )
            session.add(SeenEvent(channel=Channel.WEB, account="bench", event_id=f"p{number}", at=now()))
            await session.commit()

    return turn


async def _hundred_a_second(ours_house: House, url: str) -> Line:
    """A hundred people, each types once a second; from the moment each update comes until the server has its answer."""
    chats = range(5_000, 5_000 + RATE)
    for chat in chats:
        await ours_house.open(chat)
    await ours_house.delivered(chats, 2 * RATE)
    before = (await came_to(url))["arrivals"]
    came: dict[int, list[float]] = {chat: [] for chat in chats}
    began, cpu, turns = time.monotonic(), time.process_time(), set()
    for number in range(RATE * SECONDS):
        await asyncio.sleep(max(0.0, began + number / RATE - time.monotonic()))
        chat = chats[number % RATE]
        came[chat].append(time.monotonic())
        turns.add(asyncio.create_task(ours_house.hear(rivals.update(100_000 + number, chat))))
    await asyncio.gather(*turns)
    await ours_house.delivered(chats, (2 + SECONDS) * RATE)
    cpu = time.process_time() - cpu
    after = (await came_to(url))["arrivals"]
    took = [
        (answer - asked) * 1000
        for chat in chats
        for asked, answer in zip(came[chat], after[str(chat)][len(before[str(chat)]) :], strict=True)
    ]
    return Figure(
        f"{RATE} updates a second for {SECONDS} s, update to answer at the server: p99",
        f"{p99(took):.0f} ms", "≤ 50 ms", f"p50 {p50(took):.1f} ms, {cpu / SECONDS:.0%} of a core", "",
    )  # fmt: skip

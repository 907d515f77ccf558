"""A durable turn (event id, conversation, reply in one commit) beside one ORM turn: a read, an insert, a commit."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from bot.front import Front
from bot.messenger import Heard, Incoming
from program.channels import Channel
from storage import migrate, people
from storage.database import Database, sqlite_url
from storage.tables import School, SeenEvent

TURNS, WARM = 400, 40
NOW = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)


async def run() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "bench.db"))
        await migrate.to_head(database)
        async with database.transaction() as session:
            session.add(
                School(slug="first", name="Школа", timezone="Europe/Moscow", is_default=True, created_at=NOW)
            )
        front = Front(database, lambda: NOW, lambda: None)

        async def ours(number: int) -> None:
            words = ("вступить", "меню")[number % 2]
            heard = Heard.TEXT if number else Heard.START
            await front.receive(Incoming(Channel.TELEGRAM, "100", f"e{number}", heard, NOW, text=words))

        async def plain(number: int) -> None:
            async with database.transaction() as session:
                await people.address_of(session, Channel.TELEGRAM, "default", "100")
                session.add(SeenEvent(channel=Channel.WEB, account="bench", event_id=f"p{number}", at=NOW))

        turn, row = await _measure(ours), await _measure(plain)
        await database.close()
    return [
        "turn (SQLite, synchronous=FULL)     ms p50    ms p99    ms CPU    turns/s",
        _line("durable turn, reply in the outbox", turn),
        _line("one ORM turn", row),
        f"ratio of CPU: {turn[2] / row[2]:.2f}",
    ]


async def _measure(work: Callable[[int], Awaitable[None]]) -> tuple[float, float, float, float]:
    """(median ms, 99th percentile ms, CPU ms each, turns a second)."""
    for number in range(WARM):
        await work(number)
    took, cpu, began = [], time.process_time(), time.perf_counter()
    for number in range(WARM, WARM + TURNS):
        start = time.perf_counter()
        await work(number)
        took.append((time.perf_counter() - start) * 1000)
    cuts = quantiles(took, n=100)
    each = (time.process_time() - cpu) * 1000 / TURNS
    return cuts[49], cuts[98], each, TURNS / (time.perf_counter() - began)


def _line(name: str, measured: tuple[float, float, float, float]) -> str:
    p50, p99, cpu, rate = measured
    return f"{name:35}{p50:8.2f}  {p99:8.2f}  {cpu:8.2f}  {rate:9.0f}"

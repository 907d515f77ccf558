"""A region on PostgreSQL: what a turn, a beat, a claim and a page cost as the past grows. They must not grow with it.

export NASTAVNIK_TEST_POSTGRES=$(bash scripts/postgres.sh start /tmp/region)
make bench ARGS=region                                    # 10 schools, some seconds
NASTAVNIK_TEST_SCHOOLS=1000 make bench ARGS=region       # 200,000 people; 1.5, 3 and 16.5 million messages
bash scripts/postgres.sh stop /tmp/region
"""

from __future__ import annotations

import os
import pwd
import time
from collections.abc import Awaitable, Callable

import httpx2
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from actions.links import Links
from actions.work import Work
from admin.application import build
from benchmarks._costs import Cost, cost
from benchmarks._figures import Figure, Line, times
from benchmarks._ours import unsent
from benchmarks._pool import NOW
from benchmarks._region import LOGIN, PASSWORD, Size, past, region
from bot.front import Front
from bot.messenger import Heard, Incoming
from program.channels import Channel
from scheduler.metronome import Metronome
from scheduler.timetable import MINUTE, TIMETABLE, Tick
from storage import outbox, schools
from storage.database import Database

PASTS = (1, 11, 101)  # copies of a past that are there at each measuring: none, ten, a hundred
TIMES = 20
HOST = "http://127.0.0.1:8000"


async def run() -> list[Line]:
    url = os.environ.get("NASTAVNIK_TEST_POSTGRES")
    if not url:
        return ["region: NASTAVNIK_TEST_POSTGRES names no server"]
    count = int(os.environ.get("NASTAVNIK_TEST_SCHOOLS", "10"))
    await _made_anew(url)
    database, began = Database(f"{url}_region"), time.monotonic()
    await region(database, Size(count))
    found: dict[str, list[Cost]] = {}
    for before, now in zip((1, *PASTS), PASTS, strict=False):
        if now > before:
            await past(database, before, now)
        for name, one in (await _measured(database, count)).items():
            found.setdefault(name, []).append(one)
    minute = await _a_minute(database)
    took = time.monotonic() - began
    await database.close()
    return [
        Figure(
            "a minute of all beats that come within it, all schools: our processor",
            f"{minute:.1f} s",
            "< 60 s",
        ),
        *(_line(name, costs) for name, costs in found.items()),
        f"{count} schools, {200 * count:,} people, {1_500 * count:,} messages today; {took:.0f} s in all",
        "past of each school: 0, 1,500 and 15,000 messages more (and meetings, lines, words in proportion)",
        *_dearest(found),
    ]


async def _made_anew(url: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    name = f"{url.rpartition('/')[2]}_region"
    async with engine.connect() as connection:
        await connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    await engine.dispose()


async def _measured(database: Database, count: int) -> dict[str, Cost]:
    school, owner = 1 + count // 2, _server_user()
    found = {
        "turn": await cost(database, _turns(database, school), TIMES, owner),
        "claim": await cost(database, _claims(database), TIMES, owner),
    }
    for tick in TIMETABLE:
        found[f"beat {tick.name}"] = await cost(database, _beats(database, tick, school), TIMES, owner)
    async with httpx2.AsyncClient(transport=_admin(database), base_url=HOST, headers=_SAME) as browser:
        await browser.post("/login", data={"login": f"{LOGIN}-{school - 1}", "password": PASSWORD})
        found["«Сегодня»"] = await cost(database, _todays(browser), TIMES, owner)
    return found


async def _a_minute(database: Database) -> float:
    """Seconds of our processor for whatever beats every minute or oftener, once everything due has been said."""
    often = [tick for tick in TIMETABLE if tick.every <= MINUTE]
    metronome = Metronome(database, lambda: NOW, often)
    await metronome.run_due(NOW)
    spent = 0.0
    for tick in often:
        began = time.process_time()
        await Metronome(database, lambda: NOW, [tick]).run_due(NOW)
        spent += (time.process_time() - began) * (MINUTE / tick.every)
    return spent


_SAME = {"Sec-Fetch-Site": "same-origin"}


def _server_user() -> str:
    """The server of scripts/postgres.sh runs as `postgres` where it may choose."""
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _turns(database: Database, school: int) -> Callable[[], Awaitable[object]]:
    front, number = Front(database, lambda: NOW, unsent(database, lambda: NOW)), time.monotonic_ns()

    async def turn() -> None:
        nonlocal number
        number += 1
        address = f"97-{school - 1}"
        words = ("меню", "моя пара")[number % 2]
        await front.receive(
            Incoming(Channel.TELEGRAM, address, f"region:{number}", Heard.TEXT, NOW, text=words)
        )

    return turn


def _claims(database: Database) -> Callable[[], Awaitable[object]]:
    async def claim() -> None:
        async with database.reading() as session:  # taken back at its end
            rows = await outbox.claim(session, Channel.TELEGRAM, "default", NOW, "bench")
            assert rows, "nothing is due"
            await session.flush()

    return claim


def _beats(database: Database, tick: Tick, school: int) -> Callable[[], Awaitable[object]]:
    async def beat() -> None:
        async with database.transaction() as session:
            await tick.run(Work(session, await schools.get(session, school), NOW))

    return beat


def _todays(browser: httpx2.AsyncClient) -> Callable[[], Awaitable[object]]:
    async def today() -> None:
        answer = await browser.get("/")
        assert answer.status_code == 200, answer.text[:300]

    return today


def _admin(database: Database) -> httpx2.ASGITransport:
    links = Links(HOST, "secret", telegram_bot="bot")
    application = build(database, lambda: NOW, links, secure_cookies=False, wake=lambda: None)
    return httpx2.ASGITransport(app=application)


def _line(name: str, costs: list[Cost]) -> Figure:
    """Blocks with the longest past beside those without; then the figures of each past, and both processors' ms."""

    def three(values: list[float], form: str) -> str:
        return " / ".join(f"{one:{form}}" for one in values)

    what = f"{name}: {costs[0].statements:.0f} statements, blocks of the database that they touch"
    grown, blocks = times(costs[-1].blocks, costs[0].blocks), three([one.blocks for one in costs], ".0f")
    ours, server = (
        three(list(one), ".1f") for one in zip(*((c.client, c.server) for c in costs), strict=True)
    )
    return Figure(what, grown, "", blocks, f"ms: ours {ours}, the server's {server}")


def _dearest(found: dict[str, list[Cost]]) -> list[str]:
    """What grew, with the statement that did most of it."""
    grew = [(name, costs) for name, costs in found.items() if costs[-1].blocks > 1.5 * costs[0].blocks + 50]
    return [f"grew: {name}: {costs[-1].dearest}" for name, costs in grew] or ["nothing grew with the past"]

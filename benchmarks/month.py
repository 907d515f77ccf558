"""A school lives through a month: memory and open files of the whole system after days 1, 10, 20 and 30.

`nastavnik demo` with Telegram and VK switched on (583 pupils, their pairs, meetings and questionnaires); its clock goes on day by day
with every beat of every hour, strangers write in both messengers each day, and pages are read. NASTAVNIK_BENCH_DAYS=3 is a quick look.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import aiohttp

from benchmarks._figures import Figure, Line, times
from benchmarks._process import Process, answers, running, surroundings, until
from tests.worlds import TelegramWorld, VkWorld

DAYS = int(os.environ.get("NASTAVNIK_BENCH_DAYS", "30"))
SHOWN = (1, 10, 20, 30)
STRANGERS = 20  # a day in each messenger
PAGES = ("/demo", "/demo/people", "/login", "/livez")


async def run() -> list[Line]:
    held: list[tuple[int, float, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        async with TelegramWorld() as telegram, VkWorld() as vk:
            environment, url = surroundings(Path(folder) / "data", telegram, vk)
            words = ["demo", "--port", url.rpartition(":")[2], "--data", str(Path(folder) / "demo")]
            async with running(words, environment, url) as process:
                await answers(f"{url}/demo/people", "json")
                # VK forgets what is written before anybody listens.
                await until(lambda: vk.calls["a_check"] > 0)
                for day in range(1, DAYS + 1):
                    await _day(process, telegram, vk, day)
                    held.append((day, process.memory, process.files))
    first, last = held[0], held[-1]
    most = max(memory for _, memory, _ in held)
    told = "; ".join(
        f"day {day}: {memory:.0f} MB, {files} files" for day, memory, files in held if day in (*SHOWN, DAYS)
    )
    return [
        Figure(f"memory after day {last[0]} beside day 1", times(last[1], first[1]), "flat", told),
        Figure("the most of it", f"{most:.0f} MB", "≤ 300 MB"),
        Figure(f"open files after day {last[0]} beside day 1", times(last[2], first[2]), "flat"),
    ]


async def _day(process: Process, telegram: TelegramWorld, vk: VkWorld, day: int) -> None:
    people = range(day * 1_000, day * 1_000 + STRANGERS)
    before = {user: (len(telegram.chat(user)), len(vk.chat(user))) for user in people}
    for user in people:
        telegram.starts(user)
        vk.says(user, "Начать")
    await until(lambda: all(len(telegram.chat(user)) > 1 + before[user][0] for user in people))
    await until(lambda: all(len(vk.chat(user)) > 1 + before[user][1] for user in people))
    wait = aiohttp.ClientTimeout(total=600)
    async with aiohttp.ClientSession(timeout=wait) as session:
        async with session.post(f"{process.url}/demo/clock", json={"advance": "P1D"}) as answer:
            assert answer.status == 200, await answer.text()
        for page in PAGES:
            async with session.get(f"{process.url}{page}") as shown:
                await shown.read()

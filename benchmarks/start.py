"""From exec to the first answer of a person who wrote meanwhile; memory of the whole system in one process, at rest and under load.

`nastavnik run` with Telegram, VK, the web part and the clock, on a school's own file; the messengers' servers run in the process
that measures. The programme is compiled, as `scripts/environment.sh` leaves it. Beside it: a process that only imports the
libraries it stands on.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from benchmarks._figures import Figure, Line, times
from benchmarks._process import ROOT, Process, answers, command, running, surroundings, until
from tests.worlds import TelegramWorld, VkWorld

STARTS = 3
TALKERS, ROUNDS = 50, 12  # people of Telegram who press, and how often
PERSON = 1001
ROOMS = ("app", "bot", "admin", "scheduler", "actions", "storage", "locales", "program")
LIBRARIES = "aiogram, vk_api, fastapi, uvicorn, jinja2, sqlalchemy.ext.asyncio, alembic.context, apscheduler, pydantic"


async def run() -> list[Line]:
    subprocess.run([sys.executable, "-m", "compileall", "-q", *ROOMS], cwd=ROOT, check=True)  # noqa: ASYNC221 - before all
    found, memory = [], (0.0, 0.0, 0)
    with tempfile.TemporaryDirectory() as folder:
        async with TelegramWorld() as telegram, VkWorld() as vk:
            environment, _ = surroundings(Path(folder) / "data", telegram, vk)
            command(environment, "school", "add", "first", "--name", "Школа", "--timezone", "Europe/Moscow")
            for number in range(STARTS):
                environment, url = surroundings(Path(folder) / "data", telegram, vk)
                telegram.starts(PERSON)  # before anything runs
                async with running(["run"], environment, url) as process:
                    found.append(await _started(process, telegram))
                    if number == STARTS - 1:
                        memory = await _loaded(process, telegram)
    answered, paged, cpu = (median(column) for column in zip(*found, strict=True))
    wall, alone, size = _libraries()
    rest, busy, files = memory
    return [
        Figure("exec to the first answer in Telegram", f"{answered:.1f} s", "≤ 4 s",
               f"{cpu:.1f} s of processor; /livez after {paged:.1f} s", f"its libraries imported: {wall:.1f} s"),
        Figure("processor time of a start beside its libraries imported", times(cpu, alone), "",
               f"{cpu:.1f} s", f"{alone:.1f} s"),
        Figure("memory of the whole system in one process, at rest", f"{rest:.0f} MB", "≤ 300 MB", f"{files} files open",
               f"its libraries imported: {size:.0f} MB"),
        Figure(f"memory while {TALKERS} people press", f"{busy:.0f} MB", "≤ 300 MB", ""),
    ]  # fmt: skip


async def _started(process: Process, telegram: TelegramWorld) -> tuple[float, float, float]:
    """Seconds until the answer, until the health check, and of processor."""
    page, before = asyncio.create_task(_paged(process)), len(telegram.chat(PERSON))
    await until(lambda: len(telegram.chat(PERSON)) > before)
    answered, cpu = process.seconds, process.cpu
    return answered, await page, cpu


async def _paged(process: Process) -> float:
    await answers(f"{process.url}/livez")
    return process.seconds


async def _loaded(process: Process, telegram: TelegramWorld) -> tuple[float, float, int]:
    """MB at rest, the most of them under load, and files open at rest."""
    await asyncio.sleep(5)  # the first beats of the clock
    rest, files, most = process.memory, process.files, 0.0
    people = range(PERSON + 1, PERSON + 1 + TALKERS)
    for user in people:
        telegram.starts(user)
    for number in range(ROUNDS):
        for user in people:
            telegram.says(user, ("меню", "вступить", "назад")[number % 3])
        await answers(f"{process.url}/livez")
        await asyncio.sleep(1.0)
        most = max(most, process.memory)
    return rest, most, files


def _libraries() -> tuple[float, float, float]:
    """Seconds by the clock and of processor, and MB, of a process that imports them and ends; the median of a few."""
    words = f"import {LIBRARIES}\nprint([one.split()[1] for one in open('/proc/self/status') if one.startswith('VmRSS')][0])"
    found = []
    for _ in range(STARTS):
        before, began = getrusage(RUSAGE_CHILDREN), time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", words],
            cwd=ROOT,
            env=os.environ,
            check=True,
            capture_output=True,
            text=True,
        )
        after = getrusage(RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        found.append((time.monotonic() - began, cpu, int(done.stdout) / 1024))
    wall, cpu, size = (median(column) for column in zip(*found, strict=True))
    return wall, cpu, size

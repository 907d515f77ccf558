"""A process that has loaded the program and makes houses of itself by fork: loading costs four seconds, this a tenth.

    python -m tests.faults.nursery

Reads a line of JSON for each house that is to be born and writes one when it was and one when it has died. A house
runs `app.cli.main` as a process of its own; only `tests.faults.altered` has been applied to it.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import json
import os
import select
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from app.clock import Clock
from app.settings import load
from app.wiring import build
from locales import Texts
from storage.database import Database, sqlite_url
from tests.faults.life import BEGINS, HOUR, HOURS, make_school

LOADED = (
    "app.cli",
    "app.cli_school",
    "app.cli_users",
    "app.demo_stage",
    "app.scenes",
    "app.start",
    "bot.telegram.begin",
    "bot.telegram.inbox",
    "bot.telegram.messenger",
    "bot.vk.begin",
    "bot.vk.callback",
    "bot.vk.inbox",
    "bot.vk.messenger",
    "bot.vk.wall",
    "asyncpg",
    "tests.faults.altered",
)

SAYS = 3  # the descriptor of our answers; what the program prints goes elsewhere


def main() -> None:
    os.dup2(1, SAYS)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for name in LOADED:
        importlib.import_module(name)
    asyncio.run(_lived_once())
    gc.collect()
    gc.freeze()
    tell({"loaded": True})
    living: dict[int, int] = {}  # by the descriptor that says when it has died
    asked = b""
    while True:
        ready, _, _ = select.select([0, *living], [], [])
        for one in ready:
            if one:
                pid = living.pop(one)
                os.close(one)
                _, status, used = os.wait4(pid, 0)
                seconds = used.ru_utime + used.ru_stime
                tell({"died": pid, "status": os.waitstatus_to_exitcode(status), "seconds": seconds})
            elif more := os.read(0, 65536):
                *lines, asked = (asked + more).split(b"\n")
                for line in lines:
                    pid = born(json.loads(line), living)
                    living[os.pidfd_open(pid)] = pid
                    tell({"born": pid})
            else:
                for pid in living.values():
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                return


def born(asked: dict[str, Any], living: dict[int, int]) -> int:
    """The new house's number. In the house itself this does not return."""
    if pid := os.fork():
        return pid
    status = 70
    try:
        for other in (SAYS, *living):
            os.close(other)
        log = os.open(asked["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.environ.clear()
        os.environ.update(asked["environment"])
        from app import cli
        from tests.faults import altered

        altered.alter(asked["altered"])
        status = cli.main(asked["words"])
    finally:
        sys.stdout.flush()
        os._exit(status)


async def _lived_once() -> None:
    """A day of a school without messengers: texts are read, statements are compiled (and kept: tests.conftest)."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["NASTAVNIK_DATA_DIR"] = name
        database = Database(sqlite_url(Path(name) / "nastavnik.db"))
        await make_school(database)
        clock = Clock()
        house = await build(load(), database, clock)
        for hours in (0.0, *HOURS):
            clock.held = BEGINS + hours * HOUR
            await house.metronome.tick_all()
            await house.sender.drain()
        await house.close()
    for language in ("ru", "en"):
        Texts(language)("menu-join")


def tell(what: dict[str, Any]) -> None:
    os.write(SAYS, json.dumps(what).encode() + b"\n")


if __name__ == "__main__":
    main()

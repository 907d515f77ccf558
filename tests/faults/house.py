"""The house as a process of its own: started, killed, ended; and worlds that say when."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from storage.database import Database, sqlite_url
from tests.reading import ROOT
from tests.worlds import Seen, TelegramWorld, VkWorld

READY = 120.0  # seconds; an idle machine needs four, a busy one a minute


class Telegram(TelegramWorld):
    """Calls `on_fetched` once when updates have been handed out, `on_delivered` once when a message is out."""

    on_fetched: Callable[[], object] | None = None
    on_delivered: Callable[[], object] | None = None

    async def _getUpdates(self, given: dict[str, Any]) -> Any:  # noqa: N802
        updates = await super()._getUpdates(given)
        if updates and self.on_fetched is not None:
            react, self.on_fetched = self.on_fetched, None
            react()
        return updates

    def _deliver(self, user: int, text: str, given: dict[str, Any], photos: int = 0) -> dict[str, Any]:
        delivered = super()._deliver(user, text, given, photos)
        if self.on_delivered is not None:
            react, self.on_delivered = self.on_delivered, None
            react()
        return delivered


class Vk(VkWorld):
    """The same for VK."""

    on_fetched: Callable[[], object] | None = None
    on_delivered: Callable[[], object] | None = None

    async def _look(self, request: web.Request) -> web.Response:
        before = int(request.query["ts"])
        answer = await super()._look(request)
        if len(self.events) > before and self.on_fetched is not None:
            react, self.on_fetched = self.on_fetched, None
            react()
        return answer

    def _deliver(self, peer: int, text: str, drawn: Any, given: dict[str, Any]) -> dict[str, Any]:
        delivered = super()._deliver(peer, text, drawn, given)
        if self.on_delivered is not None:
            react, self.on_delivered = self.on_delivered, None
            react()
        return delivered


class House:
    """`python -m app run` on data of its own, talking to the worlds that it is given."""

    def __init__(self, place: Path, telegram: Telegram | None = None, vk: Vk | None = None) -> None:
        self.place, self.telegram, self.vk = place, telegram, vk
        self.process: subprocess.Popen[bytes] | None = None
        self.kills = 0
        self._log = (place / "log").open("ab")

    @property
    def environment(self) -> dict[str, str]:
        values = {
            "NASTAVNIK_DATA_DIR": str(self.place / "data"),
            "NASTAVNIK_PUBLIC_URL": "https://school.example.org",
            "NASTAVNIK_ADMIN__PORT": str(_free_port()),
            "NASTAVNIK_LOG_FORMAT": "json",
        }
        if self.telegram is not None:
            values["NASTAVNIK_TELEGRAM__TOKEN"] = self.telegram.token
            values["NASTAVNIK_TELEGRAM__API_URL"] = self.telegram.url
        if self.vk is not None:
            values["NASTAVNIK_VK__TOKEN"] = self.vk.token
            values["NASTAVNIK_VK__GROUP_ID"] = str(self.vk.group_id)
            values["NASTAVNIK_VK__API_URL"] = self.vk.url
        others = {name: value for name, value in os.environ.items() if not name.startswith("NASTAVNIK_")}
        return others | values

    @property
    def log(self) -> str:
        return (self.place / "log").read_text()

    async def command(self, *words: str) -> None:
        done = await asyncio.create_subprocess_exec(
            *_python(words), cwd=ROOT, env=self.environment, stdout=self._log, stderr=self._log
        )
        assert await done.wait() == 0, self.log

    async def start(self) -> None:
        """Returns when every channel is listened to."""
        before = self._polls()
        self.process = subprocess.Popen(  # noqa: ASYNC220 - it must be killed without waiting for anything
            _python(("run",)), cwd=ROOT, env=self.environment, stdout=self._log, stderr=self._log
        )

        def listens() -> bool:
            assert self.process is not None
            assert self.process.poll() is None, self.log[-3000:]
            return all(now > then for now, then in zip(self._polls(), before, strict=True))

        await until(listens, READY)

    def kill(self) -> None:
        """SIGKILL, at once: nothing of the process runs after this line."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.kills += 1

    async def died(self) -> None:
        assert self.process is not None
        await until(lambda: self.process is None or self.process.poll() is not None, READY)
        self.process = None

    async def end(self) -> int:
        """SIGTERM; returns the exit status."""
        process, self.process = self.process, None
        assert process is not None
        process.send_signal(signal.SIGTERM)
        await until(lambda: process.poll() is not None, READY)
        return int(process.returncode)

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._log.close()

    def database(self) -> Database:
        return Database(sqlite_url(self.place / "data" / "nastavnik.db"))

    def _polls(self) -> list[int]:
        counts = [self.telegram.calls["getUpdates"]] if self.telegram is not None else []
        return counts + ([self.vk.calls["a_check"]] if self.vk is not None else [])


def told(world: Telegram | Vk, user: int) -> list[Seen]:
    """What the house has said to a person."""
    return [seen for seen in world.chat(user) if not seen.mine]


async def until(what: Callable[[], bool], seconds: float = 20.0) -> None:
    """Returns as soon as `what` holds; fails when it does not within `seconds`."""
    async with asyncio.timeout(seconds):
        while not what():  # noqa: ASYNC110 - what it waits for is in another process
            await asyncio.sleep(0.002)


def _python(words: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "app", *words]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])

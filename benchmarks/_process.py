"""A running `nastavnik` as a process of its own, and what the system says of it. Linux: it reads /proc."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.worlds import TelegramWorld, VkWorld

ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
LONGEST = 900.0  # seconds for anything; a busy machine takes nine minutes to make the demo


class Process:
    """Args:
    words: of the command line. url: where its web part listens.
    """

    def __init__(self, words: list[str], environment: Mapping[str, str], url: str) -> None:
        self.url, self.began = url, time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "app", *words],
            cwd=ROOT, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    @property
    def seconds(self) -> float:
        """Since it was called."""
        return time.monotonic() - self.began

    @property
    def cpu(self) -> float:
        """Seconds of processor so far, its children among them."""
        parts = self._read("stat").rpartition(")")[2].split()
        return sum(map(int, parts[11:15])) / TICKS

    @property
    def memory(self) -> float:
        """MB that it holds now, its children among them."""
        own = self._memory(self._process.pid)
        children = self._read(f"task/{self._process.pid}/children").split()
        return own + sum(self._memory(int(one)) for one in children)

    @property
    def files(self) -> int:
        """Open files, sockets among them."""
        return len(list(Path(f"/proc/{self._process.pid}/fd").iterdir()))

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(60)

    def _read(self, name: str) -> str:
        return Path(f"/proc/{self._process.pid}/{name}").read_text()

    def _memory(self, pid: int) -> float:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except FileNotFoundError:  # it has ended meanwhile
            return 0.0
        found = [line for line in status.splitlines() if line.startswith("VmRSS")]
        return int(found[0].split()[1]) / 1024 if found else 0.0


def surroundings(data: Path, telegram: TelegramWorld, vk: VkWorld) -> tuple[dict[str, str], str]:
    """Settings with both messengers at the worlds, and the address of the web part."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    values = {
        "NASTAVNIK_DATA_DIR": str(data),
        "NASTAVNIK_ADMIN__PORT": str(port),
        "NASTAVNIK_LOG_FORMAT": "json",
        "NASTAVNIK_TELEGRAM__TOKEN": telegram.token,
        "NASTAVNIK_TELEGRAM__API_URL": telegram.url,
        "NASTAVNIK_VK__TOKEN": vk.token,
        "NASTAVNIK_VK__GROUP_ID": str(vk.group_id),
        "NASTAVNIK_VK__API_URL": vk.url,
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("NASTAVNIK_")}
    return others | values, f"http://127.0.0.1:{port}"


def command(environment: Mapping[str, str], *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "app", *words],
        cwd=ROOT,
        env=dict(environment),
        check=True,
        capture_output=True,
    )


@asynccontextmanager
async def running(words: list[str], environment: Mapping[str, str], url: str) -> AsyncIterator[Process]:
    process = Process(words, environment, url)
    try:
        yield process
    finally:
        await asyncio.to_thread(process.end)


async def until(what: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONGEST):
        while not what():  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0.01)


async def answers(url: str, kind: str = "") -> None:
    """Until the address answers 200, with content of this kind; a demo that is being made answers 200 to everything."""
    async with asyncio.timeout(LONGEST), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(url) as answer:
                    if answer.status == 200 and kind in answer.content_type:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.02)

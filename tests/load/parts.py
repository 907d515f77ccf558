"""One process of an installation of several: started, killed, ended."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.reading import ROOT

READY = 120.0  # seconds; an idle machine needs four, a busy one a minute


class Part:
    """`nastavnik run <parts>` on a database that it shares with others.

    Args:
        settings: without their prefix.
    """

    def __init__(self, place: Path, name: str, parts: str, url: str, **settings: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = int(listener.getsockname()[1])
        self.name, self.log_path = name, place / f"{name}.log"
        self._words = ("run", *parts.split())
        given = {
            "DATA_DIR": str(place / "data"), "DATABASE_URL": url, "ADMIN__PORT": str(self.port),
            "LOG_FORMAT": "json", "SECRET_KEY": "of-all-processes-of-this-installation",
        } | settings  # fmt: skip
        others = {key: value for key, value in os.environ.items() if not key.startswith("NASTAVNIK_")}
        self._environment = others | {f"NASTAVNIK_{key}": value for key, value in given.items()}
        self.process: subprocess.Popen[bytes] | None = None

    def told(self, **settings: str) -> None:
        """What it is to know besides, once it starts."""
        self._environment |= {f"NASTAVNIK_{key}": value for key, value in settings.items()}

    @property
    def log(self) -> str:
        return self.log_path.read_text() if self.log_path.exists() else ""

    def start(self) -> None:
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app", *self._words],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def has_started(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log[-3000:]
        return '"house.started"' in self.log

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    async def end(self) -> int:
        """SIGTERM; returns the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        process, self.process = self.process, None
        await until(lambda: process.poll() is not None, READY)
        return int(process.returncode)

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


async def until(what: Callable[[], bool], seconds: float) -> None:
    """Returns as soon as `what` holds; fails when it does not within `seconds`."""
    async with asyncio.timeout(seconds):
        while not what():  # noqa: ASYNC110 - what it waits for is in another process
            await asyncio.sleep(0.01)

"""Houses born of the nursery, as seen by the tests."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.reading import ROOT

LOADS_WITHIN = 300.0  # seconds; an idle machine needs ten


class Born:
    """A house's process, with the words of subprocess.Popen."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.over = asyncio.Event()

    def poll(self) -> int | None:
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Nursery:
    """Starts houses in a tenth of the time that loading the program takes.

    Args:
        before: words in front of the command: a room of its own for the whole family, for example.
    """

    def __init__(self, *before: str) -> None:
        self.seconds = 0.0  # of the processor, that its houses took
        self._before = before
        self._process: asyncio.subprocess.Process | None = None
        self._alive: dict[int, Born] = {}
        self._births: asyncio.Queue[Born] = asyncio.Queue()
        self._one = asyncio.Lock()
        self._reads: asyncio.Task[None] | None = None
        self._loaded = asyncio.Event()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def __aenter__(self) -> Nursery:
        self._process = await asyncio.create_subprocess_exec(
            *self._before,
            sys.executable,
            "-m",
            "tests.faults.nursery",
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        self._reads = asyncio.create_task(self._read())
        async with asyncio.timeout(LOADS_WITHIN):
            await self._loaded.wait()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.close()  # it ends whoever still lives
        await self._process.wait()
        if self._reads is not None:
            await self._reads

    async def bear(
        self, words: Sequence[str], environment: dict[str, str], log: Path, altered: dict[str, Any]
    ) -> Born:
        """`nastavnik <words>`."""
        assert self._process is not None
        assert self._process.stdin is not None
        asked = {"words": list(words), "environment": environment, "log": str(log), "altered": altered}
        async with self._one:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            return await asyncio.wait_for(self._births.get(), LOADS_WITHIN)

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            said = json.loads(line)
            if "loaded" in said:
                self._loaded.set()
            elif "born" in said:
                born = self._alive[said["born"]] = Born(said["born"])
                self._births.put_nowait(born)
            else:
                gone = self._alive.pop(said["died"])
                self.seconds += said["seconds"]
                gone.returncode = said["status"]
                gone.over.set()

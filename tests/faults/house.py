"""The house as a process of its own: started, killed, ended; and worlds that say when."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from storage.database import Database, sqlite_url
from tests.faults.births import Born, Nursery
from tests.faults.levers import Levers
from tests.faults.streets import Telegram, Vk
from tests.reading import ROOT
from tests.worlds import Seen

READY = 120.0  # seconds; an idle machine needs four, a busy one a minute
PATIENCE = 240.0  # seconds for what usually takes one; the machine may be busy with other things


class House:
    """`nastavnik run` on data of its own, talking to the worlds that it is given.

    Args:
        nursery: bears its processes; None: each is `python -m app`, loaded anew, with nothing altered.
        parts: which of bot, scheduler, admin; none: all.
        database_url: another database than the file in its own folder.
        data: its folder, where that is not in `place`. reached: what stands before that path where the tests see it.
        how: what else is to be altered: `tests.faults.altered`.
    """

    def __init__(
        self,
        place: Path,
        telegram: Telegram | None = None,
        vk: Vk | None = None,
        *,
        nursery: Nursery | None = None,
        parts: tuple[str, ...] = (),
        database_url: str = "",
        name: str = "house",
        data: Path | None = None,
        reached: str = "",
        **how: object,
    ) -> None:
        self.place, self.telegram, self.vk = place, telegram, vk
        self.nursery, self.parts, self.database_url = nursery, parts, database_url
        self._data = data or place / "data"
        self.data = Path(f"{reached}{self._data}")
        self.process: subprocess.Popen[bytes] | Born | None = None
        self.kills = 0
        self._is_kept = False  # who keeps it counts its kills
        self._raising = asyncio.Lock()  # held while a killed one is started again
        self.starts = 0
        self.levers = Levers(place / f"{name}.levers")
        self._how = how | {"levers": str(self.levers.path)}
        self._log_path = place / f"{name}.log"
        self._log = self._log_path.open("ab")
        self._port = _free_port()

    @property
    def environment(self) -> dict[str, str]:
        values = {
            "NASTAVNIK_DATA_DIR": str(self._data),
            "NASTAVNIK_PUBLIC_URL": "https://school.example.org",
            "NASTAVNIK_ADMIN__PORT": str(self._port),
            "NASTAVNIK_LOG_FORMAT": "json",
        }
        if self.database_url:
            values["NASTAVNIK_DATABASE_URL"] = self.database_url
        if self.telegram is not None:
            values["NASTAVNIK_TELEGRAM__TOKEN"] = self.telegram.token
            values["NASTAVNIK_TELEGRAM__API_URL"] = self.telegram.url
        if self.vk is not None:
            values["NASTAVNIK_VK__TOKEN"] = self.vk.token
            values["NASTAVNIK_VK__WALL_TOKEN"] = self.vk.wall_token
            values["NASTAVNIK_VK__GROUP_ID"] = str(self.vk.group_id)
            values["NASTAVNIK_VK__API_URL"] = self.vk.url
        others = {name: value for name, value in os.environ.items() if not name.startswith("NASTAVNIK_")}
        return others | values

    @property
    def log(self) -> str:
        """Without beats that were left out because the one before was still going."""
        lines = self._log_path.read_text().splitlines()
        return "\n".join(line for line in lines if "maximum number of running instances" not in line)

    async def command(self, *words: str) -> None:
        if self.nursery is not None:
            born = await self._born(words)
            await born.over.wait()
            assert born.returncode == 0, self.log
            return
        done = await asyncio.create_subprocess_exec(
            *_python(words), cwd=ROOT, env=self.environment, stdout=self._log, stderr=self._log
        )
        assert await done.wait() == 0, self.log

    async def start(self) -> None:
        """Returns when every channel is listened to."""
        before = self._polls()
        await self.begin()
        process = self.process

        def listens() -> bool:
            assert process is not None
            assert process.poll() is None, self.log[-3000:]
            return self._listens_since(before)

        await until(listens, READY)

    async def begin(self) -> None:
        """Returns as soon as the process is there."""
        self.starts += 1
        if self.nursery is not None:
            self.process = await self._born(("run", *self.parts))
            return
        self.process = subprocess.Popen(  # noqa: ASYNC220 - it must be killed without waiting for anything
            _python(("run", *self.parts)), cwd=ROOT, env=self.environment, stdout=self._log, stderr=self._log
        )

    async def _born(self, words: tuple[str, ...]) -> Born:
        assert self.nursery is not None
        return await self.nursery.bear(words, self.environment, self._log_path, self._how)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """It runs for the length of the block: whenever it is killed it is started again, as a service is.

        Every channel is listened to when the block begins. Nothing goes on when it ends in any other way than by
        SIGKILL.
        """
        self._is_kept = True
        await self.start()
        keeping = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            async with self._raising:  # cut off in a birth, it would leave behind a house that nobody knows
                keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping

    async def _keep(self) -> None:
        while True:
            process = self.process
            if not isinstance(process, Born):  # told to end
                return
            await process.over.wait()
            if process.returncode != -signal.SIGKILL:
                if self.process is process:
                    self._break(f"the house ended with {process.returncode}: {self.log[-3000:]}")
                return
            async with self._raising:
                self.kills += 1
                await self.begin()

    def _break(self, why: str) -> None:
        for world in (self.telegram, self.vk):
            if world is not None:
                world.broken = why

    def kill(self) -> None:
        """SIGKILL, at once: nothing of the process runs after this line."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.kills += not self._is_kept

    async def died(self) -> None:
        assert self.process is not None
        await until(lambda: self.process is None or self.process.poll() is not None, READY)
        self.process = None

    async def end(self) -> int:
        """SIGTERM; returns the exit status. If somebody keeps it, it is up again first after a kill."""
        if self._is_kept and self.kills:
            await until(lambda: self.process is not None and self.process.poll() is None, READY)
            before = self._polls()
            await until(lambda: self._listens_since(before), READY)
        process, self.process = self.process, None
        assert process is not None
        process.send_signal(signal.SIGTERM)
        await until(lambda: process.poll() is not None, READY)
        assert process.returncode is not None
        return int(process.returncode)

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            if isinstance(self.process, subprocess.Popen):
                self.process.wait()
        self._log.close()

    def database(self) -> Database:
        """A second door into it; where the house has a room of its own, into a copy as it is now."""
        if self.database_url or self.data == self._data:
            return Database(self.database_url or sqlite_url(self.data / "nastavnik.db"))
        seen = self.place / "seen"  # SQLite follows every link: it would look for the file in our own room
        shutil.rmtree(seen, ignore_errors=True)
        shutil.copytree(self.data, seen, ignore=shutil.ignore_patterns("*-shm", "filler", "last"))
        return Database(sqlite_url(seen / "nastavnik.db"))

    def _listens_since(self, before: list[int]) -> bool:
        return all(now > then for now, then in zip(self._polls(), before, strict=True))

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

"""Runs the house, or the named parts of it, until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import structlog
import uvicorn

from actions import first_run
from app import opening
from app.clock import Clock
from app.scenes import Scene
from app.settings import Settings
from app.wiring import House, build
from bot.messenger import Door
from locales import Texts
from program.channels import Channel
from storage.database import Database

log = structlog.get_logger()

PARTS = ("bot", "scheduler", "admin")
LINK_FILE = "setup-link"
FINISH = 10.0  # seconds for the work in hand after SIGTERM


async def run(settings: Settings, parts: set[str], token: str = "") -> Scene | None:
    """Migrates, then runs until SIGTERM or SIGINT, or until the demo is asked for; finishes the work in hand.

    Args:
        token: the way in to a school nobody has set up yet, where a page of the demo has named it already.

    Returns:
        What is to be shown next; None: nothing.
    """
    clock = Clock()
    await opening.require_sound(settings)
    await opening.to_head(settings, clock())
    database = Database(settings.database_url)
    house = await build(settings, database, clock)
    stop, shown = asyncio.Event(), asyncio.Event()

    def show_demo() -> None:
        shown.set()
        # The answer to the press leaves first.
        asyncio.get_running_loop().call_later(0.5, stop.set)

    if parts == set(PARTS):  # other processes of this school would go on without it
        house.offer_demo(show_demo)
    with signals(stop):
        async with running(house, parts):
            if "admin" in parts:
                await _first_run(house, token)
            await stop.wait()
    return Scene.DEMO if shown.is_set() else None


async def _first_run(house: House, token: str) -> None:
    """Tells the way in, where nobody has an account yet: on the terminal, or in a file where that is a log."""
    file = house.settings.data_dir / LINK_FILE
    file.unlink(missing_ok=True)  # of an earlier start: it opens nothing any more
    async with house.database.transaction() as session:
        made = await first_run.open_door(session, house.clock(), token)
    if made is not None:
        link = f"{house.settings.public_url}/setup/{made}"
        told = Texts("ru")("setup-print", link=link)
        if _in_journal():
            _keep(file, link)
            told = Texts("ru")("setup-print-file", file=str(file))
        print(told, flush=True)  # noqa: T201 - the command's answer


def _keep(file: Path, link: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(link + "\n")


def _in_journal() -> bool:
    """Whether what is printed is kept by systemd for everybody who may read its journal (systemd.exec, JOURNAL_STREAM)."""
    try:
        here = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):
        return False
    return os.environ.get("JOURNAL_STREAM", "") == f"{here.st_dev}:{here.st_ino}"


@contextlib.asynccontextmanager
async def running(house: House, parts: set[str]) -> AsyncIterator[None]:
    """The parts work for the length of the block.

    `bot`: listens to the messengers and sends. `scheduler`: ticks. `admin`: the web part, the web chat
    and its messages among it.
    """
    house.sender.lanes = [lane for lane in house.sender.lanes if _ours(lane.messenger.channel, parts)]
    house.listens = "bot" in parts
    tasks = [asyncio.create_task(house.sender.run(), name="sender")]
    if "bot" in parts:
        tasks += [
            asyncio.create_task(_listen(house, door), name=f"inbox-{door.messenger.channel}")
            for door in house.doors
            if door.inbox is not None
        ]
        tasks.append(asyncio.create_task(house.watch.run(), name="begin-watch"))
    server = None
    if "admin" in parts:
        server = _Server(house)
        tasks.append(asyncio.create_task(server.serve(), name="web"))
    if "bot" in parts:
        tasks += [asyncio.create_task(_begin(begin, server), name="begin") for begin in house.beginnings]
    if "scheduler" in parts:
        house.metronome.start()
        tasks.append(asyncio.create_task(house.packer.run(), name="packer"))
    log.info("house.started", parts=sorted(parts), at=house.settings.public_url)
    try:
        yield
    finally:
        await _finish(house, tasks, server)


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: the house stops as a whole."""

    def __init__(self, house: House) -> None:
        admin = house.settings.admin
        super().__init__(
            uvicorn.Config(
                house.web,
                host=admin.host,
                port=admin.port,
                # Given always: else uvicorn would look into an environment that `doctor` and the settings do not know.
                forwarded_allow_ips=admin.proxies,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=5,
                lifespan="off",
                server_header=False,
            )
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _ours(channel: Channel, parts: set[str]) -> bool:
    return "admin" in parts if channel is Channel.WEB else "bot" in parts


async def _listen(house: House, door: Door) -> None:
    """An inbox survives faults of its platform by itself; a defect in it is logged and it begins again."""
    assert door.inbox is not None
    while True:
        try:
            await door.inbox.run(house.front.receive)
        except Exception:
            log.exception("inbox.failed", channel=door.messenger.channel)
            await asyncio.sleep(5)


async def _begin(begin: Callable[[], Awaitable[None]], server: uvicorn.Server | None) -> None:
    """A defect here is no reason to stop: everything else works without it.

    Once the web part listens: VK asks a new address for its word at once.
    """
    while server is not None and not server.started and not server.should_exit:  # noqa: ASYNC110 - it has no event
        await asyncio.sleep(0.02)
    try:
        await begin()
    except Exception:
        log.exception("begin.failed")


async def _finish(house: House, tasks: list[asyncio.Task[None]], server: uvicorn.Server | None) -> None:
    """Listening ends at once, the message and the request in hand are finished."""
    house.listens = False
    await house.metronome.stop()
    house.sender.stop()
    house.packer.stop()
    if server is not None:
        server.should_exit = True
    for task in tasks:
        if task.get_name().startswith(("inbox", "begin")):
            task.cancel()
    _, late = await asyncio.wait(tasks, timeout=FINISH)
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await house.close()
    log.info("house.stopped")


@contextlib.contextmanager
def signals(stop: asyncio.Event) -> Iterator[None]:
    """SIGTERM and SIGINT set the event; on Windows Ctrl+C raises KeyboardInterrupt, which ends asyncio.run."""
    if sys.platform != "win32":  # its event loops know no handlers of signals
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
    yield

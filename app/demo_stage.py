"""Running the demo: it is made, opened, its clock is moved, and a press clears it for the school's own data."""

from __future__ import annotations

import asyncio
import logging
import secrets
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from actions import first_run
from app import demo_school, opening, start
from app.clock import Clock
from app.demo import LOGIN, OTHERS, Story, prepare, remember
from app.demo_players import everybody
from app.log import set_up as log_set_up
from app.scenes import Scene, interlude, is_local
from app.settings import DATABASE_FILE, Settings
from app.wiring import House, build
from bot.web.demo import Door, Player, demo_router
from locales import Texts
from program.passwords import guessable
from storage.database import Database, sqlite_url
from storage.tables import School


def _password() -> str:
    """One that the house takes: three of a thousand drawn by chance are all digits and rows."""
    return next(one for one in iter(lambda: secrets.token_urlsafe(9), "") if not guessable(one))


async def run(
    settings: Settings, port: int, data_dir: Path | None, *, shown_to: Settings
) -> tuple[Scene | None, str]:
    """Makes the school, serves it until SIGTERM, Ctrl+C or «Очистить и начать работу»; prints one address.

    Args:
        shown_to: the settings under which the school's own data are opened afterwards.

    Returns:
        What is to be shown next, None: nothing; and the way in to a school that nobody has set up.
    """
    token = first_run.new_token()
    with ExitStack() as stack:
        folder = data_dir or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nastavnik-demo-")))
        settings = _for_demo(settings, folder, port)
        log_set_up(settings.log_format, level=logging.WARNING)
        clock = Clock()
        await opening.to_head(settings, clock())
        database = Database(settings.database_url, durable=False)
        house = await build(settings, database, clock, demo=True)
        password = _password()
        async with interlude(settings):
            school, story = await prepare(house, clock, password)
        stop, begun = asyncio.Event(), asyncio.Event()

        async def begin() -> str:
            """Ends the demo; returns where to go on: the way in, where only this machine can read it."""
            begun.set()
            asyncio.get_running_loop().call_later(0.5, stop.set)  # the answer to the press leaves first
            return f"/setup/{token}" if is_local(shown_to) else "/login"

        _mount(house, school, clock, password, story, begin)
        with start.signals(stop):
            async with start.running(house, set(start.PARTS)):
                print(f"Готово: {settings.public_url}/demo", flush=True)  # noqa: T201
                await stop.wait()
        if not begun.is_set():
            return None, ""
        if data_dir is not None:
            _clear(folder)
    print(Texts("ru")("setup-print-again"), flush=True)  # noqa: T201
    return Scene.OWN, token


def _clear(folder: Path) -> None:
    """Nothing of the demo stays; other files of the folder are not ours."""
    for ending in ("", "-wal", "-shm"):
        (folder / f"{DATABASE_FILE}{ending}").unlink(missing_ok=True)


def _for_demo(settings: Settings, folder: Path, port: int) -> Settings:
    """The operator's settings with data of its own; messengers that have a token stay on."""
    return settings.model_copy(
        update={
            "data_dir": folder,
            "database_url": sqlite_url(folder / DATABASE_FILE),
            "public_url": f"http://127.0.0.1:{port}",
            "secret_key": None,
            "admin": settings.admin.model_copy(update={"port": port}),
        }
    )


def _mount(
    house: House,
    school: School,
    clock: Clock,
    password: str,
    story: Story,
    begin: Callable[[], Awaitable[str]] | None = None,
) -> None:
    """The demo's front page and its clock."""
    turn = asyncio.Lock()

    async def advance(by: timedelta) -> None:
        """Lives through the time between by the hour, so that what was due on the way is sent at its hour."""
        async with turn:
            end = clock() + by
            while clock() < end:
                clock.advance(min(timedelta(hours=1), end - clock()))
                await remember(house, clock)
                await house.metronome.tick_all()
                await house.sender.drain()

    async def players() -> list[Player]:
        return await everybody(house, school)

    async def bring() -> None:
        async with turn:
            await story.newcomers_join()

    house.web.include_router(
        demo_router(
            house.site,
            players,
            clock,
            advance,
            zone=ZoneInfo(demo_school.ZONE),
            admin=Door("/", LOGIN, password, [(login, f"admin-role-{role}") for login, role, _, _ in OTHERS]),
            bring=bring,
            begin=begin,
        )
    )

"""One process, two schools to show: the school's own and the invented one. A press turns from one to the other.

Between them the same port is held by a page that waits, so that no browser is told that nobody is there.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Generator, Sequence
from enum import StrEnum
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from actions.collecting import put_off, seldom
from admin.security import HEADERS
from app.settings import Settings
from locales import Texts

LOCAL = ("127.0.0.1", "localhost", "::1")


class Scene(StrEnum):
    OWN = "own"
    DEMO = "demo"


async def play(
    settings: Settings, first: Scene, parts: Sequence[str], port: int, data_dir: Path | None = None
) -> int:
    """Begins with one school and turns as asked, until told to stop. Returns the exit status.

    Args:
        port: of the web part, in every scene.
        data_dir: where the demo keeps its school; None: nowhere.
    """
    with put_off():  # most of what is made while modules load lives as long as the process
        from app import start  # costs two seconds that other commands need not wait
    seldom()
    own = own_settings(settings, port)
    scene: Scene | None = first
    token = ""
    while scene is not None:
        if scene is Scene.OWN:
            scene = await start.run(own, set(parts), token)
        else:
            from app import demo_stage

            scene, token = await demo_stage.run(settings, port, data_dir, shown_to=own)
    return 0


def own_settings(settings: Settings, port: int) -> Settings:
    """The operator's settings on this port."""
    if settings.admin.port == port:
        return settings
    usual = f"http://127.0.0.1:{settings.admin.port}"
    url = f"http://127.0.0.1:{port}" if settings.public_url == usual else settings.public_url
    admin = settings.admin.model_copy(update={"port": port})
    return settings.model_copy(update={"admin": admin, "public_url": url})


def is_local(settings: Settings) -> bool:
    """Whether only this very machine can open the pages: then a page may name the way in."""
    usual = f"http://127.0.0.1:{settings.admin.port}"
    return settings.admin.host in LOCAL and settings.public_url == usual


@contextlib.asynccontextmanager
async def interlude(settings: Settings) -> AsyncIterator[None]:
    """A page on the port of the web part that asks for itself again until the school is there."""
    words = Texts("ru")
    html = (
        '<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3">'
        f"<title>{words('setup-wait')}</title></head><body><h1>{words('setup-wait')}</h1>"
        f"<p>{words('setup-wait-about')}</p></body></html>"
    )

    async def wait(request: Request) -> Response:
        return HTMLResponse(html, 200, headers={**HEADERS, "Cache-Control": "no-store"})

    app = Starlette()
    app.add_route("/{path:path}", wait, methods=["GET", "HEAD"])
    config = uvicorn.Config(
        app, settings.admin.host, settings.admin.port, log_config=None, access_log=False, lifespan="off"
    )
    server = _Quiet(config)
    serving = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        server.should_exit = True
        await serving


class _Quiet(uvicorn.Server):
    """uvicorn without its own signal handlers."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

"""The demo's front page: who can be played, the house's clock, the curator's door. Mounted by the demo only."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from bot.web.pages import HEADERS, Site, see, words_asked
from locales import dates
from program import durations
from program.text import Text

STEPS = (("PT1H", "web-demo-hour"), ("P1D", "web-demo-day"), ("P7D", "web-demo-week"))
ROLES = ("visitor", "mentee", "mentor", "both", "guardian", "other")
WAYS = 7  # steps of «С чего начать»
LONGEST_BODY = 1_000


@dataclass(frozen=True)
class Player:
    """Somebody who can be played.

    Args:
        name: «Аня К., 8А».
        role: one of `ROLES`.
        chat: address of their web chat.
        note: id of a text that says what is interesting about them now, "" if nothing.
    """

    id: int
    name: str
    role: str
    chat: str
    note: str = ""


@dataclass(frozen=True)
class Door:
    """The curator's admin with the account of the demo, which is shown.

    Args:
        others: who else may look around, with the same password: (login, id of the text that says who it is).
    """

    url: str
    login: str
    password: str
    others: Sequence[tuple[str, str]] = ()


def demo_router(
    site: Site,
    people: Callable[[], Awaitable[Sequence[Player]]],
    clock_now: Callable[[], datetime],
    advance: Callable[[timedelta], Awaitable[None]],
    *,
    zone: ZoneInfo,
    admin: Door,
    bring: Callable[[], Awaitable[None]],
    begin: Callable[[], Awaitable[str]] | None = None,
) -> APIRouter:
    """`/demo`, `GET /demo/people`, `POST /demo/clock`, `POST /demo/newcomers`, `POST /demo/begin`.

    Args:
        begin: clears the demo and turns to the school's own data; returns the path to go on at.
        bring: lets the new people whom nobody plays join by themselves.
        advance: moves the house's clock forward and returns once what became due was sent.
    """
    router = APIRouter()

    @router.get("/demo", name="demo")
    async def show(request: Request) -> Response:
        texts = words_asked(request)
        players = await people()
        groups = [(role, [p for p in players if _role(p) == role]) for role in ROLES]
        return site.page(
            "demo.html",
            texts,
            title=Text("web-demo-title"),
            now=dates.moment(clock_now(), zone, texts.language),
            steps=STEPS,
            admin=admin,
            groups=[(role, found) for role, found in groups if found],
            ways=range(1, WAYS + 1),
            begin=begin is not None,
            wrong="wrong" in request.query_params,
        )

    @router.get("/demo/people", name="demo-people")
    async def listed(request: Request) -> Response:
        texts = words_asked(request)
        told = [
            {
                "id": p.id,
                "name": p.name,
                "role": _role(p),
                "chat": p.chat,
                "note": texts(p.note) if p.note else "",
            }
            for p in await people()
        ]
        return JSONResponse({"people": told, "now": clock_now().isoformat()}, headers=HEADERS)

    @router.post("/demo/newcomers", name="demo-newcomers")
    async def newcomers() -> Response:
        await bring()
        return see("/demo")

    @router.post("/demo/begin", name="demo-begin")
    async def own(request: Request) -> Response:
        if begin is None:
            return see("/demo")
        texts = words_asked(request)
        return site.page("turning.html", texts, title=Text("web-demo-turning"), to=await begin(), seconds=6)

    @router.post("/demo/clock", name="demo-clock")
    async def move(request: Request) -> Response:
        as_json = request.headers.get("content-type", "").startswith("application/json")
        try:
            step = durations.parse(await _asked(request, as_json=as_json))
        except ValueError:
            if as_json:
                return JSONResponse({"error": "advance: PT1M … P60D"}, 422, headers=HEADERS)
            return see("/demo?wrong=1")
        await advance(step)
        if as_json:
            return JSONResponse({"now": clock_now().isoformat()}, headers=HEADERS)
        return see("/demo")

    return router


async def _asked(request: Request, *, as_json: bool) -> str:
    """What stands in `advance`. Raises ValueError where nothing readable does."""
    if not as_json:
        form = await request.form(max_files=0, max_fields=5)
        return str(form.get("advance", ""))
    body = await request.body()
    if len(body) > LONGEST_BODY:
        raise ValueError("body")
    said = json.loads(body)  # JSONDecodeError is a ValueError
    if not isinstance(said, dict) or not isinstance(said.get("advance"), str):
        raise ValueError("advance")
    return str(said["advance"])


def _role(player: Player) -> str:
    return player.role if player.role in ROLES else "other"

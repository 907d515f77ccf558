"""Pages on which one file is given: `/chat/<token>/diploma` and `/chat/<token>/story`.

As with photos for the other side (`bot.web.relay`): a messenger's files lie on its own servers, so they are taken here
and nowhere else. Photos are kept without the place and time of the shot.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Form, Request, Response, UploadFile

from actions import achievement_files, news_stories
from actions.achievements import LONGEST_FILE
from actions.work import Work
from bot.web.chat import Guest, admit, event_id, nonce
from bot.web.pages import Site
from program.channels import Channel
from program.errors import Refusal
from program.ids import id_in
from program.pictures import LARGEST
from program.text import Text
from storage import talks

log = structlog.get_logger()


@dataclass(frozen=True)
class Given:
    """What a file is given to.

    Args:
        name: of the page, its template and its event. longest: bytes of a file.
        facts: what the form says of it, for its giver; raises Refusal. attach: keeps the file; raises Refusal.
    """

    name: str
    title: str
    kept: str
    longest: int
    facts: Callable[[Work, int, int], Awaitable[dict[str, Any]]]
    attach: Callable[[Work, int, int, bytes], Awaitable[object]]


DIPLOMA = Given(
    "diploma",
    "plan-file-title",
    "plan-file-kept",
    LONGEST_FILE,
    achievement_files.facts,
    achievement_files.attach,
)
STORY = Given(
    "story", "tell-photo-title", "tell-photo-kept", LARGEST, news_stories.facts, news_stories.attach
)


def routes(site: Site) -> APIRouter:
    router = APIRouter()
    for given in (DIPLOMA, STORY):
        _install(router, site, given)
    return router


def _install(router: APIRouter, site: Site, to: Given) -> None:
    @router.get(f"/chat/{{token}}/{to.name}", name=f"chat-{to.name}")
    async def show(request: Request, token: str, of: str = "") -> Response:
        guest = await admit(site, request, token)
        if isinstance(guest, Response):
            return guest
        return await _form(site, guest, to, of)

    @router.post(f"/chat/{{token}}/{to.name}", name=f"chat-{to.name}-send")
    async def send(
        request: Request,
        token: str,
        file: UploadFile | None = None,
        of: Annotated[str, Form(max_length=15)] = "",
        nonce: Annotated[str, Form(max_length=64)] = "",
    ) -> Response:
        guest = await admit(site, request, token, says=True)
        if isinstance(guest, Response):
            return guest
        data = await file.read(to.longest + 1) if file is not None else b""
        try:
            await _attach(site, guest, to, of, data, nonce)
        except Refusal as refusal:
            return await _form(site, guest, to, of, refusal.text)
        return _page(site, guest, to, (Text(to.kept),))


async def _attach(site: Site, guest: Guest, to: Given, of: str, data: bytes, given: str) -> None:
    """The same form sent twice is one file."""
    now = site.clock()
    async with site.database.transaction() as session:
        event = event_id(guest.person.id, given, to.name, of)
        if await talks.first_time(session, Channel.WEB, "default", event, now):
            work = Work(session, guest.school, now, f"person:{guest.person.id}", Channel.WEB)
            await to.attach(work, guest.person.id, id_in(of) or 0, data)
            log.info("chat.file", to=to.name, of=id_in(of), size=len(data))


async def _form(site: Site, guest: Guest, to: Given, of: str, problem: Text | None = None) -> Response:
    try:
        async with site.database.reading() as session:
            work = Work(session, guest.school, site.clock(), channel=Channel.WEB)
            facts = await to.facts(work, guest.person.id, id_in(of) or 0)
    except Refusal as refusal:
        return _page(site, guest, to, (refusal.text,))
    return _page(site, guest, to, (problem,) if problem else (), facts, status=422 if problem else 200)


def _page(
    site: Site,
    guest: Guest,
    to: Given,
    said: tuple[Text, ...],
    facts: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    return site.page(
        f"{to.name}.html", guest.words, title=Text(to.title), status=status, said=said, facts=facts, nonce=nonce(),
        megabytes=to.longest // 2**20, here=f"/chat/{guest.token}",
    )  # fmt: skip

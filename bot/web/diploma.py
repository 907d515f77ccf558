"""`/chat/<token>/diploma`: a photo or a file of a diploma, on the school's own page.

As with photos for the other side (`bot.web.relay`): a messenger's files lie on its own servers, so they are taken here
and nowhere else. Photos are kept without the place and time of the shot.
"""

from __future__ import annotations

from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Form, Request, Response, UploadFile

from actions import achievement_files
from actions.achievements import LONGEST_FILE
from actions.work import Work
from bot.web.chat import Guest, admit, event_id, nonce
from bot.web.pages import Site
from program.channels import Channel
from program.errors import Refusal
from program.ids import id_in
from program.text import Text
from storage import talks

log = structlog.get_logger()

TITLE = Text("plan-file-title")


def routes(site: Site) -> APIRouter:
    router = APIRouter()

    @router.get("/chat/{token}/diploma", name="chat-diploma")
    async def show(request: Request, token: str, won: str = "") -> Response:
        guest = await admit(site, request, token)
        if isinstance(guest, Response):
            return guest
        return await _form(site, guest, won)

    @router.post("/chat/{token}/diploma", name="chat-diploma-send")
    async def send(
        request: Request,
        token: str,
        paper: UploadFile | None = None,
        won: Annotated[str, Form(max_length=15)] = "",
        nonce: Annotated[str, Form(max_length=64)] = "",
    ) -> Response:
        guest = await admit(site, request, token, says=True)
        if isinstance(guest, Response):
            return guest
        data = await paper.read(LONGEST_FILE + 1) if paper is not None else b""
        try:
            await _attach(site, guest, won, data, nonce)
        except Refusal as refusal:
            return await _form(site, guest, won, refusal.text)
        return _page(site, guest, (Text("plan-file-kept"),))

    return router


async def _attach(site: Site, guest: Guest, won: str, data: bytes, given: str) -> None:
    """The same form sent twice is one file."""
    now = site.clock()
    async with site.database.transaction() as session:
        event = event_id(guest.person.id, given, "diploma", won)
        if await talks.first_time(session, Channel.WEB, "default", event, now):
            work = Work(session, guest.school, now, f"person:{guest.person.id}", Channel.WEB)
            await achievement_files.attach(work, guest.person.id, id_in(won) or 0, data)
            log.info("achievement.file", achievement=id_in(won), size=len(data))


async def _form(site: Site, guest: Guest, won: str, problem: Text | None = None) -> Response:
    try:
        async with site.database.reading() as session:
            work = Work(session, guest.school, site.clock(), channel=Channel.WEB)
            facts = await achievement_files.facts(work, guest.person.id, id_in(won) or 0)
    except Refusal as refusal:
        return _page(site, guest, (refusal.text,))
    return _page(site, guest, (problem,) if problem else (), facts, status=422 if problem else 200)


def _page(
    site: Site,
    guest: Guest,
    said: tuple[Text, ...],
    facts: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    return site.page(
        "diploma.html", guest.words, title=TITLE, status=status, said=said, facts=facts, nonce=nonce(),
        megabytes=LONGEST_FILE // 2**20, here=f"/chat/{guest.token}",
    )  # fmt: skip

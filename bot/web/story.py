"""`/chat/<token>/story`: a photo for a proposed story, on the school's own page. See `bot.web.diploma`."""

from __future__ import annotations

from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Form, Request, Response, UploadFile

from actions import news_stories
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

TITLE = Text("tell-photo-title")


def routes(site: Site) -> APIRouter:
    router = APIRouter()

    @router.get("/chat/{token}/story", name="chat-story")
    async def show(request: Request, token: str, of: str = "") -> Response:
        guest = await admit(site, request, token)
        if isinstance(guest, Response):
            return guest
        return await _form(site, guest, of)

    @router.post("/chat/{token}/story", name="chat-story-send")
    async def send(
        request: Request,
        token: str,
        photo: UploadFile | None = None,
        of: Annotated[str, Form(max_length=15)] = "",
        nonce: Annotated[str, Form(max_length=64)] = "",
    ) -> Response:
        guest = await admit(site, request, token, says=True)
        if isinstance(guest, Response):
            return guest
        data = await photo.read(LARGEST + 1) if photo is not None else b""
        try:
            await _attach(site, guest, of, data, nonce)
        except Refusal as refusal:
            return await _form(site, guest, of, refusal.text)
        return _page(site, guest, (Text("tell-photo-kept"),))

    return router


async def _attach(site: Site, guest: Guest, of: str, data: bytes, given: str) -> None:
    """The same form sent twice is one photo."""
    now = site.clock()
    async with site.database.transaction() as session:
        event = event_id(guest.person.id, given, "story", of)
        if await talks.first_time(session, Channel.WEB, "default", event, now):
            work = Work(session, guest.school, now, f"person:{guest.person.id}", Channel.WEB)
            await news_stories.attach(work, guest.person.id, id_in(of) or 0, data)
            log.info("story.photo", story=id_in(of), size=len(data))


async def _form(site: Site, guest: Guest, of: str, problem: Text | None = None) -> Response:
    try:
        async with site.database.reading() as session:
            work = Work(session, guest.school, site.clock(), channel=Channel.WEB)
            facts = await news_stories.facts(work, guest.person.id, id_in(of) or 0)
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
        "story.html", guest.words, title=TITLE, status=status, said=said, facts=facts, nonce=nonce(),
        megabytes=LARGEST // 2**20, here=f"/chat/{guest.token}",
    )  # fmt: skip

"""`/chat/<token>/award`: a letter of thanks or a certificate as PDF, for whom it was given to."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from actions import awards
from actions.pages import PDF
from actions.work import Work
from bot.web.chat import admit
from bot.web.pages import HEADERS, Site
from program.channels import Channel
from program.errors import Refusal
from program.ids import id_in


def routes(site: Site) -> APIRouter:
    router = APIRouter()

    @router.get("/chat/{token}/award", name="chat-award")
    async def show(request: Request, token: str, paper: str = "") -> Response:
        guest = await admit(site, request, token)
        if isinstance(guest, Response):
            return guest
        try:
            async with site.database.reading() as session:
                work = Work(session, guest.school, site.clock(), channel=Channel.WEB)
                found = await awards.mine(work, guest.person.id, id_in(paper) or 0)
                data = await awards.one_pdf(work, found, site.links.check)
        except Refusal:
            return site.miss(request, guest.words)
        headers = {**HEADERS, "Content-Disposition": f'inline; filename="{found.check_code}.pdf"'}
        return Response(data, media_type=PDF, headers=headers)

    return router

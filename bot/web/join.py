"""What the QR code opens: three ways into the programme, one press each. Opening it uses up nothing."""

from __future__ import annotations

import re
import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from actions.webchat import number_of, open_by_invitation
from actions.work import Work
from bot.messenger import Heard, Incoming
from bot.web.pace import Use
from bot.web.pages import LONGEST_TOKEN, Site, place, see, words_asked
from locales import Texts
from program.channels import Channel
from program.errors import Refusal
from program.settings import SchoolSettings
from program.text import Text
from storage import people, schools, webchat
from storage.tables import Invitation, School

COOKIE = "nastavnik_chat"
VISIT = re.compile(r"[0-9a-f]{24}")


def routes(site: Site) -> APIRouter:
    """`/join/<token>` and its button for the web chat."""
    router = APIRouter()

    @router.get("/join/{token}", name="join")
    async def show(request: Request, token: str) -> Response:
        texts = words_asked(request)
        if site.guesses(request):
            return site.busy(texts)
        found = await _invitation(site, token)
        begun = _begun(site, request)
        if found is None:
            own = await _own(site, token, begun)
            return see(f"/chat/{begun}#end") if own else site.miss(request, texts)
        invitation, school = found
        if invitation.purpose == "guardian":
            return see(f"/consent/{token}")
        # A card for many lies on a shared computer: it must not lead into the chat of the pupil before.
        leads_on = begun if await _own(site, token, begun) else ""
        return _page(site, texts, token, invitation, school, leads_on)

    @router.post("/join/{token}/web", name="join-web")
    async def web(request: Request, token: str, visit: Annotated[str, Form(max_length=64)] = "") -> Response:
        texts = words_asked(request)
        if site.guesses(request) or not site.pace.allows(Use.VISIT, place(request)):
            return site.busy(texts)
        found = await _invitation(site, token)
        if found is None:
            return site.miss(request, texts)
        visit = visit if VISIT.fullmatch(visit) else secrets.token_hex(12)
        now = site.clock()
        try:
            async with site.database.transaction() as session:
                person, name = await open_by_invitation(Work(session, found[1], now), token, visit)
        except Refusal:
            return site.miss(request, texts)
        await site.receive(
            Incoming(Channel.WEB, name, f"{person.id}:start:{visit}", Heard.START, now, data=token)
        )
        chat = site.links.chat_token(person.id, number_of(person))
        response = see(f"/chat/{chat}#end")
        # For the session of this browser and this invitation only: school computers are shared.
        response.set_cookie(
            COOKIE,
            chat,
            path=f"/join/{token}",
            httponly=True,
            samesite="lax",
            secure=site.links.public_url.startswith("https:"),
        )
        return response

    return router


def _page(
    site: Site, texts: Texts, token: str, invitation: Invitation, school: School, begun: str
) -> Response:
    settings = SchoolSettings.read(school.settings)
    return site.page(
        "join.html",
        texts,
        title=Text("web-join-title"),
        school=school.name,
        curator=settings.curator_name,
        side=invitation.purpose if invitation.purpose in ("mentor", "mentee") else "any",
        telegram=site.links.telegram(token) if Channel.TELEGRAM in settings.enabled_channels else "",
        vk=site.links.vk(token) if Channel.VK in settings.enabled_channels else "",
        here=f"/join/{token}",
        other="en" if texts.language == "ru" else "ru",
        visit=secrets.token_hex(12),
        begun=f"/chat/{begun}#end" if begun else "",
    )


async def _invitation(site: Site, token: str) -> tuple[Invitation, School] | None:
    """A usable invitation with its school."""
    if len(token) > LONGEST_TOKEN:
        return None
    async with site.database.reading() as session:
        invitation = await people.invitation(session, token)
        if invitation is None or not people.usable(invitation, site.clock()):
            return None
        return invitation, await schools.get(session, invitation.school_id)


async def _own(site: Site, token: str, begun: str) -> bool:
    """Whether an invitation is the personal one of whoever began this chat in this browser.

    They are led on, also once it is used up. A card for a whole class leads nowhere: on a school computer the next pupil would
    land in the chat of the one before.
    """
    if not begun or len(token) > LONGEST_TOKEN:
        return False
    async with site.database.reading() as session:
        person = await webchat.reader(session, site.links.chat_name(begun))
        invitation = await people.invitation(session, token)
    return invitation is not None and person is not None and invitation.person_id == person.id


def _begun(site: Site, request: Request) -> str:
    """The chat that this browser began from this invitation; "" if none."""
    token = request.cookies.get(COOKIE, "")
    return token if len(token) <= LONGEST_TOKEN and site.links.chat_name(token) else ""

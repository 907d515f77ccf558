"""The web chat of one person: a page of forms that a script makes smoother.

The page asks for news by itself instead of holding a stream open: a browser opens at most six
connections to a host, so six chats in six tabs (a demo, a family, a school's one computer) would stop
the seventh, and an open stream would hold up every restart.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, care_staff
from actions.care_staff import STAFF_CHAT
from actions.webchat import web_address
from actions.work import Work
from bot.heard import readable
from bot.journal import Journal, Mark
from bot.messenger import Heard, Incoming
from bot.turn import PAGE
from bot.web.pace import Use
from bot.web.pages import HEADERS, LONGEST_TOKEN, Site, see, words_asked, words_of
from bot.web.pictures import Light
from locales import Texts, dates
from program import names
from program.channels import Channel
from program.ids import id_in
from program.roles import PersonState
from program.text import Text
from storage import files, schools, talks, webchat
from storage.tables import Person, School

ANSWER_WITHIN = 3.0  # seconds for which the page waits for the answer, so that it shows at once
LOOK_EVERY = 0.05
DONE = re.compile(r"t:(\d{1,9}):done")  # all marks are set
PICTURES = ("image/jpeg", "image/png")
TICK = re.compile(r"t:\d+:t\d+")  # one mark of many: redraws the question, says nothing
NONCE = re.compile(r"[0-9a-zA-Z-]{8,40}")

Field = Annotated[str, Form(max_length=20_000)]


def nonce() -> str:
    """Made for each page: the same form sent twice is one event."""
    return secrets.token_hex(12)


def event_id(person_id: int, given: str, *said: str) -> str:
    """The same words from the same page are the same event; other words from it (after «back») are not."""
    once = given if NONCE.fullmatch(given) else nonce()
    return f"{person_id}:{once}:{hashlib.sha256(chr(0).join(said).encode()).hexdigest()[:16]}"


@dataclass(frozen=True)
class Guest:
    """Who stands behind the address of a chat."""

    token: str
    address: str
    person: Person
    school: School

    @property
    def words(self) -> Texts:
        return words_of(self.person)


def routes(site: Site) -> APIRouter:
    """`/chat/<token>`: the page, its log alone, and what is said there."""
    router, light = APIRouter(), Light()

    @router.get("/chat/{token}", name="chat")
    async def show(request: Request, token: str) -> Response:
        guest = await admit(site, request, token)
        if isinstance(guest, Response):
            return guest
        person = guest.person
        # A card may be in anybody's hands until somebody says «Да, это я».
        said = person.state != PersonState.INVITED
        who = names.with_class(person.first_name, person.last_name, person.class_name) if said else ""
        return site.page(
            "chat.html",
            guest.words,
            title=Text("web-chat-title"),
            school=guest.school.name,
            who=who,
            **await _log(site, guest),
        )

    @router.get("/chat/{token}/log", name="chat-log")
    async def log(request: Request, token: str, stamp: str = "") -> Response:
        """The bubbles alone; 204 where nothing has changed since `stamp`."""
        guest = await admit(site, request, token)
        if isinstance(guest, Response):
            return guest
        values = await _log(site, guest)
        if values["stamp"] == stamp:
            return Response(status_code=204, headers={"Cache-Control": "no-store"})
        return site.page("_log.html", guest.words, title=Text("web-chat-title"), **values)

    @router.post("/chat/{token}", name="chat-say")
    async def say(
        request: Request,
        token: str,
        text: Field = "",
        data: Annotated[str, Form(max_length=64)] = "",
        start: Annotated[str, Form(max_length=1)] = "",
        nonce: Annotated[str, Form(max_length=64)] = "",
        message: Annotated[str, Form(max_length=20)] = "",
    ) -> Response:
        guest = await admit(site, request, token, says=True)
        if isinstance(guest, Response):
            return guest
        if text.strip() or data or start:
            await _hear(site, guest, nonce, text, data, start=bool(start), message=message)
            await _answered(site, guest)
        return see(f"/chat/{token}#end")

    @router.get("/chat/{token}/photos/{file_id}", name="chat-photo")
    async def photo(request: Request, token: str, file_id: str) -> Response:
        """A picture that stands in this chat. The address is as secret as the chat's own."""
        guest, number = await guest_of(site, token), id_in(file_id)
        if guest is None or number is None or not await let_in(site, request, guest):
            return site.miss(request, words_asked(request))
        async with site.database.reading() as session:
            stands = await webchat.shows(session, guest.person.id, number)
            found = await files.get(session, guest.school.id, number) if stands else None
        if found is None or found.content_type not in PICTURES:
            return site.miss(request, guest.words)
        shown = await light.of(found)
        return Response(shown.data, media_type=shown.content_type, headers=HEADERS)

    return router


async def admit(site: Site, request: Request, token: str, *, says: bool = False) -> Guest | Response:
    """Whose page it is, or what is shown instead: no such chat, or too much is written at once.

    Args:
        says: something comes in, so the pace is looked at.
    """
    guest = await guest_of(site, token)
    if guest is None:
        return site.miss(request, words_asked(request))
    if not await let_in(site, request, guest):
        if "stamp" in request.query_params:  # the page asks for news by itself: there are none for it
            return Response(status_code=204, headers={"Cache-Control": "no-store"})
        return see(f"/login?next=/chat/{token}")
    if says and not site.pace.allows(Use.SAY, guest.address):
        return site.busy(guest.words)
    return guest


async def let_in(site: Site, request: Request, guest: Guest) -> bool:
    """A chat on which an account of the admin hangs carries its tasks, and what they name: its address alone opens
    nothing, the browser has to be signed in to the admin as that account."""
    if not guest.person.preferences.get(STAFF_CHAT):
        return True
    name = accounts.cookie(secure=site.links.public_url.startswith("https://"))
    async with site.database.reading() as session:
        return await care_staff.holds(session, guest.person, request.cookies.get(name, ""), site.clock())


async def guest_of(site: Site, token: str) -> Guest | None:
    name = site.links.chat_name(token) if len(token) <= LONGEST_TOKEN else ""
    async with site.database.reading() as session:
        person = await webchat.reader(session, name)
        if person is None or person.state == PersonState.ERASED:
            return None
        return Guest(token, name, person, await schools.get(session, person.school_id))


async def _hear(
    site: Site, guest: Guest, given: str, text: str, data: str, *, start: bool, message: str
) -> None:
    now = site.clock()
    text, cut = readable(text)
    async with site.database.transaction() as session:
        await web_address(Work(session, guest.school, now), guest.person)
        label = await _label(session, guest, data) if data else ""
    if data:
        heard, text = Heard.PRESS, "" if TICK.fullmatch(data) or data.endswith(PAGE) else label
    else:
        heard = Heard.START if start else Heard.TEXT
    await site.receive(
        Incoming(
            Channel.WEB,
            guest.address,
            event_id(guest.person.id, given, text, data, str(start)),
            heard,
            now,
            text=text,
            data=data,
            cut=cut,
            message=message if id_in(message) is not None else "",
        )
    )


async def _label(session: AsyncSession, guest: Guest, data: str) -> str:
    """What the person's own bubble says about a pressed button: of several ticks, what is ticked."""
    label = await webchat.label_of(session, guest.person.id, data)
    asked = DONE.fullmatch(data)
    conversation = await talks.conversation(session, guest.person.id) if asked else None
    if asked is None or conversation is None or conversation.turn != int(asked[1]):
        return label
    journal = Journal(list(conversation.journal))
    if not journal.has(conversation.step, Mark.DRAFT):
        return label
    chosen = set(journal.get(conversation.step, Mark.DRAFT))
    ticked = [guest.words(Text.from_json(o["label"])) for o in conversation.options if o["value"] in chosen]
    return ", ".join(ticked) or label


async def _answered(site: Site, guest: Guest) -> None:
    """Returns when nothing is on its way to this chat any more, or after `ANSWER_WITHIN`."""
    for _ in range(round(ANSWER_WITHIN / LOOK_EVERY)):
        async with site.database.reading() as session:
            if not await webchat.waiting(session, guest.address, site.clock()):
                return
        await asyncio.sleep(LOOK_EVERY)


async def _log(site: Site, guest: Guest) -> dict[str, Any]:
    now = site.clock()
    async with site.database.reading() as session:
        bubbles = await webchat.history(session, guest.person.id, now)
    zone = ZoneInfo(guest.school.timezone)
    return {
        "here": f"/chat/{guest.token}",
        "nonce": nonce(),
        "stamp": webchat.stamp(bubbles),
        "bubbles": [_shown(bubble, now, zone, guest.words.language) for bubble in bubbles],
    }


def _shown(bubble: webchat.Bubble, now: datetime, zone: ZoneInfo, language: str) -> dict[str, Any]:
    message = bubble.message
    today = message.at.astimezone(zone).date() == now.astimezone(zone).date()
    rows = [[_button(b) for b in row if bubble.live or b.get("url")] for row in message.buttons]
    return {
        "id": message.id,
        "mine": message.mine,
        "words": message.words,
        "photos": bubble.photos,
        "captions": (*bubble.captions, *("" for _ in bubble.photos)),
        "rows": [row for row in rows if row],
        "mark": webchat.stamp([bubble]),
        "iso": message.at.isoformat(),
        "clock": dates.clock(message.at, zone) if today else dates.moment(message.at, zone, language),
    }


def _button(kept: dict[str, str]) -> dict[str, str]:
    return {name: kept.get(name, "") for name in ("label", "data", "url", "style")}

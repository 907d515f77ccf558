"""`/chat/<token>/photo`: a photo for the other side of a pair, on the school's own page.

A messenger's pictures lie on its own servers, so they are taken here and nowhere else; they go out as the school
allows, without the place and time of the shot.
"""

from __future__ import annotations

from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Form, Request, Response, UploadFile

from actions import care, care_words, relay
from actions.work import Work
from bot.answers import clean
from bot.web.chat import Guest, admit, event_id, nonce
from bot.web.pages import Site, see
from locales import dates
from program import danger
from program.channels import Channel
from program.errors import Refusal
from program.ids import id_in
from program.pictures import LARGEST, Picture, picture
from program.relay import LONGEST, Photos, RelayState
from program.roles import PersonState
from program.text import Text, storable
from storage import talks

log = structlog.get_logger()

TAKEN = 20_000  # characters of the form: what is too long is given back, not lost on a page of errors


def routes(site: Site) -> APIRouter:
    router = APIRouter()

    @router.get("/chat/{token}/photo", name="chat-relay")
    async def show(request: Request, token: str, pair: str = "") -> Response:
        guest = await admit(site, request, token)
        if isinstance(guest, Response):
            return guest
        return await _form(site, guest, pair)

    @router.post("/chat/{token}/photo", name="chat-relay-send")
    async def send(
        request: Request,
        token: str,
        photo: UploadFile | None = None,
        pair: Annotated[str, Form(max_length=15)] = "",
        words: Annotated[str, Form(max_length=TAKEN)] = "",
        nonce: Annotated[str, Form(max_length=64)] = "",
    ) -> Response:
        guest = await admit(site, request, token, says=True)
        if isinstance(guest, Response):
            return guest
        data = await photo.read(LARGEST + 1) if photo is not None else b""
        words = storable(words).replace("\r\n", "\n")  # so a browser sends the end of a line
        plain = clean(words)
        if danger.find(plain) is not None:
            said = await _heed(site, guest, plain, nonce)
            said = (*said, *await _shown_to_adults(site, guest, pair, plain, data, nonce))
            return _end(site, guest, said)
        try:
            if len(plain) > LONGEST:
                raise Refusal("relay-length", limit=LONGEST)
            if not data:
                raise Refusal("relay-photo-none")
            sent = await _write(site, guest, pair, plain, picture(data), nonce)
        except Refusal as refusal:
            return await _form(site, guest, pair, refusal.text, words)
        if sent is None:  # the same form once more
            return see(f"/chat/{guest.token}#end")
        return _end(site, guest, sent)

    return router


def _end(site: Site, guest: Guest, said: tuple[Text, ...]) -> Response:
    title = Text("relay-photo-title")
    return site.page("relay.html", guest.words, title=title, said=said, facts=None, here=_back(guest))


async def _heed(site: Site, guest: Guest, words: str, given: str) -> tuple[Text, ...]:
    """The warm answer with contacts. Kept by itself: whatever the photo and the pair are like, the call is heard."""
    now = site.clock()
    async with site.database.transaction() as session:
        work = Work(session, guest.school, now, f"person:{guest.person.id}", Channel.WEB)
        event = event_id(guest.person.id, given, "photo-words", words)
        if not await talks.first_time(session, Channel.WEB, "default", event, now):
            return await care_words.warmly(work, guest.person)
        heard = await care_words.heed(work, guest.person, words)
        if heard is not None and heard.made and heard.request is not None:
            await care.note_made(work, heard.request)
        return heard.answer if heard else ()


async def _shown_to_adults(
    site: Site, guest: Guest, pair: str, words: str, data: bytes, given: str
) -> tuple[Text, ...]:
    """Keeps the words of danger in the pair they were meant for, where that can be; who sees them and the photo."""
    photo, lost = None, bool(data)
    try:
        photo = picture(data) if data else None
    except Refusal:
        log.info("relay.photo_unfit", person=guest.person.id)
    try:
        said = await _write(site, guest, pair, words, photo, given)
        lost = lost and (photo is None or bool(said))
    except Refusal as refusal:  # no longer in the pair, say: the card holds the words
        log.info("relay.care_without_pair", person=guest.person.id, why=refusal.text.id)
    seen = () if guest.person.state == PersonState.VISITOR else (Text("relay-care"),)
    return (*seen, Text("relay-photo-lost")) if lost else seen


async def _form(
    site: Site, guest: Guest, pair: str, problem: Text | None = None, words: str = ""
) -> Response:
    title = Text("relay-photo-title")
    try:
        facts = await _standing(site, guest, pair)
    except Refusal as refusal:
        return site.page(
            "relay.html", guest.words, title=title, said=(refusal.text,), facts=None, here=_back(guest), words=words,
        )  # fmt: skip
    return site.page(
        "relay.html", guest.words, title=title, said=(problem,) if problem else (), facts=facts, partner=Text.from_json(facts["whom"]),
        held=facts["photos"] == Photos.HOLD, nonce=nonce(), here=_back(guest), words=words,
        status=422 if problem else 200,
    )  # fmt: skip


async def _standing(site: Site, guest: Guest, pair: str) -> dict[str, Any]:
    """Who gets it, where a photo may go now. Raises Refusal: why not, and what to do."""
    async with site.database.reading() as session:
        work = Work(session, guest.school, site.clock(), channel=Channel.WEB)
        facts = await relay.standing(work, guest.person.id, _number(pair))
    if facts["photos"] == Photos.OFF:
        raise Refusal("relay-photo-off")
    return facts


async def _write(
    site: Site, guest: Guest, pair: str, words: str, photo: Picture | None, given: str
) -> tuple[Text, ...] | None:
    """What the writer reads, besides the warm answer; None: this form was sent before."""
    now = site.clock()
    async with site.database.transaction() as session:
        event = event_id(guest.person.id, given, "photo", pair, words)
        if not await talks.first_time(session, Channel.WEB, "default", event, now):
            return None
        work = Work(session, guest.school, now, f"person:{guest.person.id}", Channel.WEB)
        written = await relay.write(work, guest.person.id, _number(pair), words, photo=photo)
        facts: dict[str, Any] = {}
        if written.state is not RelayState.CARE:
            facts = await relay.standing(work, guest.person.id, _number(pair))
    if not facts:
        return (Text("relay-photo-lost"),) if written.photo_lost else ()
    partner = Text.from_json(facts["partner"])
    if written.state is RelayState.HELD:
        return (Text("relay-held", {"partner": partner}),)
    if written.at is None:
        return (Text("relay-sent", {"partner": partner}),)
    when = dates.moment(written.at, work.zone, guest.words.language)
    return (Text("relay-sent-later", {"partner": partner, "when": when}),)


def _number(pair: str) -> int:
    found = id_in(pair)
    if found is None:
        raise Refusal("relay-not-yours")
    return found


def _back(guest: Guest) -> str:
    return f"/chat/{guest.token}"

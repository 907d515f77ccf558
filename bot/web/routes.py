"""All pages that a participant opens without an account, as one router."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import FileResponse

from actions import calendars
from actions.links import Links
from actions.work import Work
from bot.messenger import Receive
from bot.web import award, chat, consent, join, my_data, one_file, poll, relay
from bot.web.pages import HEADERS, HERE, LONGEST_TOKEN, Site, words_asked
from program.secret_addresses import CALENDAR, number_of
from storage import people, schools
from storage.database import Database

STATIC = {"chat.js": "text/javascript", "web.css": "text/css"}


def install(
    app: FastAPI,
    database: Database,
    clock: Callable[[], datetime],
    links: Links,
    receive: Receive,
    *,
    demo: bool = False,
) -> Site:
    """Adds the pages to the web part; returns what `demo_router` is built with."""
    site = Site(database, clock, links, receive, demo)
    app.include_router(router(site))
    return site


def router(site: Site) -> APIRouter:
    """Web chat, join page, guardian's page, calendar feed and the files they need.

    Styles of the whole house are expected at `/static/` (bootstrap, theme, favicon).
    """
    whole = APIRouter(include_in_schema=False, dependencies=[Depends(site.settled)])
    for part in (chat, join, consent, my_data, poll, relay, one_file, award):
        whole.include_router(part.routes(site))

    @whole.get("/calendar/{token}.ics", name="calendar-feed")
    async def calendar(request: Request, token: str) -> Response:
        known = site.links.calendar_person(token) if len(token) <= LONGEST_TOKEN else None
        async with site.database.reading() as session:
            person = await people.get(session, known[0]) if known else None
            if known is None or person is None or number_of(person.preferences, CALENDAR) != known[1]:
                return site.miss(request, words_asked(request))
            work = Work(session, await schools.get(session, person.school_id), site.clock())
            feed = await calendars.feed(work, person)
        return Response(feed, media_type="text/calendar; charset=utf-8", headers=HEADERS)

    @whole.get("/chat-static/{name}", name="chat-static")
    async def file(request: Request, name: str) -> Response:
        if name not in STATIC:
            return site.miss(request, words_asked(request))
        return FileResponse(
            HERE / "static" / name,
            media_type=STATIC[name],
            headers={"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"},
        )

    return whole

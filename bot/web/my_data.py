"""`/my-data/<token>`: the person's own data as a file, for a day. The file is given for a press, not for a
look: messengers open links by themselves to draw a preview.
"""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request, Response

from actions import my_data
from actions.my_data import Known
from actions.work import Work
from bot.web.pages import HEADERS, LONGEST_TOKEN, Site, words_asked, words_of
from locales import Texts, dates
from program.errors import Refusal
from program.text import Text
from storage import people, schools


def routes(site: Site) -> APIRouter:
    router = APIRouter()

    @router.get("/my-data/{token}", name="my-data")
    async def show(request: Request, token: str) -> Response:
        found = await _found(site, token)
        if found is None:
            return site.miss(request, words_asked(request))
        known, texts, until, _ = found
        return site.page(
            "my_data.html",
            texts,
            title=Text("privacy-page-title"),
            here=f"/my-data/{token}",
            name=known.title,
            until=until,
        )

    @router.post("/my-data/{token}", name="my-data-file")
    async def file(request: Request, token: str) -> Response:
        found = await _found(site, token, whole=True)
        if found is None:
            return site.miss(request, words_asked(request))
        known, texts, _, files = found
        headers = {**HEADERS, "Content-Disposition": 'attachment; filename="my-data.zip"'}
        return Response(my_data.archive(known, texts, files), media_type="application/zip", headers=headers)

    return router


async def _found(
    site: Site, token: str, *, whole: bool = False
) -> tuple[Known, Texts, str, list[tuple[str, bytes]]] | None:
    """What the link opens now: the reader may have ceased to be the guardian since it was made.

    Args:
        whole: with the files that lie beside the words.
    """
    now: datetime = site.clock()
    said = site.links.my_data_of(token, now) if len(token) <= LONGEST_TOKEN else None
    if said is None:
        return None
    reader_id, about_id, until = said
    async with site.database.reading() as session:
        reader = await people.get(session, reader_id)
        if reader is None:
            return None
        work = Work(session, await schools.get(session, reader.school_id), now)
        try:
            known = await my_data.known(work, reader_id, about_id)
        except Refusal:
            return None
        files = await my_data.files(work, about_id) if whole else []
        texts = words_of(reader)
        day = dates.dated(until.astimezone(work.zone).date(), work.today, texts.language)
        return known, texts, f"{day}, {dates.clock(until, work.zone)}", files

"""«Сообщения»: whom no message reaches and has to be called; what became of each message."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions.work import Work
from admin.listing import Source, download, view
from admin.lists import messages as listed
from admin.lists.messages import Row
from admin.show import page
from admin.tables import Table
from admin.visit import Reading, Signed
from storage import records

router = APIRouter(prefix="/messages")


@router.get("", name="messages")
async def messages(request: Request, staff: Signed, work: Reading) -> Response:
    table, source = listed.built(work)
    return page(
        request,
        "messages/messages.html",
        work,
        section="messages",
        view=await view(request, staff, work, table, source),
        lost=await records.lost(work.session, work.school.id),
        failures=len(await records.failures(work.session, work.school.id, work.now)),
    )


@router.post("/file", name="messages-file")
async def messages_file(request: Request, staff: Signed) -> Response:
    async def built(work: Work) -> tuple[Table[Row], Source[Row]]:
        return listed.built(work)

    return await download(request, staff, built)

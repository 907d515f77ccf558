"""«Сообщения»: what did not go out, and whom to call."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.show import page
from admin.visit import Reading, Signed
from storage import lists, records

router = APIRouter(prefix="/messages")


@router.get("", name="messages")
async def messages(request: Request, staff: Signed, work: Reading) -> Response:
    failed = await records.failures(work.session, work.school.id, work.now)
    return page(
        request,
        "messages/messages.html",
        work,
        section="messages",
        failed=failed,
        people=await lists.names(work.session, work.school.id, (row.person_id or 0 for row in failed)),
        lost=await records.lost(work.session, work.school.id),
    )

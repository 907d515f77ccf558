"""«Просьбы о помощи»: read by the curator and the psychologist only."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import care
from actions.work import Work
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, words
from storage import accounts, lists, records
from storage.tables import HelpRequest

router = APIRouter(prefix="/help")


@router.get("", name="help")
async def requests(request: Request, staff: Signed, work: Reading) -> Response:
    found = await records.help_requests(work.session, work.school.id)
    users = await accounts.of_school(work.session, work.school.id)
    return page(
        request,
        "help/help.html",
        work,
        section="help",
        requests=found,
        people=await lists.names(work.session, work.school.id, (one.person_id for one in found)),
        users={f"user:{user.id}": user.name or user.login for user in users},
    )


@router.post("/{request_id}/take", name="help-take")
async def take(request: Request, staff: Signed, work: Changing, request_id: int) -> Response:
    await care.take(work, await _get(work, request_id))
    return back(request, "help", "taken", at=f"request-{request_id}")


@router.post("/{request_id}/close", name="help-close")
async def close(request: Request, staff: Signed, work: Changing, form: Fields, request_id: int) -> Response:
    await care.close(work, await _get(work, request_id), words(form, "action"))
    return back(request, "help", "help-closed")


async def _get(work: Work, request_id: int) -> HelpRequest:
    found = await records.help_request(work.session, work.school.id, request_id)
    if found is None:
        raise HTTPException(404)
    return found

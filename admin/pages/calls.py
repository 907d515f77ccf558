"""Calls for help that nobody has taken in time: for the second adult and the director; who called, not what they said."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from actions import care, care_alerts
from actions.accounts import Staff
from actions.work import Work
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, words
from program.roles import StaffRole
from program.states import RequestState
from storage import care as rows
from storage import lists

router = APIRouter(prefix="/calls")


@router.get("", name="calls")
async def calls(request: Request, staff: Signed, work: Reading) -> Response:
    found = list(await care_alerts.waiting_for(work, staff.role, staff.id))
    found += await rows.taken_by(work.session, work.school.id, staff.actor)
    return page(
        request,
        "help/calls.html",
        work,
        section="calls",
        requests=found,
        people=await lists.names(work.session, work.school.id, (one.person_id for one in found)),
        waits=lambda one: max(int((work.now - one.at).total_seconds()) // 60, 0),
    )


@router.get("/live", name="help-live")
async def live(
    request: Request, staff: Signed, work: Reading, seen: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """The strip on every page of those who answer calls, asked for every three seconds.

    Empty (204) while nothing has changed: a reader of the screen is told once, not every three seconds.
    """
    if staff.role is StaffRole.DIRECTOR:
        calls = rows.opened(await care_alerts.waiting_for(work, staff.role, staff.id))
    else:
        calls = await rows.open_calls(work.session, work.school.id)
    waits = int((work.now - calls.since).total_seconds()) // 60 if calls.since else 0
    shown = f"{calls.count}-{calls.newest}-{waits}"
    if seen == shown:
        return Response(status_code=204)
    answer = page(request, "help/_live.html", work, calls=calls, waits=waits, seen=shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post("/{request_id}/take", name="call-take")
async def take(request: Request, staff: Signed, work: Changing, request_id: int) -> Response:
    await _require_called(work, staff, request_id)
    await care.take(work, request_id)
    return back(request, "calls", "taken")


@router.post("/{request_id}/close", name="call-close")
async def close(request: Request, staff: Signed, work: Changing, form: Fields, request_id: int) -> Response:
    await _require_called(work, staff, request_id)
    await care.close(work, request_id, words(form, "action"))
    return back(request, "calls", "help-closed")


async def _require_called(work: Work, staff: Staff, request_id: int) -> None:
    """404 unless this account was called in for the card, or has taken it."""
    found = await rows.request(work.session, work.school.id, request_id)
    mine = found is not None and found.state == RequestState.IN_WORK and found.taken_by == staff.actor
    waiting = await care_alerts.waiting_for(work, staff.role, staff.id)
    if not mine and request_id not in {one.id for one in waiting}:
        raise HTTPException(404)

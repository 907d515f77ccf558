"""«Помощь»: calls for help with their words, read by the curator and the psychologist only; who is called in next."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import care
from actions.work import Work
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, looked, words
from program.care import About, next_step_at
from program.danger import Danger
from program.states import RequestState
from storage import accounts, lists
from storage import care as rows
from storage.tables import HelpRequest

router = APIRouter(prefix="/help")


@router.get("", name="help")
async def requests(request: Request, staff: Signed, work: Reading) -> Response:
    found = await rows.requests(work.session, work.school.id)
    if found:
        await looked(request, staff, work, "help.opened", f"school:{work.school.id}")
    users = await accounts.of_school(work.session, work.school.id)
    minutes = work.settings.help_minutes

    def calls_next(one: HelpRequest) -> datetime | None:
        waits = one.urgent and one.state == RequestState.NEW
        return next_step_at(one.at, one.step, minutes) if waits else None

    return page(
        request,
        "help/help.html",
        work,
        section="help",
        requests=found,
        people=await lists.names(work.session, work.school.id, (one.person_id for one in found)),
        users={f"user:{user.id}": user.name or user.login for user in users},
        waits=lambda one: _minutes(work, one),
        calls_next=calls_next,
        dangers=tuple(Danger),
        abouts=tuple(About),
    )


@router.post("/{request_id}/take", name="help-take")
async def take(request: Request, staff: Signed, work: Changing, request_id: int) -> Response:
    await _require_here(work, request_id)
    await care.take(work, request_id)
    return back(request, "help", "taken", at=f"request-{request_id}")


@router.post("/{request_id}/close", name="help-close")
async def close(request: Request, staff: Signed, work: Changing, form: Fields, request_id: int) -> Response:
    await _require_here(work, request_id)
    await care.close(work, request_id, words(form, "action"))
    return back(request, "help", "help-closed")


async def _require_here(work: Work, request_id: int) -> None:
    if await rows.request(work.session, work.school.id, request_id) is None:
        raise HTTPException(404)


def _minutes(work: Work, one: HelpRequest) -> int:
    return max(int((work.now - one.at).total_seconds()) // 60, 0)

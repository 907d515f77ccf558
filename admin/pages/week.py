"""«Неделя»: the week in numbers; and what the house reminds of by itself."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import digest, nudges
from admin.forms import Typed
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program.nudges import TICKS, NudgeRules

router = APIRouter()


@router.get("/week", name="week")
async def week(request: Request, staff: Signed, work: Reading) -> Response:
    return page(
        request, "today/week.html", work, section="week", numbers=await digest.week(work, staff.role)
    )


@router.get("/settings/nudges", name="nudges")
async def rules(request: Request, staff: Signed, work: Reading) -> Response:
    return page(
        request,
        "settings/nudges.html",
        work,
        section="nudges",
        rules=nudges.rules_of(work),
        ticks=TICKS,
        days=work.settings.warn_after,
    )


@router.post("/settings/nudges", name="nudges-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    on = Typed(form, house(request).texts).many("on")
    await nudges.save(work, NudgeRules(**{name: name in on for name in TICKS}))
    return back(request, "nudges", "settings")

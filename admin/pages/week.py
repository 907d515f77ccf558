"""«Неделя»: the week in numbers; and what the house reminds of by itself."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import digest, nudges, report_charts, year_numbers
from admin.access import may
from admin.forms import Typed
from admin.show import back, page, version
from admin.visit import Changing, Fields, Reading, Signed, house
from program.nudges import TICKS, NudgeRules

router = APIRouter()

WEEKS = 8  # on the picture


@router.get("/week", name="week")
async def week(request: Request, staff: Signed, work: Reading) -> Response:
    def address(route: str, query: str = "", **parts: str) -> str:
        at = str(request.app.url_path_for(route, **parts)) if may(staff.role, route) else ""
        return f"{at}?{query}" if at and query else at

    held = await year_numbers.weeks(work, WEEKS)
    return page(
        request,
        "today/week.html",
        work,
        section="week",
        numbers=await digest.week(work, staff.role),
        chart=report_charts.weeks(house(request).texts, held, address) if any(n for _, n in held) else None,
        charts_version=version("charts.css"),
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

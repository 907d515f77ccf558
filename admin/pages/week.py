"""«Неделя»: the week in numbers; and what the house reminds of by itself."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import digest, nudges, report_charts, year_numbers
from actions.work import Work
from admin.access import may
from admin.forms import Typed
from admin.pages.settings import subject
from admin.show import back, page, version
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program.nudges import TICKS, NudgeRules
from program.text import Text

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
    return _rules(request, work, Typed.empty(), _editing(work))


@router.post("/settings/nudges", name="nudges-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await turn(work, subject(work))
    typed = Typed(form, house(request).texts)
    editing = _editing(work)
    if await editing.clashes(work, typed):
        return _rules(request, work, typed, editing)
    on = typed.many("on")
    await nudges.save(work, NudgeRules(**{name: name in on for name in TICKS}))
    return back(request, "nudges", "settings")


def _editing(work: Work) -> Editing:
    """What is switched on, as the form shows it."""
    days = work.settings.warn_after
    words = {name: Text(f"week-nudges-{name}", {"days": days}) for name in TICKS}
    return Editing(subject(work), {"on": Field(Text("week-nudges-say"), _on(work), words)})


def _on(work: Work) -> list[str]:
    rules = nudges.rules_of(work)
    return [name for name in TICKS if getattr(rules, name)]


def _rules(request: Request, work: Work, typed: Typed, editing: Editing) -> Response:
    return page(
        request,
        "settings/nudges.html",
        work,
        section="nudges",
        status=422 if typed.problems else 200,
        on=typed.many("on") if typed.problems else _on(work),
        ticks=TICKS,
        days=work.settings.warn_after,
        problems=typed.problems,
        **context(editing, work.now),
    )

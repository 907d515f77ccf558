"""«Всё одним архивом»: all documents and reports of a year, made in the background, taken, called off."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from actions import packs, year_numbers
from actions.sweeps import PACKS_KEPT
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house
from locales import dates
from program.errors import Refusal
from program.packs import DOCX, PDF, Part, Wanted, chosen
from program.periods import CODES, WHOLE, period
from program.text import Text, raw
from storage import packs as rows

router = APIRouter(prefix="/pack")

SHOWN = 30  # of what is left out
FORMS = (DOCX, PDF)
FIELDS = {
    "pack-nothing": "parts-1", "pack-no-form": "forms-1", "report-day-wrong": "on", "report-year": "year",
    "report-part": "part",
}  # fmt: skip


@router.get("", name="pack")
async def show(request: Request, staff: Signed, work: Reading) -> Response:
    return await _page(request, work, Typed.empty())


@router.get("/live", name="pack-live")
async def live(request: Request, staff: Signed, work: Reading) -> Response:
    """How far it is; the page asks every two seconds while it is made."""
    state = await _state(work)
    if state["job"] is None:
        return back(request, "pack")
    answer = page(request, "documents/_pack.html", work, **state)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post("/ask", name="pack-ask")
async def ask(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    year, part = typed.words("year", 9), typed.words("part", 5)
    on = typed.day("on") if typed.words("on") else None
    if not typed.problems:
        try:
            wanted = chosen(
                year, part, on or _last(work, year, part), typed.many("parts"), typed.many("forms"),
                house(request).links.check,
            )  # fmt: skip
            await packs.ask(work, wanted)
        except Refusal as refusal:
            if refusal.text.id not in FIELDS:
                raise
            typed.refused(FIELDS[refusal.text.id], refusal)
        else:
            return back(request, "pack", "pack-asked")
    return await _page(request, work, typed)


@router.post("/drop", name="pack-drop")
async def drop(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    """Calls it off while it is made; one that is ready is deleted after a question."""
    job = await packs.job(work)
    if job is not None and job.ready_at is not None:
        asking = sure.asked(
            request, form, work, what=Text("pack-drop-sure"), effect=Text("pack-drop-effect"), do="pack-drop",
            stay=str(request.app.url_path_for("pack")), section="pack",
        )  # fmt: skip
        if asking is not None:
            return asking
    await packs.drop(work)
    return back(request, "pack", "pack-dropped")


# A POST: taking it out of the house is written into the journal.
@router.post("/take", name="pack-take")
async def take(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    name, wanted, files = await packs.take(work)
    return StreamingResponse(
        packs.sent(house(request).database, wanted, files),
        media_type="application/zip",
        headers={
            "Content-Disposition": f"attachment; filename=\"pack.zip\"; filename*=UTF-8''{quote(name, safe='')}",
            "Cache-Control": "no-store",
        },
    )


def _last(work: Work, year: str, part: str) -> date:
    """Today, or the last day of a time that is over."""
    try:
        return min(work.today, period(year, part).last)
    except ValueError:
        raise Refusal("report-year", year=year) from None


async def _state(work: Work) -> dict[str, Any]:
    job = await packs.job(work)
    values: dict[str, Any] = {"job": job, "kept": PACKS_KEPT, "named": _named, "dates_day": _full}
    if job is None:
        return values
    values["wanted"] = Wanted.read(job.wanted)
    if job.ready_at is None:
        return values
    inside, left, size = await rows.numbers(work.session, job.id)
    out = await rows.left_out(work.session, job.id, SHOWN)
    return {
        **values,
        "inside": inside,
        "left": left,
        "size": _size(size),
        "out": out,
        "more": left - len(out),
    }


async def _page(request: Request, work: Work, typed: Typed) -> Response:
    failed, years = bool(typed.problems), await year_numbers.years(work)
    year = typed.words("year", 9)
    values = {
        "year": year if year in years else work.settings.year,
        "part": typed.words("part", 5) or WHOLE,
        "on": typed.words("on", 10),
        "parts": typed.many("parts") if failed else [str(one) for one in Part],
        "forms": typed.many("forms") if failed else list(FORMS),
    }
    return page(
        request, "documents/pack.html", work, section="pack", status=422 if failed else 200, values=values,
        problems=typed.problems, years=years, codes=CODES, parts=list(Part), doc_forms=FORMS,
        **await _state(work),
    )  # fmt: skip


def _named(year: str, code: str) -> Text:
    """«весь год», «первое полугодие», «октябрь»."""
    if code.startswith("m"):
        return raw(dates.month(period(year, code).first))
    return Text(f"reports-part-{code}")


def _full(day: date) -> str:
    return f"{dates.day(day)} {day.year}"


def _size(size: int) -> str:
    """«12 МБ», «340 КБ»."""
    return f"{round(size / 1024 / 1024)} МБ" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} КБ"

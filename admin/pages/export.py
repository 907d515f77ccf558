"""«Выгрузка всего»: one archive with everything, made in the background; and what will be erased when."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from actions import exporting, retention_look
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house
from storage import exports as rows

router = APIRouter(prefix="/export")

SHOWN = 100  # names of those who go soon
RULES = ("person", "withdrawal", "left", "letters", "visitor", "talk", "bulk", "export", "stays")


@router.get("", name="export")
async def show(request: Request, staff: Signed, work: Reading) -> Response:
    job = await exporting.job(work)
    ready = job is not None and job.ready_at is not None
    due = await retention_look.due(work)
    return page(
        request,
        "export/export.html",
        work,
        section="export",
        job=job,
        ready=ready,
        size=await rows.size(work.session, job.id) if ready and job is not None else 0,
        due=due[:SHOWN],
        more=len(due) - SHOWN,
        ahead=await retention_look.ahead(work),
        rules=RULES,
        megabytes=_size,
    )


@router.post("/ask", name="export-ask")
async def ask(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await exporting.ask(work)
    return back(request, "export", "export-asked")


@router.post("/drop", name="export-drop")
async def drop(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await exporting.drop(work)
    return back(request, "export", "export-dropped")


# A POST: taking everything out of the house is written into the journal.
@router.post("/take", name="export-take")
async def take(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    name, job = await exporting.take(work)
    parts = [part.id for part in await rows.parts(work.session, job)]
    disposition = f"attachment; filename=\"export.zip\"; filename*=UTF-8''{quote(name, safe='')}"
    return StreamingResponse(
        exporting.packed(house(request).database, parts),
        media_type="application/zip",
        headers={"Content-Disposition": disposition},
    )


def _size(size: int) -> str:
    """«12 МБ», «340 КБ»."""
    return f"{round(size / 1024 / 1024)} МБ" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} КБ"

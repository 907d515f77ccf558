"""«До запуска осталось»: putting a step away and bringing it back; the texts of consents, to be read."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import consent_texts, launch
from admin.show import back, page
from admin.visit import Changing, Reading, Signed
from locales.consents import split

router = APIRouter(prefix="/launch")


@router.get("/texts", name="launch-texts")
async def texts(request: Request, staff: Signed, work: Reading) -> Response:
    shown = [
        (one, *split(one.body)) async for one in consent_texts.in_force(work)
    ]  # kind and giver, summary, whole text
    return page(request, "today/texts.html", work, section="consents", texts=shown)


@router.post("/texts", name="launch-texts-read")
async def texts_read(request: Request, staff: Signed, work: Changing) -> Response:
    await launch.texts_read(work)
    return back(request, "today", "launch-texts", at="launch")


@router.post("/{code}/away", name="launch-away")
async def away(request: Request, staff: Signed, work: Changing, code: str) -> Response:
    await launch.put_away(work, code)
    return back(request, "today", "launch-away", at="launch")


@router.post("/{code}/back", name="launch-back")
async def bring_back(request: Request, staff: Signed, work: Changing, code: str) -> Response:
    await launch.bring_back(work, code)
    return back(request, "today", "launch-back", at="launch")

"""«Очередь»: mentees without a pair, what is in the way, and what can be offered meanwhile."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import queue
from actions.work import Work
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, words
from program.forms import FORMS
from storage.tables import Participation

router = APIRouter(prefix="/queue")


@router.get("", name="queue")
async def all_waiting(request: Request, staff: Signed, work: Reading) -> Response:
    enabled = [slug for slug in work.settings.forms if slug in FORMS]
    asked = request.query_params.get("form", "")
    form = asked if asked in enabled else ""
    return page(
        request,
        "pairs/queue.html",
        work,
        section="pairs",
        form=form,
        enabled=enabled,
        waiting=await queue.everybody(work, form),
        marks=queue.SUPPORT,
    )


@router.post("/{place_id}/support", name="queue-support")
async def support(request: Request, staff: Signed, work: Changing, form: Fields, place_id: int) -> Response:
    await _known(work, place_id)
    await queue.note_support(work, place_id, words(form, "support"))
    return back(request, "queue", "support", at=f"place-{place_id}")


@router.post("/{place_id}/offer", name="queue-offer")
async def offer(request: Request, staff: Signed, work: Changing, form: Fields, place_id: int) -> Response:
    await _known(work, place_id)
    told = await queue.offer_meanwhile(work, place_id, words(form, "what"))
    return back(request, "queue", "meanwhile" if told else "reminded-before", at=f"place-{place_id}")


async def _known(work: Work, place_id: int) -> None:
    """Raises 404 for a place of another school."""
    place = await work.session.get(Participation, place_id)
    if place is None or place.school_id != work.school.id:
        raise HTTPException(404)

"""Is the search fair: who stays without a pair, how long, how evenly mentors are busy. Numbers, sentences, a table."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import matching_fairness
from admin import board
from admin.show import page
from admin.visit import Reading, Signed

router = APIRouter(prefix="/matching")


@router.get("/fairness", name="matching-fairness")
async def fairness(request: Request, staff: Signed, work: Reading) -> Response:
    enabled = board.forms_of(work)
    asked = request.query_params.get("form", "")
    form = asked if asked in enabled else await board.busiest(work)
    return page(
        request,
        "matching/fairness.html",
        work,
        section="matching-fairness",
        form=form,
        enabled=enabled,
        found=await matching_fairness.fairness(work, form),
    )

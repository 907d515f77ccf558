"""What the matching proposes no more: rejected pairs and two people kept apart, with the way back."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import matching_marks as marks
from actions import undoing
from actions.pairs import WHY_REJECTED
from admin.board import forms_of
from admin.journal_words import names_of
from admin.pages.matching import get
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, words
from program.states import PairStatus
from program.text import Text, raw
from storage import pairs as rows

router = APIRouter(prefix="/matching")


@router.get("/rejected", name="matching-rejected")
async def rejected(request: Request, staff: Signed, work: Reading) -> Response:
    enabled = forms_of(work)
    asked = request.query_params.get("form", "")
    form = asked if asked in enabled else next(iter(enabled), "")
    found = await rows.board(work.session, work.school.id, work.settings.year, form, (PairStatus.REJECTED,))
    return page(
        request,
        "matching/rejected.html",
        work,
        section="matching-rejected",
        form=form,
        enabled=enabled,
        pairs=sorted(found, key=lambda pair: -pair.id),
        why={pair.id: reason(pair.decision_reason) for pair in found},
        who=await names_of(work, [pair.decided_by for pair in found]),
        apart=await marks.forbidden(work, form),
    )


@router.post("/pairs/{pair_id}/unreject", name="matching-unreject")
async def unreject(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    await undoing.unreject(work, pair.id)
    return back(request, "matching-rejected", "unrejected", query=f"form={pair.form}")


@router.post("/apart", name="matching-together")
async def together(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    """Takes back that two people are kept apart."""
    mentee, mentor = (words(form, name, 15) for name in ("mentee", "mentor"))
    if not mentee.isdecimal() or not mentor.isdecimal():
        raise HTTPException(404)
    await marks.allow(work, int(mentee), int(mentor))
    return back(request, "matching-rejected", "unrejected", query=f"form={words(form, 'form')}")


def reason(stored: str) -> tuple[Text, ...]:
    """The words of a stored «time: по средам секция»."""
    code, _, more = stored.partition(": ")
    if code not in WHY_REJECTED:
        return (raw(stored),) if stored else ()
    return (Text(f"admin-reject-{code}"), raw(more)) if more else (Text(f"admin-reject-{code}"),)

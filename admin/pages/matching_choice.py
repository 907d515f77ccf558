"""«Другой…»: the best mentors for one mentee, what each choice does to others, and «Почему не …?»."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import matching as runs
from actions import pairs
from actions.work import Work
from admin.board import SHOWN
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, words
from program.roles import Side
from storage import pairs as rows
from storage.tables import Pair, Participation, Person

router = APIRouter(prefix="/matching")


@router.get("/mentees/{participation_id}", name="matching-others")
async def others(request: Request, staff: Signed, work: Reading, participation_id: int) -> Response:
    mentee, person = await _mentee(work, participation_id)
    now = await _now(work, mentee.id)
    return page(
        request,
        "matching/others.html",
        work,
        section="matching",
        mentee=mentee,
        person=person,
        now=now,
        now_reasons=runs.reasons_of(now) if now else None,
        others=await pairs.alternatives(work, mentee.id),
    )


@router.post("/mentees/{participation_id}", name="matching-choose")
async def choose(
    request: Request, staff: Signed, work: Changing, form: Fields, participation_id: int
) -> Response:
    mentee, _ = await _mentee(work, participation_id)
    mentor = words(form, "mentor", 15)
    reverse = words(form, "reverse") == "yes"
    await pairs.choose(work, mentee.id, int(mentor) if mentor.isdecimal() else 0, reverse=reverse)
    return back(request, "matching", "chosen", query=f"form={mentee.form}")


async def _mentee(work: Work, participation_id: int) -> tuple[Participation, Person]:
    found = await work.session.get(Participation, participation_id)
    if found is None or found.school_id != work.school.id or found.side != Side.MENTEE:
        raise HTTPException(404)
    people = await rows.people_of(work.session, work.school.id, [found.id])
    return found, people[found.id]


async def _now(work: Work, participation_id: int) -> Pair | None:
    """The mentee's suggestion or unannounced pair."""
    found = await rows.of_participations(work.session, [participation_id], SHOWN)
    return next((pair for pair in found if not pair.is_group), None)

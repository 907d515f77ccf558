"""«Подбор пар»: suggestions with reasons, the curator's decision, another mentor. Nobody is told here."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import matching as runs
from actions import pairs
from actions.work import Work
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, words
from program.forms import FORMS
from program.roles import Side
from program.states import PairStatus, ParticipationStatus
from program.text import Text
from storage import pairs as rows
from storage.tables import Pair, Participation, Person

router = APIRouter(prefix="/matching")

SHOWN = (PairStatus.SUGGESTED, PairStatus.APPROVED)
WHY_NOT = ("time", "character", "parents", "know", "other")


@router.get("", name="matching")
async def board(request: Request, staff: Signed, work: Reading) -> Response:
    enabled = [slug for slug in work.settings.forms if slug in FORMS]
    asked = request.query_params.get("form", "")
    form = asked if asked in enabled else await _busiest(work, enabled)
    school, year = work.school.id, work.settings.year
    shown = await rows.board(work.session, school, year, form, SHOWN)
    everything = await rows.board(work.session, school, year, statuses=SHOWN)
    run = await rows.last_run(work.session, school, year, form)
    return page(
        request,
        "matching/board.html",
        work,
        section="matching",
        form=form,
        enabled=enabled,
        run=run,
        suggested=[pair for pair in shown if pair.status == PairStatus.SUGGESTED],
        approved=[pair for pair in shown if pair.status == PairStatus.APPROVED],
        waiting={
            slug: sum(p.form == slug and p.status == PairStatus.SUGGESTED for p in everything)
            for slug in enabled
        },
        announceable=sum(pair.status == PairStatus.APPROVED for pair in everything),
        reasons={pair.id: runs.reasons_of(pair) for pair in shown},
        taken=await rows.holding(work.session, school, year, form, rows.FIRM),
        offered=await rows.holding(work.session, school, year, form, (PairStatus.SUGGESTED,)),
        unmatched=await _unmatched(work, form),
    )


@router.post("/suggest", name="matching-suggest")
async def suggest(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    slug = words(form, "form")
    await runs.suggest(work, slug)
    return back(request, "matching", "suggested", query=f"form={slug}")


@router.post("/pairs/{pair_id}/approve", name="matching-approve")
async def approve(request: Request, staff: Signed, work: Changing, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    await pairs.approve(work, pair.id)
    return back(request, "matching", "approved", query=f"form={pair.form}")


@router.get("/pairs/{pair_id}/reject", name="matching-reject-form")
async def reject_form(request: Request, staff: Signed, work: Reading, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    return page(request, "matching/reject.html", work, section="matching", pair=pair, why_not=WHY_NOT)


@router.post("/pairs/{pair_id}/reject", name="matching-reject")
async def reject(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    why = words(form, "why")
    said = [why if why in WHY_NOT else "other", words(form, "more", 200)]
    await pairs.reject(work, pair.id, ": ".join(part for part in said if part))
    return back(request, "matching", "rejected", query=f"form={pair.form}")


@router.get("/mentees/{participation_id}", name="matching-others")
async def others(request: Request, staff: Signed, work: Reading, participation_id: int) -> Response:
    mentee, person = await _mentee(work, participation_id)
    return page(
        request,
        "matching/others.html",
        work,
        section="matching",
        mentee=mentee,
        person=person,
        others=await pairs.alternatives(work, mentee.id),
    )


@router.post("/mentees/{participation_id}", name="matching-choose")
async def choose(
    request: Request, staff: Signed, work: Changing, form: Fields, participation_id: int
) -> Response:
    mentee, _ = await _mentee(work, participation_id)
    mentor = words(form, "mentor", 12)
    await pairs.choose(work, mentee.id, int(mentor) if mentor.isdecimal() else 0)
    return back(request, "matching", "chosen", query=f"form={mentee.form}")


async def get(work: Work, pair_id: int) -> Pair:
    """A pair of this school with its people. Raises 404."""
    pair = await rows.get(work.session, work.school.id, pair_id)
    if pair is None:
        raise HTTPException(404)
    return pair


async def _mentee(work: Work, participation_id: int) -> tuple[Participation, Person]:
    found = await work.session.get(Participation, participation_id)
    if found is None or found.school_id != work.school.id or found.side != Side.MENTEE:
        raise HTTPException(404)
    people = await rows.people_of(work.session, work.school.id, [found.id])
    return found, people[found.id]


async def _busiest(work: Work, enabled: list[str]) -> str:
    """The form with most undecided suggestions, else the school's first."""
    found = await rows.board(
        work.session, work.school.id, work.settings.year, statuses=(PairStatus.SUGGESTED,)
    )
    counts = {slug: sum(pair.form == slug for pair in found) for slug in enabled}
    return max(enabled, key=lambda slug: counts[slug], default=next(iter(FORMS)))


async def _unmatched(work: Work, form: str) -> list[tuple[int, Person, list[Text]]]:
    """Mentees whom the last run left without a pair and who still look for one, with the reasons."""
    run = await rows.last_run(work.session, work.school.id, work.settings.year, form)
    if run is None:
        return []
    reasons = runs.unmatched_of(run)
    busy = {
        key
        for place in await rows.places(
            work.session, work.school.id, work.settings.year, form, (*SHOWN, PairStatus.ACTIVE)
        )
        for key, _ in place.mentees
    }
    left = [key for key in reasons if key not in busy]
    people = await rows.people_of(work.session, work.school.id, left)
    places = {key: await work.session.get(Participation, key) for key in people}
    return [
        (key, people[key], reasons[key])
        for key in left
        if key in people and (place := places[key]) and place.status == ParticipationStatus.SEARCHING
    ]

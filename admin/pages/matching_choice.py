"""«Другой…»: the best mentors for one mentee, what each choice does to others, and «Почему не …?»."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import exchanging, matching_why, pairs
from actions import matching as runs
from actions import matching_marks as marks
from actions.matching_pool import LEADING
from actions.matching_swap import swaps as swaps_of
from actions.matching_why import Swap, WhyNot
from actions.work import Work
from admin.board import SHOWN
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, words
from program.errors import Refusal
from program.roles import Side
from storage import pairs as rows
from storage import people
from storage.tables import Pair, Participation, Person

router = APIRouter(prefix="/matching")

# The younger leads the older only when the curator says so (domain.md 1.3, reversive model).
REVERSIBLE = {"match-no-elder"}


@router.get("/mentees/{participation_id}", name="matching-others")
async def others(request: Request, staff: Signed, work: Reading, participation_id: int) -> Response:
    mentee, person = await _mentee(work, participation_id)
    now = await _now(work, mentee.id)
    found = await pairs.alternatives(work, mentee.id)
    asked = request.query_params.get("mentor", "")
    mentor = int(asked) if asked.isdecimal() and len(asked) < 16 else 0
    why = await _why(work, mentee, mentor) if mentor else None
    looked = {one.participation for one in found if one.displaces} | (
        {mentor} if why and why.price else set()
    )
    swaps = await _swaps(work, mentee.id, looked)
    left = {} if now else await matching_why.why_left(work, mentee.form)
    mentors = [one for one in await _mentors(work, mentee.form) if one.person_id != person.id]
    names = await rows.people_of(work.session, work.school.id, _named(swaps.values(), why))
    return page(
        request,
        "matching/others.html",
        work,
        section="matching",
        mentee=mentee,
        person=person,
        now=now,
        now_reasons=runs.reasons_of(now) if now else None,
        left=left.get(mentee.id),
        others=found,
        swaps=swaps,
        mentors=mentors,
        asked=mentor,
        why=why,
        reverse=bool(why and why.blocking and {text.id for text in why.blocking} <= REVERSIBLE),
        names=names,
    )


@router.post("/mentees/{participation_id}", name="matching-choose")
async def choose(
    request: Request, staff: Signed, work: Changing, form: Fields, participation_id: int
) -> Response:
    mentee, _ = await _mentee(work, participation_id)
    reverse = words(form, "reverse") == "yes"
    await pairs.choose(work, mentee.id, _number(words(form, "mentor", 15)), reverse=reverse)
    return back(request, "matching", "chosen", query=f"form={mentee.form}")


@router.post("/mentees/{participation_id}/swap", name="matching-swap")
async def swap(
    request: Request, staff: Signed, work: Changing, form: Fields, participation_id: int
) -> Response:
    """The two mentees change their mentors."""
    mentee, _ = await _mentee(work, participation_id)
    await exchanging.change_places(work, mentee.id, _number(words(form, "with", 15)))
    return back(request, "matching", "swapped", query=f"form={mentee.form}")


@router.post("/mentees/{participation_id}/apart", name="matching-apart")
async def apart(
    request: Request, staff: Signed, work: Changing, form: Fields, participation_id: int
) -> Response:
    """These two are never proposed."""
    mentee, _ = await _mentee(work, participation_id)
    await marks.forbid(work, mentee.id, _number(words(form, "mentor", 15)), words(form, "reason", 200))
    return back(request, "matching-others", "apart", participation_id=mentee.id)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() else 0


async def _mentee(work: Work, participation_id: int) -> tuple[Participation, Person]:
    found = await work.session.get(Participation, participation_id)
    if found is None or found.school_id != work.school.id or found.side != Side.MENTEE:
        raise HTTPException(404)
    who = await rows.people_of(work.session, work.school.id, [found.id])
    return found, who[found.id]


async def _now(work: Work, participation_id: int) -> Pair | None:
    """The mentee's suggestion or unannounced pair."""
    found = await rows.of_participations(work.session, [participation_id], SHOWN)
    return next((pair for pair in found if not pair.is_group), None)


async def _mentors(work: Work, form: str) -> list[Participation]:
    """Everybody on the mentors' side, by name: also those whom a rule keeps away."""
    found = await people.pool(work.session, work.school.id, work.settings.year, form, Side.MENTOR)
    return sorted(
        (one for one in found if one.status in LEADING),
        key=lambda one: one.person.plain,
    )


async def _why(work: Work, mentee: Participation, mentor: int) -> WhyNot | None:
    """None for somebody who is not in the form's base."""
    try:
        return await matching_why.explain_pair(work, mentee.form, mentee.id, mentor)
    except Refusal:
        return None


async def _swaps(work: Work, mentee: int, mentors: Collection[int]) -> dict[int, Swap]:
    """Those where something is to be swapped: no rule forbids it, and the mentee is in no decided pair."""
    found = await swaps_of(work, mentee, mentors) if mentors else {}
    return {mentor: one for mentor, one in found.items() if isinstance(one, Swap)}


def _named(swaps: Iterable[Swap], why: WhyNot | None) -> set[int]:
    """Participations whose names the page needs."""
    found: set[int | None] = set()
    for one in swaps:
        for lot in (one.mentee, *one.others, *one.direct):
            found |= {lot.mentee, lot.was, lot.becomes}
    if why:
        found |= {why.mentor, why.chosen}
        found |= {key for move in (why.price.moves if why.price else ()) for key in move}
    return {key for key in found if key}

"""«Пробные встречи»: with whom somebody gets acquainted before the final pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import encounter_people
from actions import encounter_trials as trials
from actions.encounter_trials import Trial
from actions.work import Work
from admin.forms import Typed
from admin.pages.encounters import ids, start
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program.encounters import TRIAL_AT_ONCE
from program.errors import Refusal
from storage import encounters as rows
from storage.tables import Person

router = APIRouter(prefix="/encounters/trials")


@router.get("", name="trials")
async def chooser(request: Request, staff: Signed, work: Reading) -> Response:
    asked = request.query_params.get("person", "")
    return await _editor(
        request, work, Typed.empty(), int(asked) if asked.isdecimal() and len(asked) < 16 else 0
    )


@router.post("", name="trials-make")
async def make(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    whom = typed.words("person", 15)
    person_id = int(whom) if whom.isdecimal() else 0
    person, leads = await _who(work, person_id)
    chosen = sorted(ids(typed, "with"))
    if not chosen:
        typed.wrong("with-1", "encounters-staff-trial-nobody")
    if len(chosen) > TRIAL_AT_ONCE:
        typed.wrong("with-1", "encounters-staff-trial-many", count=TRIAL_AT_ONCE)
    wanted = []
    for number, other in enumerate(chosen[:TRIAL_AT_ONCE], 1):
        starts_at = start(typed, work, f"day-{number}", f"clock-{number}")
        if starts_at is not None and person is not None:
            mentor, mentee = (person.id, other) if leads else (other, person.id)
            wanted.append(Trial(mentor, mentee, starts_at, typed.words(f"place-{number}", 200)))
    if person is None:
        typed.wrong("person", "admin-field-choose")
    if not typed.problems:
        try:
            async with work.session.begin_nested():
                await trials.arrange(work, wanted)
        except Refusal as refusal:
            typed.refused("with-1", refusal)
    if typed.problems:
        return await _editor(request, work, typed, person_id)
    return back(request, "encounters", "encounter-trials")


async def _who(work: Work, person_id: int) -> tuple[Person | None, bool]:
    """Somebody who looks for a pair or leads, and whether the person leads."""
    looking = await rows.looking(work.session, work.school.id, work.settings.year)
    leaders = {} if any(one.id == person_id for one in looking) else await encounter_people.leaders(work)
    return _among(person_id, looking, leaders)


def _among(
    person_id: int, looking: Sequence[Person], leaders: Mapping[int, Person]
) -> tuple[Person | None, bool]:
    seeker = next((one for one in looking if one.id == person_id), None)
    return (seeker, False) if seeker else (leaders.get(person_id), True)


async def _editor(request: Request, work: Work, typed: Typed, person_id: int) -> Response:
    looking = await rows.looking(work.session, work.school.id, work.settings.year)
    leading = await encounter_people.leaders(work)
    person, leads = _among(person_id, looking, leading)
    leaders = sorted(leading.values(), key=lambda who: who.plain)
    return page(
        request,
        "encounters/trials.html",
        work,
        section="encounters",
        status=422 if typed.problems else 200,
        typed=typed,
        problems=typed.problems,
        person=person,
        leads=leads,
        looking=looking,
        leaders=leaders,
        candidates=await trials.candidates(work, person, is_mentor=leads) if person else [],
        times=range(1, TRIAL_AT_ONCE + 1),
    )

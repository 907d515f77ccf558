"""An event of rounds: its table, cards, a sheet to print, and who comes instead of whom."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import encounter_messages as shown
from actions import encounter_speed as speed
from actions.meeting_messages import called
from admin.forms import Typed
from admin.pages.encounters import get
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program.encounters import EncounterKind
from program.roles import Side
from program.rounds import Plan

router = APIRouter(prefix="/encounters")


@router.get("/{encounter_id}/sheet", name="encounter-sheet")
async def sheet(request: Request, staff: Signed, work: Reading, encounter_id: int) -> Response:
    """Tables by round, and who rests; for the wall and the hand of who leads the event."""
    encounter = await get(work, encounter_id)
    if encounter.kind != EncounterKind.SPEED:
        raise HTTPException(404)
    made = Plan.read(encounter.plan)
    known = {seat.person_id: seat.person for seat in shown.seated(encounter)}
    by_table = [
        sorted((made.tables.get(mentor, 0), mentor, mentee) for mentor, mentee in of_round)
        for of_round in made.rounds
    ]
    resting = [
        [one for one in known if made.partner(one, number) is None] for number in range(len(made.rounds))
    ]
    return page(
        request, "encounters/sheet.html", work, section="encounters", one=encounter, rounds=by_table,
        resting=resting, people=known, called=called,
    )  # fmt: skip


@router.post("/{encounter_id}/table", name="encounter-table")
async def table(request: Request, staff: Signed, work: Changing, encounter_id: int) -> Response:
    await get(work, encounter_id)
    await speed.make_table(work, encounter_id)
    return back(request, "encounter", "encounter-table", at="table", encounter_id=encounter_id)


@router.post("/{encounter_id}/cards", name="encounter-cards")
async def cards(request: Request, staff: Signed, work: Changing, encounter_id: int) -> Response:
    await get(work, encounter_id)
    await speed.send_cards(work, encounter_id)
    return back(request, "encounter", "encounter-cards", at="table", encounter_id=encounter_id)


@router.post("/{encounter_id}/absent", name="encounter-absent")
async def absent(
    request: Request, staff: Signed, work: Changing, form: Fields, encounter_id: int
) -> Response:
    await get(work, encounter_id)
    typed = Typed(form, house(request).texts)
    person, instead, done = typed.words("person", 15), typed.words("instead", 15), typed.words("done", 2)
    await speed.without(
        work,
        encounter_id,
        int(person) if person.isdecimal() else 0,
        int(done) if done.isdecimal() else 0,
        int(instead) if instead.isdecimal() else None,
    )
    return back(request, "encounter", "encounter-table", at="table", encounter_id=encounter_id)


@router.post("/{encounter_id}/side", name="encounter-side")
async def side(request: Request, staff: Signed, work: Changing, form: Fields, encounter_id: int) -> Response:
    await get(work, encounter_id)
    typed = Typed(form, house(request).texts)
    person, chosen = typed.words("person", 15), typed.words("side")
    await speed.bring(
        work,
        encounter_id,
        int(person) if person.isdecimal() else 0,
        Side(chosen) if chosen in tuple(Side) else None,
    )
    return back(request, "encounter", "encounter-side", encounter_id=encounter_id)

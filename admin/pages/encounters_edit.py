"""A published meeting outside of pairs gets another time, place, topic or number of seats."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from actions import encounter_changes as changes
from actions import encounter_messages as shown
from actions import encounters
from actions.encounter_changes import Facts
from actions.work import Work
from admin.forms import Typed
from admin.pages.encounters import get, start
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program.encounters import MOST_SEATS
from program.errors import Refusal
from program.text import Text
from storage.tables import Encounter

router = APIRouter(prefix="/encounters/{encounter_id}")


@router.get("/edit", name="encounter-edit")
async def edit(request: Request, staff: Signed, work: Reading, encounter_id: int) -> Response:
    one = await get(work, encounter_id)
    encounters.require_open(work, one)
    stands = FormData({name: value for name, (_, value) in _stands(work, one).items()})
    return _editor(request, work, one, Typed(stands, house(request).texts), _editing(work, one))


@router.post("/edit", name="encounter-change")
async def change(
    request: Request, staff: Signed, work: Changing, form: Fields, encounter_id: int
) -> Response:
    await turn(work, f"encounter:{encounter_id}")
    one = await get(work, encounter_id)
    typed = Typed(form, house(request).texts)
    editing = _editing(work, one)
    if await editing.clashes(work, typed):
        return _editor(request, work, one, typed, editing)
    starts_at = start(typed, work)
    facts = Facts(
        topic=typed.text("topic", encounters.LONGEST_TOPIC, "encounters-staff-topic-missing"),
        about=typed.text("about", encounters.LONGEST_ABOUT),
        starts_at=starts_at or one.starts_at,
        minutes=typed.number("minutes", 5, encounters.LONGEST_MEETING),
        seats=one.seats if shown.is_of_two(one) else typed.number("seats", 1, MOST_SEATS),
        place=typed.text("place", 200),
        link=typed.text("link", 300),
    )
    if facts.link and not facts.link.startswith("https://"):
        typed.wrong("link", "meeting-link-unclear")
    if typed.problems:
        return _editor(request, work, one, typed, editing)
    try:
        async with work.session.begin_nested():
            done = await changes.change(work, encounter_id, facts)
    except Refusal as refusal:
        typed.refused("seats" if refusal.text.id == "encounters-seats-taken" else "topic", refusal)
        return _editor(request, work, one, typed, editing)
    call = ".".join(str(reader.id) for reader in done.to_call[:20])
    word = "encounter-changed" if done.fields else "encounter-same"
    return back(request, "encounter", word, query=f"call={call}" if call else "", encounter_id=encounter_id)


def _stands(work: Work, one: Encounter) -> dict[str, tuple[str, str]]:
    """What is announced, by the fields of the form: label and value."""
    at = one.starts_at.astimezone(work.zone)
    stands = {
        "topic": ("encounters-row-topic", one.topic),
        "about": ("encounters-row-about", one.about),
        "day": ("encounters-row-day", f"{at:%Y-%m-%d}"),
        "clock": ("encounters-row-time", f"{at:%H:%M}"),
        "minutes": ("encounters-staff-minutes", str(one.minutes)),
        "seats": ("encounters-row-seats", str(one.seats)),
        "place": ("meeting-row-place", one.place),
        "link": ("meeting-row-link", one.link),
    }
    if shown.is_of_two(one):
        del stands["seats"]
    return stands


def _editing(work: Work, one: Encounter) -> Editing:
    fields = {name: Field(Text(label), value) for name, (label, value) in _stands(work, one).items()}
    return Editing(f"encounter:{one.id}", fields)


def _editor(request: Request, work: Work, one: Encounter, typed: Typed, editing: Editing) -> Response:
    return page(
        request,
        "encounters/edit.html",
        work,
        section="encounters",
        status=422 if typed.problems else 200,
        one=one,
        of_two=shown.is_of_two(one),
        typed=typed,
        problems=typed.problems,
        **context(editing, work.now),
    )

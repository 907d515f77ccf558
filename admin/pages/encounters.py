"""«Разовые встречи»: what is planned, offers to decide, who came; one page for each meeting."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import encounter_messages as shown
from actions import encounter_people, encounters, queue_doors
from actions.encounters import Draft
from actions.queue_doors import Invited
from actions.work import Work
from admin.forms import Typed
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program.encounters import (
    BY_SIGN_UP,
    MOST_ROUNDS,
    MOST_SEATS,
    Audience,
    EncounterKind,
    EncounterState,
)
from program.errors import Refusal
from program.ids import id_in
from program.roles import Category, Side, StaffRole
from program.rounds import Plan
from program.states import MeetingFormat
from storage import encounters as rows
from storage import lists
from storage.tables import Encounter

router = APIRouter(prefix="/encounters")

AGAIN = 40  # meetings of the past that are listed
RECENT = timedelta(days=14)  # meetings of two that fell away stay in sight so long


@router.get("", name="encounters")
async def all_of_them(request: Request, staff: Signed, work: Reading) -> Response:
    found = await rows.of_year(work.session, work.school.id, work.settings.year)
    ahead = [one for one in found if one.state == EncounterState.OPEN and one.starts_at > work.now]
    return page(
        request,
        "encounters/encounters.html",
        work,
        section="encounters",
        offers=[one for one in found if one.state == EncounterState.PROPOSED],
        unmarked=[one for one in found if one.state == EncounterState.OPEN and one.starts_at <= work.now],
        ahead=sorted(ahead, key=lambda one: one.starts_at),
        past=[one for one in found if one.state == EncounterState.HELD][:AGAIN],
        off=[
            one
            for one in found
            if one.state == EncounterState.CANCELLED
            and shown.is_of_two(one)
            and one.closed_at is not None
            and one.closed_at > work.now - RECENT
        ],
        counts=await rows.counts(work.session, work.school.id, work.settings.year),
        seated=shown.seated,
    )


@router.get("/new", name="encounter-new")
async def new(request: Request, staff: Signed, work: Reading) -> Response:
    meant = await _meant(work, request.query_params.get("for", ""))
    return await _editor(request, work, Typed.empty(), meant)


@router.post("/new", name="encounter-make")
async def make(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    meant = await _meant(work, typed.words("for", 15))
    kind = typed.one_of("kind", EncounterKind)
    if kind is not None and kind not in BY_SIGN_UP:
        typed.wrong("kind", "admin-field-choose")
    topic = typed.text("topic", encounters.LONGEST_TOPIC, "encounters-staff-topic-missing")
    about = typed.text("about", encounters.LONGEST_ABOUT)
    starts_at = start(typed, work)
    seats = typed.number("seats", 1, MOST_SEATS)
    minutes = typed.number("minutes", 5, encounters.LONGEST_MEETING)
    rounds = typed.number("rounds", 1, MOST_ROUNDS) if kind is EncounterKind.SPEED else 0
    link = typed.text("link", 300)
    if link and not link.startswith("https://"):
        typed.wrong("link", "meeting-link-unclear")
    classes = await lists.classes(work.session, work.school.id)
    if typed.problems or kind is None or starts_at is None:
        return await _editor(request, work, typed, meant)
    host = typed.words("host", 15)
    draft = Draft(
        topic=topic, starts_at=starts_at, kind=kind, about=about, minutes=minutes,
        format=MeetingFormat.ONLINE if link else MeetingFormat.OFFLINE, place=typed.text("place", 200), link=link,
        seats=seats, rounds=rounds, host=int(host) if host.isdecimal() and kind is EncounterKind.FLASH else None,
        reverse=bool(typed.words("reverse")),
        audience=Audience(typed.chosen("categories", list(Category)), typed.chosen("classes", classes)),
    )  # fmt: skip
    try:
        async with work.session.begin_nested():
            made = await encounters.publish(work, draft)
    except Refusal as refusal:
        typed.refused("topic", refusal)
        return await _editor(request, work, typed, meant)
    if meant is not None:
        chosen = [who for key, who in meant.people.items() if key in ids(typed, "guests")]
        await queue_doors.invite_some(work, made.id, chosen)
    return back(request, "encounter", "encounter-open", encounter_id=made.id)


@router.get("/{encounter_id}", name="encounter")
async def one(request: Request, staff: Signed, work: Reading, encounter_id: int) -> Response:
    encounter = await get(work, encounter_id)
    everybody = {seat.person_id: seat.person for seat in encounter.taken}
    if encounter.host is not None:
        everybody[encounter.host.id] = encounter.host
    # What was said silently is for the curator alone.
    private = staff.role is StaffRole.CURATOR
    said = await rows.impressions(work.session, work.school.id, encounter.id) if private else ()
    made = Plan.read(encounter.plan)
    leaders = await encounter_people.leaders(work) if encounter.kind == EncounterKind.SPEED else {}
    seats = shown.seated(encounter)
    outside = [who for key, who in sorted(leaders.items()) if key not in {seat.person_id for seat in seats}]
    return page(
        request,
        "encounters/encounter.html",
        work,
        section="encounters",
        one=encounter,
        seats=seats,
        queue=shown.queue(encounter),
        everybody=everybody,
        said=[line for line in said if line.person_id in everybody and line.about_id in everybody],
        audience=Audience.read(encounter.audience),
        plan=made,
        leading=[seat for seat in seats if seat.side == Side.MENTOR],
        instead=outside,
        begun=encounter.starts_at <= work.now,
        to_call=[everybody[one] for one in _named(request) if one in everybody],
        now=work.now,
    )


@router.post("/{encounter_id}/decide", name="encounter-decide")
async def decide(
    request: Request, staff: Signed, work: Changing, form: Fields, encounter_id: int
) -> Response:
    await get(work, encounter_id)
    yes = form.get("answer") == "yes"
    await encounters.decide(work, encounter_id, yes=yes)
    return back(request, "encounters", "encounter-open" if yes else "encounter-not")


@router.post("/{encounter_id}/invite", name="encounter-invite")
async def invite(request: Request, staff: Signed, work: Changing, encounter_id: int) -> Response:
    await get(work, encounter_id)
    await encounters.invite(work, encounter_id)
    return back(request, "encounter", "encounter-invited", encounter_id=encounter_id)


@router.post("/{encounter_id}/cancel", name="encounter-cancel")
async def cancel(request: Request, staff: Signed, work: Changing, encounter_id: int) -> Response:
    await get(work, encounter_id)
    await encounters.call_off(work, await encounters.held(work, encounter_id))
    return back(request, "encounters", "encounter-off")


@router.post("/{encounter_id}/came", name="encounter-came")
async def came(request: Request, staff: Signed, work: Changing, form: Fields, encounter_id: int) -> Response:
    await get(work, encounter_id)
    typed = Typed(form, house(request).texts)
    await encounters.attendance(work, encounter_id, ids(typed, "came"))
    return back(request, "encounter", "encounter-came", encounter_id=encounter_id)


async def get(work: Work, encounter_id: int) -> Encounter:
    """A meeting of this school with its people. Raises 404."""
    found = await rows.get(work.session, work.school.id, encounter_id)
    if found is None:
        raise HTTPException(404)
    return found


def start(typed: Typed, work: Work, day: str = "day", clock: str = "clock") -> datetime | None:
    """An instant by the school's clock from a field of a day and one of an hour; must lie ahead."""
    on = typed.day(day)
    try:
        at = time.fromisoformat(typed.words(clock, 5))
    except ValueError:
        typed.wrong(clock, "encounters-staff-clock")
        return None
    if on is None:
        return None
    starts_at = datetime.combine(on, at.replace(tzinfo=None), work.zone)
    if starts_at <= work.now:
        typed.wrong(day, "encounters-past")
    return starts_at


def ids(typed: Typed, field: str) -> set[int]:
    return {number for value in typed.many(field) if (number := id_in(value))}


def _named(request: Request) -> list[int]:
    """People whom no message reaches in time, named by the page that changed the meeting."""
    found = (id_in(part) for part in request.query_params.get("call", "")[:400].split("."))
    return [one for one in found if one]


async def _meant(work: Work, place: str) -> Invited | None:
    """Somebody of the queue for whom the meeting is made, with others who asked for the same."""
    return await queue_doors.company(work, id_in(place) or 0) if place else None


async def _editor(request: Request, work: Work, typed: Typed, meant: Invited | None = None) -> Response:
    leaders = await encounter_people.leaders(work)
    return page(
        request,
        "encounters/new.html",
        work,
        section="encounters",
        status=422 if typed.problems else 200,
        typed=typed,
        problems=typed.problems,
        meant=meant,
        leaders=sorted(leaders.values(), key=lambda who: who.plain),
        kinds=BY_SIGN_UP,
        categories=tuple(Category),
        classes=await lists.classes(work.session, work.school.id),
        minutes=work.settings.meeting_minutes,
    )

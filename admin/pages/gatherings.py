"""«Общие встречи»: calling the first and the last meeting of the programme, who comes, who came."""

from __future__ import annotations

from datetime import datetime, time

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import gatherings
from actions.audiences import Audience
from actions.gatherings import Draft
from actions.work import Work
from admin.forms import Typed
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program.errors import Refusal
from program.gatherings import KINDS, LONGEST_ABOUT, LONGEST_GUESTS, MOST_MINUTES, GatheringState
from program.ids import id_in
from program.states import MeetingFormat, MeetingKind
from program.text import Text
from storage import gatherings as rows
from storage import lists
from storage.tables import Gathering

router = APIRouter(prefix="/gatherings")


@router.get("", name="gatherings")
async def all_of_them(request: Request, staff: Signed, work: Reading) -> Response:
    found = await rows.of_year(work.session, work.school.id, work.settings.year)
    return page(
        request,
        "gatherings/gatherings.html",
        work,
        section="gatherings",
        found=found,
        counts=counts,
        now=work.now,
    )


@router.get("/new", name="gathering-new")
async def new(request: Request, staff: Signed, work: Reading) -> Response:
    return await _editor(request, work, Typed.empty(), None)


@router.post("/new", name="gathering-call")
async def call(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    kind = typed.words("kind")
    if kind not in KINDS:
        typed.wrong("kind", "admin-field-choose")
    draft = _read(typed, work, MeetingKind(kind) if kind in KINDS else MeetingKind.M0)
    made = None
    if draft is not None and not typed.problems:
        try:
            async with work.session.begin_nested():
                made = await gatherings.call(work, draft)
        except Refusal as refusal:
            typed.refused("day", refusal)
    if made is None:
        return await _editor(request, work, typed, None)
    return back(request, "gathering", "gathering-called", gathering_id=made.id)


@router.get("/{gathering_id}", name="gathering")
async def one(request: Request, staff: Signed, work: Reading, gathering_id: int) -> Response:
    gathering = await get(work, gathering_id)
    return page(
        request,
        "gatherings/gathering.html",
        work,
        section="gatherings",
        one=gathering,
        people=sorted(gathering.invited, key=lambda seat: seat.person.plain),
        counts=counts(gathering),
        audience=Audience.read(gathering.audience),
        planned=gathering.state == GatheringState.PLANNED,
        begun=gathering.starts_at <= work.now,
    )


@router.get("/{gathering_id}/edit", name="gathering-edit")
async def edit(request: Request, staff: Signed, work: Reading, gathering_id: int) -> Response:
    return await _editor(request, work, Typed.empty(), await get(work, gathering_id))


@router.post("/{gathering_id}/edit", name="gathering-change")
async def change(
    request: Request, staff: Signed, work: Changing, form: Fields, gathering_id: int
) -> Response:
    await turn(work, f"gathering:{gathering_id}")
    gathering = await get(work, gathering_id)
    typed = Typed(form, house(request).texts)
    editing = _editing(work, gathering)
    if await editing.clashes(work, typed):
        return await _editor(request, work, typed, gathering, editing)
    draft = _read(typed, work, MeetingKind(gathering.kind))
    if draft is not None and not typed.problems:
        try:
            async with work.session.begin_nested():
                await gatherings.change(work, gathering_id, draft)
            return back(request, "gathering", "gathering-changed", gathering_id=gathering_id)
        except Refusal as refusal:
            typed.refused("day", refusal)
    return await _editor(request, work, typed, gathering)


@router.post("/{gathering_id}/invite", name="gathering-invite")
async def invite(request: Request, staff: Signed, work: Changing, gathering_id: int) -> Response:
    await get(work, gathering_id)
    await gatherings.invite(work, gathering_id)
    return back(request, "gathering", "gathering-invited", gathering_id=gathering_id)


@router.post("/{gathering_id}/off", name="gathering-off")
async def off(request: Request, staff: Signed, work: Changing, gathering_id: int) -> Response:
    await get(work, gathering_id)
    await gatherings.call_off(work, gathering_id)
    return back(request, "gathering", "gathering-off", gathering_id=gathering_id)


@router.post("/{gathering_id}/came", name="gathering-came")
async def came(request: Request, staff: Signed, work: Changing, form: Fields, gathering_id: int) -> Response:
    await get(work, gathering_id)
    ticked = Typed(form, house(request).texts).many("came")
    there = {number for value in ticked if (number := id_in(value))}
    await gatherings.attendance(work, gathering_id, there)
    return back(request, "gathering", "gathering-came", gathering_id=gathering_id)


async def get(work: Work, gathering_id: int) -> Gathering:
    """A gathering of this school with those invited. Raises 404."""
    found = await rows.get(work.session, work.school.id, gathering_id)
    if found is None:
        raise HTTPException(404)
    return found


def counts(gathering: Gathering) -> dict[str, int]:
    """Of those invited: all, coming, not coming, silent, came."""
    seats = gathering.invited
    return {
        "invited": len(seats),
        "coming": sum(seat.coming is True for seat in seats),
        "not": sum(seat.coming is False for seat in seats),
        "silent": sum(seat.coming is None for seat in seats),
        "came": sum(seat.came is True for seat in seats),
    }


def _read(typed: Typed, work: Work, kind: MeetingKind) -> Draft | None:
    """What was typed; None, or a problem noted in `typed`, where it cannot be called so."""
    on = typed.day("day")
    try:
        at = time.fromisoformat(typed.words("clock", 5))
    except ValueError:
        typed.wrong("clock", "meetings-gathering-clock-odd")
        return None
    format = typed.one_of("format", MeetingFormat)
    minutes = typed.number("minutes", 10, MOST_MINUTES)
    place, link = typed.text("place", 200), typed.text("link", 300)
    about, guests = typed.text("about", LONGEST_ABOUT), typed.text("guests", LONGEST_GUESTS)
    if on is None or format is None:
        return None
    return Draft(
        kind=kind,
        starts_at=datetime.combine(on, at.replace(tzinfo=None), work.zone),
        minutes=minutes,
        format=format,
        place=place,
        link=link if format is MeetingFormat.ONLINE else "",
        about=about,
        guests=guests,
        audience=Audience(
            forms=typed.chosen("forms", work.settings.forms), classes=tuple(typed.many("classes"))[:100]
        ),
    )


def _editing(work: Work, now: Gathering) -> Editing:
    """A called meeting as the form shows it."""
    kept, formats = _kept(work, now), {one.value: Text(f"meeting-format-{one}") for one in MeetingFormat}
    names = [name for name in kept if name != "kind"]
    return Editing(
        f"gathering:{now.id}",
        {name: Field(Text(f"meetings-gathering-{name}"), kept[name], formats) for name in names},
    )


def _kept(work: Work, now: Gathering | None) -> dict[str, str]:
    """What stands in the fields: of this one, or of a new one."""
    local = now.starts_at.astimezone(work.zone) if now else None
    return {
        "kind": str(now.kind) if now else str(KINDS[0]),
        "day": local.date().isoformat() if local else "",
        "clock": f"{local:%H:%M}" if local else "",
        "minutes": str(now.minutes if now else 60),
        "format": str(now.format) if now else str(MeetingFormat.OFFLINE),
        "place": now.place if now else work.settings.meeting_place,
        "link": now.link if now else "",
        "about": now.about if now else "",
        "guests": now.guests if now else "",
    }


async def _editor(
    request: Request, work: Work, typed: Typed, now: Gathering | None, editing: Editing | None = None
) -> Response:
    kept = _kept(work, now)
    values = {name: typed.words(name, LONGEST_GUESTS) for name in kept} if typed.problems else kept
    editing = editing or (_editing(work, now) if now else None)
    return page(
        request,
        "gatherings/edit.html",
        work,
        section="gatherings",
        status=422 if typed.problems else 200,
        typed=typed,
        problems=typed.problems,
        values=values,
        now=now,
        kinds=KINDS,
        formats=tuple(MeetingFormat),
        enabled=work.settings.forms,
        classes=await lists.classes(work.session, work.school.id),
        **(context(editing, work.now) if editing else {"stamp": "", "clash": None}),
    )

"""«Отбор наставников»: candidates with what they lack, the checklist, interviews, training, the curator's word."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import directories, paper, selection
from actions.selection import Standing
from actions.work import Work
from admin.forms import Typed
from admin.listing import Source, download, view
from admin.lists import selection as listed
from admin.show import back, page
from admin.tables import Table
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house, looked, words
from program.directories import Directory
from program.errors import Refusal
from program.selection import CRITERIA, MOST, READ, TOPIC, Decision, Setting, Talk, points
from program.text import Text, raw
from storage import selection as rows
from storage.tables import Participation

router = APIRouter(prefix="/selection")

# Which field a refusal to the interview card is about.
_FIELD = {"selection-marks-odd": "mark-motivation", "selection-day-ahead": "held_on"}


@router.get("", name="selection")
async def candidates(request: Request, staff: Signed, work: Reading) -> Response:
    table, source = await _built(work)
    return page(
        request,
        "selection/candidates.html",
        work,
        section="selection",
        view=await view(request, staff, work, table, source),
        busy=await rows.in_pairs(work.session, work.school.id, work.settings.year),
    )


@router.post("/file", name="selection-file")
async def candidates_file(request: Request, staff: Signed) -> Response:
    return await download(request, staff, _built)


async def _built(work: Work) -> tuple[Table[Standing], Source[Standing]]:
    places = await rows.places(work.session, work.school.id, work.settings.year)
    known = await selection.standings(work, places)
    busy = await rows.in_pairs(work.session, work.school.id, work.settings.year)
    return listed.built(work, known.values(), busy)


@router.get("/training", name="training")
async def training(request: Request, staff: Signed, work: Reading) -> Response:
    return await _training(request, work, Typed.empty(), request.query_params.get("topic", ""))


@router.post("/training", name="training-save")
async def trained(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    topic = typed.words("topic", 60)
    await turn(work, f"training:{topic}")
    editing = await _noted(work, topic)
    if await editing.clashes(work, typed):
        return await _training(request, work, typed, topic, editing)
    on = typed.day(f"on-{topic}", latest=work.today)
    chosen = set(typed.many("people"))
    persons = {str(place.person_id): place.person for place in await _mentors(work)}
    there = [person for key, person in persons.items() if key in chosen]
    if not there:
        typed.wrong(f"who-{topic}", "selection-training-was")
    if typed.problems or on is None:
        return await _training(request, work, typed, topic)
    await selection.attended(work, topic, there, on)
    return back(request, "training", "trained", at=f"topic-{topic}")


@router.get("/{place_id}", name="candidate")
async def candidate(request: Request, staff: Signed, work: Reading, place_id: int) -> Response:
    place = await _place(work, place_id)
    await looked(request, staff, work, "mentor.opened", f"person:{place.person_id}")
    return await _card(request, work, place, Typed.empty())


@router.post("/{place_id}/tick", name="candidate-tick")
async def tick(request: Request, staff: Signed, work: Changing, form: Fields, place_id: int) -> Response:
    place = await _place(work, place_id)
    typed = Typed(form, house(request).texts)
    item = typed.words("item", 64)
    on = typed.day(f"on-{item}", latest=work.today)
    until = None
    if typed.words(f"until-{item}"):
        until = typed.day(f"until-{item}")
    if typed.problems or on is None:
        return await _card(request, work, place, typed)
    await selection.tick(work, place.person, item, on, until)
    return back(request, "candidate", "ticked", place_id=place.id)


@router.post("/{place_id}/untick", name="candidate-untick")
async def untick(request: Request, staff: Signed, work: Changing, form: Fields, place_id: int) -> Response:
    place = await _place(work, place_id)
    await selection.untick(work, place.person, words(form, "item", 64))
    return back(request, "candidate", "unticked", place_id=place.id)


@router.post("/{place_id}/interview", name="candidate-interview")
async def interview(request: Request, staff: Signed, work: Changing, form: Fields, place_id: int) -> Response:
    place = await _place(work, place_id)
    await turn(work, f"person:{place.person_id}")
    typed = Typed(form, house(request).texts)
    editing = await _editing(work, place)
    if await editing.clashes(work, typed):
        return await _card(request, work, place, typed, editing)
    on = typed.day("held_on", latest=work.today)
    setting = typed.one_of("setting", Setting)
    decision = typed.one_of("decision", Decision)
    marks = {name: typed.number(f"mark-{name}", 0, MOST) for name in CRITERIA}
    notes, risk = typed.text("notes", 2000), typed.text("risk", 2000)
    reason, who = typed.text("reason", 300), typed.text("interviewers", 300)
    if not typed.problems and on is not None and setting is not None and decision is not None:
        talk = Talk(on, setting, who, marks, decision, notes, risk, reason)
        try:
            await selection.interviewed(work, place.person, talk)
        except Refusal as refusal:
            typed.problems[_FIELD.get(refusal.text.id, "reason")] = house(request).texts(refusal.text)
    if typed.problems:
        return await _card(request, work, place, typed)
    return back(request, "candidate", "interviewed", place_id=place.id)


@router.post("/{place_id}/admit", name="candidate-admit")
async def admit(request: Request, staff: Signed, work: Changing, form: Fields, place_id: int) -> Response:
    place = await _place(work, place_id)
    await paper.admit(work, place.person, place.id, words(form, "why"))
    return back(request, "candidate", "admitted", place_id=place.id)


@router.post("/{place_id}/suspend", name="candidate-suspend")
async def suspend(request: Request, staff: Signed, work: Changing, form: Fields, place_id: int) -> Response:
    place = await _place(work, place_id)
    await selection.suspend(work, place.person, place.id)
    return back(request, "candidate", "suspended", place_id=place.id)


@router.post("/{place_id}/shortlist", name="candidate-shortlist")
async def shortlist(request: Request, staff: Signed, work: Changing, form: Fields, place_id: int) -> Response:
    place = await _place(work, place_id)
    await selection.shortlist(work, place.person, place.id, on=words(form, "on") == "yes")
    if words(form, "list"):
        return back(request, "selection", "shortlist")
    return back(request, "candidate", "shortlist", place_id=place.id)


async def _place(work: Work, place_id: int) -> Participation:
    found = await rows.place(work.session, work.school.id, place_id)
    if found is None:
        raise HTTPException(404)
    return found


async def _mentors(work: Work) -> Sequence[Participation]:
    return await rows.places(work.session, work.school.id, work.settings.year)


async def _editing(work: Work, place: Participation) -> Editing:
    """Whoever writes a talk down is told of one that a colleague has written down meanwhile."""
    found = (await rows.talks(work.session, work.school.id, [place.person_id])).get(place.person_id, [])
    told = str(len(found))
    return Editing(f"person:{place.person_id}", {"talks": Field(Text("selection-interviews-written"), told)})


async def _card(
    request: Request, work: Work, place: Participation, typed: Typed, editing: Editing | None = None
) -> Response:
    session, school = work.session, work.school.id
    standing = (await selection.standings(work, [place]))[place.id]
    entries = {one.slug: one for one in await directories.entries(work, Directory.REQUIREMENT)}
    topics = await directories.entries(work, Directory.TRAINING)
    marks = (await rows.marks(session, school, [place.person_id])).get(place.person_id, {})
    names = {
        slug: one.name
        for slug in (standing.candidacy.waived if standing.candidacy else ())
        if (one := await directories.entry(work, Directory.REQUIREMENT, slug)) is not None
    }
    return page(
        request,
        "selection/candidate.html",
        work,
        section="selection",
        status=422 if typed.problems else 200,
        place=place,
        person=place.person,
        standing=standing,
        lacks={gap.requirement: gap for gap in standing.gaps},
        entries=entries,
        topics=topics,
        marks=marks,
        topic_mark=TOPIC,
        read_mark=READ,
        waived=list(names.values()),
        interviews=(await rows.talks(session, school, [place.person_id])).get(place.person_id, []),
        points=points,
        criteria=CRITERIA,
        decisions=tuple(Decision),
        settings_=tuple(Setting),
        most=MOST,
        today=work.today,
        can_tick=lambda slug: slug in entries and selection.can_tick(entries[slug]),
        typed=typed,
        problems=typed.problems,
        **context(editing or await _editing(work, place), work.now),
    )


async def _noted(work: Work, topic: str) -> Editing:
    """Whoever notes who was at a training is told of those whom a colleague has noted meanwhile: their day stays."""
    persons = {place.person_id: place.person for place in await _mentors(work)}
    marks = await rows.marks(work.session, work.school.id, list(persons))
    found = {key: mark for key in persons if (mark := marks.get(key, {}).get(TOPIC + topic)) is not None}
    newest = max(found.values(), key=lambda one: one.entered_at, default=None)
    names = {str(key): raw(persons[key].full_name) for key in found}
    return Editing(
        f"training:{topic}",
        {"noted": Field(Text("selection-training-noted"), list(names), names)},
        (newest.entered_by, newest.entered_at) if newest is not None else None,
    )


async def _training(
    request: Request, work: Work, typed: Typed, open_topic: str, editing: Editing | None = None
) -> Response:
    places = await _mentors(work)
    persons = list({place.person_id: place.person for place in places}.values())
    marks = await rows.marks(work.session, work.school.id, [person.id for person in persons])
    return page(
        request,
        "selection/training.html",
        work,
        section="selection",
        status=422 if typed.problems else 200,
        topics=await directories.entries(work, Directory.TRAINING),
        persons=persons,
        marks=marks,
        topic_mark=TOPIC,
        read_mark=READ,
        open_topic=open_topic,
        today=work.today,
        typed=typed,
        problems=typed.problems,
        **context(editing or await _noted(work, open_topic), work.now),
    )

"""One event of the road map: its words, where it stands, its documents; and the stages of a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from actions import roadmap as verbs
from actions import roadmap_events as events
from actions import roadmap_words as said
from actions.roadmap_events import Words
from actions.work import Work
from admin import sure
from admin.access import RULES, may
from admin.forms import Typed
from admin.journal_words import names_of
from admin.pages.roadmap import year_of
from admin.show import back, file, page
from admin.versions import Clash, Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house, words
from program import roadmap as rules
from program.errors import Refusal
from program.ids import id_in
from program.paper_files import LARGEST
from program.roadmap import FUNCTIONS, LONGEST_TITLE, LONGEST_WORDS, Status
from program.text import Text, raw
from storage import accounts, files, school_papers
from storage import roadmap as rows
from storage.tables import RoadmapEvent, RoadmapStage

router = APIRouter(prefix="/roadmap")

DAYS = ("starts_on", "ends_on")
LINES = ("term", "owner", "result", "effect")


@router.get("/new", name="roadmap-new")
async def new(request: Request, staff: Signed, work: Reading) -> Response:
    year = year_of(work, request.query_params.get("year", ""))
    return await _form(request, work, year, None, Typed.empty(), request.query_params.get("stage", ""))


@router.post("/new", name="roadmap-add")
async def add(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    read = _words(typed)
    if not typed.problems:
        try:
            made = await events.add(work, read)
        except Refusal as refusal:
            typed.refused("title", refusal)
        else:
            return back(request, "roadmap", "roadmap-saved", query=f"year={made.year}", at=f"event-{made.id}")
    return await _form(request, work, year_of(work, typed.words("year")), None, typed, typed.words("stage"))


@router.get("/events/{event_id}", name="roadmap-event")
async def one(request: Request, staff: Signed, work: Reading, event_id: int) -> Response:
    event = await _get(work, event_id)
    return await _page(request, staff.role, work, event, Typed.empty(), await _editing(work, event))


@router.post("/events/{event_id}", name="roadmap-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields, event_id: int) -> Response:
    await turn(work, f"roadmap-event:{event_id}")
    event = await _get(work, event_id)
    typed = Typed(form, house(request).texts)
    editing = await _editing(work, event)
    if not await editing.clashes(work, typed):
        read = _words(typed)
        if not typed.problems:
            try:
                await events.edit(work, event_id, read)
            except Refusal as refusal:
                typed.refused("title", refusal)
            else:
                return back(
                    request, "roadmap", "roadmap-saved", query=f"year={event.year}", at=f"event-{event_id}"
                )
    return await _page(request, staff.role, work, event, typed, editing)


@router.post("/events/{event_id}/mark", name="roadmap-mark")
async def mark(request: Request, staff: Signed, work: Changing, form: Fields, event_id: int) -> Response:
    event = await _get(work, event_id)
    typed = Typed(form, house(request).texts)
    status = typed.one_of("state", Status)
    on = typed.day("done_on", work.today) if status is Status.DONE and typed.words("done_on") else None
    if status is None or typed.problems:
        return await _page(request, staff.role, work, event, typed, await _editing(work, event))
    await events.mark(work, event_id, status, on)
    return back(request, "roadmap", "roadmap-marked", query=f"year={event.year}", at=f"event-{event_id}")


@router.post("/events/{event_id}/move", name="roadmap-move")
async def move(request: Request, staff: Signed, work: Changing, form: Fields, event_id: int) -> Response:
    event = await _get(work, event_id)
    await events.move(work, event_id, -1 if words(form, "way", 9) == "up" else 1)
    return back(request, "roadmap", "roadmap-moved", query=f"year={event.year}", at=f"event-{event_id}")


@router.post("/events/{event_id}/remove", name="roadmap-remove")
async def remove(request: Request, staff: Signed, work: Changing, event_id: int) -> Response:
    await _get(work, event_id)
    year = await events.remove(work, event_id)
    return back(request, "roadmap", "roadmap-removed", query=f"year={year}")


@router.post("/events/{event_id}/documents", name="roadmap-attach")
async def attach(request: Request, staff: Signed, work: Changing, form: Fields, event_id: int) -> Response:
    event = await _get(work, event_id)
    typed = Typed(form, house(request).texts)
    paper, url = id_in(typed.words("paper", 20)), typed.words("url", 301)
    field = "url" if url else "paper" if paper else "file"
    try:
        if url:
            await events.attach_link(work, event_id, url, typed.words("name"))
        elif paper:
            await events.attach_paper(work, event_id, paper)
        else:
            name, data = await uploaded(form)
            await events.attach_file(work, event_id, name, data, typed.words("name"))
    except Refusal as refusal:
        typed.refused(field, refusal)
        return await _page(request, staff.role, work, event, typed, await _editing(work, event))
    return back(request, "roadmap-event", "roadmap-attached", event_id=event_id, at="documents")


@router.post("/events/{event_id}/documents/remove", name="roadmap-detach")
async def detach(request: Request, staff: Signed, work: Changing, form: Fields, event_id: int) -> Response:
    event = await _get(work, event_id)
    number = id_in(words(form, "proof", 20)) or 0
    proof = next((one for one in event.proofs if one.id == number), None)
    if proof is not None and proof.file_id:  # an address or a paper of the school can be put there again
        asking = sure.asked(
            request,
            form,
            work,
            what=Text("sure-proof"),
            effect=Text("sure-proof-effect", {"title": raw(proof.title)}),
            do="sure-proof-do",
            stay=f"{request.app.url_path_for('roadmap-event', event_id=event.id)}#documents",
            section="roadmap",
        )
        if asking is not None:
            return asking
    await events.detach(work, event_id, number)
    return back(request, "roadmap-event", "roadmap-detached", event_id=event_id, at="documents")


@router.get("/documents/{proof_id}", name="roadmap-proof")
async def proof(request: Request, staff: Signed, work: Reading, proof_id: int) -> Response:
    """A file is downloaded; a paper of the school and an address lead on."""
    found = await rows.proof(work.session, work.school.id, proof_id)
    if found is None:
        raise HTTPException(404)
    if found.paper_id:
        return RedirectResponse(
            request.app.url_path_for("school-paper-file", paper_id=found.paper_id), status_code=303
        )
    if found.url:
        return RedirectResponse(found.url, status_code=303)
    kept = await files.get(work.session, work.school.id, found.file_id or 0)
    if kept is None:
        raise HTTPException(404)
    return file(kept.data, kept.name, kept.content_type)


@router.get("/stages", name="roadmap-stages")
async def stages(request: Request, staff: Signed, work: Reading) -> Response:
    return await _stages(request, work, year_of(work, request.query_params.get("year", "")), Typed.empty())


@router.post("/stages", name="roadmap-stage-add")
async def add_stage(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    year, title = year_of(work, typed.words("year")), typed.text("title", LONGEST_TITLE)
    if typed.problems:
        return await _stages(request, work, year, typed)
    try:
        await verbs.add_stage(work, year, title)
    except Refusal as refusal:
        typed.refused("title", refusal)
        return await _stages(request, work, year, typed)
    return back(request, "roadmap-stages", "roadmap-stage", query=f"year={year}")


@router.post("/stages/name", name="roadmap-stage-save")
async def save_stage(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    """The stage is named in the query, not in the path: one that a colleague has removed is answered here, not by a 404."""
    typed = Typed(form, house(request).texts)
    stage_id = id_in(request.query_params.get("stage", "")) or 0
    await turn(work, f"roadmap-stage:{stage_id}")
    stage = await rows.stage(work.session, work.school.id, stage_id)
    if stage is None:
        return await _stage_gone(request, work, typed, stage_id)
    year, editing = stage.year, _stage_editing(stage)
    if await editing.clashes(work, typed):
        return await _stages(request, work, year, typed, {stage_id: editing})
    title = typed.text(f"title-{stage_id}", LONGEST_TITLE)
    if typed.problems:
        return await _stages(request, work, year, typed)
    try:
        await verbs.rename_stage(work, stage_id, title)
    except Refusal as refusal:
        typed.refused(f"title-{stage_id}", refusal)
        return await _stages(request, work, year, typed)
    return back(request, "roadmap-stages", "roadmap-stage", query=f"year={year}")


@router.post("/stages/{stage_id}/move", name="roadmap-stage-move")
async def move_stage(
    request: Request, staff: Signed, work: Changing, form: Fields, stage_id: int
) -> Response:
    year = await _year_of_stage(work, stage_id)
    await verbs.move_stage(work, stage_id, -1 if words(form, "way", 9) == "up" else 1)
    return back(request, "roadmap-stages", "roadmap-stage", query=f"year={year}")


@router.post("/stages/{stage_id}/remove", name="roadmap-stage-remove")
async def remove_stage(request: Request, staff: Signed, work: Changing, stage_id: int) -> Response:
    await _year_of_stage(work, stage_id)
    year = await verbs.remove_stage(work, stage_id)
    return back(request, "roadmap-stages", "roadmap-stage-removed", query=f"year={year}")


async def uploaded(form: FormData, field: str = "file") -> tuple[str, bytes]:
    """Name and bytes of a file in a form, a little past the limit at most; nothing where none was chosen."""
    found = form.get(field)
    if not isinstance(found, UploadFile) or not found.filename:
        return "", b""
    return found.filename, await found.read(LARGEST + 1)


async def _get(work: Work, event_id: int) -> RoadmapEvent:
    found = await rows.event(work.session, work.school.id, event_id)
    if found is None:
        raise HTTPException(404)
    return found


async def _year_of_stage(work: Work, stage_id: int) -> str:
    found = await rows.stage(work.session, work.school.id, stage_id)
    if found is None:
        raise HTTPException(404)
    return found.year


def _words(typed: Typed) -> Words:
    starts_on, ends_on = (typed.day(name) if typed.words(name) else None for name in DAYS)
    if starts_on and ends_on and ends_on < starts_on:
        typed.wrong("ends_on", "roadmap-days-odd")
    function = typed.words("function")
    return Words(
        title=typed.text("title", LONGEST_TITLE, "roadmap-title-missing"),
        stage_id=id_in(typed.words("stage", 20)) or 0,
        content=typed.text("content", LONGEST_WORDS),
        starts_on=starts_on,
        ends_on=ends_on,
        term=typed.text("term", LONGEST_TITLE),
        owner_id=id_in(typed.words("owner_id", 20)) or 0,
        owner=typed.text("owner", LONGEST_TITLE),
        result=typed.text("result", LONGEST_TITLE),
        effect=typed.text("effect", LONGEST_TITLE),
        function=function if function in FUNCTIONS else "",
        notes=typed.text("notes", LONGEST_WORDS),
    )


async def _choices(work: Work, year: str, event: RoadmapEvent | None) -> dict[str, dict[str, Text]]:
    """What can be chosen, by field: code and words. An account that is closed stays where it is named."""
    stages = await rows.titles(work.session, work.school.id, year)
    users = await accounts.of_school(work.session, work.school.id)
    return {
        "stage": {str(key): raw(title) for key, title in stages},
        "owner_id": {
            str(one.id): raw(one.name or one.login)
            for one in users
            if one.active or (event is not None and event.owner_id == one.id)
        },
        "function": {slug: Text(f"roadmap-function-{slug}") for slug in FUNCTIONS},
    }


async def _editing(work: Work, event: RoadmapEvent) -> Editing:
    """An event as the form shows it."""
    chosen = await _choices(work, event.year, event)
    values = kept(event)
    fields = {
        name: Field(Text(f"roadmap-field-{name}"), value, chosen.get(name)) for name, value in values.items()
    }
    return Editing(f"roadmap-event:{event.id}", fields, (event.changed_by, event.changed_at))


def kept(event: RoadmapEvent | None, stage: str = "") -> dict[str, str]:
    """What the fields of the form hold."""
    if event is None:
        return dict.fromkeys(("title", "content", *DAYS, *LINES, "owner_id", "function", "notes"), "") | {
            "stage": stage
        }
    days = {name: day.isoformat() if (day := getattr(event, name)) else "" for name in DAYS}
    lines = {name: getattr(event, name) for name in ("title", "content", *LINES, "function", "notes")}
    owner = {"stage": str(event.stage_id), "owner_id": str(event.owner_id or "")}
    return {**lines, **days, **owner}


async def _form(
    request: Request, work: Work, year: str, event: RoadmapEvent | None, typed: Typed, stage: str
) -> Response:
    return page(
        request, "roadmap/new.html", work, section="roadmap", status=422 if typed.problems else 200,
        year=year, event=None, chosen=await _choices(work, year, event), **_fields(event, typed, stage),
    )  # fmt: skip


def _fields(event: RoadmapEvent | None, typed: Typed, stage: str = "") -> dict[str, Any]:
    values = kept(event, stage)
    words_typed = bool(typed.problems) and any(typed.words(name) for name in values)
    return {
        "values": {name: typed.words(name, LONGEST_WORDS) for name in values} if words_typed else values,
        "problems": typed.problems,
        "typed": typed,
        "longest": LONGEST_WORDS,
    }


async def _page(
    request: Request, role: Any, work: Work, event: RoadmapEvent, typed: Typed, editing: Editing
) -> Response:
    way = rules.ways().get(event.slug, "")
    return page(
        request,
        "roadmap/event.html",
        work,
        section="roadmap",
        status=422 if typed.problems else 200,
        year=event.year,
        event=event,
        chosen=await _choices(work, event.year, event),
        papers=await school_papers.of_school(work.session, work.school.id),
        state=said.state(event, work.today),
        term=said.term(event),
        owner=said.owner(event),
        way=way if way in RULES and may(role, way) else "",
        statuses=tuple(Status),
        today=work.today,
        megabytes=LARGEST // 2**20,
        **context(editing, work.now),
        **_fields(event, typed),
    )


async def _stage_gone(request: Request, work: Work, typed: Typed, stage_id: int) -> Response:
    """A colleague has removed it meanwhile: who, and the name that was typed, in the field of a new stage.

    Raises:
        HTTPException: 404; there was none.
    """
    year = year_of(work, typed.words("year"))
    line = await rows.removed_stage(work.session, work.school.id, year, stage_id)
    if line is None:
        raise HTTPException(404)
    typed.put("title", typed.words(f"title-{stage_id}", LONGEST_TITLE))
    typed.wrong("title", "roadmap-stage-away")
    by = (await names_of(work, [line.actor]))[line.actor]
    return await _stages(request, work, year, typed, gone=Clash((), by, line.at))


def _stage_editing(stage: RoadmapStage) -> Editing:
    return Editing(
        f"roadmap:{stage.year}", {f"title-{stage.id}": Field(Text("roadmap-stage-title"), stage.title)}
    )


async def _stages(
    request: Request,
    work: Work,
    year: str,
    typed: Typed,
    clashing: Mapping[int, Editing] | None = None,
    gone: Clash | None = None,
) -> Response:
    """`clashing`: of the stage, if any, that a colleague has named otherwise meanwhile. `gone`: of one that was removed."""
    found = await rows.stages(work.session, work.school.id, year)
    editings = {stage.id: _stage_editing(stage) for stage in found} | dict(clashing or {})
    return page(
        request, "roadmap/stages.html", work, section="roadmap", status=422 if typed.problems else 200, year=year,
        stages=found, versions={key: context(one, work.now) for key, one in editings.items()}, most=rules.MOST_STAGES, typed=typed,
        problems=typed.problems, gone=gone,
    )  # fmt: skip

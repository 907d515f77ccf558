"""Beside a programme: achievements with their diplomas, entered by the school."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from actions import achievements
from actions.achievements import Won
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.pages.matching import get
from admin.pages.plans import shown
from admin.show import back, file
from admin.visit import Changing, Fields, Reading, Signed, house, looked
from program.errors import Refusal
from program.ids import id_in
from program.text import Text, raw
from storage import files, lists
from storage import plans as rows
from storage.tables import Achievement

router = APIRouter(prefix="/plans")

LONGEST_TITLE = 200
# Beside which field a refusal stands.
FIELDS = {
    "plan-day-ahead": "won_on", "plan-day-old": "won_on",
    "plan-file-large": "paper", "plan-file-kind": "paper", "plan-file-broken": "paper",
}  # fmt: skip


@router.post("/{pair_id}/achievements", name="plan-won-add")
async def add(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    typed = Typed(form, house(request).texts)
    held_on = typed.day("won_on")
    about = id_in(typed.words("person", 15)) or 0
    title = typed.text("title", LONGEST_TITLE, "plans-won-no-title")
    if held_on is None or typed.problems:
        return await shown(request, staff, work, pair, typed)
    won = Won(title, typed.words("kind"), typed.words("level"), held_on, typed.words("outcome"))
    paper = form.get("paper")
    try:
        async with work.session.begin_nested():  # of what is refused nothing stays
            made = await achievements.enter(work, pair, about, won)
            if isinstance(paper, UploadFile) and paper.filename:
                await achievements.attach(work, made.id, await paper.read(achievements.LONGEST_FILE + 1))
    except Refusal as refusal:
        typed.refused(FIELDS.get(refusal.text.id, "title"), refusal)
        return await shown(request, staff, work, pair, typed)
    return back(request, "plan", "plan-won", pair_id=pair_id, at="achievements")


@router.get("/achievements/{won_id}/file", name="plan-won-file")
async def show(request: Request, staff: Signed, work: Reading, won_id: int) -> Response:
    won = await _get(work, won_id)
    found = await files.get(work.session, work.school.id, won.file_id) if won.file_id else None
    if found is None:
        raise HTTPException(404)
    await looked(request, staff, work, "achievement.opened", f"person:{won.person_id}")
    return file(found.data, found.name, found.content_type)


@router.post("/achievements/{won_id}/file", name="plan-won-attach")
async def attach(request: Request, staff: Signed, work: Changing, form: Fields, won_id: int) -> Response:
    won = await _get(work, won_id)
    paper = form.get("paper")
    if not isinstance(paper, UploadFile) or not paper.filename:
        raise Refusal("plan-file-kind")
    await achievements.attach(work, won.id, await paper.read(achievements.LONGEST_FILE + 1))
    return back(request, "plan", "plan-won", pair_id=won.pair_id, at="achievements")


@router.post("/achievements/{won_id}/remove", name="plan-won-remove")
async def remove(request: Request, staff: Signed, work: Changing, form: Fields, won_id: int) -> Response:
    won = await _get(work, won_id)
    whose = (await lists.names(work.session, work.school.id, [won.person_id])).get(won.person_id)
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-won"),
        effect=Text(
            "sure-won-effect", {"title": raw(won.title), "name": raw(whose.full_name if whose else "–")}
        ),
        do="sure-won-do",
        stay=f"{request.app.url_path_for('plan', pair_id=won.pair_id)}#achievements",
        section="plans",
    )
    if asking is not None:
        return asking
    pair_id = await achievements.remove(work, won.id)
    return back(request, "plan", "plan-won-removed", pair_id=pair_id, at="achievements")


async def _get(work: Work, won_id: int) -> Achievement:
    won = await rows.achievement(work.session, work.school.id, won_id)
    if won is None:
        raise HTTPException(404)
    return won

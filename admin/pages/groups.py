"""«Собрать группу»: mentors and mentees of one form, put together by the curator's own choice."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import directories, pairs
from actions.work import Work
from admin.forms import Typed
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house, words
from program.directories import Directory
from program.errors import Refusal
from program.forms import FORMS
from program.ids import id_in
from program.roles import Side
from storage import pairs as rows
from storage import places

router = APIRouter(prefix="/groups")

LONGEST_TITLE = 100


@router.get("", name="group")
async def new(request: Request, staff: Signed, work: Reading) -> Response:
    return await _editor(request, work, Typed.empty(), request.query_params.get("form", ""))


@router.post("", name="group-make")
async def make(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed, slug = Typed(form, house(request).texts), words(form, "form")
    title = typed.text("title", LONGEST_TITLE, "admin-group-title-missing")
    mentors, mentees = (_ids(typed, field) for field in ("mentors", "mentees"))
    if not mentors:
        typed.wrong("mentors-1", "admin-group-no-mentor")
    if len(mentees) < 2:
        typed.wrong("mentees-1", "admin-group-few")
    if typed.problems:
        return await _editor(request, work, typed, slug)
    try:
        async with work.session.begin_nested():
            await pairs.make_group(work, slug, typed.words("role_model"), title, mentors, mentees)
    except Refusal as refusal:
        typed.refused("mentors-1", refusal)
        return await _editor(request, work, typed, slug)
    return back(request, "matching", "grouped", query=f"form={slug}")


def _ids(typed: Typed, field: str) -> list[int]:
    return [number for value in typed.many(field) if (number := id_in(value))]


async def _editor(request: Request, work: Work, typed: Typed, asked: str) -> Response:
    enabled = [slug for slug in work.settings.forms if slug in FORMS]
    form = asked if asked in enabled else next(iter(enabled), next(iter(FORMS)))
    found = await places.grouped(
        work.session, work.school.id, work.settings.year, form, pairs.CLOSED_TO_PAIRS
    )
    taken = await rows.holding(work.session, work.school.id, work.settings.year, form, places.FIRM)
    t = house(request).texts
    free = [
        (place, left)
        for place in found
        if place.side == Side.MENTOR
        and place.admitted
        and (left := place.capacity - taken.get(place.id, 0)) > 0
    ]
    # Worded once each: thousands may stand in the list.
    lefts = {left: t("admin-others-free", n=left) for left in {left for _, left in free}}
    states = {status: t(f"admin-place-{status}") for status in {place.status for place in found}}
    return page(
        request,
        "groups/group.html",
        work,
        section="matching",
        status=422 if typed.problems else 200,
        form=form,
        enabled=enabled,
        mentors=[(place.id, f"{place.line} · {lefts[left]}") for place, left in free],
        mentees=[
            (place.id, f"{place.line} · {states[place.status]}")
            for place in found
            if place.side == Side.MENTEE
        ],
        models=await directories.role_models(work, form),
        kinds=await directories.entries(work, Directory.MODEL),
        typed=typed,
        problems=typed.problems,
    )

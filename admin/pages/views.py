"""Saved views of lists: saving one, and the page on which the own ones are renamed, shared and deleted."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from starlette.routing import NoMatchFound

from actions import saved_views
from actions.accounts import Staff
from actions.work import Work
from admin import sure
from admin.access import RULES, may
from admin.forms import Typed
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house, words
from program.errors import Refusal
from program.text import Text, raw
from storage import saved_views as rows
from storage.tables import SavedView

router = APIRouter(prefix="/views")


@router.post("", name="view-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    where = _list(request, staff, words(form, "page", 64))
    typed = Typed(form, house(request).texts)
    try:
        made = await saved_views.save(
            work, staff.id, where, typed.words("name"), typed.words("query", saved_views.LONGEST),
            shared=bool(typed.words("shared")),
        )  # fmt: skip
    except Refusal as refusal:
        typed.refused("name", refusal)
        return await _page(request, staff, work, where, typed)
    return back(request, where, "view-saved", query=made.query)


@router.get("", name="views")
async def all_views(request: Request, staff: Signed, work: Reading) -> Response:
    where = _list(request, staff, request.query_params.get("page", ""))
    return await _page(request, staff, work, where, Typed.empty())


@router.post("/{view_id}", name="view-change")
async def change(request: Request, staff: Signed, work: Changing, form: Fields, view_id: int) -> Response:
    view = await _own(staff, work, view_id)
    typed = Typed(form, house(request).texts)
    try:
        await saved_views.change(
            work, view, typed.words(f"name-{view_id}"), shared=bool(typed.words("shared"))
        )
    except Refusal as refusal:
        typed.refused(f"name-{view_id}", refusal)
        return await _page(request, staff, work, view.page, typed)
    return back(request, "views", "view-changed", query=urlencode({"page": view.page}))


@router.post("/{view_id}/remove", name="view-remove")
async def remove(request: Request, staff: Signed, work: Changing, form: Fields, view_id: int) -> Response:
    if await rows.own(work.session, work.school.id, staff.id, view_id) is None:
        raise HTTPException(404)
    view = await _own(staff, work, view_id)
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-view", {"name": raw(view.name)}),
        effect=Text("sure-view-effect-shared" if view.shared else "sure-view-effect"),
        do="sure-view-do",
        stay=f"{request.app.url_path_for('views')}?{urlencode({'page': view.page})}",
        section="today",
    )
    if asking is not None:
        return asking
    await saved_views.remove(work, view)
    return back(request, "views", "view-removed", query=urlencode({"page": view.page}))


async def _own(staff: Staff, work: Work, view_id: int) -> SavedView:
    """Raises 404: views of colleagues are looked at, not changed."""
    view = await rows.own(work.session, work.school.id, staff.id, view_id)
    if view is None:
        raise HTTPException(404)
    return view


def _list(request: Request, staff: Staff, asked: str) -> str:
    """The route of a list that this user may open: one with a file of it. Raises 404."""
    try:
        request.app.url_path_for(asked)
    except NoMatchFound:  # unknown, or a page of one thing
        raise HTTPException(404) from None
    if f"{asked}-file" not in RULES or not may(staff.role, asked):
        raise HTTPException(404)
    return asked


async def _page(request: Request, staff: Staff, work: Work, where: str, typed: Typed) -> Response:
    found = await rows.of(work.session, work.school.id, staff.id, where)
    return page(
        request,
        "views/views.html",
        work,
        section=where,
        status=422 if typed.problems else 200,
        where=where,
        views=[view for view in found if view.user_id == staff.id],
        most=saved_views.LONGEST_NAME,
        typed=typed,
        problems=typed.problems,
    )

"""«Подбор пар»: suggestions with reasons, filters, a new run. Nobody is told here; deciding is `deciding.py`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import directories, matching_runs
from actions import matching as runs
from actions.work import Work
from admin import board
from admin.board import BANDS, Filter
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, words
from program.text import Text
from storage import pairs as rows
from storage.tables import Pair

router = APIRouter(prefix="/matching")


@router.get("", name="matching")
async def show(request: Request, staff: Signed, work: Reading) -> Response:
    asked = Filter.read(request.query_params)
    if asked.form not in board.forms_of(work):
        asked = Filter.read(dict(request.query_params) | {"form": await board.busiest(work)})
    return await shown(request, work, asked)


@router.post("/suggest", name="matching-suggest")
async def suggest(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    slug = words(form, "form")
    await runs.suggest(work, slug)
    return back(request, "matching", "suggested", query=f"form={slug}")


async def shown(
    request: Request, work: Work, by: Filter, *, said: Text | None = None, tone: str = "ok", status: int = 200
) -> Response:
    """The board.

    Args:
        said: a sentence about what was done or could not be, instead of the address's `done`.
    """
    models = {one.slug: one.staff for one in await directories.role_models(work, by.form)}
    asked = request.query_params.get("focus", "")
    focus = int(asked) if asked.isdecimal() and len(asked) < 16 else 0
    more: dict[str, Any] = {"done": said, "tone": tone} if said else {}
    found = await board.board(work, by, models)
    return page(
        request,
        "matching/board.html",
        work,
        section="matching",
        status=status,
        board=found,
        difference=await matching_runs.difference(work, found.run.id) if found.run else None,
        bands=tuple(BANDS),
        focus=focus,
        # Whoever works by keyboard goes on at the next row, or at the top where there is none.
        focus_title=bool(said or asked) and focus not in found.shown,
        **more,
    )


async def get(work: Work, pair_id: int) -> Pair:
    """A pair of this school with its people. Raises 404."""
    pair = await rows.get(work.session, work.school.id, pair_id)
    if pair is None:
        raise HTTPException(404)
    return pair

"""«Предложить группы»: the programme puts groups together, the curator decides about them on the board."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import matching_groups
from actions.matching_groups import LEAST, MOST, MOST_LEADERS, GroupKind
from actions.work import Work
from admin import board
from admin.board import Filter
from admin.forms import Typed
from admin.pages.matching import shown
from admin.show import page
from admin.visit import Fields, Reading, Signed, changing, house, reading
from program.errors import Refusal
from program.forms import FORMS

router = APIRouter(prefix="/groups")

USUAL = (3, 6, 1)  # mentees at least and at most, mentors


@router.get("/suggest", name="group-suggest")
async def ask(request: Request, staff: Signed, work: Reading) -> Response:
    asked = request.query_params.get("form", "")
    form = asked if asked in board.forms_of(work) else await board.busiest(work)
    return await _editor(request, work, form, Typed.empty())


@router.post("/suggest", name="group-suggest-do")
async def suggest(request: Request, staff: Signed, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    slug = typed.words("form", 40)
    if slug not in FORMS:
        raise Refusal("match-form-unknown")
    kind = typed.one_of("kind", GroupKind)
    least, most = typed.number("least", LEAST, MOST), typed.number("most", LEAST, MOST)
    mentors = typed.number("mentors", 1, MOST_LEADERS)
    # The search takes seconds in a big school: nobody's writing waits for it.
    sought = None
    async with reading(house(request), staff) as work:
        if kind and not typed.problems:
            try:
                sought = await matching_groups.seek_groups(work, slug, kind, least, most, mentors=mentors)
            except Refusal as refusal:
                typed.refused("least", refusal)
        if kind is None or sought is None:
            return await _editor(request, work, slug, typed)
    async with changing(house(request), staff) as work:
        plan = await matching_groups.suggest_groups(
            work, slug, kind, least, most, mentors=mentors, sought=sought
        )
        return await shown(request, work, Filter(slug), said=plan.text, tone="ok" if plan.pairs else "warn")


async def _editor(request: Request, work: Work, form: str, typed: Typed) -> Response:
    least, most, mentors = USUAL
    return page(
        request,
        "groups/suggest.html",
        work,
        section="matching",
        status=422 if typed.problems else 200,
        form=form,
        enabled=board.forms_of(work),
        kinds=tuple(GroupKind),
        kind=typed.words("kind") or GroupKind.GROUP,
        numbers={
            "least": typed.words("least") or least,
            "most": typed.words("most") or most,
            "mentors": typed.words("mentors") or mentors,
        },
        problems=typed.problems,
        told=await matching_groups.told(work, form),
    )

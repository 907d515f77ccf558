"""What is done to ticked pairs at once: announcing and ending; reminders go to everybody who meets in them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import closing_many
from actions.accounts import Staff
from actions.work import Work
from admin.access import may
from admin.forms import Typed
from admin.lists import pairs as listed
from admin.pages import announce, bulk
from admin.pages.pairs import shown_as, table_of
from admin.show import back, page
from admin.visit import Changing, Fields, Signed, house
from program.errors import Refusal
from program.ids import id_in
from program.pair_life import STAFF_ENDS
from program.roles import Side
from program.states import PairStatus
from storage.tables import Pair

router = APIRouter(prefix="/pairs/changes")

FIRST = 5  # names on the page that asks


@router.post("", name="pairs-many")
async def ask(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    """Nothing is changed yet: what will be, for how many, what is sent, who is left out and why."""
    typed = Typed(form, house(request).texts)
    ids = await _asked(work, staff, typed)
    if typed.words("verb") == "announce":
        if not may(staff.role, "announce-send"):
            raise HTTPException(404)
        if not ids:
            raise Refusal("pairs-many-none")
        return await announce.chosen(request, work, ids)
    if typed.words("verb") == "close":
        return await _closing(request, work, ids, typed)
    typed.put("pairs", [str(key) for key in ids])
    return await bulk.confirmed(request, staff, work, typed)


@router.post("/do", name="pairs-many-do")
async def close(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    ids = _ids(typed.words("ids", 20_000).split(","))
    status, reason = typed.words("status"), typed.words("reason")
    if status not in (PairStatus.COMPLETED, PairStatus.STOPPED):
        typed.wrong("status", "pairs-many-how-missing")
    if reason not in STAFF_ENDS:
        typed.wrong("reason", "pairs-reason-choose")
    result = typed.text("result", 2000)
    if typed.problems:
        return await _closing(request, work, ids, typed)
    ended = await closing_many.close(work, ids, PairStatus(status), reason, result)
    done = "closed-many" if len(ended) == len(ids) else "closed-some"
    return back(request, "pairs", done, query="show=ended")


async def _closing(request: Request, work: Work, ids: Sequence[int], typed: Typed) -> Response:
    plan = await closing_many.planned(work, ids)
    return page(
        request,
        "pairs/close_many.html",
        work,
        section="pairs",
        status=422 if typed.problems else 200,
        plan=plan,
        ids=",".join(str(pair.id) for pair in (*plan.do, *(one for one, _ in plan.skip))),
        names=_names,
        most_names=FIRST,
        ends=STAFF_ENDS,
        typed=typed,
        problems=typed.problems,
    )


def _names(pair: Pair) -> str:
    """«Котова Аня – Лебедев Пётр», or what a group is called."""
    if pair.is_group and pair.title:
        return pair.title
    return f"{listed.title(pair)} – {listed.who_of(pair, Side.MENTOR)}"


async def _asked(work: Work, staff: Staff, typed: Typed) -> list[int]:
    """The ticked ones, or everything of the list as it was narrowed."""
    if typed.words("all") != "yes":
        return _ids(typed.many("pairs"))
    query = dict(parse_qsl(typed.words("query", 1000)))
    table, source = await table_of(work, staff, shown_as(query, staff))
    rows, _ = await source.some(table.ask(query), 0, None)
    return sorted(row.pair.id for row in rows)


def _ids(typed: Sequence[str]) -> list[int]:
    return sorted({number for one in typed if (number := id_in(one))})

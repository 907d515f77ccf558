"""The curator's decisions on the board: approve one or many, reject with a reason, and the way back from both."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from actions import approving, pairs, undoing
from actions import matching_marks as marks
from actions.work import Work
from admin.board import Filter
from admin.journal_words import names_of
from admin.pages.matching import get, shown
from admin.show import back, moment, page
from admin.visit import Changing, Fields, Reading, Signed, ticked, words
from program.errors import Refusal
from program.ids import id_in
from program.names import short
from program.states import PairStatus
from program.text import Text
from storage import boards
from storage import pairs as rows
from storage.tables import Pair

router = APIRouter(prefix="/matching")

MOST_AT_ONCE = 500


@router.post("/pairs/{pair_id}/approve", name="matching-approve")
async def approve(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    return await decided(request, work, form, pair, lambda: pairs.approve(work, pair.id), "approved")


@router.post("/approve", name="matching-approve-many")
async def approve_many(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    """First what would happen and to how many; a second press does it. One that cannot stops no other."""
    by = Filter.of(words(form, "at", 500), "uch_uch")
    wanted = {key for value in ticked(form, "pair")[:MOST_AT_ONCE] if (key := id_in(value))}
    among = by.among() if words(form, "all") else by.among(wanted)
    session, school, year = work.session, work.school.id, work.settings.year
    chosen = await boards.pairs(session, school, year, PairStatus.SUGGESTED, among, most=MOST_AT_ONCE)
    if not chosen:
        return await shown(request, work, by, said=Text("board-none-ticked"), tone="bad", status=422)
    if not words(form, "sure"):
        return page(request, "matching/many.html", work, section="matching", chosen=chosen, by=by)
    refused = await approving.approve_many(work, chosen)
    if not refused:
        return back(request, "matching", "approved-many", query=by.query())
    return page(
        request,
        "matching/many_done.html",
        work,
        section="matching",
        by=by,
        approved=len(chosen) - len(refused),
        refused=refused,
    )


@router.get("/pairs/{pair_id}/reject", name="matching-reject-form")
async def reject_form(request: Request, staff: Signed, work: Reading, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    at = Filter.of(request.url.query, pair.form)
    return page(
        request,
        "matching/reject.html",
        work,
        section="matching",
        pair=pair,
        why_not=pairs.WHY_REJECTED,
        by=at,
    )


@router.post("/pairs/{pair_id}/reject", name="matching-reject")
async def reject(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    why = words(form, "why")
    said = [why if why in pairs.WHY_REJECTED else "other", words(form, "more", 200)]
    reason = ": ".join(part for part in said if part)
    return await decided(request, work, form, pair, lambda: pairs.reject(work, pair.id, reason), "rejected")


@router.post("/pairs/{pair_id}/unapprove", name="matching-unapprove")
async def unapprove(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    return await decided(request, work, form, pair, lambda: undoing.unapprove(work, pair.id), "unapproved")


@router.post("/pairs/{pair_id}/pin", name="matching-pin")
async def pin(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    return await decided(request, work, form, pair, lambda: marks.pin(work, pair.id), "pinned")


@router.post("/pairs/{pair_id}/unpin", name="matching-unpin")
async def unpin(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    return await decided(request, work, form, pair, lambda: marks.unpin(work, pair.id), "unpinned")


async def decided(
    request: Request,
    work: Work,
    form: FormData,
    pair: Pair,
    act: Callable[[], Awaitable[object]],
    done: str,
) -> Response:
    """Back to the same board; a refusal is told there in a sentence, with who was quicker."""
    by = Filter.of(words(form, "at", 500), pair.form)
    try:
        async with work.session.begin_nested():
            await act()
    except Refusal as refusal:
        said = await _why(work, pair.id, refusal)
        return await shown(request, work, by, said=said, tone="bad", status=409)
    focus = words(form, "next", 15) or "0"
    return back(request, "matching", done, query=f"{by.query()}&focus={focus if focus.isdecimal() else 0}")


async def _why(work: Work, pair_id: int, refusal: Refusal) -> Text:
    """A refusal of a pair that somebody has decided says who did it, what and when."""
    pair = await get(work, pair_id)
    if refusal.text.id not in ("pair-decided", "states-not-now") or not pair.decided_at:
        return refusal.text
    who = await names_of(work, [pair.decided_by])
    return Text(
        "board-decided-by",
        {
            "pair": title(pair),
            "status": Text(f"admin-pair-{pair.status}"),
            "who": who[pair.decided_by],
            "when": moment(pair.decided_at, work.zone, work.today),
        },
    )


def title(pair: Pair) -> str:
    """«Аня К. и Олег В.»."""
    people: Sequence[str] = [
        short(one.person.first_name, one.person.last_name) for one in reversed(rows.present(pair))
    ]
    return " и ".join(people)

"""«Пары»: how each one is doing, and its card."""

from __future__ import annotations

from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import directories, pairs
from actions import matching as runs
from admin.pages.matching import get
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, words
from program.forms import FORMS
from program.states import PairStatus
from storage import meeting_lists, meetings, records
from storage import pairs as rows
from storage.tables import Pair

router = APIRouter(prefix="/pairs")

AT_WORK = (PairStatus.ACTIVE, PairStatus.PAUSED)
ENDED = (PairStatus.COMPLETED, PairStatus.STOPPED, PairStatus.REPLACED)
REMIND_AFTER, SILENT_AFTER = timedelta(days=14), timedelta(days=21)  # domain.md 7.3


@router.get("", name="pairs")
async def all_pairs(request: Request, staff: Signed, work: Reading) -> Response:
    show = "ended" if request.query_params.get("show") == "ended" else "work"
    asked = request.query_params.get("form", "")
    form = asked if asked in FORMS else None
    shown = await rows.board(
        work.session,
        work.school.id,
        work.settings.year,
        form,
        ENDED if show == "ended" else AT_WORK,
    )
    known = await meeting_lists.rhythm(work.session, work.school.id, [pair.id for pair in shown], work.now)
    rhythm = {pair.id: known.get(pair.id, meeting_lists.Rhythm()) for pair in shown}
    return page(
        request,
        "pairs/pairs.html",
        work,
        section="pairs",
        show=show,
        form=form or "",
        enabled=[slug for slug in work.settings.forms if slug in FORMS],
        pairs=shown,
        rhythm=rhythm,
        health={pair.id: health(pair, rhythm[pair.id], work.now) for pair in shown},
    )


@router.get("/{pair_id}", name="pair")
async def card(request: Request, staff: Signed, work: Reading, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    return page(
        request,
        "pairs/pair.html",
        work,
        section="pairs",
        pair=pair,
        members=sorted(pair.members, key=lambda member: (member.side != "mentor", member.id)),
        reasons=runs.reasons_of(pair),
        meetings=await meetings.of_pair(work.session, pair.id),
        models=await directories.role_models(work, pair.form, keep=pair.role_model),
        history=(await records.journal(work.session, work.school.id, subject=f"pair:{pair.id}"))[0],
        at_work=pair.status in AT_WORK,
    )


@router.post("/{pair_id}/model", name="pair-model")
async def model(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    await pairs.set_role_model(work, pair.id, words(form, "role_model"))
    return back(request, "pair", "model", pair_id=pair.id)


@router.post("/{pair_id}/close", name="pair-close")
async def close(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    stopped = words(form, "status") == PairStatus.STOPPED
    status = PairStatus.STOPPED if stopped else PairStatus.COMPLETED
    await pairs.close(work, pair.id, status, words(form, "result", 2000))
    return back(request, "pair", "closed", pair_id=pair.id)


def health(pair: Pair, rhythm: meeting_lists.Rhythm, now: datetime) -> str:
    """good, remind, silent: by the time since the last held meeting, or since the start if there is none."""
    since = rhythm.last or pair.announced_at
    if pair.status != PairStatus.ACTIVE or since is None:
        return ""
    if rhythm.next is None and now - since > SILENT_AFTER:
        return "silent"
    return "remind" if rhythm.next is None and now - since > REMIND_AFTER else "good"

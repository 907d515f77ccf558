"""Runs of the matching: when, by whom, how good, what each changed, and whether a repeat gives the same."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import matching_runs as runs
from actions.work import Work
from admin import board
from admin.journal_words import names_of
from admin.show import page
from admin.visit import Fields, Reading, Signed
from storage import match_runs as rows
from storage.pairs import people_of
from storage.tables import MatchRun

router = APIRouter(prefix="/matching")


@router.get("/runs", name="matching-runs")
async def listed(request: Request, staff: Signed, work: Reading) -> Response:
    form = await _form(request, work)
    found = await rows.latest(work.session, work.school.id, work.settings.year, form)
    return page(
        request,
        "matching/runs.html",
        work,
        section="matching-runs",
        form=form,
        enabled=board.forms_of(work),
        runs=found,
        who=await names_of(work, [run.actor for run in found]),
        proved=proved,
    )


@router.get("/runs/{run_id}", name="matching-run")
async def one(request: Request, staff: Signed, work: Reading, run_id: int) -> Response:
    return await _card(request, work, await _run(work, run_id))


@router.post("/runs/{run_id}/replay", name="matching-replay")
async def replay(request: Request, staff: Signed, work: Reading, form: Fields, run_id: int) -> Response:
    """Computes the run once more from what it has stored; nothing is written."""
    run = await _run(work, run_id)
    return await _card(request, work, run, await runs.replay(work, run.id))


def proved(run: MatchRun) -> bool:
    """No assignment whatsoever is better: the run's cost is its own bound."""
    return bool(run.result.get("cost") == run.result.get("bound"))


async def _card(request: Request, work: Work, run: MatchRun, again: runs.Replay | None = None) -> Response:
    found = await runs.difference(work, run.id)
    told = (*found.added, *found.changed, *found.dropped, *found.decided)
    again_told = (
        (*again.difference.added, *again.difference.changed, *again.difference.dropped) if again else ()
    )
    ids = {one for line in (*told, *again_told) for one in line}
    return page(
        request,
        "matching/run.html",
        work,
        section="matching-runs",
        run=run,
        difference=found,
        again=again,
        names=await people_of(work.session, work.school.id, ids),
        who=(await names_of(work, [run.actor]))[run.actor],
        proved=proved(run),
    )


async def _run(work: Work, run_id: int) -> MatchRun:
    found = await rows.get(work.session, work.school.id, run_id)
    if found is None:
        raise HTTPException(404)
    return found


async def _form(request: Request, work: Work) -> str:
    asked = request.query_params.get("form", "")
    return asked if asked in board.forms_of(work) else await board.busiest(work)

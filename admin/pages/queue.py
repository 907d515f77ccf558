"""«Очередь»: mentees without a pair, what is in the way, and what can be offered meanwhile."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import queue, queue_doors
from actions.matching_left import Left
from actions.work import Work
from admin.listing import Source, download, view
from admin.lists import queue as listed
from admin.show import back, page
from admin.tables import Table
from admin.visit import Changing, Fields, Reading, Signed, words
from program.ids import id_in
from storage.tables import Participation

router = APIRouter(prefix="/queue")


@router.get("", name="queue")
async def all_waiting(request: Request, staff: Signed, work: Reading) -> Response:
    waiting, left = await _waiting(work)
    return page(
        request,
        "pairs/queue.html",
        work,
        section="queue",
        view=await view(request, staff, work, *listed.built(work, waiting, left)),
        left=left,
        marks=queue.SUPPORT,
    )


@router.post("/file", name="queue-file")
async def queue_file(request: Request, staff: Signed) -> Response:
    async def built(work: Work) -> tuple[Table[queue.InQueue], Source[queue.InQueue]]:
        return listed.built(work, *await _waiting(work))

    return await download(request, staff, built)


async def _waiting(work: Work) -> tuple[list[queue.InQueue], dict[int, Left]]:
    waiting = await queue.everybody(work)
    return waiting, await queue_doors.why_waiting(work, {one.place.form for one in waiting})


@router.post("/{place_id}/support", name="queue-support")
async def support(request: Request, staff: Signed, work: Changing, form: Fields, place_id: int) -> Response:
    await _known(work, place_id)
    await queue.note_support(work, place_id, words(form, "support"))
    return back(request, "queue", "support", at=f"place-{place_id}")


@router.post("/{place_id}/offer", name="queue-offer")
async def offer(request: Request, staff: Signed, work: Changing, form: Fields, place_id: int) -> Response:
    await _known(work, place_id)
    told = await queue.offer_meanwhile(work, place_id, words(form, "what"))
    return back(request, "queue", "meanwhile" if told else "reminded-before", at=f"place-{place_id}")


@router.get("/{place_id}/groups", name="queue-groups")
async def fitting(request: Request, staff: Signed, work: Reading, place_id: int) -> Response:
    await _known(work, place_id)
    place, found = await queue_doors.fitting_groups(work, place_id)
    return page(request, "pairs/fitting.html", work, section="queue", place=place, found=found)


@router.post("/{place_id}/groups", name="queue-join")
async def join(request: Request, staff: Signed, work: Changing, form: Fields, place_id: int) -> Response:
    await _known(work, place_id)
    group = await queue_doors.join_group(work, place_id, id_in(words(form, "group", 15)) or 0)
    return back(request, "pair", "joined", pair_id=group.id)


async def _known(work: Work, place_id: int) -> None:
    """Raises 404 for a place of another school."""
    place = await work.session.get(Participation, place_id)
    if place is None or place.school_id != work.school.id:
        raise HTTPException(404)

"""«Поломки и копии»: what is wrong with the messengers, and copies of everything: made by a press, taken with care.

A copy holds all schools of the installation: where there are several, it is made and taken on the server only.
"""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, Response

from actions import journal, upkeep
from actions.work import Work
from admin.show import back, page
from admin.visit import Copies, Reading, Signed, changing, house, reading
from program.channels import Channel
from program.errors import Refusal
from storage import schools

router = APIRouter(prefix="/settings/upkeep")


@router.get("", name="upkeep")
async def state(request: Request, staff: Signed, work: Reading) -> Response:
    place = house(request)
    faults = await upkeep.faults(work.session, work.now)
    made = await upkeep.copied_at(work.session)
    return page(
        request,
        "settings/upkeep.html",
        work,
        section="upkeep",
        faults=faults,
        broken={one.channel for one in faults},
        channels=[
            (Channel.TELEGRAM, bool(place.links.telegram_bot)),
            (Channel.VK, bool(place.links.vk_group)),
        ],
        looked=await upkeep.looked_at(work.session),
        made=made,
        due=upkeep.copy_is_due(made, work.now),
        copies=place.copies.listed() if place.copies else [],
        makes=place.copies is not None,
        cramped=place.copies.cramped if place.copies else None,
        locks=place.copies is not None and place.copies.locks,
        alone=await schools.alone(work.session),
    )


@router.post("/check", name="upkeep-check")
async def check(request: Request, staff: Signed) -> Response:
    """Asks the platforms now; the answer stands on the page."""
    await house(request).check()
    return back(request, "upkeep", "channels-checked")


@router.post("/copy", name="copy-make")
async def make(request: Request, staff: Signed) -> Response:
    """Also making one is the whole installation's: it takes the room of the oldest, and the server's time."""
    place = house(request)
    shelf = _shelf(place.copies)
    async with reading(place, staff) as work:
        await _require_alone(work)
    made = await shelf.make()
    async with changing(place, staff) as work:
        await journal.note(work, "copy.made", f"school:{work.school.id}", after={"bytes": made.size})
    return back(request, "upkeep", "copy-made", at="copies")


@router.get("/copy/{name}", name="copy-take")
async def take(request: Request, staff: Signed, work: Reading, name: str) -> Response:
    """What is in it and how to keep it, before it leaves the house."""
    copy = next((one for one in _shelf(house(request).copies).listed() if one.name == name), None)
    if copy is None:
        raise HTTPException(404)
    await _require_alone(work)
    locked = copy.name.endswith(".locked")
    return page(request, "settings/copy.html", work, section="upkeep", copy=copy, locked=locked)


@router.post("/copy/{name}", name="copy-file")
async def copy_file(request: Request, staff: Signed, name: str) -> Response:
    """The file itself; who took it stands in the journal before it goes out."""
    place = house(request)
    path = _shelf(place.copies).path(name)
    if path is None:
        raise HTTPException(404)
    async with changing(place, staff) as work:
        await _require_alone(work)
        await journal.note(work, "copy.taken", f"school:{work.school.id}", after={"copy": name})
    kind = "application/zip" if path.suffix == ".zip" else "application/octet-stream"
    return FileResponse(path, media_type=kind, filename=name)


async def _require_alone(work: Work) -> None:
    if not await schools.alone(work.session):
        raise Refusal("upkeep-copy-not-alone")


def _shelf(copies: Copies | None) -> Copies:
    if copies is None:
        raise HTTPException(404)
    return copies

"""«Похоже, это один человек»: two records of one pupil, put together or kept apart by a person."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import twins
from actions.accounts import Staff
from actions.work import Work
from admin import sure
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, sees
from program.roles import StaffRole
from program.text import Text, raw
from storage import people

router = APIRouter(prefix="/twins")


@router.get("", name="twins")
async def show(request: Request, staff: Signed, work: Reading) -> Response:
    return page(
        request, "twins/twins.html", work, section="people", twins=await twins.found(work, own(staff))
    )


@router.post("/{person_id}/{other_id}/join", name="twins-join")
async def join(
    request: Request, staff: Signed, work: Changing, form: Fields, person_id: int, other_id: int
) -> Response:
    await _seen(work, staff, person_id, other_id)
    known = await people.of_ids(work.session, [person_id, other_id])
    joined, listed = known[person_id], known[other_id]
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-twins"),
        effect=Text(
            "sure-twins-effect",
            {"joined": raw(joined.full_name or joined.first_name), "listed": raw(listed.full_name)},
        ),
        do="sure-twins-do",
        stay=str(request.app.url_path_for("twins")),
        section="people",
    )
    if asking is not None:
        return asking
    await twins.join(work, other_id, person_id)
    return back(request, "twins", "twins-joined")


@router.post("/{person_id}/{other_id}/apart", name="twins-apart")
async def apart(request: Request, staff: Signed, work: Changing, person_id: int, other_id: int) -> Response:
    await _seen(work, staff, person_id, other_id)
    await twins.keep_apart(work, other_id, person_id)
    return back(request, "twins", "twins-apart")


def own(staff: Staff) -> str | None:
    """The class of a class teacher; None: everybody's."""
    return staff.class_name if staff.role is StaffRole.CLASS_TEACHER else None


async def _seen(work: Work, staff: Staff, *ids: int) -> None:
    """Raises 404 for people whom this user may not see."""
    for person_id in ids:
        if not sees(staff, await people.get(work.session, person_id)):
            raise HTTPException(404)

"""Printable sheets of QR cards: six or twelve on an A4 page, for a class or for people ticked in «Участники»."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import invitations
from actions.accounts import Staff
from actions.work import Work
from admin import sure
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house, sees, ticked, words
from program.errors import Refusal
from program.names import class_order
from program.roles import PersonState, StaffRole
from program.text import Text
from storage import invitations as rows
from storage import lists
from storage.tables import Person

router = APIRouter(prefix="/qr-cards")

SIZES = (6, 12)  # cards on a page
MOST = 300  # cards at once: the page stays light enough to print


@router.post("", name="card-sheets-make")
async def make(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    """A card for each who has none that works, then the sheets."""
    size = words(form, "size", 2)
    chosen = {
        "class_name": words(form, "class_name", 20),
        "size": size if size in map(str, SIZES) else str(SIZES[0]),
        "ids": [one for one in ticked(form, "ids") if one.isascii() and one.isdecimal() and len(one) < 16],
    }
    found = await _people(work, staff, str(chosen["class_name"]), [int(one) for one in chosen["ids"]])
    if not found:
        raise Refusal("invite-nobody")
    await invitations.cards(work, found)
    where = request.app.url_path_for("card-sheets")
    return RedirectResponse(f"{where}?{urlencode(chosen, doseq=True)}", status_code=303)


@router.get("", name="card-sheets")
async def sheets(request: Request, staff: Signed, work: Reading) -> Response:
    asked = request.query_params
    ids = [int(one) for one in asked.getlist("ids") if one.isascii() and one.isdecimal() and len(one) < 16]
    size = SIZES[1] if asked.get("size") == str(SIZES[1]) else SIZES[0]
    found = await _people(work, staff, asked.get("class_name", "")[:20], ids)
    known = await rows.personal(work.session, work.school.id, [one.id for one in found], work.now)
    links = house(request).links
    made = [
        (
            one,
            known[one.id],
            links.join(known[one.id].token),
            invitations.qr_svg(links.join(known[one.id].token)),
        )
        for one in found
        if one.id in known
    ]
    return page(
        request,
        "cards/sheets.html",
        work,
        section="card-sheets",
        sheets=[made[start : start + size] for start in range(0, len(made), size)],
        size=size,
        sizes=SIZES,
        class_name=_class(staff, asked.get("class_name", "")[:20]) if not ids else "",
        ids=ids,
    )


@router.post("/poster", name="class-poster")
async def poster(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    made = await invitations.poster(work, words(form, "class_name", 20))
    return back(request, "invitation", invitation_id=made.id)


@router.post("/revoke", name="class-revoke")
async def revoke(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    name = _class(staff, words(form, "class_name", 20))
    count = len(await rows.of_class(work.session, work.school.id, name, work.now)) if name else 0
    if not count:
        raise Refusal("invite-class-none")
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-cards", {"name": name}),
        effect=Text("sure-cards-effect", {"count": count}),
        do="sure-cards-do",
        stay=f"{request.app.url_path_for('people')}?{urlencode({'class_name': name})}",
        section="people",
        forever=False,
    )
    if asking is not None:
        return asking
    if not await invitations.revoke_class(work, name):
        raise Refusal("invite-class-none")
    return back(request, "people", "class-revoked", query=urlencode({"class_name": name}))


async def _people(work: Work, staff: Staff, class_name: str, ids: list[int]) -> list[Person]:
    """The ticked ones; else everybody of the class who has not answered yet. By class and name."""
    if ids:
        able = (PersonState.INVITED, PersonState.ACTIVE)
        found = [
            one for one in await lists.bare(work.session, work.school.id, ids[:MOST]) if one.state in able
        ]
    else:
        found = list(await rows.silent(work.session, work.school.id, _class(staff, class_name)))[:MOST]
    seen = [one for one in found if sees(staff, one)]
    return sorted(seen, key=lambda one: (class_order(one.class_name), one.plain, one.id))


def _class(staff: Staff, asked: str) -> str:
    """A class teacher has one class only."""
    return staff.class_name if staff.role is StaffRole.CLASS_TEACHER else asked

"""«Найти человека, пару, страницу» and «Как пользоваться»: both stand on every page."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions.accounts import Staff
from actions.work import Work
from admin import finding
from admin.access import may
from admin.show import page
from admin.visit import Reading, Signed, house
from program.finding import LONGEST, Part, parts
from program.roles import StaffRole
from storage import care
from storage import finding as rows
from storage.pairs import named
from storage.tables import Pair, Person

router = APIRouter()

AT_ONCE = 6  # of one kind, under the field while somebody types
ON_A_PAGE = 50


@router.get("/find", name="find")
async def find(request: Request, staff: Signed, work: Reading) -> Response:
    words = request.query_params.get("q", "").strip()[:LONGEST]
    typing = "hx-request" in request.headers
    most = AT_ONCE if typing else ON_A_PAGE
    sought = parts(words)
    people = await _people(staff, work, sought, most + 1)
    pairs = (
        await rows.pairs(work.session, work.school.id, sought, limit=most + 1)
        if may(staff.role, "pair")
        else ()
    )
    pages = finding.pages(staff.role, words, house(request).texts)[:most]
    return page(
        request,
        "finding/_found.html" if typing else "finding/found.html",
        work,
        words=words,
        typing=typing,
        people=people[:most],
        person_route="person" if may(staff.role, "person") else "care-person",
        pairs=[(pair, _of(pair)) for pair in pairs[:most]],
        pages=pages,
        count=len(people[:most]) + len(pairs[:most]) + len(pages),
        more=len(people) > most or len(pairs) > most,
    )


async def _people(staff: Staff, work: Work, sought: Sequence[Part], limit: int) -> Sequence[Person]:
    """Whom this role may open: everybody, the own class, those who are flagged, or nobody."""
    if may(staff.role, "person"):
        own = staff.class_name if staff.role is StaffRole.CLASS_TEACHER else None
        return await rows.people(work.session, work.school.id, sought, limit=limit, class_name=own)
    if may(staff.role, "care-person"):
        flagged = await care.flagged(work.session, work.school.id, work.settings.year)
        return await rows.people(
            work.session, work.school.id, sought, limit=limit, only=[one.id for one in flagged]
        )
    return ()


def _of(pair: Pair) -> list[Person]:
    """Those who are in it; of one that is over, those who were in it last."""
    return [member.person for member in named(pair)]


@router.get("/manual", name="manual")
async def manual(request: Request, staff: Signed, work: Reading) -> Response:
    return page(request, "finding/manual.html", work)

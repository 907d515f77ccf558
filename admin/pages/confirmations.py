"""«Подтверждения»: parents and mentors who wait for the school's word, one press each."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.show import page
from admin.visit import Reading, Signed
from program.roles import StaffRole
from storage import waiting

router = APIRouter(prefix="/confirmations")


@router.get("", name="confirmations")
async def confirmations(request: Request, staff: Signed, work: Reading) -> Response:
    own = staff.class_name if staff.role is StaffRole.CLASS_TEACHER else None
    found = await waiting.mentors(work.session, work.school.id, work.settings.year) if own is None else ()
    return page(
        request,
        "confirmations/confirmations.html",
        work,
        section="confirmations",
        bonds=await waiting.guardians(work.session, work.school.id, own),
        mentors=found,
    )

"""«Встречи»: the next two weeks, those nobody answered for, offers that wait."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.show import page
from admin.visit import Reading, Signed
from storage import meeting_lists, meetings

router = APIRouter(prefix="/meetings")

AHEAD = timedelta(days=14)
OVER = timedelta(hours=1)


@router.get("", name="meetings")
async def all_meetings(request: Request, staff: Signed, work: Reading) -> Response:
    session, school = work.session, work.school.id
    only = request.query_params.get("show") == "unanswered"
    start = work.now.astimezone(work.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    found = [] if only else await meeting_lists.between(session, school, start, start + AHEAD)
    days = [
        (on, list(of_day))
        for on, of_day in groupby(
            found, key=lambda one: one.starts_at.astimezone(work.zone).date() if one.starts_at else None
        )
    ]
    return page(
        request,
        "meetings/meetings.html",
        work,
        section="meetings",
        only=only,
        days=days,
        unanswered=await meetings.unanswered(session, school, work.now - OVER),
        proposed=[] if only else await meetings.proposed(session, school),
        present=meetings.present,
    )

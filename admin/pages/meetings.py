"""«Встречи»: a week at a time, those nobody answered for, offers that wait; one page for each meeting."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import groupby

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import meeting_diary, meeting_outcomes
from actions.meeting_messages import OUTCOMES
from actions.work import Work
from admin.forms import Typed
from admin.listing import Source, download, view
from admin.lists import meetings as listed
from admin.lists.meetings import Row
from admin.show import back, page
from admin.tables import Table
from admin.visit import Changing, Fields, Reading, Signed, house, words
from program.ids import id_in
from program.meetings import left_for_curator
from program.states import MeetingStatus
from storage import meeting_diary as stored
from storage import meeting_lists, meetings
from storage.tables import Meeting

router = APIRouter(prefix="/meetings")

WEEK = timedelta(days=7)
FARTHEST = timedelta(days=400)  # weeks that can be turned to, either way


@router.get("", name="meetings")
async def all_meetings(request: Request, staff: Signed, work: Reading) -> Response:
    session, school = work.session, work.school.id
    only = request.query_params.get("show") == "unanswered"
    monday = _monday(work, request.query_params.get("week", ""))
    start = datetime.combine(monday, time(), work.zone)
    found = [] if only else await meeting_lists.between(session, school, start, start + WEEK)
    days = [
        (on, list(of_day))
        for on, of_day in groupby(
            found, key=lambda one: one.starts_at.astimezone(work.zone).date() if one.starts_at else None
        )
    ]
    unanswered = await meetings.unanswered(session, school, left_for_curator(work.now))
    return page(
        request,
        "meetings/meetings.html",
        work,
        section="meetings",
        only=only,
        days=days,
        monday=monday,
        sunday=monday + timedelta(days=6),
        before=monday - WEEK,
        after=monday + WEEK,
        unanswered=unanswered,
        outcomes=OUTCOMES,
        proposed=[] if only else await meetings.proposed(session, school),
        whose=meetings.whose,
    )


@router.get("/table", name="meetings-table")
async def table(request: Request, staff: Signed, work: Reading) -> Response:
    return page(
        request,
        "meetings/table.html",
        work,
        section="meetings",
        view=await view(request, staff, work, *listed.built(work)),
        names=listed.names,
    )


@router.post("/table/file", name="meetings-table-file")
async def table_file(request: Request, staff: Signed) -> Response:
    async def built(work: Work) -> tuple[Table[Row], Source[Row]]:
        return listed.built(work)

    return await download(request, staff, built)


@router.get("/{meeting_id}", name="meeting")
async def one(request: Request, staff: Signed, work: Reading, meeting_id: int) -> Response:
    meeting = await get(work, meeting_id)
    came = {line.person_id: line.came for line in await stored.attendance(work.session, [meeting.id])}
    lines = [line for line in await meeting_diary.lines(work, meeting.pair) if line.meeting_id == meeting.id]
    over = meeting.starts_at is not None and meeting.starts_at <= work.now
    return page(
        request,
        "meetings/meeting.html",
        work,
        section="meetings",
        meeting=meeting,
        members=meeting_outcomes.members_at(meeting.pair, meeting),
        came=came,
        line=lines[0] if lines else None,
        over=over,
        open=over and meeting.status == MeetingStatus.CONFIRMED,
        outcomes=OUTCOMES,
        whose=meetings.whose(meeting),
    )


@router.post("/{meeting_id}/outcome", name="meeting-outcome")
async def outcome(request: Request, staff: Signed, work: Changing, form: Fields, meeting_id: int) -> Response:
    await get(work, meeting_id)
    said = words(form, "outcome")
    if said not in tuple(MeetingStatus):
        raise HTTPException(422)
    if (was := words(form, "was")) in tuple(MeetingStatus):  # something stands there, and it is put right
        await meeting_outcomes.correct(work, meeting_id, MeetingStatus(was), MeetingStatus(said))
    else:
        await meeting_outcomes.settle(work, meeting_id, MeetingStatus(said))
    done = "meeting-held" if said == MeetingStatus.HELD else "meeting-not-held"
    if words(form, "list"):
        return back(request, "meetings", done, query="show=unanswered")
    return back(request, "meeting", done, meeting_id=meeting_id)


@router.post("/{meeting_id}/came", name="meeting-came")
async def came(request: Request, staff: Signed, work: Changing, form: Fields, meeting_id: int) -> Response:
    await get(work, meeting_id)
    ticked = Typed(form, house(request).texts).many("came")
    there = {number for value in ticked if (number := id_in(value))}
    await meeting_outcomes.attendance(work, meeting_id, there)
    return back(request, "meeting", "meeting-came", meeting_id=meeting_id)


async def get(work: Work, meeting_id: int) -> Meeting:
    """A meeting of this school with its pair and people. Raises 404."""
    found = await meetings.get(work.session, work.school.id, meeting_id)
    if found is None:
        raise HTTPException(404)
    return found


def _monday(work: Work, asked: str) -> date:
    """Of the week that was asked for, if it is near enough; else of this one."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = work.today
    if abs(day - work.today) > FARTHEST:
        day = work.today
    return day - timedelta(days=day.weekday())

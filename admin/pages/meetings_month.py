"""«Встречи» by the month: a grid of days on a desk, a list of days on a phone, one sheet on paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions.work import Work
from admin.show import page, version
from admin.visit import Reading, Signed
from locales import dates
from program.states import MeetingStatus
from storage import gatherings, meeting_lists, meetings
from storage.tables import Gathering, Meeting

router = APIRouter(prefix="/meetings")

SHOWN = 4  # meetings of one day; the rest are a press away
SIGNS = {status.value: "" for status in MeetingStatus} | {MeetingStatus.HELD: "✓", MeetingStatus.MISSED: "×"}
FARTHEST = 400  # days that can be turned to, either way


@dataclass(frozen=True)
class Day:
    """Args:
    inside: it belongs to the month that is shown. more: meetings that have no place here.
    """

    on: date
    inside: bool
    today: bool
    free: bool
    gatherings: Sequence[Gathering]
    meetings: Sequence[Meeting]
    more: int

    @property
    def empty(self) -> bool:
        return not (self.meetings or self.gatherings)

    @property
    def monday(self) -> date:
        return self.on - timedelta(days=self.on.weekday())


@router.get("/month", name="meetings-month")
async def month(request: Request, staff: Signed, work: Reading) -> Response:
    first = _first(work, request.query_params.get("month", ""))
    after = _next(first)
    days = await _days(work, first)
    return page(
        request,
        "meetings/month.html",
        work,
        section="meetings",
        weeks=[days[n : n + 7] for n in range(0, len(days), 7)],
        heads=[dates.weekday(day.on) for day in days[:7]],
        name=f"{dates.month(first)} {first.year}",
        before=(first - timedelta(days=1)).replace(day=1),
        after=after,
        count=sum(len(day.meetings) + day.more for day in days if day.inside),
        short=short,
        signs=SIGNS,
        month_version=version("month.css"),
    )


def short(meeting: Meeting) -> str:
    """«Котова – Иванов», or how the group is called."""
    if meeting.pair.is_group and meeting.pair.title:
        return meeting.pair.title
    return " – ".join(one.person.last_name or one.person.first_name for one in meetings.whose(meeting))


async def _days(work: Work, first: date) -> list[Day]:
    """Whole weeks, from the Monday before the month to the Sunday after it."""
    monday = first - timedelta(days=first.weekday())
    last = _next(first) - timedelta(days=1)
    count = (last - monday).days + 7 - last.weekday()
    session, school = work.session, work.school.id
    starts, ends = (datetime.combine(monday + timedelta(days=n), time(), work.zone) for n in (0, count))
    keys: dict[date, list[int]] = defaultdict(list)
    for key, at in await meeting_lists.starts_between(session, school, starts, ends):
        keys[at.astimezone(work.zone).date()].append(key)
    wanted = [key for of_day in keys.values() for key in of_day[:SHOWN]]
    found: dict[date, list[Meeting]] = defaultdict(list)
    for one in await meeting_lists.some(session, school, wanted):
        assert one.starts_at is not None
        found[one.starts_at.astimezone(work.zone).date()].append(one)
    common: dict[date, list[Gathering]] = defaultdict(list)
    for each in await gatherings.between(session, school, starts, ends):
        common[each.starts_at.astimezone(work.zone).date()].append(each)
    return [
        Day(
            on,
            on.month == first.month,
            on == work.today,
            work.settings.is_rest(on),
            common[on],
            found[on],
            max(len(keys[on]) - SHOWN, 0),
        )
        for on in (monday + timedelta(days=n) for n in range(count))
    ]


def _first(work: Work, asked: str) -> date:
    """The first day of the month that was asked for, if it is near enough; else of this one."""
    try:
        day = date.fromisoformat(f"{asked}-01")
    except ValueError:
        day = work.today
    if abs(day - work.today) > timedelta(days=FARTHEST):
        day = work.today
    return day.replace(day=1)


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)

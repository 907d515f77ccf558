"""What lies ahead in the next seven days: meetings, questionnaires that close, events. Counts and titles, no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from actions.work import Work
from storage import overview
from storage import this_week as rows

DAYS = 7
SHOWN = 5  # of each kind; the rest stands on its own page


@dataclass(frozen=True)
class Event:
    """`route`, `id`: its page. `title`: "" for a meeting of the whole programme, which has a `kind` instead."""

    route: str
    id: int
    starts_at: datetime
    title: str = ""
    kind: str = ""


@dataclass(frozen=True)
class ThisWeek:
    """Args:
    today, week: meetings of pairs that are agreed or were held: of today, and of the seven days that begin today.
    closing: questionnaires sent by hand whose last day is near: code, title and end.
    """

    today: int
    week: int
    closing: list[tuple[str, str, datetime]]
    events: list[Event]


async def ahead(work: Work) -> ThisWeek:
    """Days are the school's, from midnight on."""
    session, school = work.session, work.school.id
    begins = datetime.combine(work.today, time(), work.zone)
    night, ends = begins + timedelta(days=1), begins + timedelta(days=DAYS)
    found = [
        Event("gathering", key, at, kind=kind)
        for key, kind, at in await rows.gatherings(session, school, work.now, ends)
    ]
    found += [
        Event("encounter", key, at, topic)
        for key, topic, at in await rows.encounters(session, school, work.now, ends)
    ]
    return ThisWeek(
        await overview.meetings_between(session, school, begins, night),
        await overview.meetings_between(session, school, begins, ends),
        await rows.closing(session, school, work.now, ends),
        sorted(found, key=lambda one: (one.starts_at, one.route, one.id))[:SHOWN],
    )

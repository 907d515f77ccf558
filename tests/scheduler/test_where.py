"""Lines that run only where they have something to look at: which rows name a school, and how soon others do not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from actions.accounts import add_user
from actions.work import Work
from program.encounters import EncounterKind, EncounterState, QuestionKind, QuestionState
from program.gatherings import GatheringState
from program.roles import StaffRole
from program.states import MeetingFormat, MeetingKind, MeetingStatus, NewsStatus, RequestState
from scheduler.timetable import TIMETABLE
from storage import beats
from storage.database import Database
from storage.school_year import LEAVES
from storage.tables import (
    Base,
    Encounter,
    Gathering,
    GroupChange,
    HelpRequest,
    Meeting,
    NewsItem,
    PoolQuestion,
    School,
    StaffChat,
    YearLine,
    YearTurn,
)
from tests import build
from tests.both import either as either
from tests.build import NOW
from tests.pairs import couple

DAY, YEAR = timedelta(days=1), "2026-2027"
LINES = {tick.name: tick.where for tick in TIMETABLE if tick.where is not None}
PAST, AHEAD = NOW - DAY, NOW + DAY


async def found(database: Database) -> dict[str, Any]:
    async with database.reading() as session:
        seen = await beats.asked(session, LINES.values(), NOW)
    return {name: seen[where] for name, where in LINES.items() if seen[where]}


async def rows(database: Database, school: School) -> list[tuple[Base, set[str]]]:
    """Each kind of row that a line looks for, and the lines that have to run because of it."""
    async with database.transaction() as session:
        made = await couple(session, school)
        anna = await add_user(Work(session, school, NOW, "cli"), "anna", StaffRole.CURATOR, "длинный пароль")
    sid: dict[str, Any] = {"school_id": school.id}
    news = sid | {"title": "Новость", "body": "", "created_at": PAST}
    meet = sid | {"year": YEAR, "minutes": 30, "format": MeetingFormat.OFFLINE, "created_at": PAST}
    one = meet | {"kind": EncounterKind.FLASH, "topic": "Тема", "seats": 5}
    all_ = meet | {"kind": MeetingKind.M0}
    turn = YearTurn(**sid, year=YEAR, step="people", changed_at=PAST, done_at=PAST)
    line = {"kind": LEAVES, "subject_id": made.mentee}
    of_pair = sid | {"pair_id": made.pair, "kind": MeetingKind.M1, "proposed_by": made.mentor}
    of_pair |= {"format": MeetingFormat.OFFLINE, "created_at": PAST}
    return [
        (Meeting(**of_pair, status=MeetingStatus.PROPOSED, uid="3"), {"meeting-offers"}),
        (Meeting(**of_pair, status=MeetingStatus.CONFIRMED, starts_at=AHEAD, uid="4"), {"meeting-reminders"}),
        (Meeting(**of_pair, status=MeetingStatus.CONFIRMED, starts_at=PAST, uid="5"), {"meeting-outcomes"}),
        (Meeting(**of_pair, status=MeetingStatus.HELD, closed_at=PAST, uid="6"), {"feedback-polls"}),
        (StaffChat(**sid, user_id=anna.id, person_id=made.mentor, since=PAST), {"weekly-digest", "morning-tasks"}),
        (Gathering(**all_, state=GatheringState.PLANNED, starts_at=AHEAD, uid="1"), {"gathering-reminders"}),
        (Gathering(**all_, state=GatheringState.HELD, starts_at=PAST, uid="2", guests="А"), {"gathering-guests"}),
        (HelpRequest(**sid, person_id=made.mentee, about="", apart="", at=PAST, step=1, urgent=True,
                     state=RequestState.NEW), {"calls-for-help"}),
        (GroupChange(**sid, pair_id=made.pair, participation_id=1, comes=False, on_day=PAST.date(), at=PAST,
                     outcome=""), {"group-changes"}),
        (Encounter(**one, state=EncounterState.OPEN, starts_at=AHEAD), {"encounter-reminders", "encounter-seats"}),
        (Encounter(**one, state=EncounterState.HELD, starts_at=PAST), {"encounter-who-came", "encounter-polls"}),
        (PoolQuestion(**sid, year=YEAR, kind=QuestionKind.QUESTION, state=QuestionState.OPEN, topic="study",
                      asker_id=made.mentee, at=PAST), {"encounter-seats"}),
        (NewsItem(**news, status=NewsStatus.PLANNED, planned_at=PAST), {"news-plans", "takedowns"}),
        (NewsItem(**news, status=NewsStatus.WITHDRAWN, copies_after=0), {"news-copies"}),
        (turn, {"school-year"}),
        (YearLine(**sid, turn_id=1, **line), {"school-leavers"}),
    ]  # fmt: skip


async def test_a_row_that_a_line_looks_for_names_its_school_and_no_other(either: Database) -> None:
    school, second = build.school(), build.school("second")
    async with either.transaction() as session:
        session.add_all([school, second])
    assert await found(either) == {}
    seen: set[str] = set()
    for row, lines in await rows(either, school):
        async with either.transaction() as session:
            session.add(row)
        now = await found(either)
        assert set(now) == seen | lines, row
        assert all(ids == [school.id] for ids in now.values())
        seen |= lines
    assert seen == set(LINES)

"""In which schools a beat of the clock may find something to do: one statement instead of a transaction for each line and school.

Each of these may name a school too many, never one too few: what a line of the timetable looks at must be among it.
By the school's own index, so that neither other schools nor earlier years are read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, exists, literal_column, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from program.encounters import EncounterState, QuestionState
from program.feedback import OPEN_FOR
from program.gatherings import GatheringState
from program.states import MeetingStatus, NewsStatus, RequestState
from storage import group_changes
from storage.adding import read_rows
from storage.school_year import LEAVES
from storage.tables import (
    Encounter,
    ExportJob,
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
from storage.tables.base import UtcTime

Where = Callable[[], Select[int]]

LOOK_BACK = timedelta(days=31)  # what is over is asked about for a month at most

# Of the tables: what the mapper adds to a statement costs more than asking it.
_TABLES: tuple[Any, ...] = (
    Meeting, Gathering, Encounter, PoolQuestion, School, GroupChange, HelpRequest, NewsItem, YearTurn, YearLine,
    ExportJob, StaffChat,
)  # fmt: skip
(
    _meeting,
    _gathering,
    _encounter,
    _question,
    _school,
    _change,
    _call,
    _news,
    _turn,
    _line,
    _export,
    _chat,
) = (one.__table__.c for one in _TABLES)

_NOW: Any = bindparam("now", type_=UtcTime())
_MONTH_AGO: Any = bindparam("month_ago", type_=UtcTime())
_POLLS_SINCE: Any = bindparam("polls_since", type_=UtcTime())


@cache
def meetings_ahead() -> Select[int]:
    """A meeting is agreed and has not begun."""
    return _schools(
        _meeting.school_id == _school.id,
        _meeting.status == MeetingStatus.CONFIRMED,
        _meeting.starts_at > _NOW,
    )


@cache
def meetings_past() -> Select[int]:
    """A meeting that was agreed has begun, and nobody has said yet whether it was held."""
    return _schools(
        _meeting.school_id == _school.id,
        _meeting.status == MeetingStatus.CONFIRMED,
        _meeting.starts_at > _MONTH_AGO,
        _meeting.starts_at <= _NOW,
    )


@cache
def meetings_offered() -> Select[int]:
    """A meeting is offered."""
    return _schools(_meeting.school_id == _school.id, _meeting.status == MeetingStatus.PROPOSED)


@cache
def meetings_held() -> Select[int]:
    """A meeting was said to have been held, and its polls are still open."""
    return _schools(
        _meeting.school_id == _school.id,
        _meeting.closed_at > _POLLS_SINCE,
        _meeting.status == MeetingStatus.HELD,
    )


@cache
def gatherings_ahead() -> Select[int]:
    """A meeting of the whole programme is called and has not begun."""
    return _schools(
        _gathering.school_id == _school.id,
        _gathering.state == GatheringState.PLANNED,
        _gathering.starts_at > _NOW,
    )


@cache
def encounters_ahead() -> Select[int]:
    """A meeting outside of pairs is open and has not begun."""
    return _schools(
        _encounter.school_id == _school.id,
        _encounter.state == EncounterState.OPEN,
        _encounter.starts_at >= _NOW,
    )


@cache
def encounters_past() -> Select[int]:
    """A meeting outside of pairs has begun not long ago and was not called off."""
    return _schools(
        _encounter.school_id == _school.id,
        _encounter.state.in_((EncounterState.OPEN, EncounterState.HELD)),
        _encounter.starts_at >= _MONTH_AGO,
        _encounter.starts_at <= _NOW,
    )


@cache
def seats_or_questions() -> Select[int]:
    """A meeting outside of pairs is open and has not begun, or a question of a pupil's is under way."""
    alive = (QuestionState.OPEN, QuestionState.TAKEN, QuestionState.ANSWERED)
    ahead = exists().where(
        _encounter.school_id == _school.id,
        _encounter.state == EncounterState.OPEN,
        _encounter.starts_at >= _NOW,
    )
    asked = exists().where(_question.school_id == _school.id, _question.state.in_(alive))
    return select(_school.id).where(ahead | asked)


@cache
def guests_kept() -> Select[int]:
    """Names of guests from outside are kept."""
    return _schools(_gathering.school_id == _school.id, _gathering.guests != "")


@cache
def groups_to_change() -> Select[int]:
    """A change of a group waits for its day."""
    return _schools(_change.school_id == _school.id, _change.outcome == group_changes.WAITS)


@cache
def calls_for_help() -> Select[int]:
    """An urgent call that nobody has taken."""
    return _schools(
        _call.school_id == _school.id,
        _call.state == RequestState.NEW,
        _call.urgent.is_(True),
    )


@cache
def news_planned() -> Select[int]:
    """News whose hour has come."""
    return _schools(
        _news.school_id == _school.id, _news.status == NewsStatus.PLANNED, _news.planned_at <= _NOW
    )


@cache
def news_changed() -> Select[int]:
    """News whose copies do not all say yet what it says."""
    return select(_news.school_id).where(_news.copies_after.is_not(None)).distinct()


@cache
def people_shown() -> Select[int]:
    """News is out, or planned."""
    return _schools(
        _news.school_id == _school.id, _news.status.in_((NewsStatus.PUBLISHED, NewsStatus.PLANNED))
    )


@cache
def years_to_begin() -> Select[int]:
    """The year has turned, and its first day has not been lived through."""
    return _schools(_turn.school_id == _school.id, _turn.done_at.is_not(None), _turn.begun_at.is_(None))


@cache
def leavers() -> Select[int]:
    """The year has turned, and somebody leaves the school with it."""
    return _schools(_line.school_id == _school.id, _line.kind == LEAVES)


@cache
def staff_in_chats() -> Select[int]:
    """Somebody of the staff has a chat in which the bot may tell them something."""
    return _schools(_chat.school_id == _school.id)


@cache
def exports() -> Select[int]:
    """An archive of everything that is being made."""
    return select(_export.school_id).where(_export.ready_at.is_(None))


def _schools(*has: ColumnElement[bool]) -> Select[int]:
    """Built once: asked at every beat."""
    return select(_school.id).where(exists().where(*has))


async def asked(
    session: AsyncSession, questions: Collection[Where], now: datetime
) -> dict[Where, Sequence[int]]:
    """The ids of schools by question; all questions in one statement, one after another takes three times as long."""
    found: dict[Where, set[int]] = {one: set() for one in questions}
    if found:
        each = tuple(found)
        values = {"now": now, "month_ago": now - LOOK_BACK, "polls_since": now - OPEN_FOR}
        rows: Any = await read_rows(session, _at_once(each), values)
        for school, number in rows:
            found[each[number]].add(school)
    return {one: sorted(ids) for one, ids in found.items()}


@cache
def _at_once(questions: tuple[Where, ...]) -> Any:
    numbered = [
        one().add_columns(literal_column(str(number), Integer)) for number, one in enumerate(questions)
    ]
    return union_all(*numbered) if len(numbered) > 1 else numbered[0]

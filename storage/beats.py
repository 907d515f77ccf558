"""In which schools a beat of the clock may find something to do: one statement instead of a transaction for each school.

Each of these may name a school too many, never one too few: what a line of the timetable looks at must be among it.
By the school's own index, so that neither other schools nor earlier years are read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.encounters import EncounterState, QuestionState
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
    YearLine,
    YearTurn,
)
from storage.tables.base import UtcTime

LOOK_BACK = timedelta(days=31)  # what is over is asked about for a month at most

# Of the tables: what the mapper adds to a statement costs more than asking it.
_TABLES: tuple[Any, ...] = (
    Meeting, Gathering, Encounter, PoolQuestion, School, GroupChange, HelpRequest, NewsItem, YearTurn, YearLine,
    ExportJob,
)  # fmt: skip
(_meeting, _gathering, _encounter, _question, _school, _change, _call, _news, _turn, _line, _export) = (
    one.__table__.c for one in _TABLES
)

_NOW: Any = bindparam("now", type_=UtcTime())
_MONTH_AGO: Any = bindparam("month_ago", type_=UtcTime())


async def meetings_ahead(session: AsyncSession, now: datetime) -> Collection[int]:
    """A meeting is agreed and has not begun."""
    return await _asked(session, _meetings_ahead, now)


@cache
def _meetings_ahead() -> Select[int]:
    return _schools(
        _meeting.school_id == _school.id,
        _meeting.status == MeetingStatus.CONFIRMED,
        _meeting.starts_at > _NOW,
    )


async def meetings_past(session: AsyncSession, now: datetime) -> Collection[int]:
    """A meeting that was agreed has begun, and nobody has said yet whether it was held."""
    return await _asked(session, _meetings_past, now)


@cache
def _meetings_past() -> Select[int]:
    return _schools(
        _meeting.school_id == _school.id,
        _meeting.status == MeetingStatus.CONFIRMED,
        _meeting.starts_at > _MONTH_AGO,
        _meeting.starts_at <= _NOW,
    )


async def meetings_offered(session: AsyncSession, now: datetime) -> Collection[int]:
    """A meeting is offered."""
    return await _asked(session, _meetings_offered, now)


@cache
def _meetings_offered() -> Select[int]:
    return _schools(_meeting.school_id == _school.id, _meeting.status == MeetingStatus.PROPOSED)


async def gatherings_ahead(session: AsyncSession, now: datetime) -> Collection[int]:
    """A meeting of the whole programme is called and has not begun."""
    return await _asked(session, _gatherings_ahead, now)


@cache
def _gatherings_ahead() -> Select[int]:
    return _schools(
        _gathering.school_id == _school.id,
        _gathering.state == GatheringState.PLANNED,
        _gathering.starts_at > _NOW,
    )


async def encounters_ahead(session: AsyncSession, now: datetime) -> Collection[int]:
    """A meeting outside of pairs is open and has not begun."""
    return await _asked(session, _encounters_ahead, now)


@cache
def _encounters_ahead() -> Select[int]:
    return _schools(
        _encounter.school_id == _school.id,
        _encounter.state == EncounterState.OPEN,
        _encounter.starts_at >= _NOW,
    )


async def encounters_past(session: AsyncSession, now: datetime) -> Collection[int]:
    """A meeting outside of pairs has begun not long ago and was not called off."""
    return await _asked(session, _encounters_past, now)


@cache
def _encounters_past() -> Select[int]:
    return _schools(
        _encounter.school_id == _school.id,
        _encounter.state.in_((EncounterState.OPEN, EncounterState.HELD)),
        _encounter.starts_at >= _MONTH_AGO,
        _encounter.starts_at <= _NOW,
    )


async def seats_or_questions(session: AsyncSession, now: datetime) -> Collection[int]:
    """A meeting outside of pairs is open and has not begun, or a question of a pupil's is under way."""
    return await _asked(session, _seats_or_questions, now)


@cache
def _seats_or_questions() -> Select[int]:
    alive = (QuestionState.OPEN, QuestionState.TAKEN, QuestionState.ANSWERED)
    ahead = exists().where(
        _encounter.school_id == _school.id,
        _encounter.state == EncounterState.OPEN,
        _encounter.starts_at >= _NOW,
    )
    asked = exists().where(_question.school_id == _school.id, _question.state.in_(alive))
    return select(_school.id).where(ahead | asked)


async def guests_kept(session: AsyncSession, now: datetime) -> Collection[int]:
    """Names of guests from outside are kept."""
    return await _asked(session, _guests_kept, now)


@cache
def _guests_kept() -> Select[int]:
    return _schools(_gathering.school_id == _school.id, _gathering.guests != "")


async def groups_to_change(session: AsyncSession, now: datetime) -> Collection[int]:
    """A change of a group waits for its day."""
    return await _asked(session, _groups_to_change, now)


@cache
def _groups_to_change() -> Select[int]:
    return _schools(_change.school_id == _school.id, _change.outcome == group_changes.WAITS)


async def calls_for_help(session: AsyncSession, now: datetime) -> Collection[int]:
    """An urgent call that nobody has taken."""
    return await _asked(session, _calls_for_help, now)


@cache
def _calls_for_help() -> Select[int]:
    return _schools(
        _call.school_id == _school.id,
        _call.state == RequestState.NEW,
        _call.urgent.is_(True),
    )


async def news_planned(session: AsyncSession, now: datetime) -> Collection[int]:
    """News whose hour has come."""
    return await _asked(session, _news_planned, now)


@cache
def _news_planned() -> Select[int]:
    return _schools(
        _news.school_id == _school.id, _news.status == NewsStatus.PLANNED, _news.planned_at <= _NOW
    )


async def news_changed(session: AsyncSession, now: datetime) -> Collection[int]:
    """News whose copies do not all say yet what it says."""
    return await _asked(session, _news_changed, now)


@cache
def _news_changed() -> Select[int]:
    return select(_news.school_id).where(_news.copies_after.is_not(None)).distinct()


async def people_shown(session: AsyncSession, now: datetime) -> Collection[int]:
    """News is out, or planned."""
    return await _asked(session, _people_shown, now)


@cache
def _people_shown() -> Select[int]:
    return _schools(
        _news.school_id == _school.id, _news.status.in_((NewsStatus.PUBLISHED, NewsStatus.PLANNED))
    )


async def years_to_begin(session: AsyncSession, now: datetime) -> Collection[int]:
    """The year has turned, and its first day has not been lived through."""
    return await _asked(session, _years_to_begin, now)


@cache
def _years_to_begin() -> Select[int]:
    return _schools(_turn.school_id == _school.id, _turn.done_at.is_not(None), _turn.begun_at.is_(None))


async def leavers(session: AsyncSession, now: datetime) -> Collection[int]:
    """The year has turned, and somebody leaves the school with it."""
    return await _asked(session, _leavers, now)


@cache
def _leavers() -> Select[int]:
    return _schools(_line.school_id == _school.id, _line.kind == LEAVES)


async def exports(session: AsyncSession, now: datetime) -> Collection[int]:
    """An archive of everything that is being made."""
    return await _asked(session, _exports, now)


@cache
def _exports() -> Select[int]:
    return select(_export.school_id).where(_export.ready_at.is_(None))


def _schools(*has: ColumnElement[bool]) -> Select[int]:
    """Built once: asked at every beat."""
    return select(_school.id).where(exists().where(*has))


async def _asked(
    session: AsyncSession, statement: Callable[[], Select[int]], now: datetime
) -> Collection[int]:
    values = {"now": now, "month_ago": now - LOOK_BACK}
    return set((await read_rows(session, statement(), values)).scalars())

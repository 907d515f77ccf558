"""Counts of a school year that stand behind the staff's self-assessment. Queries; no names."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.roles import Category, Side
from program.states import MeetingStatus, ParticipationStatus
from storage import askings
from storage.overview import GONE
from storage.tables import Answer, Meeting, Pair, Participation, Person, Response
from storage.ways_in import begins

_BEFORE = (ParticipationStatus.REGISTERED, ParticipationStatus.CONSENT_PENDING)
_PAIRED = (ParticipationStatus.PAIRED, ParticipationStatus.FINISHED)
_WAITING = (ParticipationStatus.IN_BASE, ParticipationStatus.SEARCHING)
_DUE = (MeetingStatus.CONFIRMED, MeetingStatus.HELD, MeetingStatus.MISSED)


async def queue(session: AsyncSession, school_id: int, year: str, forms: Collection[str]) -> tuple[int, int]:
    """(mentees who have or had a pair, all mentees in the base)."""
    counts = await _statuses(session, school_id, year, forms, Side.MENTEE)
    paired = sum(counts.get(one, 0) for one in _PAIRED)
    return paired, paired + sum(counts.get(one, 0) for one in _WAITING)


async def documents(
    session: AsyncSession, school_id: int, year: str, forms: Collection[str]
) -> tuple[int, int]:
    """(places with all consents, all places that were not given up)."""
    counts = await _statuses(session, school_id, year, forms)
    whole = sum(counts.values())
    return whole - sum(counts.get(one, 0) for one in _BEFORE), whole


async def meetings(
    session: AsyncSession, school_id: int, year: str, forms: Collection[str], now: datetime
) -> tuple[int, int]:
    """(held, all that were agreed and whose time has come)."""
    statement = (
        select(Meeting.status, func.count(Meeting.id))
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(
            Meeting.school_id == school_id,
            Meeting.starts_at <= now,
            Meeting.status.in_(_DUE),
            Pair.year == year,
            *([Pair.form.in_(forms)] if forms else []),
        )
        .group_by(Meeting.status)
    )
    counts = {str(status): count for status, count in await session.execute(statement)}
    return counts.get(MeetingStatus.HELD, 0), sum(counts.values())


async def responses(
    session: AsyncSession, school_id: int, year: str, forms: Collection[str]
) -> tuple[int, int]:
    """(questionnaires filled in, questionnaires sent to participants of these forms)."""
    statement = select(Participation.person_id).where(
        Participation.school_id == school_id,
        Participation.year == year,
        *([Participation.form.in_(forms)] if forms else []),
    )
    people = set(await session.scalars(statement))
    answered = await askings.answered(session, school_id, year)
    sent = filled = 0
    for key in await askings.invited(session, school_id, year):
        if not key.startswith(askings.FIRST):
            continue
        code, round, person, about = key.removeprefix(askings.FIRST).split(":", 3)
        if int(person) in people:
            sent += 1
            filled += (int(person), code, about, round) in answered
    return filled, sent


async def partners(session: AsyncSession, school_id: int, year: str) -> int:
    """Mentors of this year who come from a company or another organisation."""
    statement = (
        select(func.count(distinct(Participation.person_id)))
        .join(Person, Person.id == Participation.person_id)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.side == Side.MENTOR,
            Participation.status.not_in(GONE),
            Person.category.in_((Category.EMPLOYER, Category.OTHER)),
        )
    )
    return await session.scalar(statement) or 0


async def said(
    session: AsyncSession, school_id: int, year: str, question: str, codes: Collection[str]
) -> list[tuple[int | None, list[Any] | None]]:
    """Number and choices of everybody who answered one question in one of these questionnaires."""
    statement = (
        select(Answer.number, Answer.choices)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Response.school_id == school_id,
            begins(Response.round, year),
            Response.person_id.is_not(None),
            Response.code.in_(codes),
            Answer.question == question,
            Answer.skipped.is_(False),
        )
    )
    return [(number, choices) for number, choices in await session.execute(statement)]


async def _statuses(
    session: AsyncSession, school_id: int, year: str, forms: Collection[str], side: Side | None = None
) -> dict[str, int]:
    statement = (
        select(Participation.status, func.count(Participation.id))
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.status.not_in(GONE),
            *([Participation.form.in_(forms)] if forms else []),
            *([Participation.side == side] if side is not None else []),
        )
        .group_by(Participation.status)
    )
    return {str(status): count for status, count in await session.execute(statement)}

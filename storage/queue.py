"""Mentees who wait for a pair, the longest first: a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from program.roles import PersonState, Side
from program.states import HOLDING, PairStatus, ParticipationStatus
from storage.places import chunks
from storage.tables import Pair, PairMember, Participation, Person

WAITING = (ParticipationStatus.IN_BASE, ParticipationStatus.SEARCHING)


@dataclass(frozen=True)
class Waits:
    """One mentee without a pair.

    Args:
        since: when the consents were there, or the last pair ended.
        suggested: a suggestion stands and waits for the curator.
    """

    place: Participation
    person: Person
    since: datetime
    suggested: bool


async def waits(session: AsyncSession, school_id: int, year: str, form: str = "") -> list[Waits]:
    """Everybody in the base without a decided pair, who waits longest first."""
    where = _in_base(school_id, year)
    if form:
        where.append(Participation.form == form)
    statement = (
        select(Participation)
        .join(Participation.person)
        .where(*where)
        .options(joinedload(Participation.person))
    )
    places = (await session.scalars(statement)).all()
    standing, ended = await _pairs(session, [one.id for one in places])
    found = [
        Waits(
            one,
            one.person,
            max([one.enrolled_at or one.created_at, *ended.get(one.id, ())]),
            PairStatus.SUGGESTED in standing.get(one.id, ()),
        )
        for one in places
        if not _taken(standing.get(one.id, ()))
    ]
    return sorted(found, key=lambda one: (one.since, one.place.id))


async def _pairs(
    session: AsyncSession, places: Sequence[int]
) -> tuple[dict[int, list[PairStatus]], dict[int, list[datetime]]]:
    """Place -> statuses of pairs that take a place now; place -> when pairs that worked ended."""
    standing: dict[int, list[PairStatus]] = {}
    ended: dict[int, list[datetime]] = {}
    for part in chunks(places):
        statement = (
            select(
                PairMember.participation_id, PairMember.left_at, Pair.status, Pair.closed_at, Pair.starts_on
            )
            .join(PairMember.pair)
            .where(PairMember.participation_id.in_(part))
        )
        for key, left_at, status, closed_at, starts_on in await session.execute(statement):
            if left_at is None and status in HOLDING:
                standing.setdefault(key, []).append(PairStatus(status))
            elif starts_on is not None and (at := left_at or closed_at):
                ended.setdefault(key, []).append(at)
    return standing, ended


async def long_waiting(
    session: AsyncSession, school_id: int, year: str, before: datetime
) -> tuple[int, datetime | None]:
    """How many have waited since before that moment, and since when the first of them."""
    begun = func.coalesce(Participation.enrolled_at, Participation.created_at)
    statement = (
        select(Participation.id, begun)
        .join(Participation.person)
        .where(*_in_base(school_id, year), begun < before)
    )
    places = {row.id: row[1] for row in await session.execute(statement)}
    standing, ended = await _pairs(session, list(places))
    found = [
        since
        for key, at in places.items()
        if (since := max([at, *ended.get(key, ())])) < before and not _taken(standing.get(key, ()))
    ]
    return len(found), min(found, default=None)


def _in_base(school_id: int, year: str) -> list[ColumnElement[bool]]:
    """Places of mentees who are looked for a pair; the person must be joined."""
    return [
        Participation.school_id == school_id,
        Participation.year == year,
        Participation.side == Side.MENTEE,
        Participation.status.in_(WAITING),
        Person.state.in_((PersonState.ACTIVE, PersonState.INVITED)),
    ]


def _taken(standing: Sequence[PairStatus]) -> bool:
    """Whether a pair takes the place that is more than suggested."""
    return bool(set(standing) - {PairStatus.SUGGESTED})

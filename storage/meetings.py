"""Meetings: queries. The pair comes with its present members and their people wherever it is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Result, Select, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from program.pair_life import STOOD_IN
from program.roles import PersonState, Side
from program.states import MeetingStatus, PairStatus
from storage.pairs import named
from storage.places import chunks
from storage.tables import Meeting, Pair, PairMember, Person

_T = TypeVar("_T")
_PEOPLE: Any = selectinload(Pair.members).joinedload(PairMember.person)
_WHOLE: Any = joinedload(Meeting.pair).selectinload(Pair.members).joinedload(PairMember.person)
# Of one pair its people come in the same statement: a second one costs more than a few repeated columns.
_PEOPLE_OF_ONE: Any = joinedload(Pair.members).joinedload(PairMember.person)
_WHOLE_OF_ONE: Any = joinedload(Meeting.pair).joinedload(Pair.members).joinedload(PairMember.person)
# Members as `present` knows them.
HERE = (PairMember.left_at.is_(None), PairMember.away_until.is_(None), PairMember.aside_since.is_(None))


def present(pair: Pair) -> list[PairMember]:
    """Members who meet now, mentors first.

    Who has left, is away while somebody stands in, or waits outside the group for a consent does not.
    """
    here = [m for m in pair.members if m.left_at is None and m.away_until is None and m.aside_since is None]
    return sorted(here, key=lambda member: (member.side != "mentor", member.id))


def lately(pair: Pair, since: datetime) -> list[PairMember]:
    """Members of now and those who have left since then, mentors first."""
    found = [one for one in pair.members if one.left_at is None or one.left_at > since]
    return sorted(found, key=lambda member: (member.side != "mentor", member.id))


def attended(meeting: Meeting, since: datetime, pair: Pair | None = None) -> list[PairMember]:
    """Members of now, and those who left after this meeting and since then.

    Args:
        pair: None: it is loaded with the meeting.
    """
    at = meeting.starts_at or meeting.closed_at or meeting.created_at
    return [
        one
        for one in lately(pair or meeting.pair, since)
        if one.left_at is None or (one.joined_at <= at < one.left_at)
    ]


def whose(meeting: Meeting) -> list[PairMember]:
    """Whose meeting it is or was, mentors first: who met in the pair when it began or was called off.

    If it has no time yet, or nobody was in the pair yet, the members of now, or of last.
    """
    at = meeting.closed_at if meeting.status == MeetingStatus.CANCELLED else meeting.starts_at
    # Who comes or goes in the very moment has not met yet, or still met: so the meetings are called off.
    there = [
        one
        for one in meeting.pair.members
        if at is not None
        and one.joined_at < at
        and at <= (one.left_at or at)
        and at <= (one.aside_since or at)
    ]
    guests = [one for one in there if one.stands_in_until is not None or one.left_for == STOOD_IN]
    if guests:  # instead of the mentor
        there = [one for one in there if one.side != Side.MENTOR or one in guests]
    found = there or present(meeting.pair) or named(meeting.pair)
    return sorted(found, key=lambda member: (member.side != "mentor", member.id))


def reachable(pair: Pair) -> list[Person]:
    """Present members whom the programme may write to."""
    return [member.person for member in present(pair) if member.person.state == PersonState.ACTIVE]


async def lock_pair(session: AsyncSession, school_id: int, pair_id: int) -> Pair | None:
    """The pair, held until the transaction ends: two proposals of one pair come one after the other."""
    return _one(await session.execute(_locked_pair(), {"pair": pair_id, "school": school_id}))


async def lock_pair_of(session: AsyncSession, school_id: int, meeting_id: int) -> Pair | None:
    """As `lock_pair`, by a meeting of the pair."""
    return _one(await session.execute(_locked_pair_of(), {"meeting": meeting_id, "school": school_id}))


async def whole(session: AsyncSession, school_id: int, pair_id: int) -> Pair | None:
    """The pair as it is now, held by nobody."""
    return _one(await session.execute(_pair(), {"pair": pair_id, "school": school_id}))


def _one(found: Result[_T]) -> _T | None:
    """Of rows that repeat it for each of its members; None if there are none."""
    one: _T | None = found.unique().scalar_one_or_none()
    return one


@cache
def _locked_pair() -> Select[Pair]:
    return _pair().with_for_update(of=Pair)


@cache
def _locked_pair_of() -> Select[Pair]:
    of_meeting = select(Meeting.pair_id).where(Meeting.id == bindparam("meeting"))
    return _here(Pair.id == of_meeting.scalar_subquery()).with_for_update(of=Pair)


@cache
def _pair() -> Select[Pair]:
    return _here(Pair.id == bindparam("pair"))


def _here(which: ColumnElement[bool]) -> Select[Pair]:
    return (
        select(Pair)
        .where(which, Pair.school_id == bindparam("school"))
        .options(_PEOPLE_OF_ONE)
        .execution_options(populate_existing=True)
    )


async def get(session: AsyncSession, school_id: int, meeting_id: int) -> Meeting | None:
    """With its pair, everybody who has been in it, and their people."""
    return _one(await session.execute(_get(), {"meeting": meeting_id, "school": school_id}))


@cache
def _get() -> Select[Meeting]:
    of_school = (Meeting.id == bindparam("meeting"), Meeting.school_id == bindparam("school"))
    return select(Meeting).where(*of_school).options(_WHOLE_OF_ONE)


async def pair_of(session: AsyncSession, school_id: int, meeting_id: int) -> int | None:
    of_school = (Meeting.id == meeting_id, Meeting.school_id == school_id)
    return await session.scalar(select(Meeting.pair_id).where(*of_school))


async def of_pair(session: AsyncSession, pair_id: int) -> Sequence[Meeting]:
    """All meetings of a pair, oldest first, as they are now."""
    return (await session.scalars(_of_pair(), {"pair": pair_id})).all()


@cache
def _of_pair() -> Select[Meeting]:
    return (
        select(Meeting)
        .where(Meeting.pair_id == bindparam("pair"))
        .order_by(Meeting.id)
        .execution_options(populate_existing=True)
    )


async def active_pairs(session: AsyncSession, school_id: int, person_id: int) -> Sequence[Pair]:
    """The announced pairs and groups in which the person meets somebody now."""
    mine = select(PairMember.pair_id).where(PairMember.person_id == person_id, *HERE)
    statement = (
        select(Pair)
        .where(Pair.id.in_(mine), Pair.school_id == school_id, Pair.status == PairStatus.ACTIVE)
        .options(_PEOPLE)
        .order_by(Pair.id)
    )
    return (await session.scalars(statement)).all()


async def left_pairs(
    session: AsyncSession, school_id: int, person_id: int, since: datetime
) -> Sequence[Pair]:
    """Pairs and groups that the person has left since then, most of them because they are over."""
    mine = select(PairMember.pair_id).where(PairMember.person_id == person_id, PairMember.left_at > since)
    statement = (
        select(Pair).where(Pair.id.in_(mine), Pair.school_id == school_id).options(_PEOPLE).order_by(Pair.id)
    )
    return (await session.scalars(statement)).all()


async def with_people(session: AsyncSession, ids: Iterable[int]) -> dict[int, Meeting]:
    """These meetings by their ids, each with the pair, its members and their people."""
    found: dict[int, Meeting] = {}
    for part in chunks(ids):
        found |= {meeting.id: meeting for meeting in await session.scalars(_with_people(), {"ids": part})}
    return found


@cache
def _with_people() -> Select[Meeting]:
    these = Meeting.id.in_(bindparam("ids", expanding=True))
    return select(Meeting).where(these).options(_WHOLE).order_by(Meeting.id)


async def unanswered(session: AsyncSession, school_id: int, before: datetime) -> Sequence[Meeting]:
    """Confirmed meetings that began before `before` and of which nobody said whether they were held.

    For the curator's list; `program.meetings.left_for_curator` gives the usual `before`.
    """
    statement = (
        select(Meeting)
        .where(
            Meeting.school_id == school_id,
            Meeting.status == MeetingStatus.CONFIRMED,
            Meeting.starts_at < before,
        )
        .options(_WHOLE)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return (await session.scalars(statement)).all()


async def proposed(session: AsyncSession, school_id: int) -> Sequence[Meeting]:
    """Proposals that wait for an answer."""
    return (await session.scalars(_proposed(), {"school": school_id})).all()


@cache
def _proposed() -> Select[Meeting]:
    waits = (Meeting.school_id == bindparam("school"), Meeting.status == MeetingStatus.PROPOSED)
    return select(Meeting).where(*waits).options(_WHOLE).order_by(Meeting.id)


async def of_person(
    session: AsyncSession, school_id: int, person_id: int, since: datetime
) -> Sequence[Meeting]:
    """Meetings with a start from `since` on, agreed now or before, soonest first; also those called off or put off.

    Of the pairs in which the person is now, and of those they have left since then.
    """
    mine = select(PairMember.pair_id).where(
        PairMember.person_id == person_id,
        or_(PairMember.left_at.is_(None), PairMember.left_at > since),
    )
    begins = func.coalesce(Meeting.starts_at, Meeting.moved_from)
    statement = (
        select(Meeting)
        .where(Meeting.school_id == school_id, Meeting.pair_id.in_(mine), begins >= since)
        .options(_WHOLE)
        .order_by(begins, Meeting.id)
    )
    return (await session.scalars(statement)).all()


def left_at(pair: Pair, person_id: int) -> datetime | None:
    """Since when the person has not been in the pair, for good or until a consent is back; None: they are in it."""
    mine = [one for one in pair.members if one.person_id == person_id]
    ends = [min(filter(None, (one.left_at, one.aside_since)), default=None) for one in mine]
    return None if None in ends else max(filter(None, ends), default=None)


async def agreed_of(
    session: AsyncSession, school_id: int, person_ids: Sequence[int], now: datetime
) -> Sequence[tuple[int, datetime, int]]:
    """Agreed meetings of any pair or group in which one of these people meets now: id, start, minutes.

    Those that began more than a day ago are over.
    """
    values = {"school": school_id, "people": list(person_ids), "since": now - timedelta(days=1)}
    return [(one.id, one.starts_at, one.minutes) for one in await session.execute(_agreed_of(), values)]


@cache
def _agreed_of() -> Any:
    theirs = select(PairMember.pair_id).where(
        PairMember.person_id.in_(bindparam("people", expanding=True)), *HERE
    )
    return select(Meeting.id, Meeting.starts_at, Meeting.minutes).where(
        Meeting.school_id == bindparam("school"),
        Meeting.pair_id.in_(theirs),
        Meeting.status == MeetingStatus.CONFIRMED,
        Meeting.starts_at > bindparam("since"),
    )


async def count(session: AsyncSession, school_id: int, status: MeetingStatus) -> int:
    statement = select(func.count(Meeting.id)).where(Meeting.school_id == school_id, Meeting.status == status)
    return await session.scalar(statement) or 0

"""Who came to meetings and what they were about: queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from program.states import MeetingStatus
from storage.places import chunks
from storage.tables import Attendance, Meeting, MeetingNote, Pair, PairMember


async def attendance(session: AsyncSession, meeting_ids: Iterable[int]) -> Sequence[Attendance]:
    """With people, in the order in which they were noted."""
    found: list[Attendance] = []
    for part in chunks(meeting_ids):
        found += (await session.scalars(_attendance(), {"ids": part})).all()
    return found


@cache
def _attendance() -> Select[Attendance]:
    return (
        select(Attendance)
        .where(Attendance.meeting_id.in_(bindparam("ids", expanding=True)))
        .options(joinedload(Attendance.person))
        .order_by(Attendance.meeting_id, Attendance.id)
    )


async def marks(session: AsyncSession, meeting_id: int) -> Sequence[Attendance]:
    """Of one meeting, without people."""
    return (await session.scalars(_marks(), {"meeting": meeting_id})).all()


@cache
def _marks() -> Select[Attendance]:
    of_meeting = Attendance.meeting_id == bindparam("meeting")
    return select(Attendance).where(of_meeting).order_by(Attendance.id)


async def add_attendance(session: AsyncSession, people: Sequence[tuple[int, bool]], **shared: Any) -> None:
    """Person and whether they came; after what the session has changed, in one statement.

    Args:
        shared: the other columns, the same for all.
    """
    await session.flush()
    if people:
        rows = [{"person_id": person_id, "came": came, **shared} for person_id, came in people]
        await session.execute(_add_attendance(), rows)


@cache
def _add_attendance() -> Any:
    marks: Any = Attendance.__table__
    return insert(marks)


async def note_of(session: AsyncSession, meeting_id: int) -> MeetingNote | None:
    return await session.scalar(select(MeetingNote).where(MeetingNote.meeting_id == meeting_id))


async def of_pair(session: AsyncSession, school_id: int, pair_id: int) -> Sequence[MeetingNote]:
    """The diary of a pair with its meetings, the newest meeting first."""
    statement = (
        select(MeetingNote)
        .join(MeetingNote.meeting)
        .where(MeetingNote.school_id == school_id, Meeting.pair_id == pair_id)
        .options(contains_eager(MeetingNote.meeting), joinedload(MeetingNote.person))
        .order_by(Meeting.starts_at.desc(), MeetingNote.id.desc())
    )
    return (await session.scalars(statement)).all()


async def of_year(
    session: AsyncSession, school_id: int, year: str, first: datetime, until: datetime
) -> Sequence[tuple[Meeting, MeetingNote | None]]:
    """Every held meeting of [first, until) of the pairs of a school year, with its line of the diary, by pair and time."""
    statement = (
        select(Meeting, MeetingNote)
        .join(Meeting.pair)
        .outerjoin(MeetingNote, MeetingNote.meeting_id == Meeting.id)
        .where(Meeting.school_id == school_id, Pair.year == year, Meeting.status == MeetingStatus.HELD)
        .where(Meeting.starts_at >= first, Meeting.starts_at < until)
        .options(
            contains_eager(Meeting.pair).selectinload(Pair.members).joinedload(PairMember.person),
            joinedload(MeetingNote.person),
        )
        .order_by(Meeting.pair_id, Meeting.starts_at, Meeting.id)
    )
    return [(meeting, note) for meeting, note in await session.execute(statement)]


async def unwritten(session: AsyncSession, pair_id: int, since: Any) -> Sequence[Meeting]:
    """Held meetings of a pair from `since` on that have no line in the diary yet, the newest first."""
    written = select(MeetingNote.id).where(MeetingNote.meeting_id == Meeting.id)
    statement = (
        select(Meeting)
        .where(
            Meeting.pair_id == pair_id,
            Meeting.status == MeetingStatus.HELD,
            Meeting.starts_at >= since,
            ~written.exists(),
        )
        .order_by(Meeting.starts_at.desc())
    )
    return (await session.scalars(statement)).all()


async def about_person(session: AsyncSession, school_id: int, person_id: int) -> Sequence[MeetingNote]:
    """Lines of the person's pairs about meetings while the person was a member, and those the person wrote.

    With meetings and pairs, oldest first.
    """
    stayed = and_(
        PairMember.joined_at <= Meeting.starts_at,
        or_(PairMember.left_at.is_(None), Meeting.starts_at < PairMember.left_at),
    )
    statement = (
        select(MeetingNote)
        .join(MeetingNote.meeting)
        .join(PairMember, and_(PairMember.pair_id == Meeting.pair_id, PairMember.person_id == person_id))
        .where(MeetingNote.school_id == school_id, or_(stayed, MeetingNote.person_id == person_id))
        .options(contains_eager(MeetingNote.meeting).joinedload(Meeting.pair))
        .order_by(Meeting.starts_at, MeetingNote.id)
    )
    return (await session.scalars(statement)).all()


async def attended_by(
    session: AsyncSession, school_id: int, person_id: int
) -> Sequence[tuple[Meeting, bool]]:
    """Held meetings with whether the person was there, oldest first."""
    statement = (
        select(Meeting, Attendance.came)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(
            Meeting.school_id == school_id,
            Meeting.status == MeetingStatus.HELD,
            Attendance.person_id == person_id,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [(meeting, came) for meeting, came in await session.execute(statement)]


async def forget_attendance(session: AsyncSession, meeting_id: int) -> None:
    """What was said before a meeting that has another day now."""
    await session.execute(delete(Attendance).where(Attendance.meeting_id == meeting_id))

"""Whom the clock has something to say of a meeting, and has not said it. By columns: it is asked every minute, of everybody at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import String, and_, bindparam, cast, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.roles import PersonState, Side
from program.settings import STAFF
from program.states import MeetingStatus, PairStatus
from storage.meetings import HERE
from storage.places import chunks
from storage.tables import Attendance, Meeting, OutboxRow, Pair, PairMember, Person
from storage.tables.base import Bytewise, UtcTime

_OF_SCHOOL = (Meeting.school_id == bindparam("school"), Meeting.status == MeetingStatus.CONFIRMED)


@dataclass(frozen=True)
class Saying:
    """One thing that is said of all meetings with one start.

    Args:
        begin, end: of the key in the outbox; the ids of the meeting and of the reader stand between them.
        staff: True: to those with the hours of staff only, False: to the others only, None: to all.
        agreed_by: of no meeting that was agreed later. None: a question, which whoever has said «не приду» gets too.
        minutes: of meetings of this length only. None: of all.
        leaders: of a group to its mentors only.
    """

    begin: str
    end: str
    start: datetime
    staff: bool | None = None
    agreed_by: datetime | None = None
    minutes: int | None = None
    leaders: bool = False


async def starts(session: AsyncSession, school_id: int, after: datetime, until: datetime) -> list[datetime]:
    """When confirmed meetings start in (after, until], the soonest first."""
    return list(await session.scalars(_starts(), {"school": school_id, "after": after, "until": until}))


async def lengths(
    session: AsyncSession, school_id: int, after: datetime, until: datetime
) -> list[tuple[datetime, int]]:
    """As `starts`, with the planned minutes."""
    asked = {"school": school_id, "after": after, "until": until}
    return [(start, minutes) for start, minutes in await session.execute(_lengths(), asked)]


@cache
def _starts() -> Any:
    return _between(select(Meeting.starts_at))


@cache
def _lengths() -> Any:
    return _between(select(Meeting.starts_at, Meeting.minutes)).order_by(Meeting.minutes)


def _between(statement: Any) -> Any:
    span = (Meeting.starts_at > bindparam("after"), Meeting.starts_at <= bindparam("until"))
    return statement.where(*_OF_SCHOOL, *span).distinct().order_by(Meeting.starts_at)


async def untold(
    session: AsyncSession, school_id: int, what: Saying, after: tuple[int, int], most: int
) -> Sequence[Any]:
    """Who has not been told it yet: of announced pairs, people whom the programme may write to, by meeting.

    Args:
        after: `id` and `member` of the row to go on behind.

    Returns:
        Columns of the meeting and its pair, `person` and `member`.
    """
    asked = {
        "school": school_id, "start": what.start, "end": what.end, "minutes": what.minutes, "agreed_by": what.agreed_by,
        "meeting": after[0], "member": after[1], "most": most,
    }  # fmt: skip
    statement = _untold(
        what.begin, what.staff, what.agreed_by is not None, what.minutes is not None, what.leaders
    )
    found: Sequence[Any] = (await session.execute(statement, asked)).all()
    return found


@cache
def _untold(begin: str, staff: bool | None, agreed: bool, timed: bool, leaders: bool) -> Any:
    key = begin + cast(Meeting.id, String) + ":" + cast(Person.id, String) + bindparam("end", type_=String)
    behind = or_(Meeting.id > bindparam("meeting"), PairMember.id > bindparam("member"))
    where = [
        *_OF_SCHOOL,
        Meeting.starts_at == bindparam("start", type_=UtcTime()),
        Meeting.id >= bindparam("meeting"),
        Pair.status == PairStatus.ACTIVE,
        Person.state == PersonState.ACTIVE,
        *HERE,
        ~exists().where(OutboxRow.key == cast(key, Bytewise(200))),
        behind,
    ]
    if staff is not None:
        of_staff = func.coalesce(Person.category, "").in_(STAFF)
        where.append(of_staff if staff else ~of_staff)
    if agreed:
        in_time = Meeting.confirmed_at <= bindparam("agreed_by", type_=UtcTime())
        away = and_(Attendance.meeting_id == Meeting.id, Attendance.person_id == Person.id)
        where += [or_(Meeting.confirmed_at.is_(None), in_time)]
        where += [~exists().where(away, Attendance.came.is_(False))]
    if timed:
        where.append(Meeting.minutes == bindparam("minutes"))
    if leaders:
        where.append(or_(Pair.is_group.is_(False), PairMember.side == Side.MENTOR))
    of_meeting = (
        Meeting.id, Meeting.pair_id, Meeting.starts_at, Meeting.confirmed_at, Meeting.kind, Meeting.format, Meeting.place,
        Meeting.link, Meeting.proposed_by,
    )  # fmt: skip
    return (
        select(
            *of_meeting, Pair.is_group, Pair.title, Person.id.label("person"), PairMember.id.label("member")
        )
        .join(Pair, Pair.id == Meeting.pair_id)
        .join(PairMember, PairMember.pair_id == Pair.id)
        .join(Person, Person.id == PairMember.person_id)
        .where(*where)
        .order_by(Meeting.id, PairMember.id)
        .limit(bindparam("most"))
    )


async def present(session: AsyncSession, pairs: Iterable[int]) -> dict[int, list[tuple[Side, Any]]]:
    """Who meets now in each of the pairs, as `storage.meetings.present`: the side, and columns of the person."""
    found: dict[int, list[tuple[Side, Any]]] = defaultdict(list)
    for part in chunks(pairs):
        for row in await session.execute(_present(), {"pairs": part}):
            found[row.pair_id].append((row.side, row))
    return found


@cache
def _present() -> Any:
    of_person = (
        Person.id, Person.first_name, Person.middle_name, Person.last_name, Person.category, Person.language,
        Person.preferences,
    )  # fmt: skip
    return (
        select(PairMember.pair_id, PairMember.side, *of_person)
        .join(Person, Person.id == PairMember.person_id)
        .where(PairMember.pair_id.in_(bindparam("pairs", expanding=True)), *HERE)
        .order_by(PairMember.pair_id, PairMember.side != Side.MENTOR, PairMember.id)
    )

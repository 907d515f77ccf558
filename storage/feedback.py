"""Held meetings and who has been asked about them: queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, String, bindparam, cast, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from program.states import MeetingStatus
from storage.adding import read_rows
from storage.outbox import NUDGE
from storage.places import chunks
from storage.tables import Answer, Attendance, Conversation, Meeting, OutboxRow, Pair, PairMember, Response
from storage.ways_in import begins, unindexed


async def held_since(
    session: AsyncSession, school_id: int, since: datetime
) -> Sequence[tuple[int, int, datetime, int | None]]:
    """Meeting, member, when and by whom it was said to have been held, of all so said after `since`.

    Who has left is among the members; who was not there is not.
    """
    rows: Any = await read_rows(session, _held_since(), {"school": school_id, "since": since})
    found: Sequence[tuple[int, int, datetime, int | None]] = rows.all()
    return found


@cache
def _held_since() -> Any:
    """Of the tables' columns and built once, as are the others that are asked every minute."""
    one, member, mark = Meeting.__table__.c, PairMember.__table__.c, Attendance.__table__.c
    away = exists().where(mark.meeting_id == one.id, mark.person_id == member.person_id, mark.came.is_(False))
    return (
        select(one.id, member.person_id, one.closed_at, one.closed_by)
        .where(
            ~away,
            member.pair_id == one.pair_id,
            one.school_id == bindparam("school"),
            one.status == MeetingStatus.HELD,
            one.closed_at > bindparam("since"),
        )
        .order_by(one.id)
    )


class Spoken(NamedTuple):
    """A meeting as far as an answer about it looks, with everybody who has been in its pair."""

    id: int
    school_id: int
    pair_id: int
    status: str
    starts_at: datetime | None
    closed_at: datetime | None
    created_at: datetime
    members: list[Was]


class Was(NamedTuple):
    id: int
    person_id: int
    side: str
    joined_at: datetime
    left_at: datetime | None


async def spoken(session: AsyncSession, school_id: int, meeting_id: int) -> Spoken | None:
    """Columns: a poll is answered after every meeting by everybody in it."""
    rows: Any = await read_rows(session, _spoken(), {"meeting": meeting_id, "school": school_id})
    found = rows.all()
    if not found:
        return None
    return Spoken._make((*found[0][:_OF_MEETING], [Was._make(row[_OF_MEETING:]) for row in found]))


_OF_MEETING = 7  # columns


@cache
def _spoken() -> Any:
    one, member = Meeting.__table__.c, PairMember.__table__.c
    of_meeting = (
        one.id,
        one.school_id,
        one.pair_id,
        one.status,
        one.starts_at,
        one.closed_at,
        one.created_at,
    )
    of_member = (member.id, member.person_id, member.side, member.joined_at, member.left_at)
    return (
        select(*of_meeting, *of_member)
        .where(
            one.id == bindparam("meeting"),
            one.school_id == bindparam("school"),
            member.pair_id == one.pair_id,
        )
        .order_by(member.id)
    )


async def answered(session: AsyncSession, school_id: int, since: datetime) -> set[tuple[int, str]]:
    """Who has answered about which meeting since then: person, `meeting:<id>`."""
    found: Any = await read_rows(session, _answered(), {"school": school_id, "since": since})
    return {(person_id, about) for person_id, about in found if person_id is not None}


@cache
def _answered() -> Any:
    one = Response.__table__.c
    return select(one.person_id, one.about).where(
        one.school_id == bindparam("school"),
        one.finished_at > bindparam("since"),
        one.about.startswith("meeting:"),
    )


async def talking(session: AsyncSession, school_id: int, since: datetime) -> set[tuple[int, int]]:
    """Who has a poll about which meeting before them, touched since then: person, meeting."""
    rows: Any = await read_rows(session, _talking(), {"school": school_id, "since": since})
    keys = [(person_id, str(subject.get("arg", "")).partition(".")[0]) for person_id, subject in rows]
    return {(person_id, int(key)) for person_id, key in keys if key.isdecimal()}


@cache
def _talking() -> Any:
    one = Conversation.__table__.c
    return select(one.person_id, one.subject).where(
        one.school_id == bindparam("school"), one.flow == "feedback", one.updated_at > bindparam("since")
    )


async def invited(session: AsyncSession, school_id: int, since: datetime) -> set[str]:
    """Keys of the polls that were queued since then."""
    found = await read_rows(session, _invited(), {"school": school_id, "since": since})
    return set(found.scalars())


@cache
def _invited() -> Any:
    row = OutboxRow.__table__.c
    return select(row.key).where(
        row.school_id == bindparam("school"),
        row.kind == NUDGE,
        row.created_at >= bindparam("since"),
        row.key.startswith("feedback:"),
    )


async def earlier_mark(
    session: AsyncSession, meeting: Meeting | Spoken, person_id: int, question: str
) -> int | None:
    """The newest mark that the person gave, to this question, another meeting of the pair."""
    asked = {
        "school": meeting.school_id, "pair": meeting.pair_id, "meeting": meeting.id, "person": person_id,
        "question": question,
    }  # fmt: skip
    return await session.scalar(_earlier_mark(), asked)


@cache
def _earlier_mark() -> Select[int | None]:
    others = select(literal("meeting:") + cast(Meeting.id, String)).where(
        Meeting.pair_id == bindparam("pair"), Meeting.id != bindparam("meeting")
    )
    return (
        select(Answer.number)
        .join(Response, Response.id == Answer.response_id)
        .where(
            unindexed(Response.school_id) == bindparam("school"),
            Response.person_id == bindparam("person"),
            Response.about.in_(others),
            Answer.question == bindparam("question"),
            Answer.number.is_not(None),
        )
        .order_by(Response.finished_at.desc(), Response.id.desc())
        .limit(1)
    )


async def pulses(
    session: AsyncSession, school_id: int, year: str, code: str
) -> dict[tuple[int, date], list[Response]]:
    """Answers to the pulse of a school year with their answers, by pair and the day it stands for."""
    statement = (
        select(Response)
        .where(
            Response.school_id == school_id,
            Response.code == code,
            begins(Response.round, f"{year}/p"),
            Response.about.startswith("pair:"),
        )
        .options(selectinload(Response.answers))
        .order_by(Response.id)
    )
    found: dict[tuple[int, date], list[Response]] = {}
    for one in await session.scalars(statement):
        place = int(one.about.removeprefix("pair:")), date.fromisoformat(one.round[-8:])
        found.setdefault(place, []).append(one)
    return found


async def pairs(session: AsyncSession, school_id: int, ids: Collection[int]) -> list[Pair]:
    """With members and their people."""
    found: list[Pair] = []
    for part in chunks(ids):
        statement = select(Pair).where(Pair.school_id == school_id, Pair.id.in_(part))
        found += await session.scalars(
            statement.options(selectinload(Pair.members).joinedload(PairMember.person))
        )
    return found

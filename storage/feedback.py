"""Held meetings and who has been asked about them: queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from program.states import MeetingStatus
from storage.places import chunks
from storage.tables import Conversation, Meeting, OutboxRow, Pair, PairMember, Response


async def held_since(session: AsyncSession, school_id: int, since: datetime) -> Sequence[Meeting]:
    """Meetings said to have been held after `since`, with the pair, its members and their people."""
    statement = (
        select(Meeting)
        .where(
            Meeting.school_id == school_id,
            Meeting.status == MeetingStatus.HELD,
            Meeting.closed_at > since,
        )
        .options(joinedload(Meeting.pair).selectinload(Pair.members).joinedload(PairMember.person))
        .order_by(Meeting.id)
    )
    return (await session.scalars(statement)).all()


async def meeting(session: AsyncSession, school_id: int, meeting_id: int) -> Meeting | None:
    """With the pair, its members and their people."""
    statement = (
        select(Meeting)
        .where(Meeting.id == meeting_id, Meeting.school_id == school_id)
        .options(joinedload(Meeting.pair).selectinload(Pair.members).joinedload(PairMember.person))
    )
    return await session.scalar(statement)


async def answered(session: AsyncSession, school_id: int, since: datetime) -> set[tuple[int, str]]:
    """Who has answered about which meeting since then: person, `meeting:<id>`."""
    statement = select(Response.person_id, Response.about).where(
        Response.school_id == school_id,
        Response.finished_at > since,
        Response.about.startswith("meeting:"),
    )
    found = (await session.execute(statement)).all()
    return {(person_id, about) for person_id, about in found if person_id is not None}


async def talking(session: AsyncSession, school_id: int, since: datetime) -> set[tuple[int, int]]:
    """Who has a poll about which meeting before them, touched since then: person, meeting."""
    statement = select(Conversation.person_id, Conversation.subject).where(
        Conversation.school_id == school_id,
        Conversation.flow == "feedback",
        Conversation.updated_at > since,
    )
    keys = [
        (person_id, str(subject.get("arg", "")).partition(".")[0])
        for person_id, subject in await session.execute(statement)
    ]
    return {(person_id, int(key)) for person_id, key in keys if key.isdecimal()}


async def invited(session: AsyncSession, school_id: int, since: datetime) -> set[str]:
    """Keys of the polls that were queued since then."""
    statement = select(OutboxRow.key).where(
        OutboxRow.school_id == school_id,
        OutboxRow.created_at >= since,
        OutboxRow.key.startswith("feedback:"),
    )
    return set((await session.scalars(statement)).all())


async def meetings_before(session: AsyncSession, pair_id: int, meeting_id: int) -> Sequence[int]:
    """Ids of the other meetings of the pair."""
    statement = select(Meeting.id).where(Meeting.pair_id == pair_id, Meeting.id != meeting_id)
    return (await session.scalars(statement)).all()


async def pulses(
    session: AsyncSession, school_id: int, year: str, code: str
) -> dict[tuple[int, date], list[Response]]:
    """Answers to the pulse of a school year with their answers, by pair and the day it stands for."""
    statement = (
        select(Response)
        .where(
            Response.school_id == school_id,
            Response.code == code,
            Response.round.startswith(f"{year}/p"),
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

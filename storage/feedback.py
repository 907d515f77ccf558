"""Held meetings and who has been asked about them: queries."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, String, bindparam, cast, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from program.states import MeetingStatus
from storage.outbox import NUDGE
from storage.places import chunks
from storage.tables import Answer, Conversation, Meeting, OutboxRow, Pair, PairMember, Response
from storage.ways_in import begins, unindexed


async def held_since(session: AsyncSession, school_id: int, since: datetime) -> list[tuple[int, int]]:
    """(meeting, member) of every meeting said to have been held after `since`; who has left is among them."""
    asked = {"school": school_id, "since": since}
    return [(meeting, person) for meeting, person in await session.execute(_held_since(), asked)]


@cache
def _held_since() -> Any:
    return (
        select(Meeting.id, PairMember.person_id)
        .join(PairMember, PairMember.pair_id == Meeting.pair_id)
        .where(
            Meeting.school_id == bindparam("school"),
            Meeting.status == MeetingStatus.HELD,
            Meeting.closed_at > bindparam("since"),
        )
        .order_by(Meeting.id)
    )


async def answered(session: AsyncSession, school_id: int, since: datetime) -> set[tuple[int, str]]:
    """Who has answered about which meeting since then: person, `meeting:<id>`."""
    found = await session.execute(_answered(), {"school": school_id, "since": since})
    return {(person_id, about) for person_id, about in found if person_id is not None}


@cache
def _answered() -> Any:
    """Built once, as are the others that are asked every minute."""
    return select(Response.person_id, Response.about).where(
        Response.school_id == bindparam("school"),
        Response.finished_at > bindparam("since"),
        Response.about.startswith("meeting:"),
    )


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
    return set((await session.scalars(_invited(), {"school": school_id, "since": since})).all())


@cache
def _invited() -> Any:
    return select(OutboxRow.key).where(
        OutboxRow.school_id == bindparam("school"),
        OutboxRow.kind == NUDGE,
        OutboxRow.created_at >= bindparam("since"),
        OutboxRow.key.startswith("feedback:"),
    )


async def earlier_mark(session: AsyncSession, meeting: Meeting, person_id: int, question: str) -> int | None:
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

"""What the friendly words of the house are about, and what a week came to: queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from program.nudges import QUIET_MONTHS, UNFINISHED
from program.states import MeetingStatus, PairStatus, RequestState
from storage.adding import read_rows
from storage.outbox import EMPTY, NUDGE
from storage.tables import (
    Conversation,
    HelpRequest,
    Meeting,
    OutboxRow,
    Pair,
    PairMember,
    PairRequest,
    PairWorry,
    Person,
)

KEY = "unfinished:"  # of the outbox
A_YEAR = timedelta(days=400)  # no questionnaire is open for longer


async def unfinished(
    session: AsyncSession, school_id: int, first: datetime, last: datetime
) -> Sequence[tuple[Conversation, Person]]:
    """Conversations last touched in (first, last] whose one word was not said, with their people."""
    asked = {"school": school_id, "first": first, "last": last}
    return [(talk, person) for talk, person in await session.execute(_unfinished(), asked)]


@cache
def _unfinished() -> Any:
    """Built once, as are the others that the clock asks of every school."""
    return (
        select(Conversation, Person)
        .join(Person, Person.id == Conversation.person_id)
        .where(
            Conversation.school_id == bindparam("school"),
            Conversation.flow.in_(UNFINISHED),
            Conversation.reminded_at.is_(None),
            Conversation.updated_at > bindparam("first"),
            Conversation.updated_at <= bindparam("last"),
        )
        .order_by(Conversation.person_id)
    )


async def say_once(session: AsyncSession, person_id: int, seen: datetime, now: datetime) -> bool:
    """Notes the one word on a conversation that is as it was seen; False if it went on or is over meanwhile."""
    statement = (
        update(Conversation)
        .where(
            Conversation.person_id == person_id,
            Conversation.updated_at == seen,
            Conversation.reminded_at.is_(None),
        )
        .values(reminded_at=now)
        .returning(Conversation.person_id)
        .execution_options(synchronize_session=False)
    )
    return await session.scalar(statement) is not None


async def idle_words(session: AsyncSession, school_id: int, since: datetime) -> Sequence[str]:
    """Keys of words put since then that still wait although the conversation went on or is over."""
    found = await read_rows(session, _idle_words(), {"school": school_id, "since": since})
    return found.scalars().all()


@cache
def _idle_words() -> Any:
    row, talk = OutboxRow.__table__.c, Conversation.__table__.c
    gone_on = exists().where(talk.person_id == row.person_id, talk.updated_at <= row.created_at)
    return select(row.key).where(
        row.school_id == bindparam("school"),
        row.kind == NUDGE,
        row.created_at >= bindparam("since"),
        row.key.startswith(KEY),
        row.sent_at.is_(None),
        row.dropped == EMPTY,
        ~gone_on,
    )


async def quiet_pairs(session: AsyncSession, school_id: int) -> Sequence[tuple[PairWorry, Pair]]:
    """New reasons «no meeting for long» of pairs at work, with the pair, its people."""
    return [(worry, pair) for worry, pair in await session.execute(_quiet_pairs(), {"school": school_id})]


@cache
def _quiet_pairs() -> Any:
    asked = select(PairRequest.id).where(
        PairRequest.pair_id == Pair.id, PairRequest.state != RequestState.CLOSED
    )
    return (
        select(PairWorry, Pair)
        .join(Pair, Pair.id == PairWorry.pair_id)
        .where(
            PairWorry.school_id == bindparam("school"),
            PairWorry.state == RequestState.NEW,
            PairWorry.sign.in_([str(sign) for sign in QUIET_MONTHS]),
            Pair.status == PairStatus.ACTIVE,
            ~asked.exists(),
        )
        .options(selectinload(Pair.members).joinedload(PairMember.person))
        .order_by(PairWorry.id)
    )


async def open_signs(session: AsyncSession, school_id: int) -> dict[int, set[str]]:
    """Signs of all open reasons, by pair."""
    statement = select(PairWorry.pair_id, PairWorry.sign).where(
        PairWorry.school_id == school_id, PairWorry.state != RequestState.CLOSED
    )
    found: dict[int, set[str]] = {}
    for pair_id, sign in await session.execute(statement):
        found.setdefault(pair_id, set()).add(sign)
    return found


async def with_a_meeting_ahead(session: AsyncSession, school_id: int, now: datetime) -> set[int]:
    """Pairs that have a meeting agreed or offered."""
    statement = select(Meeting.pair_id).where(
        Meeting.school_id == school_id,
        (Meeting.status == MeetingStatus.PROPOSED)
        | ((Meeting.status == MeetingStatus.CONFIRMED) & (Meeting.starts_at > now)),
    )
    return set(await session.scalars(statement))


async def meetings_of(
    session: AsyncSession, school_id: int, first: datetime, last: datetime, *statuses: MeetingStatus
) -> int:
    """How many meetings of these statuses start in [first, last)."""
    statement = select(func.count(Meeting.id)).where(
        Meeting.school_id == school_id,
        Meeting.status.in_(statuses),
        Meeting.starts_at >= first,
        Meeting.starts_at < last,
    )
    return await session.scalar(statement) or 0


async def help_open(session: AsyncSession, school_id: int) -> int:
    statement = select(func.count(HelpRequest.id)).where(
        HelpRequest.school_id == school_id, HelpRequest.state != RequestState.CLOSED
    )
    return await session.scalar(statement) or 0


async def asked(session: AsyncSession, school_id: int, begin: str, now: datetime) -> Sequence[str]:
    """Keys of invitations to questionnaires that went out and whose time is not over."""
    statement = select(OutboxRow.key).where(
        OutboxRow.school_id == school_id,
        OutboxRow.kind == NUDGE,
        OutboxRow.created_at >= now - A_YEAR,
        OutboxRow.key.startswith(begin),
        OutboxRow.sent_at.is_not(None),
        OutboxRow.expires_at > now,
    )
    return (await session.scalars(statement)).all()

"""Everything that is kept about one person: queries for the person's own eyes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from program.outgoing import Kind
from program.states import MeetingStatus
from storage.tables import (
    Address,
    DeletionAct,
    HelpRequest,
    Instrument,
    Interview,
    Meeting,
    OutboxRow,
    PairAnswer,
    PairMember,
    PairRequest,
    Participation,
    Response,
    SelectionMark,
)


async def responses(session: AsyncSession, school_id: int, person_id: int) -> Sequence[Response]:
    """With answers, oldest first."""
    statement = (
        select(Response)
        .where(Response.school_id == school_id, Response.person_id == person_id)
        .options(selectinload(Response.answers))
        .order_by(Response.finished_at, Response.id)
    )
    return (await session.scalars(statement)).all()


async def titles(session: AsyncSession, school_id: int) -> dict[str, str]:
    """Code of a questionnaire -> its newest title."""
    statement = (
        select(Instrument.code, Instrument.title)
        .where(Instrument.school_id == school_id)
        .order_by(Instrument.version)
    )
    return {str(code): str(title) for code, title in await session.execute(statement)}


async def places(session: AsyncSession, school_id: int, person_id: int) -> Sequence[Participation]:
    """Of every year."""
    statement = (
        select(Participation)
        .where(Participation.school_id == school_id, Participation.person_id == person_id)
        .order_by(Participation.year, Participation.id)
    )
    return (await session.scalars(statement)).all()


async def addresses(session: AsyncSession, school_id: int, person_id: int) -> Sequence[Address]:
    statement = (
        select(Address)
        .where(Address.school_id == school_id, Address.person_id == person_id)
        .order_by(Address.id)
    )
    return (await session.scalars(statement)).all()


async def requests(session: AsyncSession, school_id: int, person_id: int) -> Sequence[HelpRequest]:
    statement = (
        select(HelpRequest)
        .where(HelpRequest.school_id == school_id, HelpRequest.person_id == person_id)
        .order_by(HelpRequest.at, HelpRequest.id)
    )
    return (await session.scalars(statement)).all()


async def meetings(session: AsyncSession, school_id: int, person_id: int) -> Sequence[Meeting]:
    """Of every pair the person has been in, oldest first."""
    own = select(PairMember.pair_id).where(PairMember.person_id == person_id)
    statement = (
        select(Meeting)
        .where(Meeting.school_id == school_id, Meeting.pair_id.in_(own))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return (await session.scalars(statement)).all()


async def counts(session: AsyncSession, school_id: int, person_id: int) -> tuple[int, int, int]:
    """Questionnaires filled in, meetings held, messages to the curator."""
    own = select(PairMember.pair_id).where(PairMember.person_id == person_id)
    statements = (
        select(func.count(Response.id)).where(
            Response.school_id == school_id, Response.person_id == person_id
        ),
        select(func.count(Meeting.id)).where(
            Meeting.school_id == school_id, Meeting.pair_id.in_(own), Meeting.status == MeetingStatus.HELD
        ),
        select(func.count(HelpRequest.id)).where(
            HelpRequest.school_id == school_id, HelpRequest.person_id == person_id
        ),
    )
    answered, held, asked = [await session.scalar(statement) or 0 for statement in statements]
    return answered, held, asked


async def acts(session: AsyncSession, school_id: int) -> Sequence[DeletionAct]:
    """Newest first."""
    statement = (
        select(DeletionAct)
        .where(DeletionAct.school_id == school_id)
        .order_by(DeletionAct.id.desc())
        .limit(500)
    )
    return (await session.scalars(statement)).all()


async def marks(session: AsyncSession, school_id: int, person_id: int) -> Sequence[SelectionMark]:
    """Requirements met and topics attended, oldest first."""
    statement = (
        select(SelectionMark)
        .where(SelectionMark.school_id == school_id, SelectionMark.person_id == person_id)
        .order_by(SelectionMark.done_on, SelectionMark.id)
    )
    return (await session.scalars(statement)).all()


async def interviews(session: AsyncSession, school_id: int, person_id: int) -> Sequence[Interview]:
    """Oldest first."""
    statement = (
        select(Interview)
        .where(Interview.school_id == school_id, Interview.person_id == person_id)
        .order_by(Interview.held_on, Interview.id)
    )
    return (await session.scalars(statement)).all()


async def pair_answers(session: AsyncSession, school_id: int, person_id: int) -> Sequence[PairAnswer]:
    statement = (
        select(PairAnswer)
        .where(PairAnswer.school_id == school_id, PairAnswer.person_id == person_id)
        .order_by(PairAnswer.id)
    )
    return (await session.scalars(statement)).all()


async def pair_requests(session: AsyncSession, school_id: int, person_id: int) -> Sequence[PairRequest]:
    statement = (
        select(PairRequest)
        .where(PairRequest.school_id == school_id, PairRequest.person_id == person_id)
        .order_by(PairRequest.id)
    )
    return (await session.scalars(statement)).all()


async def sent(session: AsyncSession, school_id: int, person_id: int) -> Sequence[OutboxRow]:
    """Messages that reached the person, oldest first; what others wrote to them in a pair is the others'.

    So is what was shown of it under «Вся переписка».
    """
    statement = (
        select(OutboxRow)
        .where(
            OutboxRow.school_id == school_id,
            OutboxRow.person_id == person_id,
            OutboxRow.sent_at.is_not(None),
            OutboxRow.kind != Kind.LETTER,
            func.coalesce(OutboxRow.body[("concerns", "pair")].as_integer(), 0) == 0,
        )
        .order_by(OutboxRow.sent_at, OutboxRow.id)
    )
    return (await session.scalars(statement)).all()

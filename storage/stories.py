"""What one person's page asks at once: few queries, however long the story. Every query takes the school."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.outgoing import Kind
from program.states import MeetingStatus, RequestState
from storage.askings import AGAIN, FIRST
from storage.overview import FAILURE_PREFIXES, FAILURES
from storage.tables import (
    Achievement,
    Answer,
    Conversation,
    HelpRequest,
    Meeting,
    OutboxRow,
    Pair,
    PairAnswer,
    PairWorry,
    Response,
)
from storage.ways_in import begins, unindexed

UNASKED = (Kind.SOON, Kind.NOTICE, Kind.NEWS, Kind.NUDGE)
LAST = 10  # messages and meetings that are listed; the others are counted


@dataclass(frozen=True)
class Sent:
    """What we said to one person unasked: how much arrived, did not, and waits; and the last of it."""

    delivered: int
    failed: int
    waiting: int
    last: Sequence[OutboxRow]


async def messages(session: AsyncSession, school_id: int, person_id: int) -> Sent:
    """Replies are left out: they repeat what the person wrote."""
    mine = (
        unindexed(OutboxRow.school_id) == school_id,
        OutboxRow.person_id == person_id,
        OutboxRow.kind.in_(UNASKED),
    )
    lost = or_(
        OutboxRow.dropped.in_(FAILURES), *(OutboxRow.dropped.startswith(one) for one in FAILURE_PREFIXES)
    )
    counted = select(
        func.count(OutboxRow.sent_at),
        func.sum(case((OutboxRow.sent_at.is_(None) & lost, 1), else_=0)),
        func.sum(case((OutboxRow.sent_at.is_(None) & (OutboxRow.dropped == ""), 1), else_=0)),
    ).where(*mine)
    delivered, failed, waiting = (await session.execute(counted)).one()
    last = select(OutboxRow).where(*mine).order_by(OutboxRow.id.desc()).limit(LAST)
    return Sent(delivered, failed or 0, waiting or 0, (await session.scalars(last)).all())


async def meetings(
    session: AsyncSession, school_id: int, pair_ids: Collection[int], now: datetime
) -> tuple[dict[str, int], Sequence[Meeting], Sequence[Meeting]]:
    """Of these pairs: how many by status, those ahead (soonest first) and the last ones behind (newest first)."""
    if not pair_ids:
        return {}, (), ()
    mine = (Meeting.school_id == school_id, Meeting.pair_id.in_(pair_ids))
    counted = select(Meeting.status, func.count(Meeting.id)).where(*mine).group_by(Meeting.status)
    counts: dict[str, int] = {str(row[0]): row[1] for row in await session.execute(counted)}
    planned = Meeting.status.in_((MeetingStatus.PROPOSED, MeetingStatus.CONFIRMED))
    when = func.coalesce(Meeting.starts_at, Meeting.offered_at, Meeting.created_at)
    ahead = select(Meeting).where(*mine, planned, (Meeting.starts_at.is_(None)) | (Meeting.starts_at >= now))
    behind = select(Meeting).where(
        *mine, ~(planned & ((Meeting.starts_at.is_(None)) | (Meeting.starts_at >= now)))
    )
    return (
        counts,
        (await session.scalars(ahead.order_by(when, Meeting.id).limit(LAST))).all(),
        (await session.scalars(behind.order_by(when.desc(), Meeting.id.desc()).limit(LAST))).all(),
    )


async def inside(session: AsyncSession, school_id: int, person_id: int) -> list[tuple[str, str]]:
    """Questionnaires this person has begun and not finished: code and the open question's id."""
    held = await session.get(Conversation, person_id)
    if held is None or held.school_id != school_id:
        return []
    rows: list[dict[str, Any]] = [
        {"flow": held.flow, "subject": held.subject, "step": held.step},
        *held.parked,
    ]
    return [
        (str(row["subject"].get("arg", "")).partition(":")[0], str(row["step"]))
        for row in rows
        if row["flow"] == "questionnaire"
    ]


async def invited_to(session: AsyncSession, school_id: int, person_id: int, year: str) -> dict[str, datetime]:
    """Questionnaires this person was asked to fill in this year: code and when they were first asked."""
    statement = select(OutboxRow.key, OutboxRow.created_at).where(
        unindexed(OutboxRow.school_id) == school_id,
        OutboxRow.person_id == person_id,
        OutboxRow.key.like(f"{FIRST}%:{year}%") | OutboxRow.key.like(f"{AGAIN}%:{year}%"),
    )
    found: dict[str, datetime] = {}
    for key, at in (await session.execute(statement.order_by(OutboxRow.id))).all():
        found.setdefault(key.split(":")[1], at)
    return found


async def answered_codes(session: AsyncSession, school_id: int, person_id: int, year: str) -> set[str]:
    """Questionnaires this person has filled in this year."""
    statement = select(Response.code).where(
        unindexed(Response.school_id) == school_id,
        Response.person_id == person_id,
        begins(Response.round, year),
    )
    return set(await session.scalars(statement.distinct()))


async def achievements(session: AsyncSession, school_id: int, person_id: int) -> Sequence[Achievement]:
    """Newest first."""
    statement = (
        select(Achievement)
        .where(Achievement.school_id == school_id, Achievement.person_id == person_id)
        .order_by(Achievement.held_on.desc(), Achievement.id.desc())
    )
    return (await session.scalars(statement)).all()


async def worries(session: AsyncSession, school_id: int, pair_ids: Collection[int]) -> Sequence[PairWorry]:
    """Open reasons of those of these pairs that are not over, the gravest first."""
    statement = (
        select(PairWorry)
        .join(PairWorry.pair)
        .where(
            Pair.closed_at.is_(None),
            PairWorry.school_id == school_id,
            PairWorry.pair_id.in_(pair_ids),
            PairWorry.state != RequestState.CLOSED,
        )
        .order_by(PairWorry.light.desc(), PairWorry.since, PairWorry.id)
    )
    return (await session.scalars(statement)).all()


async def silent_in(
    session: AsyncSession, school_id: int, person_id: int, pair_ids: Iterable[int]
) -> list[int]:
    """Which of these offered pairs wait for this person's word."""
    statement = select(PairAnswer.pair_id).where(
        PairAnswer.school_id == school_id,
        PairAnswer.person_id == person_id,
        PairAnswer.pair_id.in_(list(pair_ids)),
        PairAnswer.answer == "",
    )
    return sorted(set(await session.scalars(statement)))


async def asks_for_help(session: AsyncSession, school_id: int, person_id: int) -> bool:
    """Whether a call for help of this person is still open."""
    statement = select(HelpRequest.id).where(
        HelpRequest.school_id == school_id,
        HelpRequest.person_id == person_id,
        HelpRequest.state != RequestState.CLOSED,
    )
    return (await session.scalars(statement.limit(1))).first() is not None


async def moods(
    session: AsyncSession,
    school_id: int,
    people: Collection[int],
    questions: Collection[str],
    about: Collection[str],
) -> dict[int, tuple[int, datetime]]:
    """The last mark of each of these people about these meetings, and when it was given."""
    statement = (
        select(Response.person_id, Answer.number, Response.finished_at)
        .join(Answer, Answer.response_id == Response.id)
        .where(
            Response.school_id == school_id,
            Response.person_id.in_(people),
            Response.about.in_(about),
            Answer.question.in_(questions),
            Answer.skipped.is_(False),
            Answer.number.is_not(None),
        )
        .order_by(Response.finished_at, Response.id)
    )
    found = (await session.execute(statement)).all()
    return {who: (mark, at) for who, mark, at in found if who is not None and mark is not None}

"""What waits for somebody in one school: counts and the oldest, for «Сегодня»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, distinct, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from program.channels import Channel
from program.meetings import left_for_curator
from program.roles import PersonState, Side
from program.states import (
    MeetingStatus,
    NewsStatus,
    PairStatus,
    ParticipationStatus,
    RequestState,
    WallState,
)
from storage.outbox import EMPTY
from storage.tables import (
    Address,
    Guardianship,
    HelpRequest,
    Meeting,
    NewsItem,
    OutboxRow,
    Pair,
    Participation,
    Person,
)

KEPT = (PersonState.INVITED, PersonState.ACTIVE, PersonState.FROZEN)
GONE = (ParticipationStatus.DECLINED, ParticipationStatus.WITHDRAWN, ParticipationStatus.ARCHIVED)
# Why a message was given up; every other reason («expired», «answered», «moved») means it was not needed.
FAILURES = ("unreachable", "in-doubt")
FAILURE_PREFIXES = ("refused", "gave-up")
RECENT = timedelta(days=14)


@dataclass(frozen=True)
class Waiting:
    """So many of one kind wait, the oldest since then. `said`: which ones, where «Сегодня» names them."""

    code: str
    count: int
    oldest: datetime | None
    said: str = ""


def unreachable(person: Any = Person) -> ColumnElement[bool]:
    """People who had an address and can no longer be reached by any.

    A page of the web chat rings no bell: it counts if its person has written there since.
    """
    address, lost = aliased(Address), aliased(Address)
    reachable = exists().where(
        address.person_id == lost.person_id,
        address.unreachable_since.is_(None),
        or_(address.channel != Channel.WEB, address.used_at > lost.unreachable_since),
    )
    return exists().where(lost.person_id == person.id, lost.unreachable_since.is_not(None), ~reachable)


def failed(now: datetime) -> ColumnElement[bool]:
    """Messages of the last two weeks that did not go out, or were tried in vain and wait."""
    return and_(
        OutboxRow.created_at > now - RECENT,
        OutboxRow.sent_at.is_(None),
        or_(OutboxRow.dropped != EMPTY, OutboxRow.error != EMPTY),  # in the words of the partial index
        or_(
            OutboxRow.dropped.in_(FAILURES),
            *(OutboxRow.dropped.startswith(prefix) for prefix in FAILURE_PREFIXES),
            and_(OutboxRow.dropped == "", OutboxRow.error != ""),
        ),
    )


def given_up(row: OutboxRow) -> bool:
    return row.dropped in FAILURES or row.dropped.startswith(FAILURE_PREFIXES)


def over(now: datetime) -> ColumnElement[bool]:
    """Meetings of which nobody said whether they took place, although everybody was asked often enough."""
    return and_(Meeting.status == MeetingStatus.CONFIRMED, Meeting.starts_at < left_for_curator(now))


async def help_requests(session: AsyncSession, school_id: int) -> list[Waiting]:
    """Open ones, urgent or not."""
    statement = _count(HelpRequest.id, HelpRequest.at).where(
        HelpRequest.school_id == school_id, HelpRequest.state != RequestState.CLOSED
    )
    return await _found(session, "help", statement)


async def guardians(session: AsyncSession, school_id: int, class_name: str | None = None) -> list[Waiting]:
    """Adults whom the school has not confirmed yet."""
    child = aliased(Person)
    statement = (
        _count(Guardianship.id, Guardianship.created_at)
        .join(child, child.id == Guardianship.child_id)
        .where(
            Guardianship.school_id == school_id,
            Guardianship.confirmed_at.is_(None),
            Guardianship.ended_at.is_(None),
        )
    )
    if class_name is not None:
        statement = statement.where(child.class_name == class_name)
    return await _found(session, "guardians", statement)


async def pending_consents(
    session: AsyncSession, school_id: int, year: str, class_name: str | None = None
) -> list[Waiting]:
    """People who wait for a first consent."""
    statement = _count(Participation.person_id, Participation.created_at).where(
        Participation.school_id == school_id,
        Participation.year == year,
        Participation.status == ParticipationStatus.CONSENT_PENDING,
    )
    if class_name is not None:
        statement = statement.join(Participation.person).where(Person.class_name == class_name)
    return await _found(session, "consents", statement)


async def admission(session: AsyncSession, school_id: int, year: str) -> list[Waiting]:
    """Mentors whom the school has not admitted yet."""
    statement = _count(Participation.id, Participation.created_at).where(
        Participation.school_id == school_id,
        Participation.year == year,
        Participation.side == Side.MENTOR,
        Participation.admitted.is_(False),
        Participation.status.not_in(GONE),
    )
    return await _found(session, "admission", statement)


async def undecided_pairs(session: AsyncSession, school_id: int, year: str) -> list[Waiting]:
    """Suggested pairs, and approved ones that nobody has announced."""
    suggested = _pairs(school_id, year, PairStatus.SUGGESTED, Pair.created_at)
    approved = _pairs(school_id, year, PairStatus.APPROVED, Pair.decided_at)
    return [
        *await _found(session, "suggested", suggested),
        *await _found(session, "approved", approved),
    ]


async def unanswered_meetings(session: AsyncSession, school_id: int, now: datetime) -> list[Waiting]:
    statement = _count(Meeting.id, Meeting.starts_at).where(Meeting.school_id == school_id, over(now))
    return await _found(session, "meetings", statement)


async def news_by_hand(session: AsyncSession, school_id: int) -> list[Waiting]:
    """News that somebody has to put on the wall, correct there, or take from it."""
    statement = _count(NewsItem.id, NewsItem.published_at).where(
        NewsItem.school_id == school_id,
        NewsItem.status.in_((NewsStatus.PUBLISHED, NewsStatus.WITHDRAWN)),
        or_(NewsItem.wall == WallState.MANUAL, NewsItem.wall_todo != ""),
    )
    return await _found(session, "news", statement)


async def lost(session: AsyncSession, school_id: int, class_name: str | None = None) -> list[Waiting]:
    """Whom no message reaches. An address tells when it was lost, a person's row only when it was made: no age."""
    statement = _count(Person.id, Person.created_at).where(
        Person.school_id == school_id, Person.state.in_(KEPT), unreachable()
    )
    if class_name is not None:
        statement = statement.where(Person.class_name == class_name)
    return [Waiting(one.code, one.count, None) for one in await _found(session, "unreachable", statement)]


async def failures(session: AsyncSession, school_id: int, now: datetime) -> list[Waiting]:
    statement = _count(OutboxRow.id, OutboxRow.created_at).where(
        OutboxRow.school_id == school_id, failed(now)
    )
    return await _found(session, "failures", statement)


async def _found(session: AsyncSession, code: str, statement: Select[Any]) -> list[Waiting]:
    """Nothing where nothing waits."""
    count, oldest = (await session.execute(statement)).one()
    return [Waiting(code, count, oldest)] if count else []


async def meetings_between(session: AsyncSession, school_id: int, first: datetime, last: datetime) -> int:
    statement = select(func.count(Meeting.id)).where(
        Meeting.school_id == school_id,
        Meeting.status.in_((MeetingStatus.CONFIRMED, MeetingStatus.HELD)),
        Meeting.starts_at >= first,
        Meeting.starts_at < last,
    )
    return await session.scalar(statement) or 0


async def numbers(session: AsyncSession, school_id: int, year: str) -> dict[str, int]:
    """Participants by side and pairs at work, for the foot of «Сегодня»."""
    sides = select(Participation.side, func.count(distinct(Participation.person_id))).where(
        Participation.school_id == school_id,
        Participation.year == year,
        Participation.status.not_in(GONE),
    )
    counts = {str(side): count for side, count in await session.execute(sides.group_by(Participation.side))}
    active = select(func.count(Pair.id)).where(
        Pair.school_id == school_id, Pair.year == year, Pair.status == PairStatus.ACTIVE
    )
    return {
        "mentors": counts.get(Side.MENTOR, 0),
        "mentees": counts.get(Side.MENTEE, 0),
        "pairs": await session.scalar(active) or 0,
    }


def _count(key: Any, since: Any) -> Select[Any]:
    return select(func.count(distinct(key)), func.min(since))


def _pairs(school_id: int, year: str, status: PairStatus, since: Any) -> Select[Any]:
    return _count(Pair.id, since).where(Pair.school_id == school_id, Pair.year == year, Pair.status == status)

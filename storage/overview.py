"""What waits for somebody in one school: counts and the oldest, for «Сегодня»."""

from __future__ import annotations

from collections.abc import Callable
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
    """So many of one kind wait, the oldest since then."""

    code: str
    count: int
    oldest: datetime | None


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


async def waiting(
    session: AsyncSession, school_id: int, year: str, now: datetime, class_name: str | None = None
) -> list[Waiting]:
    """Everything that waits, kinds in a fixed order; kinds with nothing are left out.

    Args:
        class_name: only what concerns people of this class (for a class teacher).
    """
    child = aliased(Person)
    kinds: dict[str, Select[Any]] = {
        "help": _count(HelpRequest.id, HelpRequest.at).where(
            HelpRequest.school_id == school_id, HelpRequest.state != RequestState.CLOSED
        ),
        "guardians": _count(Guardianship.id, Guardianship.created_at)
        .join(child, child.id == Guardianship.child_id)
        .where(
            Guardianship.school_id == school_id,
            Guardianship.confirmed_at.is_(None),
            Guardianship.ended_at.is_(None),
        ),
        "consents": _count(Participation.person_id, Participation.created_at)
        .join(Participation.person)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.status == ParticipationStatus.CONSENT_PENDING,
        ),
        "admission": _count(Participation.id, Participation.created_at).where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.side == Side.MENTOR,
            Participation.admitted.is_(False),
            Participation.status.not_in(GONE),
        ),
        "suggested": _pairs(school_id, year, PairStatus.SUGGESTED, Pair.created_at),
        "approved": _pairs(school_id, year, PairStatus.APPROVED, Pair.decided_at),
        "meetings": _count(Meeting.id, Meeting.starts_at).where(Meeting.school_id == school_id, over(now)),
        "news": _count(NewsItem.id, NewsItem.published_at).where(
            NewsItem.school_id == school_id,
            NewsItem.status == NewsStatus.PUBLISHED,
            NewsItem.wall == WallState.MANUAL,
        ),
        "unreachable": _count(Person.id, Person.created_at).where(
            Person.school_id == school_id, Person.state.in_(KEPT), unreachable()
        ),
        "failures": _count(OutboxRow.id, OutboxRow.created_at).where(
            OutboxRow.school_id == school_id, failed(now)
        ),
    }
    if class_name is not None:
        narrow: dict[str, Callable[[Select[Any]], Select[Any]]] = {
            "guardians": lambda s: s.where(child.class_name == class_name),
            "consents": lambda s: s.where(Person.class_name == class_name),
            "unreachable": lambda s: s.where(Person.class_name == class_name),
        }
        kinds = {code: narrow[code](kinds[code]) for code in narrow}
    found = []
    for code, statement in kinds.items():
        count, oldest = (await session.execute(statement)).one()
        if count:
            # An address tells when it was lost, a person's row only when it was made.
            found.append(Waiting(code, count, None if code == "unreachable" else oldest))
    return found


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

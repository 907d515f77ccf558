"""Programmes of pairs, goals, achievements, projects, hours: queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from program.plans import AmendmentState, PlanState
from storage.overview import Waiting
from storage.places import chunks
from storage.tables import (
    Achievement,
    Goal,
    MentorHours,
    Pair,
    PairMember,
    PairRequest,
    Plan,
    PlanAcknowledgement,
    PlanAmendment,
    PlanItem,
    PlanVersion,
    Project,
    StoredFile,
)

_ITEMS: Any = selectinload(Plan.items)
_WHOLE: tuple[Any, ...] = (
    _ITEMS.selectinload(PlanItem.facts),
    selectinload(Plan.words),
    joinedload(Plan.pair).selectinload(Pair.members).joinedload(PairMember.person),
)


async def get(session: AsyncSession, school_id: int, plan_id: int) -> Plan | None:
    """As it is now, with events, what members have said, the pair and its people."""
    statement = (
        select(Plan)
        .where(Plan.id == plan_id, Plan.school_id == school_id)
        .options(*_WHOLE)
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def current(session: AsyncSession, school_id: int, pair_id: int) -> Plan | None:
    """The pair's newest programme, as `get`."""
    statement = (
        select(Plan)
        .where(Plan.pair_id == pair_id, Plan.school_id == school_id)
        .options(*_WHOLE)
        .order_by(Plan.number.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def all_of(session: AsyncSession, school_id: int, pair_id: int) -> Sequence[Plan]:
    """Every programme of the pair, oldest first, as `get`."""
    statement = (
        select(Plan)
        .where(Plan.pair_id == pair_id, Plan.school_id == school_id)
        .options(*_WHOLE)
        .order_by(Plan.number)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def pair_of(session: AsyncSession, school_id: int, plan_id: int) -> int | None:
    return await session.scalar(select(Plan.pair_id).where(Plan.id == plan_id, Plan.school_id == school_id))


async def plan_of_item(session: AsyncSession, school_id: int, item_id: int) -> int | None:
    return await session.scalar(
        select(PlanItem.plan_id).where(PlanItem.id == item_id, PlanItem.school_id == school_id)
    )


async def of_pairs(session: AsyncSession, school_id: int, pair_ids: Iterable[int]) -> dict[int, Plan]:
    """The newest programme of each pair, with its events."""
    found: dict[int, Plan] = {}
    for part in chunks(pair_ids):
        statement = (
            select(Plan)
            .where(Plan.school_id == school_id, Plan.pair_id.in_(part))
            .options(_ITEMS)
            .order_by(Plan.number)
        )
        found |= {plan.pair_id: plan for plan in await session.scalars(statement)}
    return found


async def versions(session: AsyncSession, plan_id: int) -> Sequence[PlanVersion]:
    """Newest first."""
    statement = select(PlanVersion).where(PlanVersion.plan_id == plan_id).order_by(PlanVersion.number.desc())
    return (await session.scalars(statement)).all()


async def version(session: AsyncSession, plan_id: int, number: int) -> PlanVersion | None:
    return await session.scalar(
        select(PlanVersion).where(PlanVersion.plan_id == plan_id, PlanVersion.number == number)
    )


async def acknowledgements(session: AsyncSession, plan_id: int) -> Sequence[PlanAcknowledgement]:
    """Newest first."""
    statement = (
        select(PlanAcknowledgement)
        .where(PlanAcknowledgement.plan_id == plan_id)
        .order_by(PlanAcknowledgement.version.desc())
    )
    return (await session.scalars(statement)).all()


async def amendments(session: AsyncSession, plan_id: int) -> Sequence[PlanAmendment]:
    """Oldest first."""
    statement = select(PlanAmendment).where(PlanAmendment.plan_id == plan_id).order_by(PlanAmendment.id)
    return (await session.scalars(statement)).all()


async def open_amendment(session: AsyncSession, plan_id: int) -> PlanAmendment | None:
    statement = (
        select(PlanAmendment)
        .where(PlanAmendment.plan_id == plan_id, PlanAmendment.state == AmendmentState.PROPOSED)
        .order_by(PlanAmendment.id.desc())
        .limit(1)
    )
    return await session.scalar(statement)


async def granted(session: AsyncSession, pair_id: int, kind: str, at: datetime) -> PairRequest | None:
    """The wish for another last day that was granted at this very moment."""
    statement = select(PairRequest).where(
        PairRequest.pair_id == pair_id, PairRequest.kind == kind, PairRequest.closed_at == at
    )
    return await session.scalar(statement.order_by(PairRequest.id.desc()).limit(1))


async def goals(session: AsyncSession, pair_id: int) -> Sequence[Goal]:
    """With what was said at each stage, oldest first."""
    statement = (
        select(Goal)
        .where(Goal.pair_id == pair_id)
        .options(selectinload(Goal.marks))
        .order_by(Goal.id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def achievements(session: AsyncSession, pair_id: int) -> Sequence[Achievement]:
    """With the person and the diploma (without its bytes), newest first."""
    statement = (
        select(Achievement)
        .where(Achievement.pair_id == pair_id)
        .options(joinedload(Achievement.person), joinedload(Achievement.file))
        .order_by(Achievement.held_on.desc(), Achievement.id.desc())
    )
    return (await session.scalars(statement)).all()


async def achievement(session: AsyncSession, school_id: int, achievement_id: int) -> Achievement | None:
    statement = (
        select(Achievement)
        .where(Achievement.id == achievement_id, Achievement.school_id == school_id)
        .options(joinedload(Achievement.person), joinedload(Achievement.file))
    )
    return await session.scalar(statement)


async def diplomas_of(session: AsyncSession, school_id: int, person_id: int) -> list[tuple[str, bytes]]:
    """Names and bytes of the files beside one person's achievements."""
    statement = (
        select(StoredFile.name, StoredFile.data)
        .join(Achievement, Achievement.file_id == StoredFile.id)
        .where(Achievement.school_id == school_id, Achievement.person_id == person_id)
        .order_by(Achievement.id)
    )
    return [(name, data) for name, data in await session.execute(statement)]


async def projects(session: AsyncSession, pair_id: int) -> Sequence[Project]:
    """Oldest first."""
    statement = select(Project).where(Project.pair_id == pair_id).order_by(Project.id)
    return (await session.scalars(statement)).all()


async def project(session: AsyncSession, school_id: int, project_id: int) -> Project | None:
    return await session.scalar(
        select(Project).where(Project.id == project_id, Project.school_id == school_id)
    )


async def hours(
    session: AsyncSession, pair_id: int, first: date | None = None, last: date | None = None
) -> Sequence[MentorHours]:
    """Entered by the mentors, between two days where they are given; oldest first."""
    statement = select(MentorHours).where(MentorHours.pair_id == pair_id)
    if first is not None:
        statement = statement.where(MentorHours.spent_on >= first)
    if last is not None:
        statement = statement.where(MentorHours.spent_on <= last)
    return (await session.scalars(statement.order_by(MentorHours.spent_on, MentorHours.id))).all()


async def waiting(session: AsyncSession, school_id: int, year: str) -> list[Waiting]:
    """Programmes both sides agreed to, which nobody of the school has seen yet; for «Сегодня»."""
    statement = (
        select(func.count(Plan.id), func.min(Plan.agreed_at))
        .join(Pair, Pair.id == Plan.pair_id)
        .where(Plan.school_id == school_id, Pair.year == year, Plan.state == PlanState.AGREED)
    )
    count, oldest = (await session.execute(statement)).one()
    return [Waiting("plans", count, oldest)] if count else []

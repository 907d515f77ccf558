"""What of programmes concerns one member, and which programmes wait for members who come and go: queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from program.plans import AWAITS, PlanState
from program.roles import Side
from program.states import PairStatus
from storage.tables import (
    Achievement,
    Goal,
    MentorHours,
    Pair,
    PairMember,
    Plan,
    PlanFact,
    PlanWord,
    Project,
)
from storage.tables.base import UtcTime

AT_WORK = (PairStatus.ACTIVE, PairStatus.PAUSED)
STANDING = (PlanState.AGREED, PlanState.WORK)


async def kept_about(session: AsyncSession, school_id: int, person_id: int) -> dict[str, list[Any]]:
    """What the person has entered or was entered about the person, for «Мои данные».

    Of a group's goals and projects the common ones and the person's own; words of the person alone.
    """
    mine = select(PairMember.pair_id).where(PairMember.person_id == person_id)
    found: dict[str, list[Any]] = defaultdict(list)
    for name, statement in (
        ("plans", select(Plan).where(Plan.pair_id.in_(mine)).options(selectinload(Plan.items), selectinload(Plan.pair)).order_by(Plan.id)),
        ("words", select(PlanWord).where(PlanWord.person_id == person_id).order_by(PlanWord.id)),
        ("facts", select(PlanFact).where(PlanFact.person_id == person_id).order_by(PlanFact.id)),
        ("goals", select(Goal).where(Goal.pair_id.in_(mine), _of(Goal, person_id)).options(selectinload(Goal.marks)).order_by(Goal.id)),
        ("achievements", select(Achievement).where(Achievement.person_id == person_id).order_by(Achievement.id)),
        ("projects", select(Project).where(Project.pair_id.in_(mine), _of(Project, person_id)).order_by(Project.id)),
        ("hours", select(MentorHours).where(MentorHours.person_id == person_id).order_by(MentorHours.id)),
    ):  # fmt: skip
        for row in await session.scalars(statement):
            if row.school_id == school_id:
                found[name].append(row)
    return found


async def words_of_mentors(session: AsyncSession, plan_ids: Sequence[int]) -> Sequence[PlanWord]:
    """What the mentors of these programmes have said; the caller knows whom it may be shown."""
    statement = (
        select(PlanWord)
        .join(Plan, Plan.id == PlanWord.plan_id)
        .join(
            PairMember, and_(PairMember.pair_id == Plan.pair_id, PairMember.person_id == PlanWord.person_id)
        )
        .where(PlanWord.plan_id.in_(plan_ids), PairMember.side == Side.MENTOR)
    )
    return (await session.scalars(statement.order_by(PlanWord.id))).all()


async def stays(session: AsyncSession, school_id: int, person_id: int) -> dict[int, PairMember]:
    """The person's place in each pair and group, by the pair."""
    statement = select(PairMember).where(PairMember.person_id == person_id, PairMember.school_id == school_id)
    return {one.pair_id: one for one in await session.scalars(statement)}


async def mentors_of(session: AsyncSession, school_id: int, person_id: int) -> set[tuple[int, int]]:
    """(pair, person) of everybody who has led a pair that the person has been in."""
    mine = select(PairMember.pair_id).where(PairMember.person_id == person_id)
    statement = (
        select(PairMember.pair_id, PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(Pair.school_id == school_id, PairMember.pair_id.in_(mine), PairMember.side == Side.MENTOR)
    )
    return {(pair_id, mentor) for pair_id, mentor in await session.execute(statement)}


async def unsettled(session: AsyncSession, school_id: int, since: datetime) -> list[tuple[int, int]]:
    """(programme, its pair) of pairs at work that wait for a word, or that somebody has joined since then."""
    found = await session.execute(_unsettled(), {"school": school_id, "since": since})
    return [(plan_id, pair_id) for plan_id, pair_id in found]


@cache
def _unsettled() -> Any:
    """Built once: every school is asked at each quarter of an hour."""
    came = func.coalesce(PairMember.reads_from, PairMember.joined_at)
    newer = select(PairMember.id).where(
        PairMember.pair_id == Plan.pair_id,
        PairMember.left_at.is_(None),
        came > Plan.agreed_at,
        came >= bindparam("since", type_=UtcTime()),
    )
    return (
        select(Plan.id, Plan.pair_id)
        .join(Pair, Pair.id == Plan.pair_id)
        .where(
            Plan.school_id == bindparam("school"),
            Pair.status.in_(AT_WORK),
            or_(Plan.state.in_(AWAITS), and_(Plan.state.in_(STANDING), newer.exists())),
        )
        .order_by(Plan.pair_id, Plan.id)
    )


def _of(table: type[Goal] | type[Project], person_id: int) -> Any:
    return or_(table.about_id.is_(None), table.about_id == person_id, table.person_id == person_id)

"""Pairs and groups: queries. Who stands around a pair is in `storage.matching`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from program.roles import Side
from program.states import HOLDING, PairStatus
from storage.tables import MatchRun, Pair, PairMember, Participation

# Decided pairs that take a place; a suggestion gives way to them.
FIRM = tuple(status for status in HOLDING if status is not PairStatus.SUGGESTED)
_CHUNK = 500  # older SQLite binds at most 999 values
_PEOPLE: Any = selectinload(Pair.members).joinedload(PairMember.person)
_WHOLE: tuple[Any, ...] = (_PEOPLE, selectinload(Pair.members).joinedload(PairMember.participation))


@dataclass(frozen=True)
class Place:
    """Who stands on which side of a pair now."""

    pair_id: int
    status: PairStatus
    is_group: bool
    mentors: tuple[tuple[int, int], ...]  # (participation, person)
    mentees: tuple[tuple[int, int], ...]

    @property
    def places(self) -> int:
        """How many places it takes of each mentor: mentees, shared among the mentors of a group."""
        if not self.is_group:
            return 1
        return -(-len(self.mentees) // max(1, len(self.mentors)))


def present(pair: Pair, side: Side | None = None) -> list[PairMember]:
    """Members who have not left, mentors first; the members must be loaded."""
    here = [m for m in pair.members if m.left_at is None and side in (None, m.side)]
    return sorted(here, key=lambda member: (member.side != Side.MENTOR, member.id))


async def get(session: AsyncSession, school_id: int, pair_id: int) -> Pair | None:
    """With members, their people and participations."""
    statement = select(Pair).where(Pair.id == pair_id, Pair.school_id == school_id).options(*_WHOLE)
    return await session.scalar(statement)


async def lock(session: AsyncSession, school_id: int, pair_ids: Iterable[int]) -> Sequence[Pair]:
    """These pairs as they are now, held until the transaction ends, in the order of ids; as `get`."""
    found: list[Pair] = []
    for part in chunks(pair_ids):
        statement = (
            select(Pair)
            .where(Pair.id.in_(part), Pair.school_id == school_id)
            .options(*_WHOLE)
            .order_by(Pair.id)
            .with_for_update(of=Pair)
            .execution_options(populate_existing=True)
        )
        found.extend((await session.scalars(statement)).unique())
    return found


async def lock_participations(
    session: AsyncSession, school_id: int, ids: Iterable[int]
) -> dict[int, Participation]:
    """These participations with their people, held in the order of ids, so that two never wait for each
    other in a circle. Whoever gives away a mentor's place holds the mentor's row first."""
    found: dict[int, Participation] = {}
    for part in chunks(ids):
        statement = (
            select(Participation)
            .where(Participation.id.in_(part), Participation.school_id == school_id)
            .options(joinedload(Participation.person, innerjoin=True))
            .order_by(Participation.id)
            .with_for_update(of=Participation)
            .execution_options(populate_existing=True)
        )
        found |= {row.id: row for row in await session.scalars(statement)}
    return found


async def board(
    session: AsyncSession,
    school_id: int,
    year: str,
    form: str | None = None,
    statuses: Iterable[PairStatus] = HOLDING,
) -> Sequence[Pair]:
    """Pairs and groups with members, people and participations, the best score first, groups last."""
    where: list[ColumnElement[bool]] = [
        Pair.school_id == school_id,
        Pair.year == year,
        Pair.status.in_(list(statuses)),
    ]
    if form is not None:
        where.append(Pair.form == form)
    statement = (
        select(Pair).where(*where).options(*_WHOLE).order_by(Pair.is_group, Pair.score.desc(), Pair.id)
    )
    return (await session.scalars(statement)).unique().all()


async def of_person(
    session: AsyncSession, school_id: int, person_id: int, statuses: Iterable[PairStatus] | None = None
) -> Sequence[Pair]:
    """All pairs the person was ever in, the newest first, as `board`."""
    mine = select(PairMember.pair_id).where(PairMember.person_id == person_id)
    statement = select(Pair).where(Pair.school_id == school_id, Pair.id.in_(mine))
    if statuses is not None:
        statement = statement.where(Pair.status.in_(list(statuses)))
    return (await session.scalars(statement.options(*_WHOLE).order_by(Pair.id.desc()))).unique().all()


async def of_participation(session: AsyncSession, participation_id: int) -> Sequence[Pair]:
    """All pairs and groups of one place in the programme, the newest first, as `board`."""
    mine = select(PairMember.pair_id).where(PairMember.participation_id == participation_id)
    statement = select(Pair).where(Pair.id.in_(mine)).options(*_WHOLE).order_by(Pair.id.desc())
    return (await session.scalars(statement)).unique().all()


async def places(
    session: AsyncSession,
    school_id: int,
    year: str,
    form: str,
    statuses: Iterable[PairStatus],
    participations: Iterable[int] | None = None,
) -> list[Place]:
    """Pairs of a form with who is in them now, in the order of ids.

    Args:
        participations: only pairs in which one of these is now.
    """
    parts = [None] if participations is None else list(chunks(participations))
    rows: dict[int, Any] = {}
    members: dict[int, list[Any]] = defaultdict(list)
    for part in parts:
        where = [
            Pair.school_id == school_id,
            Pair.year == year,
            Pair.form == form,
            Pair.status.in_(list(statuses)),
        ]
        if part is not None:
            where.append(
                exists().where(
                    PairMember.pair_id == Pair.id,
                    PairMember.participation_id.in_(part),
                    PairMember.left_at.is_(None),
                )
            )
        of_pairs = select(Pair.id, Pair.status, Pair.is_group).where(*where)
        fresh = {row.id: row for row in await session.execute(of_pairs) if row.id not in rows}
        rows |= fresh
        of_members = (
            select(PairMember.pair_id, PairMember.participation_id, PairMember.person_id, PairMember.side)
            .join(PairMember.pair)
            .where(*where, PairMember.left_at.is_(None))
            .order_by(PairMember.id)
        )
        for row in await session.execute(of_members):
            if row.pair_id in fresh:
                members[row.pair_id].append(row)
    return [
        Place(
            pair_id,
            PairStatus(rows[pair_id].status),
            rows[pair_id].is_group,
            tuple((m.participation_id, m.person_id) for m in members[pair_id] if m.side == Side.MENTOR),
            tuple((m.participation_id, m.person_id) for m in members[pair_id] if m.side == Side.MENTEE),
        )
        for pair_id in sorted(rows)
    ]


def taken(of: Iterable[Place]) -> dict[int, int]:
    """How many places of each mentor (by participation) these pairs take."""
    counts: dict[int, int] = defaultdict(int)
    for place in of:
        for participation, _ in place.mentors:
            counts[participation] += place.places
    return dict(counts)


async def holding(
    session: AsyncSession,
    school_id: int,
    year: str,
    form: str,
    statuses: Iterable[PairStatus] = HOLDING,
) -> dict[int, int]:
    """Mentor's participation -> places taken; for «занято 1 из 2»."""
    return taken(await places(session, school_id, year, form, statuses))


async def last_run(session: AsyncSession, school_id: int, year: str, form: str) -> MatchRun | None:
    statement = (
        select(MatchRun)
        .where(MatchRun.school_id == school_id, MatchRun.year == year, MatchRun.form == form)
        .order_by(MatchRun.id.desc())
        .limit(1)
    )
    return await session.scalar(statement)


def chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    """Without repeats, in order, as many at a time as one query may name."""
    all_ids = sorted(set(ids))
    for start in range(0, len(all_ids), _CHUNK):
        yield all_ids[start : start + _CHUNK]

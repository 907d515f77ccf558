"""Pairs and groups: queries. Who stands around a pair is in `storage.matching`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from program.roles import Side
from program.states import HOLDING, PairStatus
from storage.places import FIRM, Place, chunks, holding, places, taken
from storage.tables import MatchRun, Pair, PairMember, Participation, Person

__all__ = [
    "FIRM",
    "WHOLE",
    "Place",
    "add",
    "board",
    "can_meet",
    "get",
    "holding",
    "known",
    "last_run",
    "lock",
    "lock_form",
    "lock_participations",
    "named",
    "of_participation",
    "of_participations",
    "of_person",
    "people_of",
    "places",
    "present",
    "taken",
]

_AT_ONCE = 1000
_PEOPLE: Any = selectinload(Pair.members).joinedload(PairMember.person)
_PLACES: Any = selectinload(Pair.members).joinedload(PairMember.participation)
# Members, people and participations.
WHOLE: tuple[Any, ...] = (_PEOPLE, _PLACES.joinedload(Participation.person))


async def add(
    session: AsyncSession, values: Sequence[dict[str, Any]], members: Sequence[Sequence[dict[str, Any]]]
) -> None:
    """Many pairs at once, each with its members: columns, a region's ten thousand would take seconds otherwise."""
    for start in range(0, len(values), _AT_ONCE):
        part = values[start : start + _AT_ONCE]
        statement = insert(Pair).returning(Pair.id, sort_by_parameter_order=True)
        ids = (await session.scalars(statement, list(part))).all()
        rows = [
            {**one, "pair_id": pair_id}
            for pair_id, of in zip(ids, members[start : start + _AT_ONCE], strict=True)
            for one in of
        ]
        await session.execute(insert(PairMember), rows)


def present(pair: Pair, side: Side | None = None) -> list[PairMember]:
    """Members who have not left, mentors first; the members must be loaded."""
    here = [m for m in pair.members if m.left_at is None and side in (None, m.side)]
    return sorted(here, key=lambda member: (member.side != Side.MENTOR, member.id))


def named(pair: Pair) -> list[PairMember]:
    """By whose names it is called, mentors first: present members; of a pair that is over, those who were in it last."""
    here = present(pair) or [one for one in pair.members if one.left_at == pair.closed_at] or pair.members
    return sorted(here, key=lambda member: (member.side != Side.MENTOR, member.id))


def can_meet(pair: Pair) -> bool:
    """Whether a group can go on: none of its mentors and not all of its mentees wait outside for a consent.

    Places are counted for each mentor, so what becomes of a group without one of them a person decides.
    """
    return all(one.aside_since is None for one in present(pair, Side.MENTOR)) and any(
        one.aside_since is None for one in present(pair, Side.MENTEE)
    )


async def get(session: AsyncSession, school_id: int, pair_id: int) -> Pair | None:
    """With members, their people and participations."""
    statement = select(Pair).where(Pair.id == pair_id, Pair.school_id == school_id).options(*WHOLE)
    return await session.scalar(statement)


async def some(session: AsyncSession, school_id: int, pair_ids: Iterable[int]) -> Sequence[Pair]:
    """These pairs, in the order of ids; as `get`."""
    found: list[Pair] = []
    for part in chunks(pair_ids):
        statement = select(Pair).where(Pair.id.in_(part), Pair.school_id == school_id).options(*WHOLE)
        found.extend((await session.scalars(statement.order_by(Pair.id))).unique())
    return found


async def lock(session: AsyncSession, school_id: int, pair_ids: Iterable[int]) -> Sequence[Pair]:
    """These pairs as they are now, held until the transaction ends, in the order of ids; as `get`."""
    found: list[Pair] = []
    for part in chunks(pair_ids):
        statement = (
            select(Pair)
            .where(Pair.id.in_(part), Pair.school_id == school_id)
            .options(*WHOLE)
            .order_by(Pair.id)
            .with_for_update(of=Pair, key_share=True)
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
            .with_for_update(of=Participation, key_share=True)
            .execution_options(populate_existing=True)
        )
        found |= {row.id: row for row in await session.scalars(statement)}
    return found


async def lock_form(session: AsyncSession, school_id: int, year: str, form: str) -> None:
    """Holds everybody of a form until the transaction ends, in the order of ids.

    Two runs come one after the other, and nobody is proposed who takes a consent back at this moment.
    """
    await session.execute(
        select(Participation.id)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.form == form,
        )
        .order_by(Participation.id)
        .with_for_update(key_share=True)
    )


async def board(
    session: AsyncSession,
    school_id: int,
    year: str,
    form: str | None = None,
    statuses: Iterable[PairStatus] = HOLDING,
    *,
    groups_only: bool = False,
) -> Sequence[Pair]:
    """Pairs and groups with members, people and participations, the best score first, groups last."""
    where: list[ColumnElement[bool]] = [
        Pair.school_id == school_id,
        Pair.year == year,
        Pair.status.in_(list(statuses)),
    ]
    if form is not None:
        where.append(Pair.form == form)
    if groups_only:
        where.append(Pair.is_group.is_(True))
    statement = select(Pair).where(*where).options(*WHOLE).order_by(Pair.is_group, Pair.score.desc(), Pair.id)
    return (await session.scalars(statement)).unique().all()


async def of_person(
    session: AsyncSession, school_id: int, person_id: int, statuses: Iterable[PairStatus] | None = None
) -> Sequence[Pair]:
    """All pairs the person was ever in, the newest first, as `board`."""
    mine = select(PairMember.pair_id).where(PairMember.person_id == person_id)
    statement = select(Pair).where(Pair.school_id == school_id, Pair.id.in_(mine))
    if statuses is not None:
        statement = statement.where(Pair.status.in_(list(statuses)))
    return (await session.scalars(statement.options(*WHOLE).order_by(Pair.id.desc()))).unique().all()


async def of_participation(session: AsyncSession, participation_id: int) -> Sequence[Pair]:
    """All pairs and groups of one place in the programme, the newest first, as `board`."""
    return sorted(await of_participations(session, [participation_id]), key=lambda pair: -pair.id)


async def of_participations(
    session: AsyncSession, participations: Iterable[int], statuses: Iterable[PairStatus] = tuple(PairStatus)
) -> list[Pair]:
    """Pairs and groups in which one of these is or was, in the order of ids, as `board`."""
    found: dict[int, Pair] = {}
    for part in chunks(participations):
        mine = select(PairMember.pair_id).where(PairMember.participation_id.in_(part))
        statement = select(Pair).where(Pair.id.in_(mine), Pair.status.in_(list(statuses))).options(*WHOLE)
        found |= {pair.id: pair for pair in (await session.scalars(statement)).unique()}
    return [found[pair_id] for pair_id in sorted(found)]


async def people_of(
    session: AsyncSession, school_id: int, participations: Iterable[int]
) -> dict[int, Person]:
    """Participation -> person."""
    found: dict[int, Person] = {}
    for part in chunks(participations):
        statement = (
            select(Participation)
            .where(Participation.id.in_(part), Participation.school_id == school_id)
            .options(joinedload(Participation.person, innerjoin=True))
        )
        found |= {row.id: row.person for row in await session.scalars(statement)}
    return found


async def last_run(session: AsyncSession, school_id: int, year: str, form: str) -> MatchRun | None:
    statement = (
        select(MatchRun)
        .where(MatchRun.school_id == school_id, MatchRun.year == year, MatchRun.form == form)
        .order_by(MatchRun.id.desc())
        .limit(1)
    )
    return await session.scalar(statement)


async def known(session: AsyncSession, school_id: int, ids: Iterable[int]) -> Sequence[Pair]:
    """These pairs of the school with their members, in the order of their numbers."""
    found: list[Pair] = []
    for part in chunks(ids):
        statement = select(Pair).where(Pair.school_id == school_id, Pair.id.in_(part))
        found += await session.scalars(statement.options(_PEOPLE))
    return sorted(found, key=lambda one: one.id)

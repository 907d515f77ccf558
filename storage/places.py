"""Places of mentors: who stands in which pair now, and how many places that takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from program.roles import Side
from program.states import HOLDING, PairStatus, ParticipationStatus
from storage.tables import Pair, PairMember, Participation, Person
from storage.tables.people import BY_CLASS

# Decided pairs that take a place; a suggestion gives way to them.
FIRM = tuple(status for status in HOLDING if status is not PairStatus.SUGGESTED)
_CHUNK = 5_000  # SQLite since 3.32 and PostgreSQL bind 32,766 values


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
            mine = select(PairMember.pair_id).where(
                PairMember.participation_id.in_(part), PairMember.left_at.is_(None)
            )
            where.append(Pair.id.in_(mine))
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


@dataclass(frozen=True)
class Standing:
    """Somebody who may be put into a pair or group: the place and what a list shows of the person."""

    id: int
    person_id: int
    side: Side
    status: ParticipationStatus
    admitted: bool
    capacity: int
    last_name: str
    first_name: str
    middle_name: str
    class_name: str
    position: str

    @property
    def line(self) -> str:
        """«Соколова Анна Сергеевна, 8А»; for staff only."""
        name = " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)
        return ", ".join(part for part in (name, self.class_name or self.position) if part)


async def grouped(
    session: AsyncSession,
    school_id: int,
    year: str,
    form: str,
    closed: Iterable[ParticipationStatus],
    sides: Iterable[Side] = tuple(Side),
) -> list[Standing]:
    """Everybody of a form who may be put into a group, by class and name.

    Read as plain columns: of ten thousand people whole rows took four times as long.

    Args:
        closed: statuses that take no part in pairs; finished mentees are left out besides.
    """
    of_place = (
        Participation.id, Participation.person_id, Participation.side, Participation.status,
        Participation.admitted, Participation.capacity,
    )  # fmt: skip
    of_person = (
        Person.last_name, Person.first_name, Person.middle_name, Person.class_name, Person.position,
    )  # fmt: skip
    statement = (
        select(*of_place, *of_person)
        .join(Participation.person)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.form == form,
            Participation.side.in_(list(sides)),
            Participation.status.not_in([*closed, ParticipationStatus.FINISHED]),
        )
        .order_by(Participation.status.desc(), *BY_CLASS)
    )
    return [Standing(*row) for row in await session.execute(statement)]


def chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    """Without repeats, in order, as many at a time as one query may name."""
    all_ids = sorted(set(ids))
    for start in range(0, len(all_ids), _CHUNK):
        yield all_ids[start : start + _CHUNK]

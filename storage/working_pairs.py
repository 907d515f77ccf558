"""Pairs whose people may be asked something by a rule: as columns for all of a school, whole for a few."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from program.states import PairStatus
from storage.adding import read_rows
from storage.places import chunks
from storage.tables import JournalEntry, Pair, PairMember, Person


class Who(NamedTuple):
    id: int
    birth_date: date | None
    category: str | None
    state: str


class Met(NamedTuple):
    """A member, as far as the rules of who is asked look."""

    id: int
    side: str
    left_at: datetime | None
    away_until: date | None
    aside_since: datetime | None
    person: Who


class Working(NamedTuple):
    """A pair, as far as they look: columns, because all of a school are looked at at every beat."""

    id: int
    form: str
    status: str
    is_group: bool
    continues_id: int | None
    created_at: datetime
    announced_at: datetime | None
    starts_on: date | None
    ends_on: date | None
    closed_at: datetime | None
    members: list[Met]


async def working(session: AsyncSession, school_id: int, year: str, done_since: datetime) -> list[Working]:
    """Announced pairs, offered or at work, and those completed since then, with their members."""
    asked = {"school": school_id, "year": year, "done_since": done_since}
    found: dict[int, Working] = {}
    rows: Any = await read_rows(session, _working(), asked)
    for row in rows:
        pair = found.get(row[0])
        if pair is None:
            pair = found[row[0]] = Working._make((*row[:_OF_PAIR], []))
        pair.members.append(Met._make((*row[_OF_PAIR:-4], Who._make(row[-4:]))))
    return list(found.values())


_OF_PAIR = 10  # columns


@cache
def _working() -> Any:
    pair, member, person = Pair.__table__.c, PairMember.__table__.c, Person.__table__.c
    of_pair = (
        pair.id, pair.form, pair.status, pair.is_group, pair.continues_id, pair.created_at, pair.announced_at,
        pair.starts_on, pair.ends_on, pair.closed_at,
    )  # fmt: skip
    of_member = (member.id, member.side, member.left_at, member.away_until, member.aside_since)
    of_person = (person.id, person.birth_date, person.category, person.state)
    return (
        select(*of_pair, *of_member, *of_person)
        .where(
            member.pair_id == pair.id,
            person.id == member.person_id,
            pair.school_id == bindparam("school"),
            pair.year == bindparam("year"),
            pair.announced_at.is_not(None),
            or_(
                pair.status.in_((PairStatus.OFFERED, PairStatus.ACTIVE)),
                and_(pair.status == PairStatus.COMPLETED, pair.closed_at > bindparam("done_since")),
            ),
        )
        .order_by(pair.id, member.id)
    )


async def whole(session: AsyncSession, school_id: int, pair_ids: Collection[int]) -> list[Pair]:
    """These pairs with their members and people."""
    found: list[Pair] = []
    for part in chunks(pair_ids):
        statement = select(Pair).where(Pair.school_id == school_id, Pair.id.in_(part))
        statement = statement.options(selectinload(Pair.members).joinedload(PairMember.person))
        found += await session.scalars(statement.order_by(Pair.id))
    return found


async def resumed(
    session: AsyncSession, school_id: int, pair_ids: Collection[int] | None = None
) -> dict[int, datetime]:
    """When each pair last went on after a pause. `pair_ids`: those alone, of a few; None: all of the school."""
    asked: dict[str, Any] = {"school": school_id}
    if pair_ids is not None:
        asked["subjects"] = [f"pair:{one}" for one in pair_ids]
    rows: Any = await read_rows(session, _resumed(pair_ids is not None), asked)
    return {int(subject.partition(":")[2]): at for subject, at in rows}


@cache
def _resumed(few: bool) -> Any:
    line = JournalEntry.__table__.c
    statement = select(line.subject, func.max(line.at)).where(line.action == "pair.resumed")
    if few:
        statement = statement.where(line.subject.in_(bindparam("subjects", expanding=True)))
    return statement.where(line.school_id == bindparam("school")).group_by(line.subject)

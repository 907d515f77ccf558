"""What the early warning has found: queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from program.states import RequestState
from storage.adding import add_new
from storage.overview import Waiting
from storage.pair_facts import those
from storage.tables import Pair, PairMember, PairWorry


async def known(
    session: AsyncSession, school_id: int, pairs: Collection[int] | None = None
) -> dict[tuple[int, str, str], PairWorry]:
    """Everything found so far about pairs that are not over, by pair, sign and key; closed ones too.

    Args:
        pairs: of these alone.
    """
    asked: dict[str, Any] = {"school": school_id}
    if pairs is not None:
        asked["ids"] = list(pairs)
    found = await session.scalars(_known(pairs is not None), asked)
    return {(one.pair_id, one.sign, one.key): one for one in found}


@cache
def _known(of_pairs: bool) -> Any:
    open_ = (Pair.closed_at.is_(None)) | (PairWorry.state != RequestState.CLOSED)
    statement = select(PairWorry).join(PairWorry.pair).where(open_)
    return those(statement, PairWorry.school_id, PairWorry.pair_id, of_pairs)


async def add(session: AsyncSession, **values: Any) -> bool:
    """False where another turn has found the same in the meantime."""
    return await add_new(session, PairWorry, values, ["pair_id", "sign", "key"]) is not None


async def open_ones(session: AsyncSession, school_id: int, pair_id: int | None = None) -> Sequence[PairWorry]:
    """What waits, the gravest and then the oldest first, with the pair and its people; of no pair that is over."""
    statement = (
        select(PairWorry)
        .join(PairWorry.pair)
        .where(*_waits(school_id))
        .options(contains_eager(PairWorry.pair).selectinload(Pair.members).joinedload(PairMember.person))
        .order_by(PairWorry.light.desc(), PairWorry.since, PairWorry.id)
    )
    if pair_id is not None:
        statement = statement.where(PairWorry.pair_id == pair_id)
    return (await session.scalars(statement)).all()


async def of_pair(session: AsyncSession, school_id: int, pair_id: int) -> Sequence[PairWorry]:
    """All of one pair, closed ones too, the newest first."""
    statement = (
        select(PairWorry)
        .where(PairWorry.school_id == school_id, PairWorry.pair_id == pair_id)
        .order_by(PairWorry.id.desc())
    )
    return (await session.scalars(statement)).all()


async def one(session: AsyncSession, school_id: int, worry_id: int) -> PairWorry | None:
    """As it stands now, with the pair and its people."""
    statement = (
        select(PairWorry)
        .where(PairWorry.id == worry_id, PairWorry.school_id == school_id)
        .options(joinedload(PairWorry.pair).selectinload(Pair.members).joinedload(PairMember.person))
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def lock(session: AsyncSession, school_id: int, worry_id: int) -> PairWorry | None:
    """Held until the transaction ends; with the pair and its people."""
    statement = (
        select(PairWorry)
        .where(PairWorry.id == worry_id, PairWorry.school_id == school_id)
        .options(joinedload(PairWorry.pair).selectinload(Pair.members).joinedload(PairMember.person))
        .with_for_update(of=PairWorry)
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def waiting(session: AsyncSession, school_id: int, signs: Collection[str]) -> list[Waiting]:
    """For «Сегодня»: how many pairs ask for somebody by these signs, since when."""
    statement = (
        select(func.count(PairWorry.pair_id.distinct()), func.min(PairWorry.found_at))
        .join(PairWorry.pair)
        .where(*_waits(school_id), PairWorry.sign.in_(sorted(signs)))
    )
    many, since = (await session.execute(statement)).one()
    return [Waiting("worries", many, since)] if many else []


def _waits(school_id: int) -> tuple[ColumnElement[bool], ...]:
    """Needs `Pair`. A pair that has just ended needs nobody, though the clock has not looked at it again yet."""
    return PairWorry.school_id == school_id, PairWorry.state != RequestState.CLOSED, Pair.closed_at.is_(None)

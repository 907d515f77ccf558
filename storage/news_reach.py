"""How many a news item would reach: counted by the database, for pages that ask while somebody types."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from program.outgoing import UNASKED
from storage.tables import Address, OutboxRow, Person


def _reachable() -> ColumnElement[bool]:
    """Some chat of a `Person` takes messages; of who has refused messengers, the web chat."""
    web_only = func.coalesce(Person.preferences["web_only"].as_boolean(), False)
    return exists().where(
        Address.person_id == Person.id,
        Address.unreachable_since.is_(None),
        or_(Address.channel == Channel.WEB, not_(web_only)),
    )


async def counted(session: AsyncSession, meant: ColumnElement[bool]) -> tuple[int, int]:
    """Of those of whom this holds: everybody, and those whom no chat reaches."""
    silent = func.sum(case((_reachable(), 0), else_=1))
    everybody, unreached = (await session.execute(select(func.count(Person.id), silent).where(meant))).one()
    return everybody, unreached or 0


async def silent(session: AsyncSession, meant: ColumnElement[bool], most: int) -> list[Person]:
    """Of them, whom no chat reaches, by name; at most so many."""
    statement = select(Person).where(meant, ~_reachable())
    by_name = statement.order_by(Person.plain, Person.id)
    return list(await session.scalars(by_name.limit(most)))


async def unasked(
    session: AsyncSession,
    school_id: int,
    meant: ColumnElement[bool],
    week: datetime,
    today: datetime,
    often: int,
) -> tuple[int, int, int]:
    """Of those: who got an unasked message since `today`, since `week`, and at least `often` since then."""
    got: Any = (
        select(
            OutboxRow.person_id,
            func.count(OutboxRow.id).label("n"),
            func.max(OutboxRow.sent_at).label("last"),
        )
        .where(
            OutboxRow.school_id == school_id,
            OutboxRow.kind.in_(UNASKED),
            OutboxRow.sent_at >= week,
            and_(OutboxRow.person_id.in_(select(Person.id).where(meant))),
        )
        .group_by(OutboxRow.person_id)
        .subquery()
    )
    statement = select(
        func.sum(case((got.c.last >= today, 1), else_=0)),
        func.count(got.c.person_id),
        func.sum(case((got.c.n >= often, 1), else_=0)),
    )
    found = (await session.execute(statement)).one()
    return found[0] or 0, found[1] or 0, found[2] or 0

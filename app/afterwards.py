"""What happened after a copy was made, and must not be undone by putting it back.

A copy knows nothing of what followed it: who was erased since comes back, closed accounts open, ended sessions hold, and
what had been sent waits to be sent. All of it is settled in the copy before it takes the place of the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from asyncpg import PostgresError
from sqlalchemy import ColumnElement, CursorResult, and_, delete, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts
from actions.work import Work
from program.retention import Basis
from program.roles import PersonState
from storage.database import Database
from storage.outbox import waits
from storage.tables import DeletionAct, OutboxRow, Person, School, SignIn, StaffInvitation, User

IN_DOUBT = "in-doubt"  # as the sender says of a message of which nobody knows whether it arrived
BEFORE = timedelta(days=1)  # a copy holds what stood when it was begun; erasing twice does no harm


class Erased(NamedTuple):
    person_id: int
    created_at: datetime
    basis: str


class Closed(NamedTuple):
    login: str
    created_at: datetime


@dataclass(frozen=True)
class Since:
    """What the database that is about to be replaced knows of the time after the copy."""

    erased: Sequence[Erased]
    closed: Sequence[Closed]


@dataclass(frozen=True)
class Settled:
    """How much was settled. `known`: whether there was a database that could tell what happened since."""

    known: bool
    erased: int
    closed: int
    messages: int


async def told_by(database: Database, made_at: datetime) -> Since | None:
    """None: there is no such database, or it can no longer be read."""
    if database.path is not None and not database.path.exists():
        return None
    try:
        async with database.reading() as session:
            if await session.scalar(select(School.id).limit(1)) is None:
                return None
            acts = await session.execute(
                select(Person.id, Person.created_at, DeletionAct.basis)
                .join(DeletionAct, DeletionAct.person_id == Person.id)
                .where(DeletionAct.at > made_at - BEFORE)
                .order_by(DeletionAct.id)
            )
            shut = await session.execute(select(User.login, User.created_at).where(User.active.is_(False)))
            return Since([Erased(*row) for row in acts], [Closed(*row) for row in shut])
    except (OSError, SQLAlchemyError, PostgresError):
        return None


async def settle(copy: Database, since: Since | None, now: datetime) -> Settled:
    """Erases and closes anew, ends every session and one-time link, stops what may have been sent already."""
    from actions import erasure  # what it needs costs a second that other commands need not wait

    erased = closed = 0
    for one in since.erased if since else ():
        async with copy.transaction() as session:
            # The same number may be somebody else's where the database was of another installation.
            person = await session.get(Person, one.person_id)
            if person is None or person.created_at != one.created_at or person.state == PersonState.ERASED:
                continue
            work = await _work(session, person.school_id, now)
            erased += await erasure.erase(work, person.id, Basis(one.basis)) is not None
    for account in since.closed if since else ():
        async with copy.transaction() as session:
            user = await session.scalar(select(User).where(User.login == account.login, User.active))
            if user is not None and user.created_at == account.created_at:
                await accounts.close_user(await _work(session, user.school_id, now), user)
                closed += 1
    async with copy.transaction() as session:
        await session.execute(delete(SignIn))
        opens = and_(StaffInvitation.used_at.is_(None), StaffInvitation.revoked_at.is_(None))
        await session.execute(update(StaffInvitation).where(opens).values(revoked_at=now))
        stopped = await session.execute(
            update(OutboxRow).where(_perhaps_sent(now)).values(dropped=IN_DOUBT, lease_until=None, lease_owner="")
        )  # fmt: skip
        assert isinstance(stopped, CursorResult)
    return Settled(since is not None, erased, closed, stopped.rowcount)


def _perhaps_sent(now: datetime) -> ColumnElement[bool]:
    """What was due meanwhile, and what was just said of those who are erased anew: it was said then."""
    return and_(waits(), or_(OutboxRow.due_at <= now, OutboxRow.created_at >= now))


async def _work(session: AsyncSession, school_id: int, now: datetime) -> Work:
    return Work(session, await session.get_one(School, school_id), now, "cli")

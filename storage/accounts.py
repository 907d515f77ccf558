"""Accounts of the admin, their sign-in sessions, one-time links and second steps: queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from storage.tables import RecoveryCode, SecondStep, SignIn, StaffInvitation, User


async def by_login(session: AsyncSession, login: str) -> User | None:
    return await session.scalar(select(User).where(User.login == login))


async def of_school(session: AsyncSession, school_id: int) -> Sequence[User]:
    statement = select(User).where(User.school_id == school_id).order_by(User.role, User.login)
    return (await session.scalars(statement)).all()


async def anybody(session: AsyncSession) -> bool:
    """Whether the installation has any account at all."""
    return (await session.scalar(select(User.id).limit(1))) is not None


async def get(session: AsyncSession, school_id: int, user_id: int) -> User | None:
    return await session.scalar(select(User).where(User.school_id == school_id, User.id == user_id))


async def sign_in(session: AsyncSession, token_hash: str, now: datetime) -> SignIn | None:
    """A session that still holds, with its user; None when it ended or the account was closed."""
    found: SignIn | None = await session.scalar(_signed_in(), {"token": token_hash, "now": now})
    return found


@cache
def _signed_in() -> Select[Any]:
    """Built once: every page asks it."""
    moment = bindparam("now", type_=SignIn.expires_at.type)
    return (
        select(SignIn)
        .join(SignIn.user)
        .where(
            SignIn.token_hash == bindparam("token"),
            SignIn.expires_at > moment,
            User.active,
            or_(User.until.is_(None), User.until > moment),
        )
        .options(joinedload(SignIn.user))
    )


async def end(session: AsyncSession, token_hash: str) -> None:
    await session.execute(delete(SignIn).where(SignIn.token_hash == token_hash))


async def sign_ins(session: AsyncSession, user_id: int, now: datetime) -> Sequence[SignIn]:
    """Sessions of one account that still hold, the one used last first."""
    statement = select(SignIn).where(SignIn.user_id == user_id, SignIn.expires_at > now)
    return (await session.scalars(statement.order_by(SignIn.seen_at.desc(), SignIn.token_hash))).all()


async def last_seen(session: AsyncSession, school_id: int, now: datetime) -> dict[int, datetime]:
    """By account of the school: when somebody last did something in a session that still holds."""
    statement = (
        select(SignIn.user_id, func.max(SignIn.seen_at))
        .join(SignIn.user)
        .where(User.school_id == school_id, SignIn.expires_at > now)
        .group_by(SignIn.user_id)
    )
    return {row[0]: row[1] for row in await session.execute(statement)}


async def end_all(session: AsyncSession, user_id: int, but: str = "") -> int:
    """Ends all sessions of an account. Returns how many.

    Args:
        but: the hash of the token whose session goes on.
    """
    statement = delete(SignIn).where(SignIn.user_id == user_id, SignIn.token_hash != but)
    return _count(await session.execute(statement))


async def end_without_code(session: AsyncSession, school_id: int, roles: Collection[str]) -> None:
    """Ends the sessions of these roles' accounts that have no code after the password."""
    with_code = select(SecondStep.user_id).where(SecondStep.confirmed_at.is_not(None))
    bare = select(User.id).where(User.school_id == school_id, User.role.in_(roles), User.id.not_in(with_code))
    await session.execute(delete(SignIn).where(SignIn.user_id.in_(bare)))


async def sweep(session: AsyncSession, now: datetime) -> None:
    await session.execute(delete(SignIn).where(SignIn.expires_at <= now))


async def invitation(
    session: AsyncSession, invitation_id: int, school_id: int | None = None
) -> StaffInvitation | None:
    """A colleague's one-time link with its account, if it has one.

    Args:
        school_id: None: of any school; the link's signature has told which one.
    """
    statement = select(StaffInvitation).where(StaffInvitation.id == invitation_id)
    if school_id is not None:
        statement = statement.where(StaffInvitation.school_id == school_id)
    return await session.scalar(statement.options(joinedload(StaffInvitation.user)))


async def open_invitations(session: AsyncSession, school_id: int, now: datetime) -> Sequence[StaffInvitation]:
    """Links that still open something, the newest first."""
    statement = (
        select(StaffInvitation)
        .where(StaffInvitation.school_id == school_id, _opens(now))
        .options(joinedload(StaffInvitation.user))
        .order_by(StaffInvitation.id.desc())
    )
    return (await session.scalars(statement)).all()


async def use(session: AsyncSession, invitation_id: int, now: datetime) -> bool:
    """Takes the link; False when it opens nothing any more: of two who press at once one gets it."""
    statement = (
        update(StaffInvitation)
        .where(StaffInvitation.id == invitation_id, _opens(now))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    return _count(await session.execute(statement)) == 1


async def revoke(session: AsyncSession, invitation_ids: Iterable[int], now: datetime) -> None:
    statement = update(StaffInvitation).where(StaffInvitation.id.in_(list(invitation_ids)), _opens(now))
    await session.execute(statement.values(revoked_at=now).execution_options(synchronize_session=False))


async def forget_invitations(session: AsyncSession, before: datetime) -> None:
    """Links whose time was over before then: the journal keeps that they were made and used."""
    await session.execute(delete(StaffInvitation).where(StaffInvitation.expires_at < before))


async def links_of(session: AsyncSession, user_id: int, now: datetime) -> Sequence[int]:
    """Ids of open links to a new password of this account."""
    statement = select(StaffInvitation.id).where(StaffInvitation.user_id == user_id, _opens(now))
    return (await session.scalars(statement)).all()


def _opens(now: datetime) -> ColumnElement[bool]:
    return and_(
        StaffInvitation.used_at.is_(None),
        StaffInvitation.revoked_at.is_(None),
        StaffInvitation.expires_at > now,
    )


async def second_step(session: AsyncSession, user_id: int) -> SecondStep | None:
    return await session.get(SecondStep, user_id)


async def has_code(session: AsyncSession, user_id: int) -> bool:
    """Whether the password alone does not open this account."""
    found = await second_step(session, user_id)
    return found is not None and found.confirmed_at is not None


async def with_second_step(session: AsyncSession, school_id: int) -> set[int]:
    """Ids of the school's accounts that ask for a code."""
    statement = (
        select(SecondStep.user_id)
        .join(User, User.id == SecondStep.user_id)
        .where(User.school_id == school_id, SecondStep.confirmed_at.is_not(None))
    )
    return set(await session.scalars(statement))


async def use_step(session: AsyncSession, user_id: int, step: int) -> bool:
    """Notes that the code of this step was used; False when somebody was quicker with it or a newer one."""
    statement = update(SecondStep).where(SecondStep.user_id == user_id, SecondStep.last_step < step)
    done = await session.execute(
        statement.values(last_step=step).execution_options(synchronize_session=False)
    )
    return _count(done) == 1


async def use_recovery(session: AsyncSession, user_id: int, code_hash: str) -> bool:
    """Takes a recovery code; False when there is none like it (any more)."""
    statement = delete(RecoveryCode).where(
        RecoveryCode.user_id == user_id, RecoveryCode.code_hash == code_hash
    )
    return _count(await session.execute(statement)) == 1


async def recovery_left(session: AsyncSession, user_id: int) -> int:
    statement = select(func.count(RecoveryCode.id)).where(RecoveryCode.user_id == user_id)
    return await session.scalar(statement) or 0


async def put_recovery(session: AsyncSession, user_id: int, hashes: Iterable[str]) -> None:
    """New recovery codes; older ones open nothing any more."""
    await session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    session.add_all([RecoveryCode(user_id=user_id, code_hash=one) for one in hashes])
    await session.flush()


async def drop_second_step(session: AsyncSession, user_id: int) -> bool:
    """Password alone opens the account again. Returns whether a code had been asked for."""
    found = await session.get(SecondStep, user_id)
    await put_recovery(session, user_id, ())
    if found is None:
        return False
    asked = found.confirmed_at is not None
    await session.delete(found)
    await session.flush()
    return asked


def _count(done: object) -> int:
    assert isinstance(done, CursorResult)
    return int(done.rowcount)

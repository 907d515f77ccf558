"""Accounts of the admin and their sign-in sessions: queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from storage.tables import SignIn, User


async def by_login(session: AsyncSession, login: str) -> User | None:
    return await session.scalar(select(User).where(User.login == login))


async def of_school(session: AsyncSession, school_id: int) -> Sequence[User]:
    statement = select(User).where(User.school_id == school_id).order_by(User.role, User.login)
    return (await session.scalars(statement)).all()


async def get(session: AsyncSession, school_id: int, user_id: int) -> User | None:
    return await session.scalar(select(User).where(User.school_id == school_id, User.id == user_id))


async def sign_in(session: AsyncSession, token_hash: str, now: datetime) -> SignIn | None:
    """A session that still holds, with its user; None when it ended or the account was closed."""
    statement = (
        select(SignIn)
        .join(SignIn.user)
        .where(SignIn.token_hash == token_hash, SignIn.expires_at > now, User.active)
        .options(joinedload(SignIn.user))
    )
    return await session.scalar(statement)


async def end(session: AsyncSession, token_hash: str) -> None:
    await session.execute(delete(SignIn).where(SignIn.token_hash == token_hash))


async def end_all(session: AsyncSession, user_id: int) -> None:
    await session.execute(delete(SignIn).where(SignIn.user_id == user_id))


async def sweep(session: AsyncSession, now: datetime) -> None:
    await session.execute(delete(SignIn).where(SignIn.expires_at <= now))

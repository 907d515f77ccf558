"""Accounts of the admin: adding people, checking passwords, opening and ending sign-in sessions."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal
from actions.work import Work
from program.errors import Refusal
from program.roles import StaffRole
from storage import accounts
from storage.tables import SignIn, User

PASSWORD_MIN = 10  # characters
SESSION = timedelta(hours=10)  # without a click; a working day and some (ux.md, A40)
SESSION_LONGEST = timedelta(days=14)
PROLONG_AFTER = timedelta(minutes=5)  # a write per click would be a price without a gain

_hasher = PasswordHasher()
# Verified when the login is unknown, so that the answer takes as long as for a known one.
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


@dataclass(frozen=True)
class Staff:
    """Who is signed in. Plain values: they outlive the database session they were read in."""

    id: int
    school_id: int
    login: str
    name: str
    role: StaffRole
    class_name: str

    @property
    def actor(self) -> str:
        return f"user:{self.id}"


def folded_login(login: str) -> str:
    return login.strip().casefold()


async def hash_password(password: str) -> str:
    """Raises Refusal when the password is too short to keep children's data behind it."""
    if len(password) < PASSWORD_MIN:
        raise Refusal("admin-password-short", least=PASSWORD_MIN)
    return await asyncio.to_thread(_hasher.hash, password)


async def add_user(
    work: Work, login: str, role: StaffRole, password: str, name: str = "", class_name: str = ""
) -> User:
    """A new account of `work.school`.

    Raises:
        Refusal: the login is taken or empty, the password is short, a class teacher has no class.
    """
    login = folded_login(login)
    if not login or len(login) > 100:
        raise Refusal("admin-login-empty")
    if role is StaffRole.CLASS_TEACHER and not class_name.strip():
        raise Refusal("admin-class-needed")
    hashed = await hash_password(password)
    if await accounts.by_login(work.session, login) is not None:
        raise Refusal("admin-login-taken", login=login)
    user = User(
        school_id=work.school.id,
        login=login,
        name=name.strip(),
        role=role,
        class_name=class_name.strip(),
        password_hash=hashed,
        created_at=work.now,
    )
    work.session.add(user)
    await work.session.flush()
    await journal.note(work, "user.added", f"user:{user.id}", after={"role": role})
    return user


async def set_password(work: Work, user: User, password: str) -> None:
    """A new password; everybody who is signed in with the old one is out. Raises Refusal: too short."""
    user.password_hash = await hash_password(password)
    await accounts.end_all(work.session, user.id)
    await journal.note(work, "user.password", f"user:{user.id}")


async def close_user(work: Work, user: User) -> None:
    """The account lets nobody in any more; its lines in the journal stay. Raises Refusal: one's own."""
    if work.actor == f"user:{user.id}":
        raise Refusal("admin-user-yourself")
    user.active = False
    await accounts.end_all(work.session, user.id)
    await journal.note(work, "user.closed", f"user:{user.id}", after={"active": False})


async def check(session: AsyncSession, login: str, password: str) -> User | None:
    """The user, if the password is right and the account open. As slow for an unknown login as for a known."""
    user = await accounts.by_login(session, folded_login(login))
    right = await asyncio.to_thread(_verify, user.password_hash if user else _NOBODY, password)
    return user if user is not None and right and user.active else None


def _verify(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


async def open_session(work: Work, user: User, life: timedelta = SESSION) -> str:
    """Signs a user in. Returns the token for the cookie; the row holds only its hash."""
    token = secrets.token_urlsafe(32)
    await accounts.sweep(work.session, work.now)
    work.session.add(
        SignIn(
            token_hash=_digest(token),
            user_id=user.id,
            created_at=work.now,
            seen_at=work.now,
            expires_at=work.now + life,
        )
    )
    await journal.note(work.by(user), "user.signed-in", f"user:{user.id}")
    return token


async def who(session: AsyncSession, token: str, now: datetime) -> tuple[Staff, bool] | None:
    """Who holds this token, and whether it is time to prolong the session; None: nobody any more."""
    held = await accounts.sign_in(session, _digest(token), now)
    if held is None:
        return None
    user = held.user
    staff = Staff(user.id, user.school_id, user.login, user.name, StaffRole(user.role), user.class_name)
    return staff, now - held.seen_at >= PROLONG_AFTER


async def prolong(session: AsyncSession, token: str, now: datetime, life: timedelta = SESSION) -> None:
    """Another `life` from now on, but never past `SESSION_LONGEST` (or `life`, if longer) from the start."""
    held = await session.get(SignIn, _digest(token))
    if held is not None:
        held.seen_at = now
        held.expires_at = min(now + life, held.created_at + max(SESSION_LONGEST, life))


async def sign_out(session: AsyncSession, token: str) -> None:
    await accounts.end(session, _digest(token))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def user(session: AsyncSession, school_id: int, user_id: int) -> User:
    """An account of this school. Raises Refusal when there is none."""
    found = await accounts.get(session, school_id, user_id)
    if found is None:
        raise Refusal("admin-user-missing")
    return found

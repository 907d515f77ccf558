"""Accounts of the admin: adding people, checking passwords, opening and ending sign-in sessions.

How colleagues get in by themselves: `actions.staff_invitations`. The code after the password: `actions.second_step`.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal
from actions.work import Work
from program.devices import system_of
from program.errors import Refusal
from program.passwords import guessable
from program.roles import ENDING, StaffRole, gives
from storage import accounts
from storage.tables import SignIn, User

PASSWORD_MIN = 10  # characters
SESSION = timedelta(hours=10)  # without a click; a working day and some (ux.md, A40)
SESSION_LONGEST = timedelta(days=14)
LONGEST_VISIT = timedelta(days=366)  # of an outside evaluator
PROLONG_AFTER = timedelta(minutes=5)  # a write per click would be a price without a gain

_hasher = PasswordHasher()


def _of_nobody() -> str:
    """A hash that no password has, verified as long as any of ours; put together, not computed, at each start."""
    salt, key = (b64encode(secrets.token_bytes(size)).rstrip(b"=").decode() for size in (_hasher.salt_len, _hasher.hash_len))  # fmt: skip
    costs = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${key}"


# Verified when the login is unknown, so that the answer takes as long as for a known one.
_NOBODY = _of_nobody()


@dataclass(frozen=True)
class Staff:
    """Who is signed in. Plain values: they outlive the database session they were read in."""

    id: int
    school_id: int
    login: str
    name: str
    role: StaffRole
    class_name: str
    device: str = ""

    @property
    def actor(self) -> str:
        return f"user:{self.id}"

    @property
    def origin(self) -> str:
        """For the journal of changes: the admin, on which kind of device."""
        return f"admin:{system_of(self.device)}"


def folded_login(login: str) -> str:
    return login.strip().casefold()


async def hash_password(password: str, *own: str) -> str:
    """Raises Refusal when the password is too short to keep children's data behind it, or guessed first.

    Args:
        own: words around its owner: login, name, the school's name.
    """
    if len(password) < PASSWORD_MIN:
        raise Refusal("admin-password-short", least=PASSWORD_MIN)
    if guessable(password, own):
        raise Refusal("admin-password-guessable")
    return await asyncio.to_thread(_hasher.hash, password)


def require_fit(role: StaffRole, class_name: str, until: datetime | None, now: datetime) -> None:
    """Raises Refusal when a class teacher has no class, or a guest from outside no last day."""
    if role is StaffRole.CLASS_TEACHER and not class_name.strip():
        raise Refusal("admin-class-needed")
    if role in ENDING and (until is None or not now < until < now + LONGEST_VISIT):
        raise Refusal("staff-until-needed")


async def add_user(
    work: Work,
    login: str,
    role: StaffRole,
    password: str,
    name: str = "",
    class_name: str = "",
    until: datetime | None = None,
) -> User:
    """A new account of `work.school`.

    Args:
        until: afterwards nobody gets in; outside evaluators need one.

    Raises:
        Refusal: the login is taken or empty, the password is short, a class teacher has no class.
    """
    user = await new_user(work, login, role, password, name, class_name, until)
    await journal.note(work, "user.added", f"user:{user.id}", after={"role": role})
    return user


async def new_user(
    work: Work,
    login: str,
    role: StaffRole,
    password: str,
    name: str = "",
    class_name: str = "",
    until: datetime | None = None,
) -> User:
    """The row alone; who calls writes the line of the journal. Raises Refusal as `add_user` does."""
    login = folded_login(login)
    if not login or len(login) > 100:
        raise Refusal("admin-login-empty")
    require_fit(role, class_name, until, work.now)
    hashed = await hash_password(password, login, name, work.school.name)
    if await accounts.by_login(work.session, login) is not None:
        raise Refusal("admin-login-taken", login=login)
    user = User(
        school_id=work.school.id,
        login=login,
        name=name.strip(),
        role=role,
        class_name=class_name.strip(),
        until=until,
        password_hash=hashed,
        created_at=work.now,
    )
    work.session.add(user)
    await work.session.flush()
    return user


async def set_password(work: Work, user: User, password: str) -> None:
    """A new password; everybody who is signed in with the old one is out. Raises Refusal: too short."""
    user.password_hash = await hash_password(password, user.login, user.name, work.school.name)
    await accounts.end_all(work.session, user.id)
    await journal.note(work, "user.password", f"user:{user.id}")


async def change_password(work: Work, user: User, old: str, new: str, token: str) -> None:
    """One's own password, by who knows the one so far; all other sessions end.

    Args:
        token: of the session that goes on.

    Raises:
        Refusal: the old one is wrong, the new one too short or the same.
    """
    await require_password(user, old)
    if new == old:
        raise Refusal("staff-password-same")
    user.password_hash = await hash_password(new, user.login, user.name, work.school.name)
    ended = await accounts.end_all(work.session, user.id, but=digest(token))
    await journal.note(work, "user.password", f"user:{user.id}", after={"sessions": ended})


async def require_password(user: User, password: str) -> None:
    """Raises Refusal when this is not the account's password."""
    if not await asyncio.to_thread(_verify, user.password_hash, password):
        raise Refusal("staff-password-wrong")


async def close_user(work: Work, user: User, giver: StaffRole | None = None) -> None:
    """The account lets nobody in any more; its lines in the journal stay.

    Args:
        giver: the role of who closes; None: the command line, which may close all.

    Raises:
        Refusal: one's own account, or one that this role does not look after.
    """
    require_closes(work, user, giver)
    user.active = False
    await accounts.end_all(work.session, user.id)
    await accounts.revoke(work.session, await accounts.links_of(work.session, user.id, work.now), work.now)
    await journal.note(work, "user.closed", f"user:{user.id}", after={"active": False})


def require_closes(work: Work, user: User, giver: StaffRole | None) -> None:
    """Raises Refusal where `close_user` would."""
    if work.actor == f"user:{user.id}":
        raise Refusal("admin-user-yourself")
    require_gives(giver, StaffRole(user.role))


def require_gives(giver: StaffRole | None, role: StaffRole) -> None:
    """Raises Refusal when accounts of this role are not looked after by the giver's."""
    if giver is not None and role not in gives(giver):
        raise Refusal("staff-not-yours")


async def end_session(work: Work, user_id: int, mark: str) -> bool:
    """Ends one session of one's own. Returns False when there is none of this mark."""
    for held in await accounts.sign_ins(work.session, user_id, work.now):
        if mark_of(held) == mark:
            await accounts.end(work.session, held.token_hash)
            await journal.note(work, "user.session-ended", f"user:{user_id}", after={"sessions": 1})
            return True
    return False


async def end_others(work: Work, user_id: int, token: str) -> int:
    """Ends all of one's own sessions but this one. Returns how many."""
    ended = await accounts.end_all(work.session, user_id, but=digest(token))
    if ended:
        await journal.note(work, "user.session-ended", f"user:{user_id}", after={"sessions": ended})
    return ended


def mark_of(held: SignIn) -> str:
    """Names a session in an address; who knows it has nothing: it is a piece of the token's hash."""
    return held.token_hash[:16]


async def check(session: AsyncSession, login: str, password: str, now: datetime) -> User | None:
    """The user, if the password is right and the account open. As slow for an unknown login as for a known."""
    user = await accounts.by_login(session, folded_login(login))
    right = await asyncio.to_thread(_verify, user.password_hash if user else _NOBODY, password)
    return user if user is not None and right and user.active and not over(user, now) else None


def over(user: User, now: datetime) -> bool:
    """Whether the account's last day has passed."""
    return user.until is not None and user.until <= now


def _verify(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


async def owes_code(work: Work, user: User) -> bool:
    """Whether the school asks this role for a code after the password, and the account has none yet."""
    if user.role not in work.settings.code_roles:
        return False
    return not await accounts.has_code(work.session, user.id)


async def open_session(work: Work, user: User, life: timedelta = SESSION, device: str = "") -> str:
    """Signs a user in. Returns the token for the cookie; the row holds only its hash.

    Raises:
        Refusal: the account owes a code: no door opens a session before there is one.
    """
    if await owes_code(work, user):
        raise Refusal("staff-step-due")
    token = secrets.token_urlsafe(32)
    await accounts.sweep(work.session, work.now)
    work.session.add(
        SignIn(
            token_hash=digest(token),
            user_id=user.id,
            created_at=work.now,
            seen_at=work.now,
            expires_at=work.now + life,
            device=device,
        )
    )
    await journal.note(work.by(user), "user.signed-in", f"user:{user.id}")
    return token


def cookie(*, secure: bool) -> str:
    """Under which name a browser keeps the token. `__Host-`: one that another host of the domain has planted is refused."""
    return "__Host-nastavnik" if secure else "nastavnik"


async def who(session: AsyncSession, token: str, now: datetime) -> tuple[Staff, bool] | None:
    """Who holds this token, and whether it is time to prolong the session; None: nobody any more."""
    held = await accounts.sign_in(session, digest(token), now)
    if held is None:
        return None
    user = held.user
    staff = Staff(
        user.id, user.school_id, user.login, user.name, StaffRole(user.role), user.class_name, held.device
    )
    return staff, now - held.seen_at >= PROLONG_AFTER


async def prolong(session: AsyncSession, token: str, now: datetime, life: timedelta = SESSION) -> None:
    """Another `life` from now on, but never past `SESSION_LONGEST` (or `life`, if longer) from the start."""
    held = await session.get(SignIn, digest(token))
    if held is not None:
        held.seen_at = now
        held.expires_at = min(now + life, held.created_at + max(SESSION_LONGEST, life))


async def sign_out(session: AsyncSession, token: str) -> None:
    await accounts.end(session, digest(token))


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def user(session: AsyncSession, school_id: int, user_id: int) -> User:
    """An account of this school. Raises Refusal when there is none."""
    found = await accounts.get(session, school_id, user_id)
    if found is None:
        raise Refusal("admin-user-missing")
    return found

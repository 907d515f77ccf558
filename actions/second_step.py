"""The code after the password: switched on by its owner, confirmed by a first code, each code good for once.

The secret is sealed with the installation's key and shown only until it is confirmed; of recovery codes the house
keeps marks that only this key makes.

A school may ask some roles for it. Whoever owes a code is offered a secret between the password and the first page; it
stays with that browser, sealed, until its first code: nobody else who knows the password sees the same one.
"""

from __future__ import annotations

import base64
from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, journal
from actions.sealing import Box, WrongKey
from actions.work import Work
from program import one_time_codes as codes
from program.errors import Refusal
from program.roles import StaffRole
from storage import accounts as rows
from storage.tables import SecondStep, User


async def begin(work: Work, box: Box, user: User, password: str) -> None:
    """A new secret that waits for its first code.

    Raises:
        Refusal: the password is wrong: an open browser is not its owner; or codes are asked for already.
    """
    await accounts.require_password(user, password)
    found = await rows.second_step(work.session, user.id)
    if found is not None and found.confirmed_at is not None:
        raise Refusal("staff-step-already")
    sealed = box.seal(base64.b64encode(codes.new_secret()).decode())
    if found is None:
        work.session.add(SecondStep(user_id=user.id, sealed=sealed))
    else:
        found.sealed = sealed
    await work.session.flush()


async def unconfirmed(session: AsyncSession, box: Box, user_id: int) -> bytes | None:
    """The secret that is still to be shown; None: none, or it is confirmed and never shown again."""
    found = await rows.second_step(session, user_id)
    return _secret(box, found) if found is not None and found.confirmed_at is None else None


async def require(work: Work, roles: Collection[StaffRole], own: User | None = None) -> None:
    """From now on accounts of these roles, and of no others, get in with a code only. Twice is once.

    Whoever is in by the password alone is out, and meets the code at the next sign-in.

    Args:
        own: the account of who says so; None: the command line.

    Raises:
        Refusal: the own role is among them, and the own account has no code yet.
    """
    if own is not None and own.role in roles and not await rows.has_code(work.session, own.id):
        raise Refusal("staff-codes-own-first")
    before, after = list(work.settings.code_roles), [role.value for role in StaffRole if role in roles]
    if before == after:
        return
    work.school.settings = {**work.school.settings, "code_roles": after}
    await rows.end_without_code(work.session, work.school.id, after)
    await journal.note(
        work,
        "user.codes-required",
        f"school:{work.school.id}",
        before={"roles": before},
        after={"roles": after},
    )


def offer(box: Box, user_id: int) -> tuple[bytes, str]:
    """A new secret for whoever owes a code, and the same sealed for the browser to hold."""
    secret = codes.new_secret()
    return secret, box.seal([user_id, base64.b64encode(secret).decode()])


def offered(box: Box, user_id: int, sealed: str) -> bytes | None:
    """The secret that this account was offered; None: not by us, or to another one."""
    try:
        whose, secret = box.open(sealed)
    except (WrongKey, ValueError):
        return None
    return base64.b64decode(secret) if whose == user_id else None


async def take(
    work: Work, box: Box, user: User, secret: bytes, typed: str, at: datetime | None = None
) -> list[str]:
    """The offered secret is the account's with its first code. Returns the recovery codes.

    Args:
        at: what telephones show; None: the house's time. The demo's clock goes before them.

    Raises:
        Refusal: the code is wrong, or the account has got one meanwhile.
    """
    if await rows.has_code(work.session, user.id):
        raise Refusal("staff-step-already")
    if codes.matching_step(secret, typed, at or work.now, 0) is None:
        raise Refusal("staff-code-wrong")
    await rows.drop_second_step(work.session, user.id)
    work.session.add(SecondStep(user_id=user.id, sealed=box.seal(base64.b64encode(secret).decode())))
    await work.session.flush()
    return await confirm(work.by(user), box, user, typed, at)


async def confirm(work: Work, box: Box, user: User, typed: str, at: datetime | None = None) -> list[str]:
    """From now on a code is asked for. Returns the recovery codes, which nobody can show again. `at`: as in `take`.

    Raises:
        Refusal: nothing was begun, or the code is wrong.
    """
    found = await rows.second_step(work.session, user.id)
    if found is None or found.confirmed_at is not None:
        raise Refusal("staff-step-not-begun")
    secret = _secret(box, found)
    step = codes.matching_step(secret, typed, at or work.now, found.last_step) if secret else None
    if step is None:
        raise Refusal("staff-code-wrong")
    found.confirmed_at, found.last_step = work.now, step
    made = await _new_codes(work, box, user)
    await journal.note(work, "user.second-step-on", f"user:{user.id}")
    return made


async def off(work: Work, user: User, password: str) -> bool:
    """The code so far is worth nothing. Raises Refusal: the password is wrong.

    Returns:
        Whether the password alone opens the account again; where the school asks for a code, everybody is out, and
        the next sign-in leads to a new one: that is the way to another telephone.
    """
    await accounts.require_password(user, password)
    if await rows.drop_second_step(work.session, user.id):
        await journal.note(work, "user.second-step-off", f"user:{user.id}")
    if not await accounts.owes_code(work, user):
        return True
    await rows.end_all(work.session, user.id)
    return False


async def new_codes(work: Work, box: Box, user: User, password: str) -> list[str]:
    """Ten new recovery codes; the old ones open nothing. Raises Refusal: wrong password, or no codes are asked for."""
    await accounts.require_password(user, password)
    if not await rows.has_code(work.session, user.id):
        raise Refusal("staff-step-not-begun")
    made = await _new_codes(work, box, user)
    await journal.note(work, "user.recovery-codes", f"user:{user.id}")
    return made


async def fits(work: Work, box: Box, user: User, typed: str, at: datetime | None = None) -> bool:
    """Whether this is a code of the app or a recovery code; it is used up by the asking. `at`: as in `take`."""
    found = await rows.second_step(work.session, user.id)
    if found is None or found.confirmed_at is None:
        return False
    secret = _secret(box, found)
    step = codes.matching_step(secret, typed, at or work.now, found.last_step) if secret else None
    if step is not None:
        return await rows.use_step(work.session, user.id, step)
    if await rows.use_recovery(work.session, user.id, _mark(box, user, typed)):
        left = await rows.recovery_left(work.session, user.id)
        await journal.note(work.by(user), "user.recovery-used", f"user:{user.id}", after={"left": left})
        return True
    return False


async def _new_codes(work: Work, box: Box, user: User) -> list[str]:
    made = codes.recovery_codes()
    await rows.put_recovery(work.session, user.id, [_mark(box, user, one) for one in made])
    return made


def _mark(box: Box, user: User, code: str) -> str:
    """What is kept of a recovery code: a plain hash of its 49 bits could be tried out on a stolen database."""
    return box.mark(f"{user.id}:{codes.folded(code)}")


def _secret(box: Box, found: SecondStep) -> bytes | None:
    """None where the installation's key has changed since: then only recovery codes open the account."""
    try:
        return base64.b64decode(box.open(found.sealed))
    except WrongKey:
        return None

"""The code after the password: switched on by its owner, confirmed by a first code, each code good for once.

The secret is sealed with the installation's key and shown only until it is confirmed; of recovery codes the house
keeps marks that only this key makes.
"""

from __future__ import annotations

import base64

from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, journal
from actions.sealing import Box, WrongKey
from actions.work import Work
from program import one_time_codes as codes
from program.errors import Refusal
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


async def is_on(session: AsyncSession, user_id: int) -> bool:
    """Whether the password alone does not open this account."""
    found = await rows.second_step(session, user_id)
    return found is not None and found.confirmed_at is not None


async def confirm(work: Work, box: Box, user: User, typed: str) -> list[str]:
    """From now on a code is asked for. Returns the recovery codes, which nobody can show again.

    Raises:
        Refusal: nothing was begun, or the code is wrong.
    """
    found = await rows.second_step(work.session, user.id)
    if found is None or found.confirmed_at is not None:
        raise Refusal("staff-step-not-begun")
    secret = _secret(box, found)
    step = codes.matching_step(secret, typed, work.now, found.last_step) if secret else None
    if step is None:
        raise Refusal("staff-code-wrong")
    found.confirmed_at, found.last_step = work.now, step
    made = await _new_codes(work, box, user)
    await journal.note(work, "user.second-step-on", f"user:{user.id}")
    return made


async def off(work: Work, user: User, password: str) -> None:
    """The password alone opens the account again. Raises Refusal: the password is wrong."""
    await accounts.require_password(user, password)
    if await rows.drop_second_step(work.session, user.id):
        await journal.note(work, "user.second-step-off", f"user:{user.id}")


async def new_codes(work: Work, box: Box, user: User, password: str) -> list[str]:
    """Ten new recovery codes; the old ones open nothing. Raises Refusal: wrong password, or no codes are asked for."""
    await accounts.require_password(user, password)
    if not await is_on(work.session, user.id):
        raise Refusal("staff-step-not-begun")
    made = await _new_codes(work, box, user)
    await journal.note(work, "user.recovery-codes", f"user:{user.id}")
    return made


async def fits(work: Work, box: Box, user: User, typed: str) -> bool:
    """Whether this is a code of the app or a recovery code; it is used up by the asking."""
    found = await rows.second_step(work.session, user.id)
    if found is None or found.confirmed_at is None:
        return False
    secret = _secret(box, found)
    step = codes.matching_step(secret, typed, work.now, found.last_step) if secret else None
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

"""The first start of an installation: nobody has an account yet, and only who started the program may make one.

The way in is an address with a secret that the program prints where it was started; the database keeps its hash. The
door exists while there is no account at all and is gone for good with the first one.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, school_settings, schools
from actions.work import Work
from program.errors import Refusal
from program.roles import StaffRole
from storage import accounts as rows
from storage import schools as stored
from storage import system
from storage.tables import School, User

DOOR = "first-run"  # the name of the fact: hash of the secret
SLUG = "school"


def new_token() -> str:
    return secrets.token_urlsafe(24)


async def open_door(session: AsyncSession, now: datetime, token: str = "") -> str | None:
    """The secret of the way in; a new one at each start. None: somebody has an account already.

    Args:
        token: a secret made before, to be let in by.
    """
    if await rows.anybody(session):
        return None
    token = token or new_token()
    await system.put(session, DOOR, accounts.digest(token), now)
    return token


async def fits(session: AsyncSession, token: str) -> bool:
    """Whether this secret opens the door now."""
    kept = await system.get(session, DOOR)
    if kept is None or not secrets.compare_digest(kept, accounts.digest(token)):
        return False
    return not await rows.anybody(session)


async def name_school(session: AsyncSession, now: datetime, name: str, city: str, timezone: str) -> School:
    """The school of the installation, made or named anew while the door is open.

    Raises:
        Refusal: no name, or an unknown zone.
    """
    school = await stored.default(session)
    if school is None:
        return await schools.add(session, SLUG, name, timezone, city, now=now, actor="system")
    work = Work(session, school, now, "system")
    await school_settings.save(work, work.settings, name=name, city=city, timezone=timezone)
    return school


async def let_in(work: Work, token: str, login: str, password: str, name: str) -> User:
    """The first curator's account; the door closes behind it.

    Raises:
        Refusal: somebody was quicker, the login is empty or taken, the password too short.
    """
    await accounts.hash_password(
        password, login, name, work.school.name
    )  # what is wrong with it is said before the door is closed
    if not await fits(work.session, token) or not await system.forget(work.session, DOOR):
        raise Refusal("setup-door-closed")
    user = await accounts.add_user(work, login, StaffRole.CURATOR, password, name)
    if name and not work.settings.curator_name:
        work.school.settings = {**work.school.settings, "curator_name": name}
    return user

"""How a colleague gets an account or a new password: a one-time link, and a password that nobody else has seen.

The link carries no secret of the database: it is signed with the installation's key (`Links.staff`), opens once, has
a last day, and whoever made it can take it back.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, journal, staff_told
from actions.links import Links
from actions.work import Work
from program.cells import class_name as read_class
from program.errors import Refusal
from program.roles import StaffRole
from storage import accounts as rows
from storage import lists
from storage.tables import StaffInvitation, User

LIFE = timedelta(days=7)
LIFE_AGAIN = timedelta(days=1)  # to a new password: the account is there already and worth more


async def invite(
    work: Work,
    giver: StaffRole | None,
    role: StaffRole,
    name: str = "",
    class_name: str = "",
    until: datetime | None = None,
) -> StaffInvitation:
    """A link to a new account of `work.school`.

    Args:
        giver: the role of who invites; None: the command line, which gives every role.
        until: the account's last moment; outside evaluators need one.

    Raises:
        Refusal: this role does not give that one, a class teacher has no class, or one that the school has not, a guest
            no last day.
    """
    accounts.require_gives(giver, role)
    class_name = await _class(work, class_name)
    accounts.require_fit(role, class_name, until, work.now)
    made = await _add(work, LIFE, role=role, name=name.strip(), class_name=class_name, access_until=until)
    await journal.note(work, "user.invited", f"staff-invitation:{made.id}", after={"role": role})
    await staff_told.invited(work, made)
    return made


async def _class(work: Work, typed: str) -> str:
    """«6Б» of «6 б». A slip would give a teacher a class in which nobody is; before the list is in, no class is known."""
    name = read_class(typed)
    known = await lists.classes(work.session, work.school.id) if name else []
    if known and name not in known:
        raise Refusal("staff-class-unknown", name=name, known=", ".join(known))
    return name


async def let_back_in(work: Work, giver: StaffRole | None, user: User) -> StaffInvitation:
    """A link to a new password of an account; a closed account is open again once it is used.

    The code after the password, if there was one, goes with the old password: whoever has lost the telephone gets
    in by the same way. Older links to this account open nothing any more.

    Raises:
        Refusal: one's own account, or one that this role does not look after, or its last day has passed.
    """
    require_lets_in(work, giver, user)
    await rows.revoke(work.session, await rows.links_of(work.session, user.id, work.now), work.now)
    made = await _add(
        work,
        LIFE_AGAIN,
        role=user.role,
        name=user.name,
        class_name=user.class_name,
        access_until=user.until,
        user_id=user.id,
        again=True,
    )
    await journal.note(work, "user.let-in", f"user:{user.id}", after={"invitation": made.id})
    await staff_told.let_in(work, made, user)
    return made


def require_lets_in(work: Work, giver: StaffRole | None, user: User) -> None:
    """Raises Refusal where `let_back_in` would."""
    if work.actor == f"user:{user.id}":
        raise Refusal("staff-link-yourself")
    accounts.require_gives(giver, StaffRole(user.role))
    if accounts.over(user, work.now):
        raise Refusal("staff-until-over")


async def revoke(work: Work, giver: StaffRole | None, made: StaffInvitation) -> None:
    """The link opens nothing any more. Raises Refusal: not one that this role may make."""
    accounts.require_gives(giver, StaffRole(made.role))
    if made.used_at is None and made.revoked_at is None:
        await rows.revoke(work.session, [made.id], work.now)
        await journal.note(work, "user.invitation-revoked", f"staff-invitation:{made.id}")


async def behind(session: AsyncSession, links: Links, token: str, now: datetime) -> StaffInvitation:
    """What this link opens. Raises Refusal: used, taken back, too old, or not one of ours."""
    read = links.staff_of(token)
    made = await rows.invitation(session, read[0]) if read else None
    if made is None or read is None or not secrets.compare_digest(made.nonce, read[1]):
        raise Refusal("staff-link-dead")
    if made.used_at or made.revoked_at or made.expires_at <= now:
        raise Refusal("staff-link-dead")
    return made


async def accept(work: Work, made: StaffInvitation, login: str, password: str) -> User:
    """The colleague's account with the password just set; the link is used up.

    Args:
        work: of the invitation's school.
        login: of a new account; an old one keeps its own.

    Raises:
        Refusal: somebody was quicker, the login is taken or empty, the password too short.
    """
    if not await rows.use(work.session, made.id, work.now):
        raise Refusal("staff-link-dead")
    if made.again:
        assert made.user is not None
        user = made.user
        user.password_hash = await accounts.hash_password(password, user.login, user.name, work.school.name)
        user.active = True
        await rows.end_all(work.session, user.id)
        await rows.drop_second_step(work.session, user.id)
    else:
        user = await accounts.new_user(
            work, login, StaffRole(made.role), password, made.name, made.class_name, made.access_until
        )
        made.user_id = user.id
    after = {"role": made.role, "invitation": made.id}
    await journal.note(work.by(user), "user.joined", f"user:{user.id}", after=after)
    return user


async def _add(work: Work, life: timedelta, **values: object) -> StaffInvitation:
    made = StaffInvitation(
        school_id=work.school.id,
        nonce=secrets.token_hex(16),
        created_by=work.actor,
        created_at=work.now,
        expires_at=work.now + life,
        **values,
    )
    work.session.add(made)
    await work.session.flush()
    return made

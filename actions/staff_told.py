"""Colleagues hear, where they have a chat, that somebody has made a way into the admin: it is never done in silence."""

from __future__ import annotations

from actions.tell import tell
from actions.work import Work
from program.outgoing import Message
from program.roles import StaffRole, gives
from program.text import Arg, Text, raw
from storage import accounts as rows
from storage import care
from storage.tables import StaffInvitation, User


async def invited(work: Work, made: StaffInvitation) -> None:
    """Everybody who looks after accounts of this role, but whoever has made the link."""
    args = {"role": Text(f"admin-role-{made.role}"), "by": await _by(work)}
    await _tell(work, made, Text("staff-told-invited", args), await _keepers(work, made))


async def let_in(work: Work, made: StaffInvitation, user: User) -> None:
    """The same people, and the person whose password it is."""
    by = await _by(work)
    others = [one for one in await _keepers(work, made) if one != user.id]
    await _tell(work, made, Text("staff-told-let-in", {"login": raw(user.login), "by": by}), others)
    await _tell(work, made, Text("staff-told-let-you-in", {"by": by}), [user.id])


async def _keepers(work: Work, made: StaffInvitation) -> list[int]:
    roles = [role for role in StaffRole if StaffRole(made.role) in gives(role)]
    return [one.id for one in await care.staff(work.session, work.school.id, roles)]


async def _by(work: Work) -> Arg:
    kind, _, number = work.actor.partition(":")
    user = await rows.get(work.session, work.school.id, int(number)) if kind == "user" else None
    return raw(user.name or user.login) if user is not None else Text("staff-told-server")


async def _tell(work: Work, made: StaffInvitation, text: Text, accounts: list[int]) -> None:
    others = [one for one in accounts if work.actor != f"user:{one}"]
    for user_id, person in await care.chats(work.session, work.school.id, others):
        await tell(work, person, Message((text,)).formally(), key=f"staff-link:{made.id}:{user_id}")

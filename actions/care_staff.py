"""In whose chat an account of the admin hears of calls for help, and taking one from there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import care, invitations, journal, linking
from actions.accounts import who
from actions.work import Work
from program.errors import Refusal
from program.roles import StaffRole
from storage import care as rows
from storage import people
from storage.tables import Person, StaffChat, User

STAFF_CHAT = (
    "staff"  # among a person's preferences: an account hangs on their chat, so the menu has the tasks
)
ANSWERING = (StaffRole.CURATOR, StaffRole.PSYCHOLOGIST, StaffRole.DIRECTOR)


async def bind(work: Work, user: User, typed: str) -> None:
    """Alerts for this account go where the code was given out: «Настройки», «Другой мессенджер» in the bot.

    Raises:
        Refusal: not such a code, or it is used or out of date.
    """
    code = linking.code_in(typed)
    invitation = await people.invitation(work.session, code) if code else None
    if (
        invitation is None
        or invitation.purpose != linking.PURPOSE
        or invitation.person_id is None
        or not await invitations.use(work, invitation.token)
    ):
        raise Refusal("care-code-unfit")
    await _let_go(work, user)
    human = await people.lock(work.session, invitation.person_id)
    assert human is not None
    human.preferences = {**human.preferences, STAFF_CHAT: True}
    work.session.add(
        StaffChat(school_id=work.school.id, user_id=user.id, person_id=invitation.person_id, since=work.now)
    )
    await journal.note(work, "user.chat", f"user:{user.id}", after={"person": invitation.person_id})


async def unbind(work: Work, user: User) -> None:
    await _let_go(work, user)
    await journal.note(work, "user.chat", f"user:{user.id}", after={"person": None})


async def _let_go(work: Work, user: User) -> None:
    """The chat has no tasks any more, unless another account hangs on it."""
    human = await chat_of(work, user.id)
    await rows.let_go_of_chat(work.session, work.school.id, user.id)
    if human is not None and not await rows.accounts_of(work.session, work.school.id, human.id):
        human.preferences = {name: value for name, value in human.preferences.items() if name != STAFF_CHAT}


async def chat_of(work: Work, user_id: int) -> Person | None:
    found = await rows.chats(work.session, work.school.id, [user_id])
    return found[0][1] if found else None


async def holds(session: AsyncSession, person: Person, token: str, now: datetime) -> bool:
    """Whether this token of the admin is of an account that hangs on this person's chat."""
    found = await who(session, token, now) if token else None
    if found is None:
        return False
    held = await rows.accounts_of(session, person.school_id, person.id)
    return found[0].id in {user.id for user in held}


async def take(work: Work, person_id: int, request_id: int) -> None:
    """«Беру» in a chat.

    Raises:
        Refusal: no account that answers calls hangs on this chat; as `care.take`.
    """
    for user in await rows.accounts_of(work.session, work.school.id, person_id):
        if user.role in ANSWERING or user.id == work.settings.help_second:
            await care.take(work.by(user), request_id)
            return
    raise Refusal("care-not-yours")

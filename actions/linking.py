"""One person, several channels: a code from one chat opens the same person's conversation in another.

Source: issue «Joining», ux.md B13 (the conversation survives a change of messenger).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select, update

from actions import invitations, journal, visitors
from actions.work import Work
from program.channels import Channel
from program.errors import Refusal
from program.outgoing import PRIORITY, Kind, say
from program.roles import PersonState
from program.text import Text
from storage import outbox, people, schools
from storage.tables import Address, Invitation, Person

LIFE = timedelta(minutes=15)
PURPOSE = "link"
CODE_LENGTH = 9  # of a code between chats, with its dash
# Without letters and digits that are taken for each other; thirty signs in eight places cannot be guessed
# in a quarter of an hour.
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ2345679"
_DASH = r"\s?[-–—]\s?"
_CODE = re.compile(
    rf"\s*([{SIGNS}]{{4}}){_DASH}([{SIGNS}]{{4}})(?:{_DASH}([{SIGNS}]{{4}}))?\s*", re.IGNORECASE
)
_EXACT = re.compile(rf"[{SIGNS}]{{4}}(-[{SIGNS}]{{4}}){{1,2}}", re.IGNORECASE)


async def make(work: Work, person_id: int) -> str:
    """A new code of the person; an earlier one works no more.

    Raises:
        Refusal: the person's record is closed.
    """
    person = await people.get(work.session, person_id)
    if person is None or person.state in (PersonState.ERASED, PersonState.FROZEN):
        raise Refusal("link-closed")
    await work.session.execute(
        update(Invitation)
        .where(
            Invitation.person_id == person.id, Invitation.purpose == PURPOSE, Invitation.revoked_at.is_(None)
        )
        .values(revoked_at=work.now)
    )
    code = "".join(secrets.choice(SIGNS) for _ in range(8))
    invitation = Invitation(
        school_id=person.school_id,
        token=f"{code[:4]}-{code[4:]}",
        purpose=PURPOSE,
        person_id=person.id,
        uses_left=1,
        created_at=work.now,
        expires_at=work.now + LIFE,
    )
    work.session.add(invitation)
    await work.session.flush()
    return invitation.token


def code_in(words: str) -> str:
    """The code, where that is all that was typed; else "". Three groups are the code of a printed card."""
    found = _CODE.fullmatch(words)
    if found is None:
        return ""
    if found[3]:
        return f"{found[1]}-{found[2]}-{found[3]}".lower()
    return f"{found[1]}-{found[2]}".upper()


def is_exact(words: str) -> bool:
    """Whether it is written the way we write codes, down to the dash; capitals do not matter."""
    return _EXACT.fullmatch(words.strip()) is not None


async def arrive(work: Work, person: Person, address: Address, invitation: Invitation) -> tuple[Person, bool]:
    """Somebody opened a link of this kind: who they are from now on, and whether the link is good.

    A chat that is somebody's already stays theirs. Of two who open one link, the first is the person.
    """
    if invitation.person_id == person.id:
        # The web chat is opened by the link itself: whoever holds it, it works once.
        if address.channel == Channel.WEB:
            used = await invitations.use(work, invitation.token)
            if used and invitation.purpose != PURPOSE:  # a printed card may have been found
                await _tell_elsewhere(work, person, address, invitation)
        return person, True
    if person.state != PersonState.VISITOR or invitation.person_id is None:
        return person, False
    owner = await people.lock(work.session, invitation.person_id)
    if owner is None or owner.state == PersonState.ERASED:
        return person, False
    # A stranger's first words belong to the default school, the link may be of another.
    work = replace(work, school=await schools.get(work.session, invitation.school_id))
    if not await invitations.use(work, invitation.token):
        return person, False
    address.person_id, address.school_id = owner.id, owner.school_id
    await work.session.flush()
    await visitors.forget(work, person)
    await _tell_elsewhere(work, owner, address, invitation)
    await journal.note(
        work.by(owner), "person.linked", f"person:{owner.id}", after={"channel": address.channel}
    )
    return owner, True


async def why_not(work: Work, person: Person, token: str) -> str:
    """Why a link leads nowhere: late (a code out of date), taken (this chat is somebody's already),
    begun (somebody went on from this card elsewhere), unfit (anything else)."""
    invitation = await people.invitation(work.session, token)
    usable = invitation is not None and people.usable(invitation, work.now)
    if not usable:
        return "late" if len(code_in(token)) == CODE_LENGTH else "unfit"
    assert invitation is not None
    if person.state == PersonState.VISITOR:
        return "begun" if invitation.person_id is not None else "unfit"
    return "taken" if invitation.purpose == PURPOSE else "unfit"


async def _tell_elsewhere(work: Work, owner: Person, address: Address, invitation: Invitation) -> None:
    """The person's other chats hear of the new one: whoever did not do this can say so."""
    others = await work.session.scalars(
        select(Address).where(
            Address.person_id == owner.id, Address.id != address.id, Address.unreachable_since.is_(None)
        )
    )
    for other in others:
        await outbox.put(
            work.session,
            school_id=owner.school_id,
            key=f"linked:{invitation.id}:{other.id}",
            kind=Kind.ALERT,
            priority=PRIORITY[Kind.ALERT],
            person_id=owner.id,
            channel=other.channel,
            account=other.account,
            address=other.address,
            body=say(Text("link-elsewhere", {"channel": str(address.channel)})).formally().to_json(),
            created_at=work.now,
            due_at=work.now,
        )

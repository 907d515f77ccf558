"""Visitors: who has opened a chat and is nobody yet, or nobody any more."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from actions.work import Work
from program.channels import Channel
from program.roles import PersonState
from storage import people
from storage.tables import Conversation, Person, WebMessage

KEPT_DAYS = 7  # a visitor who does not join is forgotten


async def not_me(work: Work, person_id: int, channel: Channel) -> None:
    """The card was somebody else's: its chat is a visitor's again, and whoever was invited has none yet."""
    invited = await people.lock(work.session, person_id)
    address = await people.address_on(work.session, person_id, channel)
    if invited is None or invited.state != PersonState.INVITED or address is None:
        return
    visitor = Person(
        school_id=invited.school_id,
        state=PersonState.VISITOR,
        language=invited.language,
        created_at=work.now,
        erase_after=work.now + timedelta(days=KEPT_DAYS),
    )
    work.session.add(visitor)
    await work.session.flush()
    address.person_id = visitor.id
    if channel is Channel.WEB:
        mine = WebMessage.person_id == invited.id
        await work.session.execute(update(WebMessage).where(mine).values(person_id=visitor.id))
    await work.session.flush()


async def forget(work: Work, person: Person) -> None:
    """A visitor's row goes once nothing hangs on it; the web chat's address stays valid by its token."""
    if person.state != PersonState.VISITOR:
        return
    await work.session.execute(delete(Conversation).where(Conversation.person_id == person.id))
    await work.session.execute(
        update(WebMessage).where(WebMessage.person_id == person.id).values(words="", buttons=[])
    )
    person.erase_after = work.now + timedelta(days=KEPT_DAYS)

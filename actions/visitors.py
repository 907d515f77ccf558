"""Visitors: who has opened a chat and is nobody yet, or nobody any more. `actions.sweeps` forgets them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.work import Work
from program import secret_addresses
from program.channels import Channel
from program.roles import PersonState
from storage import people
from storage.tables import Address, Conversation, Person, WebMessage


async def made(session: AsyncSession, school_id: int, now: datetime, language: str = "ru") -> Person:
    """Somebody new: a row without a name."""
    visitor = Person(school_id=school_id, state=PersonState.VISITOR, language=language, created_at=now)
    session.add(visitor)
    await session.flush()
    return visitor


async def not_me(work: Work, person_id: int, channel: Channel) -> None:
    """The card was somebody else's: its chat is a visitor's again, and whoever was invited has none yet.

    So is the web chat, whose address the visitor may hold: the invited person's gets another one.
    """
    invited = await people.lock(work.session, person_id)
    if invited is None or invited.state != PersonState.INVITED:
        return
    statement = select(Address).where(
        Address.person_id == person_id, Address.channel.in_({channel, Channel.WEB})
    )
    held = list(await work.session.scalars(statement))
    visitor = await made(work.session, invited.school_id, work.now, invited.language)
    for address in held:
        address.person_id = visitor.id
    invited.preferences = secret_addresses.changed(invited.preferences, secret_addresses.CHAT)
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

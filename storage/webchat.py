"""The web chat's history: queries."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from program import secret_addresses
from program.channels import Channel
from program.outgoing import Kind
from storage import people
from storage.adding import add_all_telling
from storage.tables import Invitation, OutboxRow, Person, SeenEvent, WebMessage

SHOWN = 100  # bubbles on the page; older ones stay in the database
NOTICE_LIVES = timedelta(days=7)  # how long the buttons of a notice can be pressed after newer messages


@dataclass(frozen=True)
class Bubble:
    """One message as the page shows it; `live`: its buttons can be pressed; `photos`: ids of stored files, `captions`: what is on them."""

    message: WebMessage
    live: bool
    photos: tuple[int, ...] = ()
    captions: tuple[str, ...] = ()


async def reader(session: AsyncSession, address: str) -> Person | None:
    """Whose chat an address of the web chat is.

    An address is made of its person's id; when a visitor turns out to be somebody the school knows, the
    address goes over to that person and keeps its name. Where nobody holds it yet, it is its person's, unless
    the number in it is an old one.
    """
    held = await people.address_of(session, Channel.WEB, "default", address)
    if held is not None:
        return held.person
    named = secret_addresses.chat_read(address)
    person = await people.get(session, named[0]) if named else None
    if named is None or person is None:
        return None
    return (
        person if secret_addresses.number_of(person.preferences, secret_addresses.CHAT) == named[1] else None
    )


async def history(session: AsyncSession, person_id: int, now: datetime) -> list[Bubble]:
    """The newest bubbles, oldest first.

    Buttons live under what came after the person's last words, and for a while under notices: a poll
    must not die because something else was answered first.
    """
    statement = (
        select(WebMessage, OutboxRow.kind, OutboxRow.body)
        .outerjoin(OutboxRow, OutboxRow.id == WebMessage.outbox_id)
        .where(WebMessage.person_id == person_id)
        .order_by(WebMessage.id.desc())
        .limit(SHOWN)
    )
    found = list(await session.execute(statement))
    spoke = next((message.id for message, *_ in found if message.mine), 0)
    bubbles = [
        Bubble(
            message,
            live=message.id > spoke or (kind not in (None, Kind.REPLY) and message.at > now - NOTICE_LIVES),
            photos=tuple((body or {}).get("photos", ())),
            captions=tuple((body or {}).get("captions", ())),
        )
        for message, kind, body in found
    ]
    return bubbles[::-1]


async def shows(session: AsyncSession, person_id: int, file_id: int) -> bool:
    """Whether a picture stands in this person's chat."""
    statement = (
        select(OutboxRow.body)
        .join(WebMessage, WebMessage.outbox_id == OutboxRow.id)
        .where(WebMessage.person_id == person_id)
        .order_by(WebMessage.id.desc())
        .limit(SHOWN)
    )
    return any(file_id in body.get("photos", ()) for body in await session.scalars(statement))


def stamp(bubbles: Sequence[Bubble]) -> str:
    """Changes when a bubble is added, redrawn, or loses its buttons."""
    told = [(b.message.id, b.message.words, b.message.buttons, b.live, b.photos) for b in bubbles]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:20]


async def add_ours(
    session: AsyncSession,
    *,
    school_id: int,
    person_id: int,
    outbox_id: int,
    words: str,
    buttons: list[Any],
    at: datetime,
) -> int:
    """Our bubble; the same outbox row again changes nothing. Returns the bubble's id."""
    values = {
        "school_id": school_id,
        "person_id": person_id,
        "outbox_id": outbox_id,
        "mine": False,
        "words": words,
        "buttons": buttons,
        "at": at,
    }
    return (await add_all_ours(session, [values]))[outbox_id]


async def add_all_ours(session: AsyncSession, bubbles: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Many of them in one statement: the columns of each. Ids of the bubbles by their outbox rows."""
    made: dict[int, int] = await add_all_telling(session, WebMessage, bubbles, "outbox_id")
    if before := [one["outbox_id"] for one in bubbles if one["outbox_id"] not in made]:
        statement = select(WebMessage.outbox_id, WebMessage.id).where(WebMessage.outbox_id.in_(before))
        made |= {row: bubble for row, bubble in await session.execute(statement) if row is not None}
    return made


async def redraw(
    session: AsyncSession, message_id: int, person_id: int, words: str, buttons: list[Any]
) -> bool:
    """False when there is no such bubble of ours in this person's chat."""
    statement = (
        update(WebMessage)
        .where(WebMessage.id == message_id, WebMessage.person_id == person_id, WebMessage.mine.is_(False))
        .values(words=words, buttons=buttons)
        .returning(WebMessage.id)
    )
    return await session.scalar(statement) is not None


async def label_of(session: AsyncSession, person_id: int, data: str) -> str:
    """What stands on the newest button with this data in the person's chat; "" if there is none."""
    statement = (
        select(WebMessage.buttons)
        .where(WebMessage.person_id == person_id, WebMessage.mine.is_(False))
        .order_by(WebMessage.id.desc())
        .limit(SHOWN)
    )
    for rows in await session.scalars(statement):
        for row in rows:
            for button in row:
                if button.get("data") == data:
                    return str(button["label"])
    return ""


async def waiting(session: AsyncSession, address: str, now: datetime) -> bool:
    """Whether something is on its way to this address of the web chat right now."""
    statement = select(
        exists().where(
            OutboxRow.lane == f"{Channel.WEB}:default:{address}",
            OutboxRow.sent_at.is_(None),
            OutboxRow.dropped == "",
            OutboxRow.due_at <= now,
        )
    )
    return bool(await session.scalar(statement))


async def done_before(session: AsyncSession, key: str) -> int | None:
    """The person that a page sent before under this key was about."""
    statement = select(SeenEvent.event_id).where(SeenEvent.channel == Channel.WEB, SeenEvent.account == key)
    found = await session.scalar(statement)
    return int(found) if found else None


async def mark_done(session: AsyncSession, key: str, person_id: int, now: datetime) -> None:
    """Remembers a sent page by the key it was made with. Whoever calls holds a lock against its twin."""
    session.add(SeenEvent(channel=Channel.WEB, account=key, event_id=str(person_id), at=now))
    await session.flush()


async def own_messenger(session: AsyncSession, person_id: int, now: datetime) -> str:
    """The token by which this person goes on in a messenger; "" if there is none."""
    statement = (
        select(Invitation.token)
        .where(
            Invitation.person_id == person_id,
            Invitation.purpose == "link",
            Invitation.uses_left > 0,
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.id.desc())
        .limit(1)
    )
    return await session.scalar(statement) or ""

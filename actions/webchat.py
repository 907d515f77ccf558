"""The web chat's addresses: a person who comes without a messenger account."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import select

from actions import visitors
from actions.work import Work
from program import secret_addresses
from program.channels import Channel
from program.errors import Refusal
from program.roles import PersonState
from storage import people, webchat
from storage.adding import add_new
from storage.tables import Address, Invitation, Person

LINK_KEPT = timedelta(days=30)


async def open_by_invitation(work: Work, token: str, visit: str) -> tuple[Person, str]:
    """The person who goes on in the web chat, and their address there. Uses up nothing: the join flow does.

    A personal invitation gives its person; one for a class or a guardian a fresh visitor.

    Args:
        visit: hexadecimal, at most 32 characters, made for the page that was opened: the same page
            sent twice gives the same visitor.

    Raises:
        Refusal: the token is wrong, used up, expired or revoked.
    """
    # The row is locked, so that a page sent twice makes its visitor once.
    invitation = await work.session.scalar(
        select(Invitation)
        .where(Invitation.token == token, Invitation.school_id == work.school.id)
        .with_for_update()
    )
    if invitation is None or not people.usable(invitation, work.now):
        raise Refusal("web-unfit")
    if invitation.person_id is not None:
        person = await people.get(work.session, invitation.person_id)
        if person is None or person.state == PersonState.ERASED:
            raise Refusal("web-unfit")
    else:
        person = await _visitor(work, visit)
    return person, await web_address(work, person)


async def web_address(work: Work, person: Person) -> str:
    """Makes sure that the person has an address in the web chat; returns its name."""
    name = secret_addresses.chat_name(person.id, number_of(person))
    values = {
        "school_id": person.school_id,
        "person_id": person.id,
        "channel": Channel.WEB,
        "account": "default",
        "address": name,
        "used_at": work.now,
        "unreachable_reason": "",
    }
    await add_new(work.session, Address, values, ["channel", "account", "address"])
    return name


def number_of(person: Person) -> int:
    """Of the person's web chat, as it stands in the chat's address."""
    return secret_addresses.number_of(person.preferences, secret_addresses.CHAT)


async def invite_own_messenger(work: Work, person: Person) -> Invitation:
    """A single-use invitation by which the same person goes on in a messenger."""
    invitation = Invitation(
        school_id=work.school.id,
        token=secrets.token_urlsafe(12),
        purpose="link",
        person_id=person.id,
        uses_left=1,
        created_at=work.now,
        expires_at=work.now + LINK_KEPT,
    )
    work.session.add(invitation)
    await work.session.flush()
    return invitation


async def _visitor(work: Work, visit: str) -> Person:
    known = await webchat.done_before(work.session, f"visit:{visit}")
    if known is not None:
        visitor = await people.get(work.session, known)
        if visitor is not None:
            return visitor
    visitor = await visitors.made(work.session, work.school.id, work.now)
    await webchat.mark_done(work.session, f"visit:{visit}", visitor.id, work.now)
    return visitor

"""Join tokens as the curator lists and prints them. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from program.roles import PersonState
from storage.tables import Invitation, Person


async def common(
    session: AsyncSession, school_id: int, now: datetime, purposes: Sequence[str]
) -> Sequence[Invitation]:
    """Those that work and belong to nobody in person, the newest first."""
    statement = (
        select(Invitation)
        .where(
            Invitation.school_id == school_id,
            Invitation.purpose.in_(purposes),
            Invitation.person_id.is_(None),
            Invitation.child_id.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.uses_left > 0,
            Invitation.expires_at > now,
        )
        .order_by(Invitation.id.desc())
    )
    return (await session.scalars(statement)).all()


async def get(session: AsyncSession, school_id: int, invitation_id: int) -> Invitation | None:
    """One that belongs to nobody in person."""
    found = await session.get(Invitation, invitation_id)
    ours = found is not None and found.school_id == school_id
    return (
        found if ours and found is not None and found.person_id is None and found.child_id is None else None
    )


async def silent(session: AsyncSession, school_id: int, class_name: str) -> Sequence[Person]:
    """People of a class who are on the school's list and have not answered yet, by name."""
    statement = (
        select(Person)
        .where(
            Person.school_id == school_id,
            Person.class_name == class_name,
            Person.state == PersonState.INVITED,
        )
        .order_by(Person.last_name, Person.first_name, Person.id)
    )
    return (await session.scalars(statement)).all()


async def cards(
    session: AsyncSession, school_id: int, class_name: str, now: datetime
) -> list[tuple[Person, Invitation]]:
    """The newest working personal invitation of everybody of a class who has not answered yet, by name."""
    newer = aliased(Invitation)
    statement = (
        select(Person, Invitation)
        .join(Invitation, Invitation.person_id == Person.id)
        .where(
            Person.school_id == school_id,
            Person.class_name == class_name,
            Person.state == PersonState.INVITED,
            Invitation.purpose != "link",
            Invitation.revoked_at.is_(None),
            Invitation.uses_left > 0,
            Invitation.expires_at > now,
            ~exists().where(
                newer.person_id == Person.id,
                newer.id > Invitation.id,
                newer.purpose != "link",
                newer.revoked_at.is_(None),
                newer.uses_left > 0,
                newer.expires_at > now,
            ),
        )
        .order_by(Person.last_name, Person.first_name, Person.id)
    )
    return [(person, invitation) for person, invitation in await session.execute(statement)]

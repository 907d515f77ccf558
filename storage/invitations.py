"""Join tokens as the curator lists and prints them. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from program.roles import PersonState
from storage.tables import Invitation, Person

AT_ONCE = 1_000  # values of one statement


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
        .order_by(Person.plain, Person.id)
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
        .order_by(Person.plain, Person.id)
    )
    return [(person, invitation) for person, invitation in await session.execute(statement)]


async def personal(
    session: AsyncSession, school_id: int, person_ids: Sequence[int], now: datetime
) -> dict[int, Invitation]:
    """The newest working card of each of these people who has one."""
    found: dict[int, Invitation] = {}
    for start in range(0, len(person_ids), AT_ONCE):
        statement = (
            select(Invitation)
            .where(
                Invitation.school_id == school_id,
                Invitation.person_id.in_(person_ids[start : start + AT_ONCE]),
                Invitation.purpose != "link",
                *_working(now),
            )
            .order_by(Invitation.id)
        )
        for invitation in await session.scalars(statement):
            assert invitation.person_id is not None
            found[invitation.person_id] = invitation
    return found


async def of_class(
    session: AsyncSession, school_id: int, class_name: str, now: datetime
) -> Sequence[Invitation]:
    """Everything that works and lets people of a class in: their cards and the links for all of it."""
    members = select(Person.id).where(Person.school_id == school_id, Person.class_name == class_name)
    statement = (
        select(Invitation)
        .where(
            Invitation.school_id == school_id,
            Invitation.purpose != "link",
            or_(Invitation.class_name == class_name, Invitation.person_id.in_(members)),
            *_working(now),
        )
        .order_by(Invitation.id)
    )
    return (await session.scalars(statement)).all()


def _working(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Invitation.revoked_at.is_(None), Invitation.uses_left > 0, Invitation.expires_at > now

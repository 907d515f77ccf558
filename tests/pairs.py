"""A pair whose people can be written to, and what they were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from program.ages import Consenter
from program.consents import REQUIRED, ConsentEvent, ConsentMethod
from program.roles import Category, PersonState, Side
from storage.tables import Consent, OutboxRow, Pair, Participation, Person, School
from tests import build


@dataclass(frozen=True)
class Couple:
    """Ids, so that a test may cross transactions."""

    pair: int
    mentor: int
    mentee: int


async def couple(session: AsyncSession, school: School, **values: Any) -> Couple:
    """An announced pair: the teacher Мария Ивановна leads the pupil Аня."""
    mentor = await member(
        session, school, "Мария", "Лебедева", category=Category.TEACHER, middle_name="Ивановна"
    )
    mentee = await member(session, school)
    pair = await group(session, [mentor], [mentee], **values)
    return Couple(pair.id, mentor.id, mentee.id)


async def member(session: AsyncSession, school: School, *names: str, **values: Any) -> Person:
    """A person with a web chat, and papers of everybody whose consent may be needed."""
    person = build.person(school, *names, **values)
    session.add(person)
    await session.flush()
    session.add(build.address(person))
    if person.state != PersonState.VISITOR:
        session.add_all(papers(person))
    return person


def papers(person: Person) -> list[Consent]:
    """What taking part needs, signed by everybody whose word may be needed."""
    return [
        Consent(
            school_id=person.school_id, person_id=person.id, kind=kind, event=ConsentEvent.GIVEN,
            consenter=consenter, given_by=person.id if consenter is Consenter.SELF else None,
            method=ConsentMethod.PAPER, at=build.NOW - timedelta(days=30),
        )
        for kind in REQUIRED
        for consenter in Consenter
    ]  # fmt: skip


async def group(session: AsyncSession, mentors: list[Person], mentees: list[Person], **values: Any) -> Pair:
    sides = [(person, Side.MENTOR) for person in mentors] + [(person, Side.MENTEE) for person in mentees]
    places = [await _place(session, person, side) for person, side in sides]
    pair = build.pair(*places, **values)
    session.add(pair)
    await session.flush()
    return pair


async def _place(session: AsyncSession, person: Person, side: Side) -> Participation:
    """The person's place on that side; a mentor of two pairs has one."""
    fresh = build.participation(person, side, "uchit_uch")
    statement = select(Participation).filter_by(
        person_id=person.id, side=side, form=fresh.form, year=fresh.year
    )
    place = await session.scalar(statement)
    if place is None:
        place = fresh
        session.add(place)
        await session.flush()
    return place


async def told(session: AsyncSession, prefix: str = "", *, person: int | None = None) -> list[OutboxRow]:
    """Messages that wait or were sent, oldest first; dropped ones are left out."""
    statement = select(OutboxRow).where(OutboxRow.key.startswith(prefix), OutboxRow.dropped == "")
    if person is not None:
        statement = statement.where(OutboxRow.person_id == person)
    rows = await session.scalars(statement.order_by(OutboxRow.id).execution_options(populate_existing=True))
    return list(rows)


def first_text(row: OutboxRow) -> str:
    return str(row.body["texts"][0]["id"])


def buttons(row: OutboxRow) -> list[str]:
    return [choice.get("data") or choice["url"] for line in row.body.get("rows", []) for choice in line]


def due(rows: list[OutboxRow]) -> list[datetime]:
    return [row.due_at for row in rows]

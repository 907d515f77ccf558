"""People as the admin lists them. Every query takes the school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from program.finding import parts
from program.names import class_order
from program.roles import Side
from storage.finding import matches
from storage.overview import GONE, KEPT, unreachable
from storage.places import chunks
from storage.tables import (
    Consent,
    Guardianship,
    Participation,
    Person,
)

PAGE = 50  # rows of one page


@dataclass(frozen=True)
class Narrowed:
    """How a list of people is narrowed; empty fields do not narrow.

    Args:
        words: parts of a name, class or phone.
        state: a `PersonState`, or guardian (an unconfirmed one), admission, unreachable.
    """

    words: str = ""
    side: str = ""
    form: str = ""
    class_name: str = ""
    status: str = ""
    state: str = ""


async def people(session: AsyncSession, school_id: int, year: str, by: Narrowed) -> list[int]:
    """Ids of everybody with a name who fits, by name."""
    statement = select(Person.id).where(Person.school_id == school_id, Person.state.in_(KEPT))
    statement = statement.where(*conditions(year, by)).order_by(Person.plain, Person.id)
    return list(await session.scalars(statement))


def conditions(year: str, by: Narrowed) -> list[ColumnElement[bool]]:
    """The side, the form and the status have to be those of one and the same place."""
    found = [named(by.words)]
    if by.class_name:
        found.append(Person.class_name == by.class_name)
    place = [
        column == value
        for column, value in (
            (Participation.side, by.side),
            (Participation.form, by.form),
            (Participation.status, by.status),
        )
        if value
    ]
    if place:
        found.append(exists().where(Participation.person_id == Person.id, Participation.year == year, *place))
    if by.state:
        found.append(_in_state(year, by.state))
    return found


def _in_state(year: str, state: str) -> ColumnElement[bool]:
    if state == "guardian":
        return exists().where(
            Guardianship.child_id == Person.id,
            Guardianship.confirmed_at.is_(None),
            Guardianship.ended_at.is_(None),
        )
    if state == "admission":
        return exists().where(
            Participation.person_id == Person.id,
            Participation.year == year,
            Participation.side == Side.MENTOR,
            Participation.admitted.is_(False),
            Participation.status.not_in(GONE),
        )
    return unreachable() if state == "unreachable" else Person.state == state


def named(words: str, person: Any = Person) -> ColumnElement[bool]:
    """Whose name, class or phone holds every one of these words, in any case, е for ё."""
    return and_(true(), matches(parts(words), person))


async def with_places(session: AsyncSession, school_id: int, ids: Iterable[int]) -> list[Person]:
    """These people in this order, with participations and addresses."""
    order = list(ids)
    found: dict[int, Person] = {}
    for part in chunks(order):
        statement = (
            select(Person)
            .where(Person.school_id == school_id, Person.id.in_(part))
            .options(selectinload(Person.participations), selectinload(Person.addresses))
        )
        found.update({person.id: person for person in await session.scalars(statement)})
    return [found[key] for key in order if key in found]


async def bare(session: AsyncSession, school_id: int, ids: Iterable[int]) -> list[Person]:
    """These people with nothing around them, for rules that look at many."""
    found: list[Person] = []
    for part in chunks(ids):
        statement = select(Person).where(Person.school_id == school_id, Person.id.in_(part))
        found.extend(await session.scalars(statement))
    return found


async def person(session: AsyncSession, school_id: int, person_id: int) -> Person | None:
    """One person with participations and addresses; visitors and erased people have no card."""
    statement = (
        select(Person)
        .where(Person.school_id == school_id, Person.id == person_id, Person.state.in_(KEPT))
        .options(selectinload(Person.participations), selectinload(Person.addresses))
        # A verb may have changed what was loaded earlier in this transaction.
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def classes(session: AsyncSession, school_id: int) -> list[str]:
    """Class names in use, 2А before 10Б."""
    statement = select(Person.class_name).where(
        Person.school_id == school_id, Person.class_name != "", Person.state.in_(KEPT)
    )
    names = (await session.scalars(statement.distinct())).all()
    return sorted(names, key=class_order)


async def consents_of(session: AsyncSession, school_id: int, person_id: int) -> Sequence[Consent]:
    """The ledger of one person with the texts that were shown, newest first."""
    statement = (
        select(Consent)
        .where(Consent.school_id == school_id, Consent.person_id == person_id)
        .options(joinedload(Consent.text))
        .order_by(Consent.id.desc())
    )
    return (await session.scalars(statement)).all()


async def names(session: AsyncSession, school_id: int, ids: Iterable[int]) -> dict[int, Person]:
    wanted = {key for key in ids if key}
    statement = select(Person).where(Person.school_id == school_id, Person.id.in_(wanted))
    return {person.id: person for person in await session.scalars(statement)}

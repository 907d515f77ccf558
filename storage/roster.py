"""People as the school's list knows them: read all at once, written all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from program.roles import PersonState
from storage.tables import Base, BulkChangeLine, Invitation, NewsItem, Person
from storage.tables.people import plain

NOT_LISTED = (PersonState.VISITOR, PersonState.ERASED)
_IMPORTS = 71_003  # names this lock among those of the database
AT_ONCE = 1_000  # rows of one statement


async def listed(session: AsyncSession, school_id: int) -> Sequence[Person]:
    """Everybody with a name, as stored now (also those already in the session), in the order of ids."""
    statement = (
        select(Person)
        .where(Person.school_id == school_id, Person.state.not_in(NOT_LISTED), Person.last_name != "")
        .order_by(Person.id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def lock(session: AsyncSession, school_id: int) -> None:
    """Two imports of one school go one after the other.

    Not by the school's row: that is the journal's, and an import changes people before it writes a line there.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(_IMPORTS, school_id)))


async def add(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> list[int]:
    """The new people's ids."""
    made: list[int] = []
    for start in range(0, len(rows), AT_ONCE):
        statement = insert(Person).returning(Person.id)
        made += await session.scalars(statement, rows[start : start + AT_ONCE])
    return made


async def change(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """`rows` hold the id and the new values; rows with the same columns should stand together."""
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        await session.execute(update(Person), some)
        names = select(
            Person.id,
            Person.last_name,
            Person.first_name,
            Person.middle_name,
            Person.class_name,
            Person.phone,
        ).where(Person.id.in_([row["id"] for row in some]))
        found = [{"id": key, "plain": plain(*parts)} for key, *parts in await session.execute(names)]
        await session.execute(update(Person), found)


async def by_ids(session: AsyncSession, school_id: int, ids: Sequence[int]) -> list[Person]:
    """Those of these people that are there, as stored now."""
    found: list[Person] = []
    for start in range(0, len(ids), AT_ONCE):
        statement = (
            select(Person)
            .where(Person.school_id == school_id, Person.id.in_(ids[start : start + AT_ONCE]))
            .execution_options(populate_existing=True)
        )
        found += await session.scalars(statement)
    return found


def _tied() -> ColumnElement[bool]:
    """More hangs on the person than what the office itself does to a list: an address, a place, a word, an answer…"""
    columns = [
        column
        for table in Base.metadata.sorted_tables
        if table not in (Invitation.__table__, BulkChangeLine.__table__)
        for column in table.columns
        for key in column.foreign_keys
        if key.column is Person.__table__.c.id
    ]
    return or_(*(select(column).where(column == Person.id).exists() for column in columns))


async def untouched(session: AsyncSession, school_id: int, ids: Sequence[int]) -> list[int]:
    """Those who are only on the list: nobody heard from them, at most they were given cards or another class."""
    found: list[int] = []
    for start in range(0, len(ids), AT_ONCE):
        statement = select(Person.id).where(
            Person.school_id == school_id,
            Person.id.in_(ids[start : start + AT_ONCE]),
            Person.state == PersonState.INVITED,
            ~_tied(),
        )
        found += await session.scalars(statement)
    shows = await session.scalars(select(NewsItem.shows).where(NewsItem.school_id == school_id))
    shown = {person_id for one in shows for person_id in one}  # ids in a list, which no foreign key guards
    return [key for key in found if key not in shown]


async def remove(session: AsyncSession, ids: Sequence[int]) -> None:
    """Takes untouched people off the list, with their invitations and what was done to them among many."""
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        tied = or_(Invitation.person_id.in_(some), Invitation.child_id.in_(some))
        await session.execute(delete(Invitation).where(tied))
        await session.execute(delete(BulkChangeLine).where(BulkChangeLine.person_id.in_(some)))
        await session.execute(delete(Person).where(Person.id.in_(some)))

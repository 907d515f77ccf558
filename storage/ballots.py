"""Anonymous polls: queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.adding import add_new
from storage.tables import Ballot


async def of_year(session: AsyncSession, school_id: int, year: str) -> Sequence[Ballot]:
    statement = select(Ballot).where(Ballot.school_id == school_id, Ballot.round.startswith(year))
    return (await session.scalars(statement.order_by(Ballot.code))).all()


async def of(session: AsyncSession, school_id: int, code: str, year: str) -> Ballot | None:
    """The poll of a school year as it stands; None: nobody has answered."""
    statement = select(Ballot).where(Ballot.school_id == school_id, Ballot.code == code, Ballot.round == year)
    return await session.scalar(statement)


async def lock(
    session: AsyncSession, school_id: int, code: str, year: str, version: int, closes_at: datetime
) -> Ballot:
    """The poll of a school year, made if need be, held until the transaction ends."""
    values = {
        "school_id": school_id, "code": code, "round": year, "version": version, "closes_at": closes_at,
        "people": 0, "answered": [], "waiting": "", "told": {},
    }  # fmt: skip
    await add_new(session, Ballot, values, ["school_id", "code", "round"])
    statement = (
        select(Ballot)
        .where(Ballot.school_id == school_id, Ballot.code == code, Ballot.round == year)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one()


async def voted(session: AsyncSession, school_id: int, year: str) -> set[tuple[int, str, str, str]]:
    """Who has answered which anonymous poll: person, code, about, round; what they said is not known."""
    return {
        (person_id, ballot.code, "", ballot.round)
        for ballot in await of_year(session, school_id, year)
        for person_id in ballot.answered
    }


async def of_person(session: AsyncSession, school_id: int, person_id: int) -> list[Ballot]:
    """Polls that the person has answered."""
    found = await session.scalars(select(Ballot).where(Ballot.school_id == school_id).order_by(Ballot.id))
    return [one for one in found if person_id in one.answered]


async def forget_past(session: AsyncSession, school_id: int, before: datetime) -> None:
    """Empties who answered polls that closed before then. Counts stay, and the heaps, which name nobody."""
    statement = select(Ballot).where(Ballot.school_id == school_id, Ballot.closes_at < before)
    for ballot in await session.scalars(statement.with_for_update()):
        if ballot.answered:
            ballot.answered = []


async def forget_person(session: AsyncSession, school_id: int, person_id: int) -> int:
    """Takes somebody off the lists of those who answered; of how many polls."""
    gone = 0
    statement = select(Ballot).where(Ballot.school_id == school_id).with_for_update()
    for ballot in await session.scalars(statement):
        if person_id in ballot.answered:
            ballot.answered = [one for one in ballot.answered if one != person_id]
            gone += 1
    return gone

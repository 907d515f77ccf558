"""The school's own templates and the journal of issued papers: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, undefer

from storage.tables import IssuedPaper, OwnTemplate, Partner, Person, School, StoredFile


async def versions(session: AsyncSession, school_id: int, code: str) -> Sequence[OwnTemplate]:
    """Of one document, the newest first, with their files' names."""
    statement = (
        select(OwnTemplate)
        .where(OwnTemplate.school_id == school_id, OwnTemplate.code == code)
        .order_by(OwnTemplate.number.desc())
        .options(joinedload(OwnTemplate.file))
    )
    return (await session.scalars(statement)).all()


async def used(session: AsyncSession, school_id: int) -> dict[str, int]:
    """Document -> number of the version from which it is made; shipped ones are left out."""
    statement = select(OwnTemplate.code, OwnTemplate.number)
    found = await session.execute(statement.where(OwnTemplate.school_id == school_id, OwnTemplate.used))
    return {row.code: row.number for row in found}


async def current(session: AsyncSession, school_id: int, code: str) -> tuple[int, bytes] | None:
    """(number, file) of the version in use; None: the shipped template is."""
    statement = (
        select(OwnTemplate.number, StoredFile.data)
        .join(StoredFile, StoredFile.id == OwnTemplate.file_id)
        .where(OwnTemplate.school_id == school_id, OwnTemplate.code == code, OwnTemplate.used)
    )
    found = (await session.execute(statement)).first()
    return (found[0], found[1]) if found else None


async def version(session: AsyncSession, school_id: int, code: str, number: int) -> OwnTemplate | None:
    """With its file and the bytes of it."""
    statement = (
        select(OwnTemplate)
        .where(OwnTemplate.school_id == school_id, OwnTemplate.code == code, OwnTemplate.number == number)
        .options(joinedload(OwnTemplate.file).options(undefer(StoredFile.data)))
    )
    return await session.scalar(statement)


async def use(session: AsyncSession, school_id: int, code: str, number: int) -> None:
    """`number` 0: the shipped one."""
    mine = update(OwnTemplate).where(OwnTemplate.school_id == school_id, OwnTemplate.code == code)
    await session.execute(mine.values(used=OwnTemplate.number == number))


async def last_serial(session: AsyncSession, school_id: int, year: str, code: str) -> int:
    statement = select(func.max(IssuedPaper.serial)).where(
        IssuedPaper.school_id == school_id, IssuedPaper.year == year, IssuedPaper.code == code
    )
    return await session.scalar(statement) or 0


async def issued(
    session: AsyncSession, school_id: int, year: str, most: int, code: str = ""
) -> Sequence[IssuedPaper]:
    """The newest first."""
    where: list[ColumnElement[bool]] = [IssuedPaper.school_id == school_id, IssuedPaper.year == year]
    if code:
        where.append(IssuedPaper.code == code)
    statement = select(IssuedPaper).where(*where).order_by(IssuedPaper.id.desc()).limit(most)
    return (await session.scalars(statement)).all()


async def is_issued(session: AsyncSession, school_id: int, **same: Any) -> bool:
    """Whether a paper of which all this holds has a number already."""
    statement = select(IssuedPaper.id).filter_by(school_id=school_id, **same).limit(1)
    return await session.scalar(statement) is not None


async def batch(session: AsyncSession, school_id: int, name: str) -> Sequence[IssuedPaper]:
    """What one press has made, in the order of its numbers."""
    statement = (
        select(IssuedPaper)
        .where(IssuedPaper.school_id == school_id, IssuedPaper.batch == name)
        .order_by(IssuedPaper.serial)
    )
    return (await session.scalars(statement)).all()


async def get(session: AsyncSession, school_id: int, paper_id: int) -> IssuedPaper | None:
    statement = select(IssuedPaper).where(IssuedPaper.school_id == school_id, IssuedPaper.id == paper_id)
    return await session.scalar(statement)


async def standing(session: AsyncSession, school_id: int, papers: Iterable[int]) -> Sequence[IssuedPaper]:
    """Of these papers those that still hold, in the order they were made."""
    statement = select(IssuedPaper).where(
        IssuedPaper.school_id == school_id,
        IssuedPaper.id.in_(list(papers)),
        IssuedPaper.revoked_at.is_(None),
    )
    return (await session.scalars(statement.order_by(IssuedPaper.id))).all()


async def of_person(session: AsyncSession, school_id: int, person_id: int) -> Sequence[IssuedPaper]:
    """The newest first."""
    statement = select(IssuedPaper).where(
        IssuedPaper.school_id == school_id, IssuedPaper.person_id == person_id
    )
    return (await session.scalars(statement.order_by(IssuedPaper.id.desc()))).all()


async def given_out(
    session: AsyncSession, school_id: int, codes: Iterable[str], first: date, last: date
) -> Sequence[IssuedPaper]:
    """Papers of these kinds with a day from first to last that still hold, in the order they were made."""
    statement = (
        select(IssuedPaper)
        .where(
            IssuedPaper.school_id == school_id,
            IssuedPaper.code.in_(list(codes)),
            IssuedPaper.on_day >= first,
            IssuedPaper.on_day <= last,
            IssuedPaper.revoked_at.is_(None),
        )
        .order_by(IssuedPaper.id)
    )
    return (await session.scalars(statement)).all()


async def by_check_code(session: AsyncSession, code: str) -> tuple[IssuedPaper, School] | None:
    """Of any school: whoever checks does not know which one it was."""
    statement = (
        select(IssuedPaper, School)
        .join(School, School.id == IssuedPaper.school_id)
        .where(IssuedPaper.check_code == code)
    )
    found = (await session.execute(statement)).first()
    return (found[0], found[1]) if found else None


async def people(session: AsyncSession, school_id: int, ids: Iterable[int]) -> dict[int, Person]:
    statement = select(Person).where(Person.school_id == school_id, Person.id.in_(list(ids)))
    return {one.id: one for one in await session.scalars(statement)}


async def partners(session: AsyncSession, school_id: int, ids: Iterable[int]) -> dict[int, Partner]:
    statement = select(Partner).where(Partner.school_id == school_id, Partner.id.in_(list(ids)))
    return {one.id: one for one in await session.scalars(statement)}


async def forget_person(
    session: AsyncSession, school_id: int, person_id: int, named: Callable[[str], bool]
) -> int:
    """What was written for an erased person goes; that a paper was given out, when and under which code, stays.

    Args:
        named: whether words name the person: the reason in somebody else's letter may.
    """
    statement = (
        update(IssuedPaper)
        .where(IssuedPaper.person_id == person_id)
        .values(facts={}, revoked_why="", batch="")
        .returning(IssuedPaper.id)
    )
    found = len((await session.scalars(statement)).all())
    for paper in await session.scalars(select(IssuedPaper).where(IssuedPaper.school_id == school_id)):
        if named(str(paper.facts.get("reason", ""))):
            paper.facts = {**paper.facts, "reason": ""}
            found += 1
        if named(paper.revoked_why):
            paper.revoked_why = ""
    return found

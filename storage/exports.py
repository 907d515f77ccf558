"""The archive of everything: its job, its pieces, the rows it is made of. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from storage.adding import add_new
from storage.tables import Base, ExportJob, ExportPart, RelayMessage, StoredFile


async def job(session: AsyncSession, school_id: int) -> ExportJob | None:
    return await session.scalar(select(ExportJob).where(ExportJob.school_id == school_id))


async def lock(session: AsyncSession, school_id: int) -> ExportJob | None:
    """The job, held; None if there is none or another process works on it now."""
    statement = select(ExportJob).where(ExportJob.school_id == school_id)
    return await session.scalar(
        statement.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    )


async def begin(session: AsyncSession, **values: Any) -> bool:
    """False if one is there."""
    usual = {"done": 0, "total": 0, "ready_at": None}
    return await add_new(session, ExportJob, {**usual, **values}, ["school_id"]) is not None


async def forget(session: AsyncSession, school_id: int) -> None:
    """The archive goes, ready or not."""
    await session.execute(delete(ExportPart).where(ExportPart.school_id == school_id))
    await session.execute(delete(ExportJob).where(ExportJob.school_id == school_id))


async def forget_old(session: AsyncSession, school_id: int, before: datetime) -> None:
    old = select(ExportJob.id).where(ExportJob.school_id == school_id, ExportJob.asked_at < before)
    await session.execute(delete(ExportPart).where(ExportPart.job_id.in_(old)))
    await session.execute(
        delete(ExportJob).where(ExportJob.school_id == school_id, ExportJob.asked_at < before)
    )


async def parts(session: AsyncSession, job_id: int) -> Sequence[ExportPart]:
    """Without their content, in the order of the archive."""
    statement = select(ExportPart).where(ExportPart.job_id == job_id).order_by(ExportPart.position)
    return (await session.scalars(statement)).all()


async def keep(session: AsyncSession, job_id: int, part_id: int, data: bytes) -> int:
    """1 where the file was still to be made, else 0."""
    statement = (
        update(ExportPart)
        .where(ExportPart.id == part_id, ExportPart.job_id == job_id, ~ExportPart.ready)
        .values(data=data, ready=True)
        .returning(ExportPart.id)
    )
    return int(await session.scalar(statement) is not None)


async def content(session: AsyncSession, part_id: int) -> tuple[str, bytes] | None:
    """Name and bytes of one file; None if it is gone: an erasure has taken the archive away, or the file was removed."""
    part = await session.get(ExportPart, part_id, options=[undefer(ExportPart.data)])
    if part is None:
        return None
    if part.file_id is None:
        return part.name, part.data
    data = await session.scalar(select(StoredFile.data).where(StoredFile.id == part.file_id))
    return (part.name, data) if data is not None else None


async def whole(session: AsyncSession, job_id: int) -> bool:
    """Whether every stored file of the archive is still there."""
    there = select(StoredFile.id).where(StoredFile.id == ExportPart.file_id).exists()
    lost = select(ExportPart.id).where(ExportPart.job_id == job_id, ExportPart.file_id.is_not(None), ~there)
    return (await session.scalar(lost.limit(1))) is None


async def size(session: AsyncSession, job_id: int) -> int:
    """Bytes of the pieces, before they are packed together."""
    made = select(func.coalesce(func.sum(func.length(ExportPart.data)), 0)).where(ExportPart.job_id == job_id)
    files = (
        select(func.coalesce(func.sum(StoredFile.size), 0))
        .join(ExportPart, ExportPart.file_id == StoredFile.id)
        .where(ExportPart.job_id == job_id)
    )
    return int(await session.scalar(made) or 0) + int(await session.scalar(files) or 0)


async def files(session: AsyncSession, school_id: int, but: Sequence[str]) -> Sequence[tuple[int, str]]:
    """Key and name of every stored file but those whose name begins with one of `but`: they are no data.

    Photos of letters between two people stay with the letters, which are not taken out either.
    """
    letters = select(RelayMessage.photo_id).where(
        RelayMessage.school_id == school_id, RelayMessage.photo_id.is_not(None)
    )
    statement = select(StoredFile.id, StoredFile.name).where(
        StoredFile.school_id == school_id,
        *(~StoredFile.name.startswith(one, autoescape=True) for one in but),
        StoredFile.id.not_in(letters),
    )
    return [(key, name) for key, name in await session.execute(statement.order_by(StoredFile.id))]


def mine(table: Table, school_id: int) -> ColumnElement[bool] | None:
    """Which rows of a table are this school's; None where a table belongs to the installation.

    A table without the school's column hangs on one that has it, by a foreign key.
    """
    if table.name == "school":
        return table.c.id == school_id
    if "school_id" in table.c:
        return table.c.school_id == school_id
    for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
        above = key.column.table
        condition = mine(above, school_id) if above is not table else None
        if condition is not None:
            return key.parent.in_(select(key.column).where(condition))
    return None


async def rows_of(
    session: AsyncSession, table: Table, school_id: int, columns: Sequence[str], first: int, most: int
) -> list[tuple[Any, ...]]:
    """These columns of the school's rows from the first on, in the order of the keys."""
    condition = mine(table, school_id)
    if condition is None:
        return []
    statement = select(*(table.c[name] for name in columns)).where(condition)
    statement = statement.order_by(*table.primary_key.columns).offset(first).limit(most)
    return [tuple(row) for row in await session.execute(statement)]


async def count(session: AsyncSession, table: Table, school_id: int) -> int:
    condition = mine(table, school_id)
    if condition is None:
        return 0
    return await session.scalar(select(func.count()).select_from(table).where(condition)) or 0


def tables() -> dict[str, Table]:
    return dict(Base.metadata.tables)

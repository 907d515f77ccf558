"""Pictures and uploads kept in the database: queries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from storage.tables import StoredFile


async def keep(
    session: AsyncSession, school_id: int, name: str, content_type: str, data: bytes, now: datetime
) -> StoredFile:
    """A new file; a name that is too long is cut."""
    file = StoredFile(
        school_id=school_id, name=name[:300], content_type=content_type, size=len(data),
        sha256=hashlib.sha256(data).hexdigest(), data=data, created_at=now,
    )  # fmt: skip
    session.add(file)
    await session.flush()
    return file


async def listed(session: AsyncSession, school_id: int, ids: Iterable[int]) -> list[StoredFile]:
    """The files in the order asked for, without their bytes."""
    order = list(ids)
    statement = select(StoredFile).where(StoredFile.school_id == school_id, StoredFile.id.in_(order))
    found = {file.id: file for file in await session.scalars(statement)}
    return [found[key] for key in order if key in found]


async def get(session: AsyncSession, school_id: int, file_id: int) -> StoredFile | None:
    """With its bytes."""
    statement = (
        select(StoredFile)
        .where(StoredFile.school_id == school_id, StoredFile.id == file_id)
        .options(undefer(StoredFile.data))
    )
    return await session.scalar(statement)


async def photos(
    session: AsyncSession, school_id: int, ids: Iterable[int]
) -> tuple[tuple[str, str, bytes], ...]:
    """Name, content type and bytes, in the order asked for; what the sender hands to a messenger."""
    order = list(ids)
    if not order:
        return ()
    statement = (
        select(StoredFile)
        .where(StoredFile.school_id == school_id, StoredFile.id.in_(order))
        .options(undefer(StoredFile.data))
    )
    found = {file.id: file for file in await session.scalars(statement)}
    return tuple((found[i].name, found[i].content_type, found[i].data) for i in order if i in found)


async def forget(session: AsyncSession, school_id: int, begins: str) -> None:
    """Deletes files whose name begins so: an upload is needed only until it is read."""
    await session.execute(
        delete(StoredFile).where(
            StoredFile.school_id == school_id, StoredFile.name.startswith(begins, autoescape=True)
        )
    )


async def beginning(session: AsyncSession, school_id: int, begins: str) -> Sequence[StoredFile]:
    """Files whose name begins so, with their bytes, the newest first."""
    statement = (
        select(StoredFile)
        .where(StoredFile.school_id == school_id, StoredFile.name.startswith(begins, autoescape=True))
        .order_by(StoredFile.id.desc())
        .options(undefer(StoredFile.data))
    )
    return (await session.scalars(statement)).all()


async def forget_older(session: AsyncSession, school_id: int, begins: str, before: datetime) -> None:
    """Deletes files whose name begins so and that were put there before."""
    await session.execute(_forget_older(begins), {"school": school_id, "before": before})


@cache
def _forget_older(begins: str) -> Any:
    """Built once for each kind of file, and past the mapper: every hour asks in every school."""
    rows: Any = StoredFile.__table__
    return delete(rows).where(
        rows.c.school_id == bindparam("school"),
        rows.c.name.startswith(begins, autoescape=True),
        rows.c.created_at < bindparam("before"),
    )

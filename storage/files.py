"""Stored files: queries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from storage.tables import StoredFile


async def photos(
    session: AsyncSession, school_id: int, ids: Sequence[int]
) -> tuple[tuple[str, str, bytes], ...]:
    """Name, content type and bytes of a school's files, in the order asked for."""
    if not ids:
        return ()
    statement = (
        select(StoredFile)
        .where(StoredFile.school_id == school_id, StoredFile.id.in_(ids))
        .options(undefer(StoredFile.data))
    )
    found = {file.id: file for file in await session.scalars(statement)}
    return tuple((found[i].name, found[i].content_type, found[i].data) for i in ids if i in found)

"""What a school changed in its directories: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from program.directories import Change, Directory
from storage import schools
from storage.tables import DirectoryEntry


async def changes(session: AsyncSession, school_id: int, directory: Directory) -> list[Change]:
    """The school's rows of one directory, the oldest first."""
    return [
        Change(
            row.slug,
            row.label,
            row.shown,
            row.about,
            row.plus,
            row.parent,
            row.extra,
            row.position,
            row.active,
            row.version,
        )
        for row in await _rows(session, school_id, directory)
    ]


async def held(session: AsyncSession, school_id: int, directory: Directory) -> dict[str, DirectoryEntry]:
    """The rows by slug, the school held first: two curators who change one directory go one after the other."""
    await schools.hold(session, school_id)
    return {row.slug: row for row in await _rows(session, school_id, directory)}


async def _rows(session: AsyncSession, school_id: int, directory: Directory) -> Sequence[DirectoryEntry]:
    statement = (
        select(DirectoryEntry)
        .where(DirectoryEntry.school_id == school_id, DirectoryEntry.directory == directory)
        .order_by(DirectoryEntry.id)
    )
    return (await session.scalars(statement)).all()

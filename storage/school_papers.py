"""The school's own documents: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from storage import files
from storage.tables import SchoolPaper, SchoolPaperVersion, StoredFile

WHOLE = selectinload(SchoolPaper.versions).joinedload(SchoolPaperVersion.file)


@dataclass(frozen=True)
class PublicPaper:
    """A document that the school shows to everybody. `kind`: a slug of the directory `paper_kind`.

    `signed_number`, `signed_on`, `site_url` may be empty; `size` in bytes.
    """

    id: int
    title: str
    kind: str
    signed_number: str
    signed_on: date | None
    site_url: str
    name: str
    content_type: str
    size: int


async def of_school(session: AsyncSession, school_id: int) -> Sequence[SchoolPaper]:
    """All of them with their versions and files (without bytes), the newest of a kind first."""
    statement = (
        select(SchoolPaper)
        .where(SchoolPaper.school_id == school_id)
        .order_by(SchoolPaper.kind, SchoolPaper.title, SchoolPaper.id)
        .options(WHOLE)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def get(session: AsyncSession, school_id: int, paper_id: int) -> SchoolPaper | None:
    statement = (
        select(SchoolPaper)
        .where(SchoolPaper.school_id == school_id, SchoolPaper.id == paper_id)
        .options(WHOLE)
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def lock(session: AsyncSession, school_id: int, paper_id: int) -> bool:
    """Holds a document until the transaction ends, so that two new versions come one after the other."""
    statement = select(SchoolPaper.id).where(SchoolPaper.school_id == school_id, SchoolPaper.id == paper_id)
    return await session.scalar(statement.with_for_update()) is not None


async def public(session: AsyncSession, school_id: int) -> list[PublicPaper]:
    """What the school shows to everybody, by kind and title."""
    return [_shown(paper) for paper in await of_school(session, school_id) if paper.public and paper.versions]


async def public_file(session: AsyncSession, school_id: int, paper_id: int) -> StoredFile | None:
    """The file of a document that is shown to everybody, with its bytes; None for any other."""
    paper = await get(session, school_id, paper_id)
    if paper is None or not paper.public or not paper.versions:
        return None
    return await files.get(session, school_id, paper.versions[0].file_id)


def _shown(paper: SchoolPaper) -> PublicPaper:
    newest = paper.versions[0]
    return PublicPaper(
        paper.id, paper.title, paper.kind, newest.signed_number, newest.signed_on, paper.site_url,
        newest.file.name, newest.file.content_type, newest.file.size,
    )  # fmt: skip

"""Everything the journal knows of one pair and its meetings: a query."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from program.journal_reading import Reach
from storage.journal_reach import within
from storage.tables import JournalEntry, Meeting

MOST = 500  # lines; a pair of a whole year has fewer


async def of_pair(
    session: AsyncSession, school_id: int, pair_id: int, reach: Reach
) -> Sequence[JournalEntry]:
    """Lines about the pair and its meetings that the reader may read, the newest first."""
    meetings = (await session.scalars(select(Meeting.id).where(Meeting.pair_id == pair_id))).all()
    subjects = [f"pair:{pair_id}", *(f"meeting:{key}" for key in meetings[:MOST])]
    statement = (
        select(JournalEntry)
        .where(JournalEntry.school_id == school_id, JournalEntry.subject.in_(subjects), within(reach))
        .order_by(JournalEntry.number.desc())
        .limit(MOST)
    )
    return (await session.scalars(statement)).all()

"""Keeping an uploaded document in the database."""

from __future__ import annotations

from actions.work import Work
from program.paper_files import checked
from storage import files
from storage.tables import StoredFile


async def keep(work: Work, name: str, data: bytes) -> StoredFile:
    """The file's row, flushed. Raises Refusal as `program.paper_files.checked`."""
    paper = checked(name, data)
    return await files.keep(
        work.session, work.school.id, paper.name, paper.content_type, paper.data, work.now
    )

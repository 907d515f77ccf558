"""Keeping an uploaded document in the database."""

from __future__ import annotations

import hashlib

from actions.work import Work
from program.paper_files import checked
from storage.tables import StoredFile


async def keep(work: Work, name: str, data: bytes) -> StoredFile:
    """The file's row, flushed. Raises Refusal as `program.paper_files.checked`."""
    paper = checked(name, data)
    row = StoredFile(
        school_id=work.school.id, name=paper.name, content_type=paper.content_type, size=len(paper.data),
        sha256=hashlib.sha256(paper.data).hexdigest(), data=paper.data, created_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    await work.session.flush()
    return row

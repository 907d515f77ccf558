"""A file between two steps of the admin: shown first, used when confirmed, then forgotten."""

from __future__ import annotations

import hashlib

from actions.work import Work
from storage import files
from storage.tables import StoredFile

_PREFIX = "upload:"


async def keep(work: Work, name: str, data: bytes) -> int:
    """Keeps one file per user; an earlier one goes. Returns its id."""
    await forget(work)
    kept = StoredFile(
        school_id=work.school.id,
        name=f"{_mine(work)}{name}"[:300],
        content_type="application/octet-stream",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        created_at=work.now,
    )
    work.session.add(kept)
    await work.session.flush()
    return kept.id


async def get(work: Work, file_id: int) -> tuple[str, bytes] | None:
    """Name and bytes of the file this user sent; None if there is none."""
    found = await files.get(work.session, work.school.id, file_id)
    if found is None or not found.name.startswith(_mine(work)):
        return None
    return found.name.removeprefix(_mine(work)), found.data


async def forget(work: Work) -> None:
    await files.forget(work.session, work.school.id, _mine(work))


def _mine(work: Work) -> str:
    return f"{_PREFIX}{work.actor}:"

"""A file between two steps of the admin: shown first, used when confirmed, then forgotten.

What was said about it meanwhile (columns, corrections) stands beside it.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from actions.work import Work
from storage import files

KEPT = timedelta(hours=24)  # one that was never confirmed holds a whole class's data
_PREFIX, _SAID = "upload:", "upload-said:"


async def keep(work: Work, name: str, data: bytes) -> int:
    """Keeps one file per user; an earlier one goes. Returns its id."""
    await forget(work)
    return await _add(work, f"{_mine(work)}{name}", data, "application/octet-stream")


async def get(work: Work, file_id: int) -> tuple[str, bytes] | None:
    """Name and bytes of the file this user sent; None if there is none."""
    found = await files.get(work.session, work.school.id, file_id)
    if found is None or not found.name.startswith(_mine(work)):
        return None
    return found.name.removeprefix(_mine(work)), found.data


async def say(work: Work, file_id: int, said: dict[str, Any]) -> None:
    """Writes down what is decided about the file so far (JSON), over what stood there."""
    name = f"{_SAID}{work.actor}:{file_id}"
    await files.forget(work.session, work.school.id, name)
    await _add(work, name, json.dumps(said, ensure_ascii=False).encode(), "application/json")


async def said(work: Work, file_id: int) -> dict[str, Any]:
    """What was decided about the file; empty at first."""
    found = await files.beginning(work.session, work.school.id, f"{_SAID}{work.actor}:{file_id}")
    return dict(json.loads(found[0].data)) if found else {}


async def forget(work: Work) -> None:
    await files.forget(work.session, work.school.id, _mine(work))
    await files.forget(work.session, work.school.id, f"{_SAID}{work.actor}:")


async def forget_old(work: Work) -> None:
    """What nobody confirmed within a day, whoever sent it."""
    for prefix in (_PREFIX, _SAID):
        await files.forget_older(work.session, work.school.id, prefix, work.now - KEPT)


async def _add(work: Work, name: str, data: bytes, kind: str) -> int:
    kept = await files.keep(work.session, work.school.id, name, kind, data, work.now)
    return kept.id


def _mine(work: Work) -> str:
    return f"{_PREFIX}{work.actor}:"

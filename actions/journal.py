"""The journal of changes: append-only, each line carries the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from actions.work import Work
from storage import schools
from storage.tables import JournalEntry

START = "0" * 64
_SAID = ("school_id", "number", "at", "actor", "action", "subject", "origin", "before", "after", "previous")


async def note(
    work: Work,
    action: str,
    subject: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Adds a line. `before` and `after` hold ids, dates, statuses and counts, never words of participants.

    The school's row is locked, so that two writers number their lines one after the other.
    """
    await note_all(work, [(action, subject, before or {}, after or {})])


async def note_all(work: Work, lines: Sequence[tuple[str, str, dict[str, Any], dict[str, Any]]]) -> None:
    """Many lines at once, in their order: (action, subject, before, after), as `note`."""
    if not lines:
        return
    await work.session.flush()
    await schools.hold(work.session, work.school.id)
    number, previous = await last(work.session, work.school.id) or (0, START)
    written = []
    for action, subject, before, after in lines:
        number += 1
        said = {
            "school_id": work.school.id, "number": number, "at": work.now, "actor": work.actor, "action": action,
            "subject": subject, "origin": work.door, "before": before, "after": after, "previous": previous,
        }  # fmt: skip
        previous = _hash(said)
        written.append(said | {"hash": previous})
    await work.session.execute(_line(), written)


@cache
def _line() -> Any:
    """Of the table, past the session's map: a line is never looked at again in the turn that wrote it."""
    lines: Any = JournalEntry.__table__
    return insert(lines)


async def last(session: AsyncSession, school_id: int) -> tuple[int, str] | None:
    """Number and hash of the school's last line."""
    found = (await session.execute(_last(), {"school": school_id})).first()
    return (found[0], found[1]) if found else None


@cache
def _last() -> Any:
    """Number and hash of the school's last line; built once, nearly every verb asks."""
    line = JournalEntry.__table__.c
    last = select(line.number, line.hash).where(line.school_id == bindparam("school"))
    return last.order_by(line.number.desc()).limit(1)


def fingerprint(entry: JournalEntry) -> str:
    """SHA-256 over everything the line says and the hash of the line before it."""
    return _hash({name: getattr(entry, name) for name in _SAID})


def _hash(line: Mapping[str, Any]) -> str:
    at: datetime = line["at"]
    said = [line[name] if name != "at" else at.timestamp() for name in _SAID]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


async def heads(session: AsyncSession) -> dict[int, tuple[int, str]]:
    """Number and hash of the last line of every school that has any."""
    last = select(JournalEntry.school_id, func.max(JournalEntry.number)).group_by(JournalEntry.school_id)
    lines = await session.execute(
        select(JournalEntry.school_id, JournalEntry.number, JournalEntry.hash).where(
            tuple_(JournalEntry.school_id, JournalEntry.number).in_(last)
        )
    )
    return {school: (number, hash_) for school, number, hash_ in lines}


async def broken(session: AsyncSession) -> AsyncIterator[JournalEntry]:
    """Lines whose hash, number or link to the line before is wrong, in order.

    Not found so: lines cut off at the end, and a chain reckoned anew from its first line. `actions.journal_seal`
    finds both.
    """
    previous: dict[int, tuple[int, str]] = {}
    lines = await session.stream_scalars(
        select(JournalEntry).order_by(JournalEntry.school_id, JournalEntry.number)
    )
    async for entry in lines:
        number, link = previous.get(entry.school_id, (0, START))
        if entry.number != number + 1 or entry.previous != link or entry.hash != fingerprint(entry):
            yield entry
        previous[entry.school_id] = (entry.number, entry.hash)

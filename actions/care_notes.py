"""A psychologist's closed notes: sealed with the house's key, read by psychologists of the school only.

They are in no export and no report. Each reading stands in the journal of changes. What becomes of the notes when
the person is erased: they are deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions import journal
from actions.sealing import Box, WrongKey
from actions.work import Work
from program.errors import Refusal
from program.roles import PersonState, StaffRole
from storage import care as rows
from storage import people
from storage.tables import CareNote, Person, User

LONGEST = 4000  # characters


@dataclass(frozen=True)
class Note:
    """`words` is None where the key of the installation has changed since it was written."""

    at: datetime
    user_id: int
    words: str | None


async def write(work: Work, box: Box, user: User, person_id: int, words: str) -> None:
    """Raises Refusal when the account is no psychologist's, the person is unknown, or the note is empty or too long."""
    person = await _about(work, user, person_id)
    words = words.strip()
    if not words or len(words) > LONGEST:
        raise Refusal("care-note-length", limit=LONGEST)
    work.session.add(
        CareNote(
            school_id=work.school.id,
            person_id=person.id,
            user_id=user.id,
            sealed=box.seal(words),
            at=work.now,
        )
    )
    await journal.note(work, "care.note", f"person:{person.id}")


async def read(work: Work, box: Box, user: User, person_id: int) -> Sequence[Note]:
    """All notes about the person, newest first; that they were read stands in the journal.

    Raises:
        Refusal: as `write`.
    """
    person = await _about(work, user, person_id)
    found = await rows.notes(work.session, work.school.id, person.id)
    if found:
        await journal.note(work, "care.notes-read", f"person:{person.id}", after={"count": len(found)})
    return [Note(one.at, one.user_id, _opened(box, one)) for one in found]


async def _about(work: Work, user: User, person_id: int) -> Person:
    person = await people.get(work.session, person_id)
    if user.role != StaffRole.PSYCHOLOGIST or user.school_id != work.school.id:
        raise Refusal("care-notes-closed")
    if person is None or person.school_id != work.school.id or person.state == PersonState.ERASED:
        raise Refusal("care-unknown")
    return person


def _opened(box: Box, note: CareNote) -> str | None:
    try:
        return str(box.open(note.sealed))
    except WrongKey:
        return None

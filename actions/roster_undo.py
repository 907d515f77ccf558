"""Taking an import back within 24 hours: only what it did, and only where nobody went on from it.

What it did is kept as one file in the database for that time. Source: ux.md 3.1, A9.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from actions import journal, leaving
from actions.places import hold_people
from actions.recognition import Row
from actions.work import Work
from program.errors import Refusal
from program.roles import PersonState
from storage import files
from storage import roster as stored
from storage.tables import Person, StoredFile

KEPT = timedelta(hours=24)
PREFIX = "import:"


@dataclass(frozen=True)
class Import:
    """One import that can be taken back, and what that would do.

    Args:
        remove: people who would leave the list; nobody heard from them yet.
        stay: people it added who have answered since, or of whom something is known by now.
        restore: people whose earlier values would come back.
        back: people it marked as no longer at the school who would be back.
    """

    id: int
    name: str
    at: datetime
    until: datetime
    remove: int
    stay: int
    restore: int
    back: int = 0


async def keep(
    work: Work, name: str, added: Sequence[int], changed: Iterable[Row], left: Sequence[int] = ()
) -> None:
    """Remembers what an import did. Nothing done, nothing kept."""
    await forget_old(work)
    before = [
        [row.person_id, {field: [_json(value) for value in pair] for field, pair in row.changes.items()}]
        for row in changed
    ]
    if not added and not before and not left:
        return
    done = {"added": list(added), "changed": before, "left": list(left)}
    data = json.dumps(done, ensure_ascii=False).encode()
    await files.keep(work.session, work.school.id, f"{PREFIX}{name}", "application/json", data, work.now)


async def offered(work: Work) -> list[Import]:
    """Imports of the last 24 hours, the newest first."""
    found = await files.beginning(work.session, work.school.id, PREFIX)
    return [(await _planned(work, file)).what for file in found if file.created_at > work.now - KEPT]


async def undo(work: Work, import_id: int | None = None) -> Import:
    """Takes an import back, by default the newest; returns what was done.

    Raises:
        Refusal: there is none, or its 24 hours are over.
    """
    await stored.lock(work.session, work.school.id)
    found = await files.beginning(work.session, work.school.id, PREFIX)
    file = next((one for one in found if import_id in (None, one.id)), None)
    if file is None or file.created_at <= work.now - KEPT:
        raise Refusal("roster-undo-late" if file or found else "roster-undo-none")
    planned = await _planned(work, file)
    await stored.remove(work.session, planned.remove)
    for person, values in planned.earlier:
        for field, value in values.items():
            setattr(person, field, value)
    await hold_people(work, planned.back)
    for person_id in planned.back:
        await leaving.come_back(work, person_id)
    await work.session.delete(file)
    what = planned.what
    after = {"removed": what.remove, "stayed": what.stay, "restored": what.restore}
    if what.back:
        after["back"] = what.back
    await journal.note(work, "roster.undone", f"school:{work.school.id}", after=after)
    return what


async def forget_old(work: Work) -> None:
    """What can no longer be taken back is not kept."""
    await files.forget_older(work.session, work.school.id, PREFIX, work.now - KEPT)


async def forget_all(work: Work) -> None:
    """For an erasure: earlier values of a person may stand in these files."""
    await files.forget(work.session, work.school.id, PREFIX)


@dataclass(frozen=True)
class _Plan:
    what: Import
    remove: list[int]
    earlier: list[tuple[Person, dict[str, Any]]]
    back: list[int]


async def _planned(work: Work, file: StoredFile) -> _Plan:
    done = json.loads(file.data)
    added: list[int] = done["added"]
    gone = await stored.untouched(work.session, work.school.id, added)
    left = {one.id for one in await stored.by_ids(work.session, work.school.id, added)}
    changes: dict[int, dict[str, list[Any]]] = dict(done["changed"])
    earlier = []
    for person in await stored.by_ids(work.session, work.school.id, list(changes)):
        values = _earlier(person, changes[person.id])
        if values and person.state != PersonState.ERASED:
            earlier.append((person, values))
    marked = await stored.by_ids(work.session, work.school.id, done.get("left", []))
    back = [person.id for person in marked if leaving.left(person)]
    what = Import(
        id=file.id,
        name=file.name.removeprefix(PREFIX),
        at=file.created_at,
        until=file.created_at + KEPT,
        remove=len(gone),
        stay=len(left) - len(gone),
        restore=len(earlier),
        back=len(back),
    )
    return _Plan(what, gone, earlier, back)


def _earlier(person: Person, changes: dict[str, list[Any]]) -> dict[str, Any]:
    """Values to put back; a field that somebody changed since stays as it is."""
    return {
        field: date.fromisoformat(before) if field == "birth_date" and before else before
        for field, (before, after) in changes.items()
        if _json(getattr(person, field)) == after
    }


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

"""Whom a row of the school's list names: recognised by name and birth date or class. Source: ux.md 3.1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from program.names import folded
from program.retention import Basis
from program.roles import PersonState
from program.roster_draft import Draft
from program.text import Text
from storage.tables import Person

# What the school's list decides also for those who have joined; the rest they said themselves.
OF_SCHOOL = ("class_name", "position", "teaching_since")


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Row:
    """One row of the file and what would become of it.

    Args:
        draft: the row as read; `draft.row` and `draft.sheet` say where it stands, `draft.shown` the name.
        person_id: whom the row was recognised as.
        changes: field of Person -> (now, in the file); for new people empty.
    """

    kind: Kind
    draft: Draft
    person_id: int | None
    changes: dict[str, tuple[Any, Any]]

    @property
    def reasons(self) -> tuple[Text, ...]:
        """Why a refused row stays out; else what was noticed about it."""
        return self.draft.problems if self.kind is Kind.REFUSED else self.draft.warnings


def compared(drafts: Iterable[Draft], people: Sequence[Person]) -> tuple[list[Row], list[Person]]:
    """Every row beside the person it names, and the people of the same lists whom the file lacks."""
    by_name: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        by_name[folded(person.last_name), folded(person.first_name)].append(person)
    rows: list[Row] = []
    met: set[int] = set()
    groups: set[tuple[str, str]] = set()
    for draft in drafts:
        twins = by_name.get((folded(draft.last_name), folded(draft.first_name)), [])
        row = _row(draft, twins, met)
        rows.append(row)
        if row.person_id is not None:
            met.add(row.person_id)
        if row.kind is not Kind.REFUSED and draft.category:
            groups.add((draft.category, draft.class_name))
    refused = {
        (folded(r.draft.last_name), folded(r.draft.first_name)) for r in rows if r.kind is Kind.REFUSED
    }
    missing = [
        person
        for person in people
        if (person.category, person.class_name) in groups
        and person.id not in met
        and person.state != PersonState.FROZEN
        and (folded(person.last_name), folded(person.first_name)) not in refused
    ]
    return rows, missing


def _row(draft: Draft, twins: Sequence[Person], met: set[int]) -> Row:
    if draft.problems:
        return Row(Kind.REFUSED, draft, None, {})
    found = [person for person in twins if person.id not in met and _is(person, draft)]
    if len(found) > 1:
        return _refused(draft, None, Text("roster-ambiguous"))
    if not found:
        if any(person.id not in met and _may_be(person, draft) for person in twins):
            draft = replace(draft, warnings=(*draft.warnings, Text("roster-namesake")))
        return Row(Kind.NEW, draft, None, {})
    person = found[0]
    if person.state == PersonState.FROZEN:
        why = "roster-left" if person.erase_basis == Basis.LEFT else "roster-frozen"
        return _refused(draft, person.id, Text(why))
    changes = _changes(person, draft)
    return Row(Kind.CHANGED if changes else Kind.SAME, draft, person.id, changes)


def _refused(draft: Draft, person_id: int | None, problem: Text) -> Row:
    return Row(Kind.REFUSED, replace(draft, problems=(*draft.problems, problem)), person_id, {})


def _is(person: Person, draft: Draft) -> bool:
    """The same person: name and birth date; where one side has no date, name, category and class."""
    if not _middle_agrees(person, draft):
        return False
    if person.birth_date and draft.born:
        return person.birth_date == draft.born
    return person.category == draft.category and person.class_name == draft.class_name


def _may_be(person: Person, draft: Draft) -> bool:
    return _middle_agrees(person, draft) and not (person.birth_date and draft.born)


def _middle_agrees(person: Person, draft: Draft) -> bool:
    known, typed = folded(person.middle_name), folded(draft.middle_name)
    return not known or not typed or known == typed


def _changes(person: Person, draft: Draft) -> dict[str, tuple[Any, Any]]:
    """What the file says otherwise. An empty cell erases nothing; a different ё or case is no change."""
    changes = {}
    for name, new in values(draft).items():
        now = getattr(person, name)
        if not new or now == new or name in ("last_name", "first_name"):
            continue
        if isinstance(now, str) and isinstance(new, str) and folded(now) == folded(new):
            continue
        if not now or name in OF_SCHOOL or person.state == PersonState.INVITED:
            changes[name] = (now, new)
    return changes


def values(draft: Draft) -> dict[str, Any]:
    return {
        "last_name": draft.last_name,
        "first_name": draft.first_name,
        "middle_name": draft.middle_name,
        "birth_date": draft.born,
        "gender": draft.gender,
        "class_name": draft.class_name,
        "position": draft.position,
        "workplace": draft.workplace,
        "teaching_since": draft.teaching_since,
        "phone": draft.phone,
        "email": draft.email,
    }

"""Correcting what a card says about a person: a misspelt name, a class, a phone, the name in its cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from actions import journal
from actions.naming import OBLIQUE, proposed
from actions.roster import EMAIL, e164
from actions.work import Work
from program.errors import Refusal
from program.roles import PersonState
from storage import people
from storage.tables import Person

NAMES = ("last_name", "first_name", "middle_name")


@dataclass(frozen=True)
class Card:
    """Args:
    phone: as typed; kept as +7…
    """

    last_name: str
    first_name: str
    middle_name: str
    birth_date: date | None
    gender: str
    class_name: str
    position: str
    workplace: str
    phone: str
    email: str


def wrong(card: Card) -> dict[str, Refusal]:
    """Everything that no card may say, by field."""
    found = {}
    if not card.first_name:
        found["first_name"] = Refusal("story-no-first-name")
    if card.phone and not e164(card.phone):
        found["phone"] = Refusal("story-phone-odd")
    if card.email and not EMAIL.fullmatch(card.email):
        found["email"] = Refusal("story-email-odd")
    return found


async def correct(work: Work, person_id: int, card: Card, cases: Mapping[str, str]) -> list[str]:
    """Writes what differs; returns the names of the fields that changed. The journal names fields, never words.

    A corrected case belongs to the name it was written for: with another name it goes, unless typed anew.

    Raises:
        Refusal: nobody like that, or the first of what is `wrong`.
    """
    person = await people.lock(work.session, person_id)
    if person is None or person.school_id != work.school.id or person.state == PersonState.ERASED:
        raise Refusal("story-nobody")
    for refusal in wrong(card).values():
        raise refusal
    phone = e164(card.phone) if card.phone else ""
    values = {one.name: getattr(card, one.name) for one in fields(card)} | {"phone": phone}
    before = dict(person.name_cases)
    shown = {case.value: before.get(case.value) or proposed(person, case) for case in OBLIQUE}
    changed = [name for name, value in values.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, values[name])
    renamed = any(name in changed for name in (*NAMES, "gender"))
    person.name_cases = _corrections(person, cases, {} if not renamed else shown)
    if person.name_cases != before:
        changed.append("name_cases")
    if changed:
        await journal.note(work, "person.corrected", f"person:{person.id}", after={"fields": sorted(changed)})
    return changed


def _corrections(person: Person, typed: Mapping[str, str], stale: Mapping[str, str]) -> dict[str, str]:
    """What differs from what we would propose; what merely stood in the form for the old name is dropped."""
    found = {}
    for case in OBLIQUE:
        words = " ".join(typed.get(case.value, "").split())
        if words and words != proposed(person, case) and words != stale.get(case.value):
            found[case.value] = words
    return found

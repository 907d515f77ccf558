"""Who may meet outside of pairs: what the rules look at in somebody, for one person or for many."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from actions import consents, selection
from actions.work import Work
from program.consents import REQUIRED
from program.encounters import Guest, require_guest, require_host
from program.errors import Refusal
from storage import encounters
from storage.tables import Participation, Person


async def guests(
    work: Work, people: Iterable[Person], leading: Collection[int] | None = None
) -> dict[int, Guest]:
    """Person -> what the rules look at, as it stands now.

    Args:
        leading: ids of `leaders`, where they were read already.
    """
    people = [person for person in people if person.school_id == work.school.id]
    agreed = await consents.allowed(work, people)
    admitted = await leaders(work, [person.id for person in people]) if leading is None else leading
    return {
        person.id: Guest(
            person.category, person.state, person.id in agreed, person.id in admitted, person.class_name
        )
        for person in people
    }


async def guest(work: Work, person: Person) -> Guest:
    return (await guests(work, [person]))[person.id]


async def leaders(work: Work, ids: Iterable[int] | None = None) -> dict[int, Person]:
    """Mentors whom the curator has let in and who lack nothing today; of everybody by default."""
    places = await encounters.leading(work.session, work.school.id, work.settings.year, ids)
    return await _let_in(work, places)


async def leaders_read(work: Work) -> tuple[dict[int, Person], Work]:
    """The same of everybody; and the work with what they said about consents, so that `guests` does not read it again."""
    places = await encounters.leading(work.session, work.school.id, work.settings.year)
    people = {place.person_id: place.person for place in places}
    said = await consents.words(work, people.values(), {*selection.SPOKEN, *REQUIRED})
    read = replace(work, ledger=said)
    return await _let_in(read, places), read


async def _let_in(work: Work, places: Sequence[Participation]) -> dict[int, Person]:
    barred = await selection.barred(work, places)
    return {place.person_id: place.person for place in places if place.id not in barred}


def comes(guest: Guest) -> bool:
    """Whether this person may still meet others."""
    try:
        require_guest(guest)
    except Refusal:
        return False
    return True


def may_lead(known: Mapping[int, Guest], person: Person) -> bool:
    """Whether this person may still lead a meeting: the admission holds, or a pupil leads adults."""
    try:
        require_host(known[person.id])
    except (Refusal, KeyError):
        return False
    return True


def welcome(known: Mapping[int, Guest], person: Person) -> bool:
    return person.id in known and comes(known[person.id])

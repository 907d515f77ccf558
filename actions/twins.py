"""Two records that look like one pupil: on the school's list, and joined by the link of the class.

Nobody is put together by the program itself: the curator decides each time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from actions import enrolment, journal
from actions.work import Work
from program.errors import Refusal
from program.names import folded
from storage import people
from storage import roster as stored
from storage import takedowns as shown
from storage import twins as rows
from storage.tables import Person

APART = "apart"  # among a person's preferences: ids of those who are somebody else
FILLED = ("last_name", "middle_name", "birth_date", "gender", "phone", "email")


@dataclass(frozen=True)
class Twin:
    """Args:
    listed: on the school's list, never heard from.
    joined: came by a link of the class or wrote first.
    """

    listed: Person
    joined: Person


async def found(work: Work, class_name: str | None = None) -> list[Twin]:
    """All that wait for a decision, by class and name.

    Args:
        class_name: only of this class (for a class teacher).
    """
    both = await suspects(work, class_name)
    known = await people.of_ids(work.session, {one for pair in both for one in pair})
    return [Twin(known[listed], known[joined]) for listed, joined in both]


async def suspects(work: Work, class_name: str | None = None) -> list[tuple[int, int]]:
    """As `found`, by their ids: (listed, joined)."""
    plain = cache(folded)  # a school has a hundred first names
    listed: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    joined = []
    for person in await rows.pupils(work.session, work.school.id, class_name):
        if person.state == rows.LISTED:
            first, last = plain(person.first_name), plain(person.last_name)
            listed[person.class_name, first].append(person)
            listed[person.class_name, first, last].append(person)
        else:
            joined.append(person)
    alike = []
    for person in joined:
        key: tuple[str, ...] = (person.class_name, plain(person.first_name))
        if person.last_name:  # whoever has given the surname is looked for under it
            key += (plain(person.last_name),)
        alike += [(person, other) for other in listed.get(key, ()) if _alike(other, person)]
    found = [
        (other.id, person.id)
        for person, other in sorted(alike, key=lambda two: (_place(two[0]), _place(two[1])))
    ]
    said = await rows.preferences(work.session, {person for _, person in found})
    return [(other, person) for other, person in found if other not in said[person].get(APART, [])]


async def join(work: Work, listed_id: int, joined_id: int) -> Person:
    """Makes one record of the two: the pupil who joined stays and gets what the list knows.

    Raises:
        Refusal: they do not look like one person any more, or something hangs on the listed record.
    """
    twin = await _twin(work, listed_id, joined_id)
    for item in await shown.showing(work.session, work.school.id, listed_id):
        item.shows = sorted({joined_id if one == listed_id else one for one in item.shows})
    await work.session.flush()
    if not await stored.untouched(work.session, work.school.id, [twin.listed.id]):
        raise Refusal("roster-twin-busy")
    filled = {name: getattr(twin.listed, name) for name in FILLED if not getattr(twin.joined, name)}
    await stored.remove(work.session, [twin.listed.id])
    work.session.expunge(twin.listed)
    for name, value in filled.items():
        setattr(twin.joined, name, value)
    after: dict[str, Any] = {"listed": listed_id, "filled": sorted(k for k, value in filled.items() if value)}
    await journal.note(work, "person.merged", f"person:{joined_id}", after=after)
    # A birth date may show that another word is needed.
    await enrolment.refresh(work, twin.joined)
    return twin.joined


async def keep_apart(work: Work, listed_id: int, joined_id: int) -> None:
    """Two different pupils; not asked again. Raises Refusal where they are not asked about."""
    twin = await _twin(work, listed_id, joined_id)
    known = twin.joined.preferences.get(APART, [])
    twin.joined.preferences = {**twin.joined.preferences, APART: [*known, listed_id]}
    await journal.note(work, "person.kept-apart", f"person:{joined_id}", after={"listed": listed_id})


async def _twin(work: Work, listed_id: int, joined_id: int) -> Twin:
    """Both records, held until the transaction ends."""
    listed, joined = await people.lock(work.session, listed_id), await people.lock(work.session, joined_id)
    ours = work.school.id
    if listed is None or joined is None or listed.school_id != ours or joined.school_id != ours:
        raise Refusal("roster-twin-gone")
    fits = listed.state == rows.LISTED and joined.state == rows.JOINED and _alike(listed, joined)
    fits = fits and listed.id not in joined.preferences.get(APART, [])
    same = listed.class_name == joined.class_name and folded(listed.first_name) == folded(joined.first_name)
    if not fits or not same:
        raise Refusal("roster-twin-gone")
    return Twin(listed, joined)


def _place(person: Any) -> tuple[Any, ...]:
    """«2А» before «10Б», then by name."""
    return len(person.class_name), person.class_name, person.plain, person.id


def _alike(listed: Any, joined: Any) -> bool:
    """A pupil gives the surname only after a parent has agreed: until then the first name speaks alone."""
    if joined.birth_date and listed.birth_date and joined.birth_date != listed.birth_date:
        return False
    if joined.last_name and folded(joined.last_name) != folded(listed.last_name):
        return False
    both = joined.middle_name and listed.middle_name
    return not (both and folded(joined.middle_name) != folded(listed.middle_name))

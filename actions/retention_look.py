"""What will be erased when, as far as it can be seen today. Reads only. Source: domain.md 8.4."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from actions.work import Work
from program.retention import kept_until
from program.states import ParticipationStatus
from storage import consent_lists as lists
from storage.tables import Person


@dataclass(frozen=True)
class Due:
    """Somebody whose day is set."""

    person: Person
    on: date
    basis: str


@dataclass(frozen=True)
class Ahead:
    """So many whose last year was this one: they go after this day unless they come back."""

    year: str
    after: date
    people: int


async def due(work: Work) -> list[Due]:
    """Everybody whose clock of deletion runs, the soonest first."""
    return [
        Due(one, one.erase_after.astimezone(work.zone).date(), one.erase_basis)
        for one in await lists.frozen(work.session, work.school.id)
        if one.erase_after is not None
    ]


async def ahead(work: Work) -> list[Ahead]:
    """Those who have ended and whose day is not set yet, by their last year."""
    found: Counter[tuple[date, str]] = Counter()
    for one in await lists.ended(work.session, work.school.id):
        last = kept_until((place.year, ParticipationStatus(place.status)) for place in one.participations)
        if last is not None:
            found[last, max(place.year for place in one.participations)] += 1
    return [Ahead(year, after, people) for (after, year), people in sorted(found.items())]

"""Who may be thanked, and what a letter or a certificate says of them: role, form, meetings and hours of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from actions import mentor_hours
from actions.paper_values import place_of
from actions.work import Work
from program.awards import Facts
from program.ids import id_in
from program.roles import PersonState, Side
from program.states import PairStatus
from storage import awards as candidates_of
from storage import own_templates as rows
from storage import pairs, people
from storage.tables import Partner, Person

PERSON, FAMILY, PARTNER = "person", "family", "partner"
WORKED = (PairStatus.ACTIVE, PairStatus.PAUSED, PairStatus.COMPLETED, PairStatus.REPLACED, PairStatus.STOPPED)


@dataclass(frozen=True)
class Recipient:
    """To whom: a person, the family of a pupil, or an organisation."""

    person: Person | None = None
    partner: Partner | None = None
    family: bool = False


async def recipients(work: Work, asked: Sequence[str]) -> list[Recipient]:
    """Those of this school who are there, people by name, then organisations; each once."""
    wanted = list(dict.fromkeys(asked))
    keys: dict[str, list[int]] = {kind: [] for kind in (PERSON, FAMILY, PARTNER)}
    for one in wanted:
        kind, _, number = one.partition(":")
        found = id_in(number)
        if kind in keys and found is not None:
            keys[kind].append(found)
    known = await rows.people(work.session, work.school.id, [*keys[PERSON], *keys[FAMILY]])
    firms = await rows.partners(work.session, work.school.id, keys[PARTNER])
    made = [
        Recipient(known[key], family=kind == FAMILY)
        for kind in (PERSON, FAMILY)
        for key in keys[kind]
        if key in known and known[key].state in (PersonState.ACTIVE, PersonState.INVITED)
    ]
    made.sort(key=lambda one: (one.person.plain if one.person else "", one.family))
    return made + [Recipient(partner=firms[key]) for key in keys[PARTNER] if key in firms]


async def of(work: Work, recipient: Recipient, code: str, first: date, last: date) -> Facts:
    """What the paper says beside name and reason.

    Args:
        code: only a certificate counts meetings and hours: of all pairs of the person, between the days.
    """
    period = Facts(first=first.isoformat(), last=last.isoformat())
    if recipient.person is None:
        return period
    person = recipient.person
    places = await people.participations_of(work.session, person.id, work.settings.year)
    place = min(places, key=lambda one: (one.side != Side.MENTOR, one.id), default=None)
    facts = replace(period, place=place_of(person))
    if place is not None:
        facts = replace(facts, side=str(place.side), form=place.form)
    if code != "certificate":
        return facts
    held = minutes = 0
    for pair in await pairs.of_person(work.session, work.school.id, person.id, WORKED):
        load = await mentor_hours.load(work, pair.id, first, last)
        held, minutes = held + load.held, minutes + load.meetings
    return replace(facts, held=held, minutes=minutes)


def with_reason(facts: Facts, reason: str) -> Facts:
    return replace(facts, reason=" ".join(reason.split()))


async def candidates(
    work: Work, side: Side | None = None, most: int | None = None
) -> list[candidates_of.Candidate]:
    """Those of the year's programme, mentors first, then by name; so many at most."""
    return await candidates_of.of_year(work.session, work.school.id, work.settings.year, side=side, most=most)

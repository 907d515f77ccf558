"""What a person asks about themselves: where they stand, who their pair is, what is known about them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from actions import consents
from actions.care_staff import STAFF_CHAT
from actions.places import CLOSED_TO_PAIRS
from actions.work import Work
from program.names import polite, with_class
from program.relay import RelayRules
from program.roles import NOT_JOINED, Category, Side
from program.states import PairStatus, ParticipationStatus
from storage import pairs, people
from storage.consent_lists import PAUSED_FOR
from storage.tables import Participation, Person

GONE = (ParticipationStatus.DECLINED, ParticipationStatus.WITHDRAWN, ParticipationStatus.ARCHIVED)


ALOUD = "aloud"  # among a person's preferences


class Standing(StrEnum):
    """What somebody is to the programme: decides which words the bot offers them."""

    STRANGER = "stranger"
    MENTEE = "mentee"
    MENTOR = "mentor"
    GUARDIAN = "guardian"
    STAFF = "staff"
    KNOWN = "known"  # none of these yet


async def standings(work: Work, person: Person) -> frozenset[Standing]:
    """At least one; several where somebody is several things."""
    if person.state in NOT_JOINED:
        return frozenset({Standing.STRANGER})
    places = await people.participations_of(work.session, person.id, work.settings.year)
    found = {Standing(place.side) for place in places if place.status not in GONE}
    if await people.acts_for_somebody(work.session, person.id):
        found.add(Standing.GUARDIAN)
    if person.preferences.get(STAFF_CHAT):
        found.add(Standing.STAFF)
    return frozenset(found or {Standing.KNOWN})


async def stands(work: Work, person_id: int) -> list[str]:
    """The same of somebody known by id; JSON."""
    return sorted(await standings(work, await _person(work, person_id)))


async def greeting(work: Work, person_id: int) -> dict[str, Any]:
    """Facts for the first words; JSON."""
    person = await _person(work, person_id)
    settings = work.settings
    return {
        "school": work.school.name,
        "curator": settings.curator_name or "-",
        "help_line": settings.help_line,
        "stranger": person.state in NOT_JOINED,
        "name": person.first_name or "-",
    }


async def my_places(work: Work, person_id: int) -> list[dict[str, Any]]:
    """One entry for each place in the programme, or for each pair where there are pairs; JSON."""
    entries = []
    writes = RelayRules.read(work.settings.relay).on
    for place in await people.participations_of(work.session, person_id, work.settings.year):
        running = [
            pair
            for pair in await pairs.of_participation(work.session, place.id)
            if (
                pair.status in (PairStatus.OFFERED, PairStatus.ACTIVE)
                or (pair.status == PairStatus.PAUSED and pair.paused_for != PAUSED_FOR)
            )
            and not any(m.participation_id == place.id and m.aside_since for m in pair.members)
        ]
        for pair in running:
            partners = [
                m.person for m in pair.members if m.side != place.side and not (m.left_at or m.aside_since)
            ]
            entry = _entry(work, place, ", ".join(_shown(p) for p in partners), pair.id)
            arranges = not pair.is_group or place.side == Side.MENTOR
            entry |= {"pair_status": pair.status, "arranges": arranges, "count": len(partners)}
            title = pair.title if pair.is_group else ""
            entries.append(
                entry | {"writes": writes, "group": pair.is_group, "called": title or entry["partner"]}
            )
        if not running:
            entries.append(_entry(work, place, "-", 0))
    return entries


async def as_parent(work: Work, person_id: int) -> str:
    """What to say to somebody without a place: waits (the school has yet to confirm them), none (of their children nobody
    takes part), or "" where they are nobody's parent.
    """
    known = await people.children_of(work.session, person_id)
    bonds = [one for one in known if consents.is_ward(work, one.child)]
    if any(bond.confirmed_at is None for bond in bonds):
        return "waits"
    return "none" if bonds else ""


async def childrens_pairs(work: Work, person_id: int) -> list[dict[str, Any]]:
    """What a parent may know of the pairs of children under 18: child, id, form, partner, pair, asked; JSON.

    Args of an entry: `pair` is 0 while there is none; `asked`: announced, and the answers are awaited.
    """
    found = []
    for child in await consents.wards(work, person_id, confirmed=True):
        for place in await my_places(work, child.id):
            if place["status"] in CLOSED_TO_PAIRS:
                continue
            found.append(
                {
                    "child": child.first_name,
                    "id": child.id,
                    "form": place["form"],
                    "partner": place.get("called", place["partner"]),
                    "pair": place["pair"],
                    "asked": place.get("pair_status") == PairStatus.OFFERED,
                }
            )
    return found


def _entry(work: Work, place: Participation, partner: str, pair_id: int) -> dict[str, Any]:
    since = place.enrolled_at or place.created_at
    return {
        "side": Side(place.side).value,
        "form": work.settings.form_name(place.form).to_json(),
        "status": place.status,
        "partner": partner,
        "pair": pair_id,
        "days": (work.now - since).days,
    }


def _shown(person: Person) -> str:
    if person.category == Category.PUPIL:
        return with_class(person.first_name, person.last_name, person.class_name)
    return polite(person.first_name, person.middle_name, person.last_name)


async def set_language(work: Work, person_id: int, language: str) -> None:
    person = await _person(work, person_id)
    person.language = language


async def turn_aloud(work: Work, person_id: int) -> bool:
    """Answers on offer stand in the text as well, or no longer. Returns which."""
    person = await _person(work, person_id)
    on = not person.preferences.get(ALOUD)
    kept = {name: value for name, value in person.preferences.items() if name != ALOUD}
    person.preferences = {**kept, ALOUD: True} if on else kept
    return on


async def _person(work: Work, person_id: int) -> Person:
    person = await people.get(work.session, person_id)
    assert person is not None
    return person

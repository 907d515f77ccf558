"""What a participant is shown of meetings outside of pairs: lists and facts for a conversation; JSON."""

from __future__ import annotations

from typing import Any

from actions import encounter_messages as messages
from actions.encounter_people import comes, guest
from actions.meeting_messages import called, when
from actions.work import Work
from locales import dates
from program.encounters import (
    Audience,
    EncounterKind,
    EncounterState,
    SeatState,
    is_reverse,
    require_guest,
    require_host,
)
from program.errors import Refusal
from program.meetings import free_starts
from program.roles import Category
from storage import encounters, people
from storage.tables import Encounter, Person


async def roles(work: Work, person_id: int) -> dict[str, bool]:
    """What of the hub is open to this person: join, lead, ask (a child asks mentors, an adult asks pupils)."""
    mine = await guest(work, await me(work, person_id))
    try:
        require_host(mine)
        leads = True
    except Refusal:
        leads = False
    return {
        "joins": comes(mine),
        "leads": leads,
        "reverse": is_reverse(mine),
        "pupil": mine.category == Category.PUPIL,
    }


async def offered(work: Work, person_id: int) -> list[dict[str, Any]]:
    """Meetings one may sign up for: id and label; those of one's own and for others are left out."""
    reader = await me(work, person_id)
    return [
        {"id": encounter.id, "label": messages.button(work, encounter, reader).to_json()}
        for encounter in await encounters.ahead(work.session, work.school.id, work.now)
        if encounter.host_id != reader.id
        and Audience.read(encounter.audience).takes(reader.category, reader.class_name)
    ]


async def card(work: Work, person_id: int, encounter_id: int) -> dict[str, Any]:
    """One meeting as its reader may see it, and how the reader stands to it.

    Raises:
        Refusal: no such meeting, not for this person, over or called off.
    """
    reader, encounter = await me(work, person_id), await _get(work, encounter_id)
    seat = messages.seat_of(encounter, person_id)
    mine = seat is not None and seat.state != SeatState.LEFT
    if not mine:
        # Where children meet, and when, is for those who may come.
        require_guest(await guest(work, reader))
    takes = Audience.read(encounter.audience).takes(reader.category, reader.class_name)
    sign_up = encounter.kind in (EncounterKind.FLASH, EncounterKind.SPEED)
    if not mine and (not takes or not sign_up or encounter.state == EncounterState.PROPOSED):
        raise Refusal("encounters-for-others")
    if encounter.state != EncounterState.OPEN:
        raise Refusal("encounters-closed")
    if encounter.starts_at <= work.now:
        raise Refusal("encounters-began")
    return {
        "card": messages.card(work, encounter, reader).to_json(),
        "state": str(seat.state) if seat is not None and mine else "",
        "speed": encounter.kind == EncounterKind.SPEED,
        "coming": messages.coming(work, encounter, reader).to_json(),
    }


async def standing(work: Work, person_id: int, encounter_id: int) -> dict[str, Any]:
    """What one is about to leave: when, topic, whether one leads it, whether it is off.

    Raises:
        Refusal: not one's own.
    """
    reader, encounter = await me(work, person_id), await _get(work, encounter_id)
    seat = messages.seat_of(encounter, person_id)
    leads = encounter.host_id == person_id
    if seat is None and not leads:
        raise Refusal("encounters-unknown")
    off = encounter.state not in (EncounterState.OPEN, EncounterState.PROPOSED)
    left = seat is not None and seat.state == SeatState.LEFT and not leads
    return {
        "when": when(work, encounter.starts_at, reader),
        "topic": encounter.topic,
        "all": leads and not messages.is_of_two(encounter),
        "gone": off or left,
    }


async def mine(work: Work, person_id: int) -> list[dict[str, Any]]:
    """Meetings ahead that one comes to, waits for or leads; messages as JSON."""
    reader = await me(work, person_id)
    shown = []
    for encounter in await encounters.of_person(work.session, work.school.id, person_id, work.now):
        if encounter.state not in (EncounterState.OPEN, EncounterState.PROPOSED):
            continue
        seat = messages.seat_of(encounter, person_id)
        text_id = "encounters-coming"
        if encounter.state == EncounterState.PROPOSED:
            text_id = "encounters-mine-proposed"
        elif seat is not None and seat.state == SeatState.WAITING:
            text_id = "encounters-mine-waiting"
        shown.append(messages.coming(work, encounter, reader, text_id).to_json())
    return shown


async def starts(work: Work, person_id: int) -> list[dict[str, Any]]:
    """Days and starts by the school's bells: {"day", "label", "starts": [[ISO, clock]]}.

    Raises:
        Refusal: the school keeps no hours for meetings.
    """
    reader = await me(work, person_id)
    days = free_starts(work.now, work.settings, work.zone)
    if not days:
        raise Refusal("meeting-no-times")
    return [
        {
            "day": day.isoformat(),
            "label": dates.weekday_and_day(day, reader.language),
            "starts": [[at.isoformat(), dates.clock(at, work.zone)] for at in of_day],
        }
        for day, of_day in days.items()
    ]


async def to_mark(work: Work, person_id: int, encounter_id: int) -> dict[str, Any]:
    """Whom the host is asked about: names without surnames.

    Raises:
        Refusal: somebody else's, or not begun.
    """
    encounter = await _get(work, encounter_id)
    if encounter.host_id != person_id:
        raise Refusal("encounters-unknown")
    if encounter.starts_at > work.now:
        raise Refusal("encounters-not-yet")
    if encounter.state != EncounterState.OPEN:
        raise Refusal("encounters-said")
    names = [(seat.person_id, called(seat.person)) for seat in messages.seated(encounter)]
    return {"topic": encounter.topic, "people": names}


async def whom_to_wish(work: Work, person_id: int, encounter_id: int) -> list[tuple[int, str]]:
    """Those who lead at an event of rounds, for a guest who may say whom to meet; empty for who leads."""
    encounter = await _get(work, encounter_id)
    seat = messages.seat_of(encounter, person_id)
    if seat is None or seat.state == SeatState.LEFT or seat.side != "mentee":
        return []
    return [
        (other.person_id, called(other.person))
        for other in messages.seated(encounter)
        if other.side == "mentor" and other.person_id != person_id
    ]


async def me(work: Work, person_id: int) -> Person:
    person = await people.get(work.session, person_id)
    assert person is not None
    return person


async def _get(work: Work, encounter_id: int) -> Encounter:
    found = await encounters.get(work.session, work.school.id, encounter_id)
    if found is None:
        raise Refusal("encounters-unknown")
    return found

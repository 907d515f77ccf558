"""Somebody has left the school: contact stops, the place goes into the archive, the clock of deletion starts.

Nobody leaves by themselves and no list makes anybody leave: the curator says so, and may take it back
until the data are erased. Source: domain.md 3.5, 8.4; 152-ФЗ art. 21 (the purpose is reached).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from actions import consent_life, enrolment, journal
from actions.places import hold_people
from actions.work import Work
from program.errors import Refusal
from program.retention import AFTER_LEAVING, Basis
from program.roles import PersonState
from program.states import MeetingStatus, ParticipationStatus
from program.ways import PARTICIPATION
from storage import consent_lists as lists
from storage import meetings, people
from storage.tables import Person

log = structlog.get_logger()

HERE = (PersonState.INVITED, PersonState.ACTIVE)
OVER = (ParticipationStatus.FINISHED, ParticipationStatus.WITHDRAWN, ParticipationStatus.DECLINED)


@dataclass(frozen=True)
class Effect:
    """What leaving would do.

    Args:
        places: participations of this year that go into the archive.
        pairs: that end, or groups that go on without the person.
        meetings: ahead, of those pairs.
        erase_on: when the data are erased unless the person comes back.
    """

    places: int
    pairs: int
    meetings: int
    erase_on: datetime


async def effect(work: Work, person: Person) -> Effect:
    held = await lists.holding_pairs(work.session, work.school.id, person.id)
    ahead = [
        meeting
        for pair_id in held
        for meeting in await meetings.of_pair(work.session, pair_id)
        if meeting.status in (MeetingStatus.PROPOSED, MeetingStatus.CONFIRMED)
        and (meeting.starts_at is None or meeting.starts_at > work.now)
    ]
    places = await people.participations_of(work.session, person.id, work.settings.year)
    open_ = [place for place in places if _goes(ParticipationStatus(place.status))]
    return Effect(len(open_), len(held), len(ahead), work.now + AFTER_LEAVING)


async def leave(work: Work, person_id: int) -> None:
    """Marks somebody as no longer at the school. A second time changes nothing.

    The others of the pair hear neutral words without a name or a reason.

    Raises:
        Refusal: no such person, or contact with them has stopped for another reason.
    """
    person = await people.lock(work.session, person_id)
    if person is None or person.school_id != work.school.id:
        raise Refusal("ledger-person-unknown")
    if left(person):
        return
    if person.state not in HERE:
        raise Refusal("roster-leave-not-now")
    await hold_people(work, [person.id])
    await consent_life.freeze(work, person)
    person.erase_after, person.erase_basis = work.now + AFTER_LEAVING, Basis.LEFT
    archived = 0
    for place in await people.participations_of(work.session, person.id, work.settings.year):
        # `freeze` has put aside what was open, and keeps what it was.
        if place.status_before and place.status == ParticipationStatus.WITHDRAWN:
            PARTICIPATION.require(place.status, ParticipationStatus.ARCHIVED)
            place.status = ParticipationStatus.ARCHIVED
            archived += 1
    await work.session.flush()
    after = {"places": archived, "erase_after": person.erase_after.isoformat()}
    await journal.note(work, "person.left", f"person:{person.id}", after=after)
    log.info("person.left", person=person.id)


async def leave_all(work: Work, person_ids: Sequence[int]) -> list[int]:
    """The same for those of them who are still here; ids of whoever has left by this."""
    gone = []
    await hold_people(work, person_ids)
    for person_id in person_ids:
        person = await people.get(work.session, person_id)
        if person is not None and person.school_id == work.school.id and person.state in HERE:
            await leave(work, person_id)
            gone.append(person_id)
    return gone


async def come_back(work: Work, person_id: int) -> None:
    """At the school again: places return to where they were, as far as consents hold. Pairs stay ended.

    Raises:
        Refusal: no such person, or they have not left.
    """
    person = await people.lock(work.session, person_id)
    if person is None or person.school_id != work.school.id or not left(person):
        raise Refusal("roster-not-left")
    await hold_people(work, [person.id])
    person.state = PersonState.ACTIVE if person.joined_at is not None else PersonState.INVITED
    person.erase_after, person.erase_basis = None, ""
    for place in await people.participations_of(work.session, person.id, work.settings.year):
        if place.status == ParticipationStatus.ARCHIVED and place.status_before:
            before = ParticipationStatus(place.status_before)
            # The pair is over, and a paused place waits for consents that `refresh` looks at anew.
            if before in (ParticipationStatus.PAIRED, ParticipationStatus.PAUSED):
                before = ParticipationStatus.SEARCHING
            PARTICIPATION.require(place.status, before)
            place.status, place.status_before = before, ""
    await journal.note(work, "person.came-back", f"person:{person.id}")
    await enrolment.refresh(work, person)


def left(person: Person) -> bool:
    return person.state == PersonState.FROZEN and person.erase_basis == Basis.LEFT


def _goes(status: ParticipationStatus) -> bool:
    return status not in OVER and status != ParticipationStatus.ARCHIVED

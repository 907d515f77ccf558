"""One-off meetings: publishing and offering them, signing up, leaving, calling off, who came.

Every verb that gives a seat away holds the encounter first, so that the last seat is given once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from actions import audiences, journal, shared_words
from actions import encounter_messages as messages
from actions.encounter_people import guest, guests, welcome
from actions.tell import tell
from actions.work import Work
from program.encounters import (
    BY_SIGN_UP,
    ENCOUNTER,
    MOST_ROUNDS,
    MOST_SEATS,
    QUESTION,
    Audience,
    EncounterKind,
    EncounterState,
    QuestionState,
    SeatState,
    is_reverse,
    require_guest,
    require_host,
    side_at,
)
from program.errors import Refusal
from program.outgoing import Kind, say
from program.roles import Category
from program.states import MeetingFormat
from program.text import Text, raw
from storage import encounters, outbox, people
from storage.tables import Encounter, Person, Seat

LONGEST_TOPIC = 100
LONGEST_ABOUT = 500
LONGEST_MEETING = 480  # minutes
ADULTS = (
    Category.TEACHER,
    Category.PARENT,
    Category.ALUMNUS,
    Category.STUDENT,
    Category.EMPLOYER,
    Category.OTHER,
)


@dataclass(frozen=True)
class Draft:
    """What an encounter is to be.

    Args:
        host: who leads it; None for an event of rounds, or when the school itself does.
        seats: how many may come, the host aside.
        rounds: of an event of rounds.
        reverse: the younger leads the older.
    """

    topic: str
    starts_at: datetime
    kind: EncounterKind = EncounterKind.FLASH
    about: str = ""
    minutes: int = 45
    format: MeetingFormat = MeetingFormat.OFFLINE
    place: str = ""
    link: str = ""
    seats: int = 10
    rounds: int = 0
    host: int | None = None
    reverse: bool = False
    audience: Audience = field(default_factory=Audience)


async def publish(work: Work, draft: Draft) -> Encounter:
    """The curator's own: open for sign-up at once.

    Raises:
        Refusal: not ahead, no topic, odd numbers, or who is to lead may not.
    """
    if draft.host is not None:
        host = await _person(work, draft.host)
        require_host(await guest(work, host))
    encounter = await add(work, draft, EncounterState.OPEN, "encounter.published")
    if encounter.host is not None:
        message = messages.coming(work, encounter, encounter.host, "encounters-you-lead")
        key = f"encounter-lead:{encounter.id}:{encounter.host.id}"
        await tell(work, encounter.host, message, key=key, expires_at=encounter.starts_at)
    return encounter


async def offer(work: Work, person: Person, draft: Draft) -> Encounter:
    """A participant's: the curator decides. A pupil who is no mentor offers a topic to adults.

    Raises:
        Refusal: as `publish`, this person may not lead, or words that others should not read.
    """
    mine = await guest(work, person)
    require_host(mine)
    shared_words.require_fit(work, draft.topic, draft.about)
    shared_words.require_where(work, draft.place, draft.link)
    audience = Audience(tuple(str(one) for one in ADULTS)) if is_reverse(mine) else draft.audience
    draft = replace(draft, host=person.id, reverse=is_reverse(mine) or draft.reverse, audience=audience)
    return await add(work, draft, EncounterState.PROPOSED, "encounter.offered")


async def decide(work: Work, encounter_id: int, *, yes: bool) -> Encounter:
    """The curator's word about an offer; whoever offered it is told."""
    encounter = await held(work, encounter_id)
    if encounter.state != EncounterState.PROPOSED:
        raise Refusal("states-not-now")
    if yes:
        if encounter.starts_at <= work.now:
            raise Refusal("encounters-past")
        assert encounter.host is not None
        require_host(await guest(work, encounter.host))
    state = EncounterState.OPEN if yes else EncounterState.DECLINED
    ENCOUNTER.require(encounter.state, state)
    encounter.state, encounter.decided_at, encounter.decided_by = state, work.now, work.actor
    if encounter.host is not None:
        text = Text(
            "encounters-offer-open" if yes else "encounters-offer-not", {"topic": raw(encounter.topic)}
        )
        message = say(text, messages.TO_CURATOR).about(encounter.host.id)
        await tell(work, encounter.host, message, key=f"encounter-decided:{encounter.id}:{encounter.host.id}")
    await note(work, encounter, "encounter.decided")
    return encounter


async def invite(work: Work, encounter_id: int) -> int:
    """Tells everybody it is meant for, once; who was told before or has a seat is left out. How many."""
    encounter = await held(work, encounter_id)
    require_open(work, encounter)
    meant = Audience.read(encounter.audience)
    there = {seat.person_id for seat in encounter.taken} | {encounter.host_id}
    everybody = [
        one
        for one in await audiences.people(work, audiences.Audience())
        if one.id not in there and meant.takes(one.category, one.class_name)
    ]
    known = await guests(work, everybody)
    told = 0
    for reader in everybody:
        if welcome(known, reader):
            message = messages.card(work, encounter, reader)
            key = f"encounter-invite:{encounter.id}:{reader.id}"
            told += await tell(work, reader, message, key=key, kind=Kind.NEWS, expires_at=encounter.starts_at)
    await note(work, encounter, "encounter.invited", told=told)
    return told


async def sign_up(work: Work, person: Person, encounter_id: int) -> SeatState:
    """Takes a seat, or a place in the queue where none is free. The same press again changes nothing.

    Raises:
        Refusal: begun or called off, not meant for this person, or a consent or admission is missing.
    """
    encounter = await held(work, encounter_id)
    require_open(work, encounter)
    if encounter.kind not in BY_SIGN_UP:
        raise Refusal("encounters-unknown")
    mine = await guest(work, person)
    require_guest(mine)
    if encounter.host_id == person.id:
        raise Refusal("encounters-own")
    if not Audience.read(encounter.audience).takes(person.category, person.class_name):
        raise Refusal("encounters-for-others")
    seat = messages.seat_of(encounter, person.id)
    if seat is not None and seat.state != SeatState.LEFT:
        return SeatState(seat.state)
    state = SeatState.SEATED if messages.free(encounter) else SeatState.WAITING
    if seat is None:
        seat = Seat(school_id=work.school.id, encounter_id=encounter.id, person_id=person.id, wishes=[])
        work.session.add(seat)
    seat.state, seat.at, seat.came = state, work.now, None
    seat.side = str(side_at(mine)) if encounter.kind == EncounterKind.SPEED else ""
    await work.session.flush()
    await note(work, encounter, "encounter.signed-up", person=person.id, seat=str(state))
    return state


async def leave(work: Work, person: Person, encounter_id: int) -> bool:
    """Not coming, without a reason. The first in the queue gets the seat; a meeting of two is off.

    Returns:
        False if the person had no seat any more.

    Raises:
        Refusal: there is no such meeting of this person, or it has begun.
    """
    encounter = await held(work, encounter_id)
    seat = messages.seat_of(encounter, person.id)
    if seat is None and encounter.host_id != person.id:
        raise Refusal("encounters-unknown")
    if encounter.state == EncounterState.OPEN and encounter.starts_at <= work.now:
        raise Refusal("encounters-began")
    if encounter.host_id == person.id or messages.is_of_two(encounter):
        return await call_off(work, encounter, by=person)
    assert seat is not None
    if seat.state == SeatState.LEFT or encounter.state != EncounterState.OPEN:
        return False
    await vacate(work, encounter, seat)
    return True


async def vacate(work: Work, encounter: Encounter, seat: Seat) -> None:
    """Frees a seat and gives it to the first in the queue who may come."""
    seat.state = SeatState.LEFT
    for prefix in ("encounter-soon", "encounter-changed"):
        await outbox.cancel(
            work.session, f"{prefix}:{encounter.id}:{seat.person_id}:", "not-coming", now=work.now
        )
    await note(work, encounter, "encounter.left", person=seat.person_id)
    await fill(work, encounter)


async def fill(work: Work, encounter: Encounter) -> None:
    """Seats people from the queue while seats are free. They are told, and may say no without shame."""
    known = await guests(work, [seat.person for seat in messages.queue(encounter)])
    for seat in messages.queue(encounter):
        if not messages.free(encounter):
            return
        if welcome(known, seat.person):
            seat.state = SeatState.SEATED
            message = messages.coming(work, encounter, seat.person, "encounters-seat-came")
            key = f"encounter-seat:{encounter.id}:{seat.person_id}:{work.now.isoformat()}"
            await tell(work, seat.person, message, key=key, expires_at=encounter.starts_at)
            await note(work, encounter, "encounter.seated", person=seat.person_id)


async def call_off(work: Work, encounter: Encounter, by: Person | None = None) -> bool:
    """The meeting does not take place; everybody but who said so is told in neutral words.

    Returns:
        False if it was off before.
    """
    if encounter.state in (EncounterState.CANCELLED, EncounterState.DECLINED):
        return False
    ENCOUNTER.require(encounter.state, EncounterState.CANCELLED)
    offered = encounter.state == EncounterState.PROPOSED
    encounter.state, encounter.closed_at = EncounterState.CANCELLED, work.now
    for prefix in (
        "encounter-soon",
        "encounter-seat",
        "encounter-trial",
        "encounter-invite",
        "encounter-made",
        "encounter-lead",
        "encounter-changed",
        "encounter-card",
    ):
        await outbox.cancel(work.session, f"{prefix}:{encounter.id}:", "cancelled", now=work.now)
    told = [seat.person for seat in encounter.taken if seat.state != SeatState.LEFT]
    told += [encounter.host] if encounter.host and not offered else []
    for reader in told:
        if by is None or reader.id != by.id:
            key = f"encounter-off:{encounter.id}:{reader.id}"
            await tell(work, reader, messages.called_off(work, encounter, reader), key=key)
    await _look_again(work, encounter, by)
    await note(work, encounter, "encounter.cancelled")
    return True


async def _look_again(work: Work, encounter: Encounter, by: Person | None) -> None:
    """A request whose meeting is off waits for another; if who asked called it off, it is settled."""
    asked = await encounters.asked_for(work.session, work.school.id, encounter.id)
    if asked is None or asked.state != QuestionState.ANSWERED:
        return
    to = QuestionState.CLOSED if by is not None and by.id == asked.asker_id else QuestionState.OPEN
    QUESTION.require(asked.state, to)
    asked.state, asked.encounter_id, asked.answered_at = to, None, None
    asked.taken_by = asked.taken_at = None
    asked.closed_at = work.now if to is QuestionState.CLOSED else None


async def attendance(
    work: Work, encounter_id: int, came: Collection[int], by: Person | None = None
) -> Encounter:
    """Who of those seated was there. The meeting is over; may be said again by the curator.

    Args:
        by: the host who says it; None: the school.

    Raises:
        Refusal: not begun, called off, or somebody else's.
    """
    encounter = await held(work, encounter_id)
    if by is not None and encounter.host_id != by.id:
        raise Refusal("encounters-unknown")
    if encounter.state not in (EncounterState.OPEN, EncounterState.HELD):
        raise Refusal("states-not-now")
    if encounter.starts_at > work.now:
        raise Refusal("encounters-not-yet")
    if by is not None and encounter.state == EncounterState.HELD:
        raise Refusal("encounters-said")
    for seat in messages.seated(encounter):
        seat.came = seat.person_id in came
    encounter.state, encounter.closed_at = EncounterState.HELD, encounter.closed_at or work.now
    await outbox.cancel(work.session, f"encounter-came:{encounter.id}:", "answered", now=work.now)
    await note(work, encounter, "encounter.held", came=sum(bool(s.came) for s in messages.seated(encounter)))
    return encounter


async def held(work: Work, encounter_id: int) -> Encounter:
    """The encounter with everybody, locked. Raises Refusal where the school has none such."""
    encounter = await encounters.lock(work.session, work.school.id, encounter_id)
    if encounter is None:
        raise Refusal("encounters-unknown")
    return encounter


def require_open(work: Work, encounter: Encounter) -> None:
    if encounter.state != EncounterState.OPEN:
        raise Refusal("encounters-closed")
    if encounter.starts_at <= work.now:
        raise Refusal("encounters-began")


def require_sound(work: Work, draft: Draft) -> None:
    if not draft.topic.strip() or len(draft.topic) > LONGEST_TOPIC or len(draft.about) > LONGEST_ABOUT:
        raise Refusal("encounters-topic-wrong", limit=LONGEST_TOPIC)
    if draft.starts_at <= work.now:
        raise Refusal("encounters-past")
    if not 1 <= draft.seats <= MOST_SEATS or not 5 <= draft.minutes <= LONGEST_MEETING:
        raise Refusal("encounters-numbers-wrong", most=MOST_SEATS)
    if draft.kind is EncounterKind.SPEED and not 1 <= draft.rounds <= MOST_ROUNDS:
        raise Refusal("encounters-rounds-wrong", most=MOST_ROUNDS)
    if draft.link and not draft.link.startswith("https://"):
        raise Refusal("meeting-link-unclear")


async def _person(work: Work, person_id: int) -> Person:
    person = await people.get(work.session, person_id)
    if person is None or person.school_id != work.school.id:
        raise Refusal("encounters-nobody")
    return person


async def add(work: Work, draft: Draft, state: EncounterState, action: str) -> Encounter:
    """The row of a draft that is sound; whether who leads may, is for the caller."""
    require_sound(work, draft)
    encounter = Encounter(
        school_id=work.school.id,
        year=work.settings.year,
        kind=draft.kind,
        state=state,
        topic=draft.topic.strip(),
        about=draft.about.strip(),
        host_id=draft.host,
        reverse=draft.reverse,
        starts_at=draft.starts_at,
        minutes=draft.minutes,
        format=draft.format,
        place=draft.place,
        link=draft.link,
        seats=draft.seats,
        rounds=draft.rounds,
        audience=draft.audience.to_json(),
        plan={},
        created_at=work.now,
        created_by=work.actor,
    )
    work.session.add(encounter)
    await work.session.flush()
    await note(work, encounter, action)
    return await held(work, encounter.id)


async def note(work: Work, encounter: Encounter, action: str, **more: object) -> None:
    """A line of the journal: kind, state and start, never the topic."""
    after = {
        "kind": str(encounter.kind),
        "state": str(encounter.state),
        "starts_at": encounter.starts_at.isoformat(),
        **more,
    }
    await journal.note(work, action, f"encounter:{encounter.id}", after=after)

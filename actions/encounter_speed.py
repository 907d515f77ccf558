"""An event of rounds: wishes, the round table, cards for everybody, and who comes instead of whom."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence

from actions import encounter_messages as shown
from actions import journal
from actions.encounter_people import guest, guests, welcome
from actions.encounters import held
from actions.meeting_messages import called
from actions.places import hold_people
from actions.tell import tell
from actions.work import Work
from program.encounters import WISHES, EncounterKind, EncounterState, SeatState, require_guest, side_at
from program.errors import Refusal
from program.outgoing import Message
from program.roles import Side
from program.rounds import Event, Pairing, Plan, plan, replan
from program.text import Arg, Text, raw
from storage import encounters, matching, people
from storage.tables import Encounter, Person, Seat


async def wish(work: Work, person_id: int, encounter_id: int, wishes: Sequence[int]) -> None:
    """Whom a guest would like to meet: at most three of those who lead; the newest word counts."""
    encounter = await _event(work, encounter_id)
    mine = shown.seat_of(encounter, person_id)
    leading = {seat.person_id for seat in shown.seated(encounter) if seat.side == Side.MENTOR}
    if mine is None or mine.state == SeatState.LEFT:
        raise Refusal("encounters-unknown")
    mine.wishes = [one for one in wishes if one in leading][:WISHES]
    await work.session.flush()


async def make_table(work: Work, encounter_id: int) -> Plan:
    """The best table for who has a seat now. Anew each time it is asked for; nobody is told yet.

    Raises:
        Refusal: no event of rounds, over, or one of the two sides is empty.
    """
    encounter = await _event(work, encounter_id)
    event = await event_of(work, encounter)
    if not event.mentors or not event.mentees:
        raise Refusal("encounters-staff-one-side")
    # In a thread: an event of a hundred takes a while, and other people's turns go on meanwhile.
    made = await asyncio.to_thread(plan, event)
    await _keep(work, encounter, made, "encounter.planned")
    return made


async def without(
    work: Work, encounter_id: int, person_id: int, done: int, instead: int | None = None
) -> Plan:
    """Somebody is not there: the rounds to come are found anew, the others keep their tables.

    Args:
        done: rounds that are over or running.
        instead: who takes over the table; may come without having signed up.

    Raises:
        Refusal: no such guest or round, or who comes instead may not.
    """
    if instead is not None:
        await hold_people(work, [instead])
    encounter = await _event(work, encounter_id)
    gone = shown.seat_of(encounter, person_id)
    if gone is None or gone.state != SeatState.SEATED or not 0 <= done <= encounter.rounds:
        raise Refusal("encounters-unknown")
    was = Plan.read(encounter.plan)
    if not was.rounds:
        raise Refusal("encounters-staff-no-table")
    # Whoever was there for a round has come; whoever never was, has not.
    gone.came = bool(was.partners(person_id, done)) if done else False
    if instead is not None:
        await bring(work, encounter_id, instead, Side(gone.side))
        encounter = await _event(work, encounter_id)
    event = await event_of(work, encounter, but=person_id)
    changed = {person_id: instead} if instead is not None else {}
    made = await asyncio.to_thread(replan, was, done, event, [person_id], changed)
    await _keep(work, encounter, made, "encounter.replanned")
    return made


async def bring(work: Work, encounter_id: int, person_id: int, side: Side | None = None) -> None:
    """The curator gives somebody a seat, or another side. Raises Refusal as signing up does."""
    await hold_people(work, [person_id])
    encounter = await _event(work, encounter_id)
    person = await people.get(work.session, person_id)
    if person is None or person.school_id != work.school.id:
        raise Refusal("encounters-nobody")
    mine = await guest(work, person)
    require_guest(mine)
    if side is Side.MENTOR and side_at(mine) is not Side.MENTOR:
        raise Refusal("encounters-not-admitted")
    seat = shown.seat_of(encounter, person_id)
    if seat is None:
        seat = Seat(
            school_id=work.school.id, encounter_id=encounter.id, person_id=person.id, wishes=[], at=work.now
        )
        work.session.add(seat)
    seat.state, seat.side, seat.came = SeatState.SEATED, str(side or side_at(mine)), None
    await work.session.flush()
    after = {"person": person.id, "side": seat.side}
    await journal.note(work, "encounter.brought", f"encounter:{encounter.id}", after=after)


async def send_cards(work: Work, encounter_id: int) -> int:
    """Everybody's own card: round, table, partner. Sent again only to those whose card has changed."""
    encounter = await _event(work, encounter_id)
    made = Plan.read(encounter.plan)
    known = {seat.person_id: seat.person for seat in shown.seated(encounter)}
    told = 0
    for reader in known.values():
        rows = card(made, reader.id, known)
        if not any(partner for _, partner in rows):
            continue
        lines = tuple(_line(number, table, partner) for number, (table, partner) in enumerate(rows, 1))
        concerned = {reader.id} | {partner.id for _, partner in rows if partner}
        head = shown.described(work, encounter, reader, "encounters-card-head")
        digest = hashlib.sha256(repr([(t, p.id if p else 0) for t, p in rows]).encode()).hexdigest()[:12]
        told += await tell(
            work,
            reader,
            Message((head, *lines)).about(*sorted(concerned)),
            key=f"encounter-card:{encounter.id}:{reader.id}:{digest}",
            expires_at=encounter.starts_at if encounter.starts_at > work.now else None,
        )
    await journal.note(work, "encounter.cards", f"encounter:{encounter.id}", after={"told": told})
    return told


def card(made: Plan, person_id: int, known: dict[int, Person]) -> list[tuple[int, Person | None]]:
    """(table, partner) by round; no partner: sits out, or the partner is not known any more."""
    rows: list[tuple[int, Person | None]] = []
    for number in range(len(made.rounds)):
        partner = made.partner(person_id, number)
        table = made.tables.get(person_id) or made.tables.get(partner or 0) or 0
        rows.append((table, known.get(partner or 0)))
    return rows


async def event_of(work: Work, encounter: Encounter, but: int | None = None) -> Event:
    """Who may sit with whom: consents hold, no family, nobody kept apart; wishes of both sides."""
    seats = [seat for seat in shown.seated(encounter) if seat.came is not False and seat.person_id != but]
    known = await guests(work, [seat.person for seat in seats])
    seats = [
        seat
        for seat in seats
        if welcome(known, seat.person) and (seat.side != Side.MENTOR or known[seat.person_id].admitted)
    ]
    mentors = tuple(seat.person_id for seat in seats if seat.side == Side.MENTOR)
    mentees = tuple(seat.person_id for seat in seats if seat.side != Side.MENTOR)
    families = await matching.families(work.session, work.school.id, mentees)
    apart = await encounters.kept_apart(work.session, work.school.id, work.settings.year)
    forbidden = frozenset(
        (mentor, mentee)
        for mentee in mentees
        for mentor in mentors
        if mentor in families.get(mentee, ()) or mentor in apart.get(mentee, ())
    )
    wishes: set[Pairing] = set()
    for seat in seats:
        for one in seat.wishes:
            wishes.add((one, seat.person_id) if seat.side != Side.MENTOR else (seat.person_id, one))
    return Event(mentors, mentees, encounter.rounds, forbidden, frozenset(wishes))


def _line(number: int, table: int, partner: Person | None) -> Text:
    args: dict[str, Arg] = {"number": number, "table": table}
    if partner is None:
        return Text("encounters-card-rest", args)
    return Text("encounters-card-line", args | {"name": raw(called(partner))})


async def _event(work: Work, encounter_id: int) -> Encounter:
    encounter = await held(work, encounter_id)
    if encounter.kind != EncounterKind.SPEED:
        raise Refusal("encounters-unknown")
    if encounter.state != EncounterState.OPEN:
        raise Refusal("encounters-closed")
    return encounter


async def _keep(work: Work, encounter: Encounter, made: Plan, action: str) -> None:
    encounter.plan = made.to_json()
    await work.session.flush()
    counts = {"rounds": len(made.rounds), "meetings": len(made.met())}
    await journal.note(work, action, f"encounter:{encounter.id}", after=counts)

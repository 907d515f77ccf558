"""Agreeing on a meeting, moving it, calling it off, saying whether it was held.

Every verb locks the pair first, so two presses of two people come one after the other.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from actions import journal
from actions import meeting_messages as messages
from actions.tell import tell
from actions.work import Work
from program.errors import Refusal
from program.meetings import kind_after, require_slots
from program.outgoing import Message
from program.pair_life import SPOKEN_OF_FOR
from program.states import MeetingFormat, MeetingStatus, PairStatus
from program.ways import MEETING
from storage import meetings, outbox
from storage.tables import Meeting, Pair, Person

AHEAD = ("meeting-soon", "meeting-proposed", "meeting-agreed")  # messages that a change makes untrue
AFTERWARDS = ("meeting-outcome",)  # a question that nobody is asked any more once the pair is over


def open_one(known: Sequence[Meeting], now: datetime) -> Meeting | None:
    """The one meeting of a pair that is agreed or offered for the time ahead; a pair has at most one."""
    for meeting in reversed(known):
        if meeting.status == MeetingStatus.CONFIRMED and meeting.starts_at and meeting.starts_at > now:
            return meeting
        if meeting.status == MeetingStatus.PROPOSED and any(at > now for at in messages.slots_of(meeting)):
            return meeting
    return None


async def propose(
    work: Work,
    person: Person,
    pair_id: int,
    slots: Sequence[datetime],
    format: MeetingFormat,
    place: str = "",
    link: str = "",
) -> Meeting:
    """Offers one to three starts to the other side; a mentor of a group fixes one at once.

    A meeting that was put off, or whose offer lapsed, is offered again in its own row.

    Raises:
        Refusal: not a member of an announced pair, starts not ahead, or a meeting is open already.
    """
    pair = await _pair(work, person, pair_id)
    _require_lead(pair, person)
    require_slots(slots, work.now, is_group=pair.is_group)
    known = await meetings.of_pair(work.session, pair.id)
    if open_one(known, work.now) is not None:
        raise Refusal("meeting-open-already")
    again = (MeetingStatus.MOVED, MeetingStatus.PROPOSED)
    meeting = next((m for m in reversed(known) if m.status in again), None) or _new(work, pair, person)
    if meeting.id is None:
        held = sum(m.status == MeetingStatus.HELD for m in known)
        meeting.kind = kind_after(held)
        work.session.add(meeting)
    else:
        meeting.sequence += 1
    meeting.format, meeting.place, meeting.link = format, place, link
    await _offer(work, meeting, pair, person, slots)
    return meeting


async def move(work: Work, person: Person, meeting_id: int, slots: Sequence[datetime]) -> Meeting:
    """Offers other starts for an offered or agreed meeting; place and format stay.

    Raises:
        Refusal: the meeting has begun or is over, or as `propose`.
    """
    meeting, pair = await _meeting(work, person, meeting_id)
    _require_lead(pair, person)
    _require_ahead(work, meeting)
    require_slots(slots, work.now, is_group=pair.is_group)
    was, meeting.starts_at = meeting.starts_at, None
    meeting.sequence += 1
    await _forget(work, meeting, "moved")
    await _offer(work, meeting, pair, person, slots, was)
    return meeting


async def accept(
    work: Work, person: Person, meeting_id: int, slot_index: int, sequence: int | None = None
) -> Meeting:
    """Agrees to one of the offered starts and tells the others. The same press again changes nothing.

    Args:
        sequence: of the proposal whose button was pressed; None takes the one that stands.

    Raises:
        Refusal: the offer was changed, taken back or is over, or its time has passed.
    """
    meeting, pair = await _meeting(work, person, meeting_id)
    slots = messages.slots_of(meeting)
    stale = not 0 <= slot_index < len(slots) or (sequence is not None and sequence != meeting.sequence)
    if meeting.status == MeetingStatus.CONFIRMED and not stale and slots[slot_index] == meeting.starts_at:
        return meeting
    if meeting.status == MeetingStatus.CONFIRMED:
        raise Refusal("meeting-agreed-already")
    if meeting.status != MeetingStatus.PROPOSED:
        raise Refusal("meeting-over")
    if stale:
        raise Refusal("meeting-slot-stale")
    if meeting.proposed_by == person.id:
        raise Refusal("meeting-own-slot")
    if slots[slot_index] <= work.now:
        raise Refusal("meeting-slot-past")
    await _fix(work, meeting, pair, person, slots[slot_index])
    return meeting


async def cancel(work: Work, person: Person, meeting_id: int, note: str = "") -> bool:
    """Calls the meeting off and tells the others in neutral words, with `note` if there is one.

    A mentee of a group only lets the mentors know; the meeting stays.

    Returns:
        False if it was called off before.
    """
    meeting, pair = await _meeting(work, person, meeting_id)
    if meeting.status == MeetingStatus.CANCELLED:
        return False
    _require_ahead(work, meeting)
    if pair.is_group and not messages.is_mentor(pair, person):
        for mentor in messages.mentors(pair):
            key = f"meeting-absent:{meeting.id}:{meeting.sequence}:{person.id}:{mentor.id}"
            await tell(work, mentor, messages.absent(work, meeting, mentor, person, note), key=key)
        await outbox.cancel(
            work.session, f"meeting-soon:{meeting.id}:{person.id}:", "not-coming", now=work.now
        )
        return True
    was = meeting.starts_at
    MEETING.require(meeting.status, MeetingStatus.CANCELLED)
    meeting.status = MeetingStatus.CANCELLED
    meeting.sequence += 1
    meeting.closed_at, meeting.closed_by = work.now, person.id
    await _forget(work, meeting, "cancelled")
    for reader in _others(pair, person):
        message = messages.cancelled(work, meeting, reader, person, was, note)
        key = f"meeting-cancelled:{meeting.id}:{meeting.sequence}:{reader.id}"
        await tell(work, reader, message, key=key)
    await _note(work, meeting, "meeting.cancelled")
    return True


async def outcome(
    work: Work, person: Person, meeting_id: int, outcome: MeetingStatus
) -> tuple[MeetingStatus, bool, int]:
    """Whether the meeting was held, put off or missed. The first answer decides.

    Returns:
        What stands now, whether this answer made it so, and the pair's id.

    Raises:
        Refusal: it has not begun, was never agreed, or (a group) the mentor answers.
    """
    assert outcome in messages.OUTCOMES
    meeting, pair = await _meeting(work, person, meeting_id, ended=True)
    _require_lead(pair, person)
    status = MeetingStatus(meeting.status)
    if status in messages.OUTCOMES:
        return status, False, pair.id
    if status == MeetingStatus.CANCELLED:
        raise Refusal("meeting-over")
    if meeting.starts_at is None or meeting.starts_at > work.now:
        raise Refusal("meeting-not-yet")
    MEETING.require(meeting.status, outcome)
    meeting.status = outcome
    meeting.closed_at, meeting.closed_by = work.now, person.id
    if outcome is not MeetingStatus.HELD:
        meeting.sequence += 1
    await _forget(work, meeting, "answered")
    await outbox.cancel(work.session, f"meeting-outcome:{meeting.id}:", "answered", now=work.now)
    await _note(work, meeting, f"meeting.{outcome}")
    return outcome, True, pair.id


async def lapse(work: Work) -> None:
    """Offers whose last start has passed without an answer are closed, and the one who made them is told."""
    for meeting in await meetings.proposed(work.session, work.school.id):
        if any(at > work.now for at in messages.slots_of(meeting)):
            continue
        pair = await meetings.lock_pair(work.session, work.school.id, meeting.pair_id)
        await work.session.refresh(meeting, ["status", "sequence", "slots"])
        if pair is None or meeting.status != MeetingStatus.PROPOSED:
            continue
        if any(at > work.now for at in messages.slots_of(meeting)):
            continue
        meeting.status, meeting.closed_at = MeetingStatus.CANCELLED, work.now
        await _forget(work, meeting, "lapsed")
        for reader in meetings.reachable(pair):
            if reader.id == meeting.proposed_by and pair.status == PairStatus.ACTIVE:
                key = f"meeting-lapsed:{meeting.id}:{meeting.sequence}:{reader.id}"
                await tell(work, reader, messages.lapsed(meeting, reader, pair), key=key)
        await _note(work, meeting, "meeting.lapsed")


async def end_with(work: Work, pair: Pair) -> None:
    """The pair is being closed: nothing that waits for it is sent, what lies ahead is called off.

    The members, while they are still present, are told in neutral words if something was ahead.
    """
    off = await call_off(work, pair)
    for reader in meetings.reachable(pair) if off else ():
        message = messages.pair_closed(pair, reader)
        await tell(work, reader, message, key=f"pair-closed:{pair.id}:{reader.id}")


async def call_off(work: Work, pair: Pair) -> bool:
    """Calls off what lies ahead of a pair without telling anybody; whether there was anything."""
    off = False
    for meeting in await meetings.of_pair(work.session, pair.id):
        begun = meeting.starts_at is not None and meeting.starts_at <= work.now
        begun = begun and meeting.status != MeetingStatus.MOVED
        if meeting.status == MeetingStatus.HELD or begun:
            # Polls about a held meeting stay open for a while: see `program.pair_life.SPOKEN_OF_FOR`.
            for prefix in AFTERWARDS:
                await outbox.cancel(work.session, f"{prefix}:{meeting.id}:", "pair-closed", now=work.now)
        elif meeting.status in (MeetingStatus.PROPOSED, MeetingStatus.CONFIRMED, MeetingStatus.MOVED):
            # One that was put off has no time to be missed.
            off = off or meeting.status != MeetingStatus.MOVED
            meeting.status, meeting.closed_at = MeetingStatus.CANCELLED, work.now
            meeting.sequence += 1
            await _forget(work, meeting, "pair-closed")
            await _note(work, meeting, "meeting.cancelled")
    return off


async def _pair(work: Work, person: Person, pair_id: int, *, ended: bool = False) -> Pair:
    """The locked pair of which the person is a member.

    Args:
        ended: pairs that are over count as well, for two weeks: what was held in them may still be said.
    """
    pair = await meetings.lock_pair(work.session, work.school.id, pair_id)
    here = pair and (meetings.lately(pair, work.now - SPOKEN_OF_FOR) if ended else meetings.present(pair))
    if pair is None or person.id not in {member.person_id for member in here or ()}:
        raise Refusal("meeting-not-yours")
    if pair.status != PairStatus.ACTIVE and not ended:
        raise Refusal("meeting-pair-closed")
    return pair


async def _meeting(
    work: Work, person: Person, meeting_id: int, *, ended: bool = False
) -> tuple[Meeting, Pair]:
    pair_id = await meetings.pair_of(work.session, work.school.id, meeting_id)
    if pair_id is None:
        raise Refusal("meeting-not-yours")
    pair = await _pair(work, person, pair_id, ended=ended)
    known = await meetings.of_pair(work.session, pair.id)
    return next(meeting for meeting in known if meeting.id == meeting_id), pair


def _require_lead(pair: Pair, person: Person) -> None:
    if pair.is_group and not messages.is_mentor(pair, person):
        raise Refusal("meeting-group-by-mentor")


def _require_ahead(work: Work, meeting: Meeting) -> None:
    if meeting.status not in (MeetingStatus.PROPOSED, MeetingStatus.CONFIRMED):
        raise Refusal("meeting-over")
    if meeting.starts_at is not None and meeting.starts_at <= work.now:
        raise Refusal("meeting-began")


def _new(work: Work, pair: Pair, person: Person) -> Meeting:
    return Meeting(
        school_id=work.school.id,
        pair_id=pair.id,
        proposed_by=person.id,
        minutes=work.settings.meeting_minutes,
        uid=f"{uuid.uuid4()}@nastavnik",
        sequence=0,
        created_at=work.now,
    )


async def _offer(
    work: Work,
    meeting: Meeting,
    pair: Pair,
    person: Person,
    slots: Sequence[datetime],
    was: datetime | None = None,
) -> None:
    if meeting.id is not None:
        MEETING.require(meeting.status, MeetingStatus.PROPOSED)
    meeting.status = MeetingStatus.PROPOSED
    meeting.proposed_by = person.id
    meeting.slots = [slot.isoformat() for slot in sorted(slots)]
    meeting.starts_at = meeting.confirmed_at = meeting.closed_at = meeting.closed_by = None
    await work.session.flush()
    if pair.is_group:
        await _fix(work, meeting, pair, person, slots[0])
        return
    for reader in _others(pair, person):
        await tell(
            work,
            reader,
            messages.proposal(work, meeting, reader, person, was),
            key=f"meeting-proposed:{meeting.id}:{meeting.sequence}:{reader.id}",
            expires_at=max(slots),
        )
    await _note(work, meeting, "meeting.proposed")


async def _fix(work: Work, meeting: Meeting, pair: Pair, person: Person, start: datetime) -> None:
    """Agreed. The person who pressed sees it in the reply, the others are told."""
    MEETING.require(meeting.status, MeetingStatus.CONFIRMED)
    meeting.status = MeetingStatus.CONFIRMED
    meeting.starts_at = start
    meeting.confirmed_at = work.now
    await work.session.flush()
    for reader in _others(pair, person):
        message: Message = messages.agreed(work, meeting, reader, pair)
        key = f"meeting-agreed:{meeting.id}:{meeting.sequence}:{reader.id}"
        await tell(work, reader, message, key=key, expires_at=start)
    await _note(work, meeting, "meeting.confirmed")


async def _forget(work: Work, meeting: Meeting, reason: str) -> None:
    for prefix in AHEAD:
        await outbox.cancel(work.session, f"{prefix}:{meeting.id}:", reason, now=work.now)


def _others(pair: Pair, person: Person) -> list[Person]:
    return [reader for reader in meetings.reachable(pair) if reader.id != person.id]


async def _note(work: Work, meeting: Meeting, action: str) -> None:
    after = {
        "status": str(meeting.status),
        "kind": str(meeting.kind),
        "starts_at": meeting.starts_at.isoformat() if meeting.starts_at else None,
        "sequence": meeting.sequence,
    }
    await journal.note(work, action, f"meeting:{meeting.id}", after=after)

"""Agreeing on a meeting, moving it, calling it off.

Every verb locks the pair first, so two presses of two people come one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from actions import meeting_clashes, meeting_outcomes, meeting_series, shared_words
from actions import meeting_messages as messages
from actions import meeting_rows as rows
from actions.meeting_news import pass_on
from actions.tell import tell
from actions.work import Work
from program.errors import Refusal
from program.meetings import minutes_at, other_kinds, require_slots
from program.series import Repeat, require_repeat
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from program.ways import MEETING
from storage import meeting_diary, meetings, outbox
from storage.tables import Meeting, Pair, Person

AHEAD = rows.AHEAD
AFTERWARDS = ("meeting-outcome",)  # a question that nobody is asked any more once the pair is over


def open_one(known: Sequence[Meeting], now: datetime) -> Meeting | None:
    """The one meeting of a pair that is offered, or agreed by itself, for the time ahead; a pair has at most one.

    Meetings of a series do not count: another one may be agreed between them.
    """
    for meeting in reversed(known):
        if meeting.status == MeetingStatus.PROPOSED and any(at > now for at in messages.slots_of(meeting)):
            return meeting
    alone = [one for one in ahead(known, now) if not one.series]
    return alone[-1] if alone else None


def ahead(known: Sequence[Meeting], now: datetime) -> list[Meeting]:
    """Agreed meetings that have not begun, soonest first."""
    found = [
        one
        for one in known
        if one.status == MeetingStatus.CONFIRMED and one.starts_at is not None and one.starts_at > now
    ]
    return sorted(found, key=lambda one: (one.starts_at, one.id))


async def propose(
    work: Work,
    person: Person,
    pair_id: int,
    slots: Sequence[datetime],
    format: MeetingFormat,
    place: str = "",
    link: str = "",
    *,
    kind: MeetingKind | None = None,
    repeat: Repeat | None = None,
) -> Meeting:
    """Offers one to three starts to the other side; a mentor of a group fixes one at once.

    A meeting that was put off, or whose offer lapsed, is offered again in its own row: in calendars it is the same one.

    Args:
        kind: None: what comes next in the recommended sequence, or what was put off.
        repeat: and then again and again; the other side agrees to all of them at once.

    Raises:
        Refusal: not a member of an announced pair, starts not ahead, a place or link that the other side should not
            read, the series is too long or too short, a meeting is open already, or a group's mentor meets somebody
            else then.
    """
    pair = await rows.pair(work, person, pair_id)
    rows.require_lead(pair, person)
    require_slots(slots, work.now, is_group=pair.is_group)
    shared_words.require_where(work, place, link)
    days = sorted(slot.astimezone(work.zone).date() for slot in slots)
    if repeat is not None:
        require_repeat(repeat, days[-1], rows.last_day(pair))
    known = await meetings.of_pair(work.session, pair.id)
    if open_one(known, work.now) is not None:
        raise Refusal("meeting-open-already")
    meeting = rows.put_off(known)
    following = rows.kind_on(meeting, pair, known, days[0])
    if meeting is None:
        meeting = rows.new(work, pair.id, person.id)
        work.session.add(meeting)
    else:
        rows.changed(work, meeting)
        await meeting_diary.forget_attendance(work.session, meeting.id)
    meeting.kind = kind if kind is not None and kind in other_kinds(following) else following
    meeting.repeat = repeat.to_json() if repeat else {}
    meeting.format, meeting.place, meeting.link = format, place, link
    await _offer(work, meeting, pair, person, slots, known)
    return meeting


async def move(work: Work, person: Person, meeting_id: int, slots: Sequence[datetime]) -> Meeting:
    """Offers other starts for an offered or agreed meeting; place and format stay.

    Raises:
        Refusal: the meeting has begun or is over, or as `propose`.
    """
    meeting, pair, known = await rows.meeting(work, person, meeting_id)
    rows.require_lead(pair, person)
    rows.require_ahead(work, meeting)
    require_slots(slots, work.now, is_group=pair.is_group)
    was = meeting.starts_at
    if was is not None:
        rows.moved(meeting, work.now)
    meeting.kind = rows.kind_on(meeting, pair, known, min(slots).astimezone(work.zone).date())
    await meeting_diary.forget_attendance(work.session, meeting.id)  # who could not come then may come now
    rows.changed(work, meeting)
    await rows.forget(work, meeting, "moved")
    await _offer(work, meeting, pair, person, slots, known, was)
    return meeting


async def accept(
    work: Work, person: Person, meeting_id: int, slot_index: int, sequence: int | None = None
) -> Meeting:
    """Agrees to one of the offered starts and tells the others. The same press again changes nothing.

    Args:
        sequence: of the proposal whose button was pressed; None takes the one that stands.

    Raises:
        Refusal: the offer was changed, taken back or is over, its time has passed, or one of the two meets somebody
            else then.
    """
    meeting, pair, known = await rows.meeting(work, person, meeting_id)
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
    await _fix(work, meeting, pair, person, slots[slot_index], known)
    return meeting


async def cancel(work: Work, person: Person, meeting_id: int) -> bool:
    """Calls the meeting off and tells the others in neutral words; `meeting_words.add` may follow.

    A mentee of a group only lets the mentors know; the meeting stays.

    Returns:
        False if it was called off before.
    """
    meeting, pair, _ = await rows.meeting(work, person, meeting_id)
    if meeting.status == MeetingStatus.CANCELLED:
        return False
    rows.require_ahead(work, meeting)
    if pair.is_group and not messages.is_mentor(pair, person):
        for mentor in messages.mentors(pair):
            key = f"meeting-absent:{meeting.id}:{meeting.sequence}:{person.id}:{mentor.id}"
            message = messages.absent(work, meeting, mentor, person)
            await pass_on(work, mentor, message, key=key, near=meeting.starts_at)
        await outbox.cancel(
            work.session, f"meeting-soon:{meeting.id}:{person.id}:", "not-coming", now=work.now
        )
        await meeting_outcomes.mark_away(work, meeting, [person.id])
        return True
    was = meeting.starts_at
    MEETING.require(meeting.status, MeetingStatus.CANCELLED)
    meeting.status = MeetingStatus.CANCELLED
    rows.changed(work, meeting)
    meeting.closed_at, meeting.closed_by = work.now, person.id
    await rows.forget(work, meeting, "cancelled")
    for reader in rows.others(pair, person):
        message = messages.cancelled(work, meeting, reader, person, was)
        key = f"meeting-cancelled:{meeting.id}:{meeting.sequence}:{reader.id}"
        await pass_on(work, reader, message, key=key, near=was)
    await rows.note(work, meeting, "meeting.cancelled")
    return True


async def set_link(work: Work, person: Person, meeting_id: int, link: str) -> Meeting:
    """Where an agreed online meeting takes place; the others are told. The same address again changes nothing.

    Raises:
        Refusal: no address of a meeting, the meeting is in person, over, or not one the person may set.
    """
    shared_words.require_where(work, "", link)
    meeting, pair, _ = await rows.meeting(work, person, meeting_id)
    rows.require_lead(pair, person)
    rows.require_ahead(work, meeting)
    if meeting.status != MeetingStatus.CONFIRMED or meeting.format != MeetingFormat.ONLINE or not link:
        raise Refusal("meeting-link-not-now")
    if meeting.link == link:
        return meeting
    meeting.link = link
    rows.changed(work, meeting)
    for reader in rows.others(pair, person):
        message = messages.coming(work, meeting, reader, pair, "meeting-link-new")
        key = f"meeting-link:{meeting.id}:{meeting.sequence}:{reader.id}"
        start = meeting.starts_at
        await pass_on(work, reader, message, key=key, near=start, expires_at=start)
    await rows.note(work, meeting, "meeting.link")
    return meeting


async def lapse(work: Work) -> None:
    """Offers whose last start has passed without an answer are closed, and the one who made them is told."""
    lapsed = []
    for seen in sorted(
        await meetings.proposed(work.session, work.school.id), key=lambda one: (one.pair_id, one.id)
    ):
        if any(at > work.now for at in messages.slots_of(seen)):
            continue
        pair = await meetings.lock_pair(work.session, work.school.id, seen.pair_id)
        await work.session.refresh(seen, ["status", "sequence", "slots"])
        if pair is None or seen.status != MeetingStatus.PROPOSED:
            continue
        if any(at > work.now for at in messages.slots_of(seen)):
            continue
        seen.status, seen.closed_at = MeetingStatus.CANCELLED, work.now
        lapsed.append(seen)
        await rows.forget(work, seen, "lapsed")
        for reader in meetings.reachable(pair):
            if reader.id == seen.proposed_by and pair.status == PairStatus.ACTIVE:
                key = f"meeting-lapsed:{seen.id}:{seen.sequence}:{reader.id}"
                await tell(work, reader, messages.lapsed(seen, reader, pair), key=key)
    for meeting in lapsed:
        await rows.note(work, meeting, "meeting.lapsed")


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
    off, closed = False, []
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
            rows.changed(work, meeting)
            await rows.forget(work, meeting, "pair-closed")
            closed.append(meeting)
    for meeting in closed:
        await rows.note(work, meeting, "meeting.cancelled")
    return off


async def _offer(
    work: Work,
    meeting: Meeting,
    pair: Pair,
    person: Person,
    slots: Sequence[datetime],
    known: Sequence[Meeting],
    was: datetime | None = None,
) -> None:
    MEETING.require(meeting.status, MeetingStatus.PROPOSED)
    if meeting.status != MeetingStatus.PROPOSED or meeting.proposed_by != person.id:
        # Whoever offers other times because nobody answers has been waiting since the first ones.
        meeting.offered_at = work.now
    meeting.moved_from = meeting.starts_at or meeting.moved_from
    meeting.status = MeetingStatus.PROPOSED
    meeting.proposed_by = person.id
    meeting.slots = [slot.isoformat() for slot in sorted(slots)]
    meeting.starts_at = meeting.confirmed_at = meeting.closed_at = meeting.closed_by = None
    await work.session.flush()
    if pair.is_group:
        await _fix(work, meeting, pair, person, slots[0], known, was)
        return
    for reader in rows.others(pair, person):
        message = messages.proposal(work, meeting, reader, person, was)
        key = f"meeting-proposed:{meeting.id}:{meeting.sequence}:{reader.id}"
        await pass_on(work, reader, message, key=key, near=was, expires_at=max(slots))
    await rows.note(work, meeting, "meeting.proposed")


async def _fix(
    work: Work,
    meeting: Meeting,
    pair: Pair,
    person: Person,
    start: datetime,
    known: Sequence[Meeting],
    was: datetime | None = None,
) -> None:
    """Agreed. The person who pressed sees it in the reply, the others are told."""
    hours = await meeting_clashes.taken(work, pair, but=meeting.id)
    if not meeting_clashes.is_free(work, start, hours):
        raise Refusal("meeting-slot-taken")
    MEETING.require(meeting.status, MeetingStatus.CONFIRMED)
    meeting.status = MeetingStatus.CONFIRMED
    meeting.starts_at = start
    meeting.confirmed_at = work.now
    meeting.minutes = minutes_at(start, work.settings, work.zone)
    made = await meeting_series.spread(work, meeting, hours)
    meeting_series.put_in_order(work, pair, [*known, *made] if meeting in known else [*known, meeting, *made])
    await work.session.flush()
    for reader in rows.others(pair, person):
        message = messages.agreed(work, meeting, reader, pair, made)
        key = f"meeting-agreed:{meeting.id}:{meeting.sequence}:{reader.id}"
        await pass_on(work, reader, message, key=key, near=min(start, was or start), expires_at=start)
    await rows.note(work, meeting, "meeting.confirmed")
    await meeting_series.note_made(work, meeting, made)

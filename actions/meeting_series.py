"""Meetings that come again: made when the first one is agreed; each is a meeting of its own afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from actions import journal
from actions import meeting_messages as messages
from actions import meeting_rows as rows
from actions.meeting_clashes import Hours, is_free
from actions.meeting_news import pass_on
from actions.work import Work
from program.meetings import minutes_at, next_kind
from program.series import Repeat, Series, occurrences
from program.states import MeetingKind, MeetingStatus
from program.ways import MEETING
from storage import meetings
from storage.tables import Meeting, Pair, Person

FIXED_KINDS = (MeetingKind.FLASH,)  # what the two chose on purpose


def planned(work: Work, first: datetime, stored: dict[str, object]) -> Series | None:
    """Which meetings a repeated offer would make from that start on; None: a single one is offered."""
    repeat = Repeat.read(stored)
    return occurrences(first, repeat, work.settings, work.zone) if repeat else None


async def spread(work: Work, meeting: Meeting, hours: Sequence[Hours]) -> list[Meeting]:
    """The first meeting of a repeated offer is agreed: makes the others, agreed as well.

    Starts at which one of the two meets already are left out. Returns the new ones.

    Args:
        hours: of `meeting_clashes.taken`.
    """
    assert meeting.starts_at is not None
    series = planned(work, meeting.starts_at, meeting.repeat)
    if series is None:
        return []
    meeting.series, meeting.repeat = uuid.uuid4().hex, {}
    made = []
    for start in series.starts[1:]:
        if not is_free(work, start, hours):
            continue
        one = rows.new(work, meeting.pair_id, meeting.proposed_by)
        one.kind, one.series = MeetingKind.M4, meeting.series
        one.format, one.place, one.link = meeting.format, meeting.place, meeting.link
        MEETING.require(one.status, MeetingStatus.CONFIRMED)
        one.status, one.starts_at, one.confirmed_at = MeetingStatus.CONFIRMED, start, work.now
        one.minutes = minutes_at(start, work.settings, work.zone)
        made.append(one)
    work.session.add_all(made)
    await work.session.flush()
    return made


def put_in_order(work: Work, pair: Pair, known: Sequence[Meeting]) -> None:
    """Gives the agreed meetings of series that lie ahead the kinds that come next, as the sequence stands now."""
    done = rows.held_kinds(known)
    ahead = [one for one in known if one.status == MeetingStatus.CONFIRMED and one.starts_at is not None]
    for one in sorted(ahead, key=lambda one: (one.starts_at, one.id)):
        assert one.starts_at is not None
        if one.series and one.kind not in FIXED_KINDS and one.starts_at > work.now:
            day = one.starts_at.astimezone(work.zone).date()
            one.kind = next_kind(done, day, rows.last_day(pair))
        done.append(MeetingKind(one.kind))


def rest_of(meeting: Meeting, known: Sequence[Meeting], now: datetime) -> list[Meeting]:
    """This meeting of a series and those of it that come later, as far as they are agreed.

    One that is offered anew has no time of its own yet: all that lie ahead are later.
    """
    if not meeting.series:
        return [meeting]
    since = max(meeting.starts_at, now) if meeting.starts_at else now
    later = [
        one
        for one in known
        if one.series == meeting.series
        and one.id != meeting.id
        and one.status == MeetingStatus.CONFIRMED
        and one.starts_at is not None
        and one.starts_at >= since
    ]
    return [meeting, *sorted(later, key=lambda one: (one.starts_at, one.id))]


async def agreed_with(work: Work, meeting: Meeting) -> list[Meeting]:
    """Later meetings of the series that were agreed together with this one; none once it was moved alone."""
    known = await meetings.of_pair(work.session, meeting.pair_id)
    later = [one for one in rest_of(meeting, known, work.now) if one.id != meeting.id]
    return [one for one in later if one.confirmed_at == meeting.confirmed_at]


async def call_off_rest(work: Work, person: Person, meeting_id: int) -> int:
    """Calls off a meeting of a series and all later ones of it; the others read one message. How many.

    Raises:
        Refusal: not a member, not the one who sets the time of a group, or it has begun.
    """
    meeting, pair, known = await rows.meeting(work, person, meeting_id)
    rows.require_lead(pair, person)
    if meeting.status == MeetingStatus.CANCELLED:
        return 0
    rows.require_ahead(work, meeting)
    off = rest_of(meeting, known, work.now)
    for one in off:
        MEETING.require(one.status, MeetingStatus.CANCELLED)
        one.status, one.closed_at, one.closed_by = MeetingStatus.CANCELLED, work.now, person.id
        rows.changed(work, one)
        await rows.forget(work, one, "cancelled")
    soonest = min((one.starts_at for one in off if one.starts_at is not None), default=None)
    for reader in rows.others(pair, person):
        message = messages.series_off(work, off, reader, person)
        key = f"meeting-series-off:{meeting.id}:{meeting.sequence}:{reader.id}"
        await pass_on(work, reader, message, key=key, near=soonest)
    for one in off:
        await rows.note(work, one, "meeting.cancelled")
    return len(off)


async def note_made(work: Work, meeting: Meeting, made: Sequence[Meeting]) -> None:
    if made:
        after = {"series": meeting.series, "meetings": len(made) + 1}
        await journal.note(work, "meeting.series", f"meeting:{meeting.id}", after=after)

"""A meeting that nobody planned: noted once it has been, and from then on held like any other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from actions import journal
from actions import meeting_messages as messages
from actions import meeting_rows as rows
from actions.meeting_outcomes import set_held, there_at
from actions.naming import Case
from actions.tell import tell
from actions.work import Work
from program.errors import Refusal
from program.meetings import ONCE, met_since, next_kind, require_met_day
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from program.ways import MEETING
from storage import meetings, people
from storage.tables import Meeting, Pair, PairMember, Person

HOUR = time(12)  # where the day needs one; nobody is shown it
Json = dict[str, Any]
# What stands in the calendar, in the order in which the people of a pair are led to it.
STANDING = (MeetingStatus.CONFIRMED, MeetingStatus.HELD, MeetingStatus.MISSED)


async def known(work: Work, person_id: int, pair_id: int) -> Json:
    """Before a day is chosen, JSON: `partner`, `group`, `since` (the first day that may be noted).

    Raises:
        Refusal: not a member, the pair is not at work, or of a group not its mentor.
    """
    pair, me = await _mine(work, person_id, pair_id)
    return {
        "partner": messages.partner(pair, me, Case.INSTRUMENTAL),
        "group": pair.is_group,
        "since": _since(work, pair, me).isoformat(),
    }


async def of_day(work: Work, person_id: int, pair_id: int, day: str) -> Json:
    """What is known of that day, JSON: `stands` as `led_to` (None: nothing), `people` as [id, name] without the reader.

    Raises:
        Refusal: as `known`, or such a day cannot be noted.
    """
    pair, me = await _mine(work, person_id, pair_id)
    on = date.fromisoformat(day)
    require_met_day(on, work.today, _since(work, pair, me))
    found = _standing(work, await meetings.of_pair(work.session, pair.id), on)
    there = there_at(pair, _start(work, on, pair, me))
    return {
        "stands": led_to(work, found, me, pair) if found else None,
        "people": [[one.person_id, messages.called(one.person)] for one in there if one.person_id != me.id],
    }


def led_to(work: Work, meeting: Meeting, reader: Person, pair: Pair) -> Json:
    """The meeting that stands on that day, JSON: `id`, `when`, `ahead` (the message about one that has not begun)."""
    assert meeting.starts_at is not None
    ahead = meeting.status == MeetingStatus.CONFIRMED and meeting.starts_at > work.now
    return {
        "id": meeting.id,
        "when": messages.when_met(work, meeting, reader),
        "ahead": messages.coming(work, meeting, reader, pair).to_json() if ahead else None,
    }


async def note(
    work: Work, person: Person, pair_id: int, day: date, absent: Collection[int] = ()
) -> tuple[Meeting, Pair, bool]:
    """Notes that they met that day, and tells whoever may say otherwise. Any side of a pair; of a group its mentor.

    Args:
        absent: people of a group who were not there.

    Returns:
        The meeting of that day, its pair, and whether this word made it: of one pair there are no two on one day.

    Raises:
        Refusal: as `of_day`.
    """
    pair = await rows.pair(work, person, pair_id)
    rows.require_lead(pair, person)
    require_met_day(day, work.today, _since(work, pair, person))
    before = await meetings.of_pair(work.session, pair.id)
    if (standing := _standing(work, before, day)) is not None:
        return standing, pair, False
    meeting = rows.new(work, pair.id, person.id)
    meeting.kind = next_kind(rows.held_kinds(before), day, rows.last_day(pair))
    meeting.format, meeting.by_day = MeetingFormat.OFFLINE, True
    meeting.starts_at = _start(work, day, pair, person)
    MEETING.require(meeting.status, MeetingStatus.CONFIRMED)
    meeting.status = MeetingStatus.CONFIRMED
    work.session.add(meeting)
    await work.session.flush()
    await set_held(work, meeting, pair, [*before, meeting], absent, person.id)
    _go_on(work, pair, before, meeting)
    await work.session.flush()
    for reader in rows.others(pair, person):
        if not pair.is_group or messages.is_mentor(pair, reader):
            key = f"meeting-met:{meeting.id}:{reader.id}"
            await tell(work, reader, messages.met(work, meeting, reader, person), key=key)
    after = {"kind": str(meeting.kind), "on": day.isoformat(), "pair": pair.id}
    await journal.note(work, "meeting.met", f"meeting:{meeting.id}", after=after)
    return meeting, pair, True


def _go_on(work: Work, pair: Pair, before: Sequence[Meeting], met: Meeting) -> None:
    """What is agreed for the time ahead is no first meeting any more when the first one has just been noted."""
    done = [*rows.held_kinds(before), met.kind]
    for one in before:
        ahead = one.status in (MeetingStatus.CONFIRMED, MeetingStatus.PROPOSED) and not one.series
        if ahead and one.kind == met.kind and MeetingKind(one.kind) in ONCE:
            day = one.starts_at.astimezone(work.zone).date() if one.starts_at else work.today
            one.kind = next_kind(done, day, rows.last_day(pair))


def _standing(work: Work, found: Sequence[Meeting], day: date) -> Meeting | None:
    """The one to speak of: agreed and begun, held, missed, or still ahead."""
    of_day = [
        one
        for one in found
        if one.status in STANDING and one.starts_at and one.starts_at.astimezone(work.zone).date() == day
    ]
    ahead = [one for one in of_day if one.starts_at is not None and one.starts_at > work.now]
    been = sorted((one for one in of_day if one not in ahead), key=lambda one: STANDING.index(one.status))
    return next(iter([*been, *ahead]), None)


def _since(work: Work, pair: Pair, person: Person) -> date:
    """Together since the pair began, or since this person came to those who had met before."""
    mine = _membership(pair, person)
    since = mine.joined_at.astimezone(work.zone).date()
    if pair.starts_on and mine.joined_at <= min(one.joined_at for one in pair.members):
        since = min(since, pair.starts_on)
    return met_since(work.today, since)


def _start(work: Work, day: date, pair: Pair, person: Person) -> datetime:
    """Noon of that day, or the hour of now; of the day on which they became a pair after that."""
    mine = _membership(pair, person)
    noon = datetime.combine(day, HOUR, work.zone)
    if day == mine.joined_at.astimezone(work.zone).date():
        noon = max(noon, mine.joined_at + timedelta(seconds=1))
    return min(noon, work.now)


def _membership(pair: Pair, person: Person) -> PairMember:
    return next(one for one in meetings.present(pair) if one.person_id == person.id)


async def _mine(work: Work, person_id: int, pair_id: int) -> tuple[Pair, Person]:
    me = await people.get(work.session, person_id)
    if me is None or me.school_id != work.school.id:
        raise Refusal("meeting-not-yours")
    pair = await rows.pair(work, me, pair_id)
    rows.require_lead(pair, me)
    return pair, me

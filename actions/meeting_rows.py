"""Meetings and their pairs as verbs hold them: locked, looked at, noted in the journal."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime

from actions import journal
from actions import meeting_messages as messages
from actions.work import Work
from program.danger import find
from program.errors import Refusal
from program.meetings import kind_again, next_kind
from program.pair_life import SPOKEN_OF_FOR, planned_end
from program.relay import RelayRules
from program.roles import Side
from program.shared_words import unfit
from program.states import MeetingKind, MeetingStatus, PairStatus
from storage import meetings, outbox
from storage.tables import Meeting, Pair, Person

PUT_OFF = (MeetingStatus.MOVED, MeetingStatus.PROPOSED)
AHEAD = ("meeting-soon", "meeting-proposed", "meeting-agreed")  # messages that a change makes untrue


async def pair(work: Work, person: Person, pair_id: int, *, ended: bool = False) -> Pair:
    """The locked pair of which the person is a member.

    Args:
        ended: pairs that are over count as well, for two weeks: what was held in them may still be said.

    Raises:
        Refusal: not a member, or the pair is not at work.
    """
    return _of(work, person, await meetings.lock_pair(work.session, work.school.id, pair_id), ended)


def _of(work: Work, person: Person, found: Pair | None, ended: bool) -> Pair:
    here = found and (meetings.lately(found, work.now - SPOKEN_OF_FOR) if ended else meetings.present(found))
    if found is None or person.id not in {member.person_id for member in here or ()}:
        raise Refusal("meeting-not-yours")
    if found.status != PairStatus.ACTIVE and not ended:
        raise Refusal("meeting-pair-closed")
    return found


async def meeting(
    work: Work, person: Person, meeting_id: int, *, ended: bool = False
) -> tuple[Meeting, Pair, Sequence[Meeting]]:
    """The meeting, its locked pair, and all meetings of that pair. Raises as `pair`.

    Args:
        ended: as in `pair`; whoever has left speaks of meetings of their own time only.
    """
    found_pair = await meetings.lock_pair_of(work.session, work.school.id, meeting_id)
    held = _of(work, person, found_pair, ended)
    known = await meetings.of_pair(work.session, held.id)
    found = next(one for one in known if one.id == meeting_id)
    there = meetings.attended(found, work.now - SPOKEN_OF_FOR, held) if ended else ()
    if ended and person.id not in {one.person_id for one in there}:
        raise Refusal("meeting-not-yours")
    return found, held, known


def require_lead(pair: Pair, person: Person) -> None:
    if pair.is_group and not messages.is_mentor(pair, person):
        raise Refusal("meeting-group-by-mentor")


def require_spoken_of_by(work: Work, meeting: Meeting, pair: Pair, person: Person) -> None:
    """As `require_lead`, of a meeting that has been: also whoever led the group then and has left it since."""
    if not speaks_of(work, meeting, pair, person):
        raise Refusal("meeting-group-by-mentor")


def speaks_of(work: Work, meeting: Meeting, pair: Pair, person: Person) -> bool:
    """Whether the person may still say if it was held and who came: of a group its mentor, of a pair either side."""
    there = meetings.attended(meeting, work.now - SPOKEN_OF_FOR, pair)
    mine = next((one for one in there if one.person_id == person.id), None)
    return mine is not None and (not pair.is_group or mine.side == Side.MENTOR)


def require_ahead(work: Work, meeting: Meeting) -> None:
    if meeting.status not in (MeetingStatus.PROPOSED, MeetingStatus.CONFIRMED):
        raise Refusal("meeting-over")
    if meeting.starts_at is not None and meeting.starts_at <= work.now:
        raise Refusal("meeting-began")


def new(work: Work, pair_id: int, proposed_by: int) -> Meeting:
    return Meeting(
        school_id=work.school.id,
        pair_id=pair_id,
        status=MeetingStatus.PROPOSED,
        proposed_by=proposed_by,
        minutes=work.settings.meeting_minutes,
        uid=f"{uuid.uuid4()}@nastavnik",
        sequence=0,
        repeat={},
        series="",
        moves=[],
        created_at=work.now,
    )


def last_day(pair: Pair) -> date | None:
    """The pair's planned end."""
    return planned_end(pair.starts_on, pair.ends_on) if pair.starts_on else None


def held_kinds(known: Sequence[Meeting]) -> list[MeetingKind]:
    return [MeetingKind(one.kind) for one in known if one.status == MeetingStatus.HELD]


def put_off(known: Sequence[Meeting]) -> Meeting | None:
    """The meeting that waits for a new time: its next offer stands in its own row, so that calendars move it.

    Also an offer that lapsed a moment ago. Asked where nothing is open.
    """
    return next((one for one in reversed(known) if one.status in PUT_OFF), None)


def kind_on(meeting: Meeting | None, pair: Pair, known: Sequence[Meeting], day: date) -> MeetingKind:
    """What a meeting on that day is. `meeting`: the one that was put off; None: a new one."""
    held = held_kinds(known)
    if meeting is None:
        return next_kind(held, day, last_day(pair))
    offered = meeting.offered_at or meeting.created_at
    later = [one for one in known if one.starts_at is not None and one.starts_at > offered]
    return kind_again(MeetingKind(meeting.kind), held, held_kinds(later), day, last_day(pair))


def changed(work: Work, meeting: Meeting) -> None:
    """A calendar has shown it otherwise: the number and the time tell it which of two is the newer."""
    meeting.sequence += 1
    meeting.changed_at = work.now


def moved(meeting: Meeting, now: datetime) -> None:
    """Keeps when an agreed start was put off: the row itself is offered again and shows it no more."""
    meeting.moves = [*meeting.moves, now.astimezone(UTC).isoformat()]


def others(pair: Pair, person: Person) -> list[Person]:
    return [reader for reader in meetings.reachable(pair) if reader.id != person.id]


async def forget(work: Work, meeting: Meeting, reason: str, *more: str) -> None:
    """Messages about it that wait are not sent: it has changed.

    Args:
        more: beginnings of keys of other messages about it.
    """
    prefixes = tuple(f"{prefix}:{meeting.id}:" for prefix in (*AHEAD, *more))
    await outbox.cancel(work.session, prefixes, reason, now=work.now)


async def note(work: Work, meeting: Meeting, action: str) -> None:
    after = {
        "status": str(meeting.status),
        "kind": str(meeting.kind),
        "starts_at": meeting.starts_at.isoformat() if meeting.starts_at else None,
        "sequence": meeting.sequence,
    }
    await journal.note(work, action, f"meeting:{meeting.id}", after=after)


async def passed_on(work: Work, note: str) -> str:
    """The words as the other side may read them: "" where they sound like danger, or hold what letters may not.

    The front door has put words of danger before the school's grown-ups already.
    """
    kept = find(note) is not None or unfit(note, RelayRules.read(work.settings.relay)) is not None
    return "" if kept else note

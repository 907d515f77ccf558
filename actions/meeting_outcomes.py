"""Whether a meeting was held, put off or missed, and who came."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from actions import journal
from actions import meeting_messages as messages
from actions import meeting_rows as rows
from actions.meeting_series import put_in_order
from actions.work import Work
from program.errors import Refusal
from program.states import MeetingStatus
from program.ways import MEETING, NOTED_WRONG
from storage import meeting_diary, meetings, outbox
from storage.tables import Meeting, Pair, PairMember, Person

OWN_WORD = timedelta(days=1)  # for which a slip of the finger can be put right by oneself
ASKED_HOW = "feedback"  # of the keys of polls about a meeting


async def outcome(
    work: Work, person: Person, meeting_id: int, outcome: MeetingStatus, absent: Collection[int] | None = None
) -> tuple[MeetingStatus, bool, int]:
    """Whether the meeting was held, put off or missed. The first answer decides; who gave it may put it right for a day.

    Args:
        absent: people of a group who did not come to a held meeting; None: those who said so before.

    Returns:
        What stands now, whether this answer made it so, and the pair's id.

    Raises:
        Refusal: it has not begun, was never agreed, or (a group) the mentor answers.
    """
    assert outcome in messages.OUTCOMES
    meeting, pair, known = await rows.meeting(work, person, meeting_id, ended=True)
    rows.require_spoken_of_by(work, meeting, pair, person)
    status = MeetingStatus(meeting.status)
    if status in messages.OUTCOMES:
        own = meeting.closed_by == person.id and work.now - (meeting.closed_at or work.now) <= OWN_WORD
        if not own or outcome is not NOTED_WRONG.get(status):
            return status, False, pair.id
        await _turn_over(work, meeting, pair, known, outcome, absent, person.id)
        return outcome, True, pair.id
    await _settle(work, meeting, pair, known, outcome, absent, person.id)
    await rows.note(work, meeting, f"meeting.{outcome}")
    return outcome, True, pair.id


async def settle(
    work: Work, meeting_id: int, outcome: MeetingStatus, absent: Collection[int] | None = None
) -> Meeting:
    """The curator's word where nobody answered; both sides are asked how it was, as after their own word.

    Raises:
        Refusal: there is no such meeting, it has not begun, or somebody was quicker.
    """
    if outcome not in messages.OUTCOMES:
        raise Refusal("states-not-now")
    meeting, pair, known = await _held(work, meeting_id)
    if meeting.status in messages.OUTCOMES:
        raise Refusal("states-not-now")
    await _settle(work, meeting, pair, known, outcome, absent)
    await rows.note(work, meeting, f"meeting.{outcome}")
    return meeting


async def correct(work: Work, meeting_id: int, was: MeetingStatus, outcome: MeetingStatus) -> Meeting:
    """The school puts right what was noted by mistake: it was held after all, or it was not.

    Args:
        was: what stood when the school looked.

    Raises:
        Refusal: there is no such meeting, or something else stands there now.
    """
    meeting, pair, known = await _held(work, meeting_id)
    if meeting.status != was or outcome is not NOTED_WRONG.get(was):
        raise Refusal("states-not-now")
    await _turn_over(work, meeting, pair, known, outcome, None, None)
    return meeting


async def attendance(
    work: Work, meeting_id: int, came: Collection[int], by: Person | None = None
) -> dict[int, bool]:
    """Who was at a held meeting, said once more; the last word stands. Person -> whether they came.

    Args:
        by: a mentor of the group; None: the school.

    Raises:
        Refusal: there is no such meeting of theirs, or it was not held.
    """
    if by is not None:
        meeting, pair, _ = await rows.meeting(work, by, meeting_id, ended=True)
        rows.require_spoken_of_by(work, meeting, pair, by)
    else:
        meeting, pair, _ = await _held(work, meeting_id)
    if meeting.status != MeetingStatus.HELD:
        raise Refusal("meeting-not-held")
    people = [one.person_id for one in members_at(pair, meeting)]
    away = [one for one in people if one not in set(came)]
    await _mark(work, meeting, people, away)
    await _ask_nothing(work, meeting, away)
    await journal.note(
        work, "meeting.attendance", f"meeting:{meeting.id}", after={"came": len(set(came) & set(people))}
    )
    return {one: one in came for one in people}


async def set_held(
    work: Work, meeting: Meeting, pair: Pair, known: Sequence[Meeting], absent: Collection[int], by: int
) -> None:
    """Of a meeting that is being noted just now: held, in the words of that person.

    Args:
        known: all meetings of the pair, this one among them.
    """
    await _settle(work, meeting, pair, known, MeetingStatus.HELD, absent, by)


def members_at(pair: Pair, meeting: Meeting) -> list[PairMember]:
    """Whom the meeting concerned, mentors first: who was a member when it began. The pair must be loaded.

    If nobody was yet (it was noted before they were), the members of now.
    """
    return there_at(pair, meeting.starts_at)


def there_at(pair: Pair, at: datetime | None) -> list[PairMember]:
    """As `members_at`, of that moment."""
    stayed = [one for one in pair.members if one.left_at is None or (at is not None and one.left_at > at)]
    found = [one for one in stayed if at is None or one.joined_at <= at]
    return sorted(found or stayed, key=lambda one: (one.side != "mentor", one.id))


async def _held(work: Work, meeting_id: int) -> tuple[Meeting, Pair, Sequence[Meeting]]:
    pair = await meetings.lock_pair_of(work.session, work.school.id, meeting_id)
    if pair is None:
        raise Refusal("meeting-unknown")
    known = await meetings.of_pair(work.session, pair.id)
    return next(one for one in known if one.id == meeting_id), pair, known


async def _settle(
    work: Work,
    meeting: Meeting,
    pair: Pair,
    known: Sequence[Meeting],
    outcome: MeetingStatus,
    absent: Collection[int] | None,
    closer: int | None = None,
) -> None:
    if meeting.status == MeetingStatus.CANCELLED:
        raise Refusal("meeting-over")
    if meeting.starts_at is None or meeting.starts_at > work.now:
        raise Refusal("meeting-not-yet")
    MEETING.require(meeting.status, outcome)
    meeting.status = outcome
    meeting.closed_at = work.now
    meeting.closed_by = closer if closer is not None else meeting.closed_by
    if outcome is MeetingStatus.HELD:
        await _mark(work, meeting, [one.person_id for one in members_at(pair, meeting)], absent)
    else:
        rows.changed(work, meeting)
    if outcome is MeetingStatus.MOVED:
        rows.moved(meeting, work.now)
    put_in_order(work, pair, known)
    await rows.forget(work, meeting, "answered", "meeting-outcome")


async def _turn_over(
    work: Work,
    meeting: Meeting,
    pair: Pair,
    known: Sequence[Meeting],
    outcome: MeetingStatus,
    absent: Collection[int] | None,
    closer: int | None,
) -> None:
    """Held becomes missed or the other way round: who came, the polls and the order of what lies ahead follow."""
    before = {"status": str(meeting.status)}
    if meeting.by_day and outcome is not MeetingStatus.HELD:
        # Nobody was to come: it is taken back, and counts nowhere as one that was missed.
        meeting.status, meeting.starts_at = MeetingStatus.CANCELLED, None
        closer = closer if closer is not None else meeting.closed_by
    else:
        meeting.status = outcome
    meeting.closed_at, meeting.closed_by = work.now, closer
    rows.changed(work, meeting)  # a calendar has shown it otherwise
    people = [one.person_id for one in members_at(pair, meeting)]
    held = outcome is MeetingStatus.HELD
    await _mark(work, meeting, people, (absent or ()) if held else people)
    if not held:
        await outbox.cancel(work.session, f"{ASKED_HOW}:{meeting.id}:", "meeting-missed", now=work.now)
    put_in_order(work, pair, known)
    await journal.note(
        work, "meeting.corrected", f"meeting:{meeting.id}", before, {"status": str(meeting.status)}
    )


async def _mark(work: Work, meeting: Meeting, people: Sequence[int], absent: Collection[int] | None) -> None:
    known = {one.person_id: one for one in await meeting_diary.marks(work.session, meeting.id)}
    if absent is None:
        absent = [one.person_id for one in known.values() if not one.came]
    added = []
    for person_id in people:
        came, row = person_id not in absent, known.get(person_id)
        if row is None:
            added.append((person_id, came))
        else:
            row.came, row.at, row.actor = came, work.now, work.actor
    await meeting_diary.add_attendance(
        work.session, added, school_id=work.school.id, meeting_id=meeting.id, at=work.now, actor=work.actor
    )


async def mark_away(work: Work, meeting: Meeting, people: Sequence[int]) -> None:
    """Who will not come, or says not to have been there: not reminded, not asked how it was; whoever notes who came sees it."""
    await _mark(work, meeting, people, people)
    await _ask_nothing(work, meeting, people)


async def _ask_nothing(work: Work, meeting: Meeting, people: Sequence[int]) -> None:
    for one in people:
        await outbox.cancel_one(work.session, f"{ASKED_HOW}:{meeting.id}:{one}", "absent", now=work.now)

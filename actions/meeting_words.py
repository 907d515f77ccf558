"""A few words that follow a cancellation: nobody has to give a reason, and whoever wants to may add one."""

from __future__ import annotations

from typing import Any

from actions import meeting_messages as messages
from actions import meeting_rows as rows
from actions.meeting_news import listeners, pass_on
from actions.work import Work
from program.errors import Refusal
from program.states import MeetingStatus
from storage import meeting_diary, outbox, people
from storage.tables import Meeting, Pair, Person


async def to_add(work: Work, person_id: int, meeting_id: int) -> dict[str, Any]:
    """Before they are asked for: `partner`, who will read them.

    Raises:
        Refusal: not one's own cancellation, the meeting's hour has passed, or they were sent before.
    """
    me = await people.get(work.session, person_id)
    if me is None:
        raise Refusal("meeting-not-yours")
    _, pair = await _called_off(work, me, meeting_id)
    return {"partner": ", ".join(messages.called(one) for one in listeners(pair, me))}


async def add(work: Work, person: Person, meeting_id: int, words: str) -> bool:
    """Passes them on to those who were told, once.

    Returns:
        False if they were held back: the other side may not read such words.

    Raises:
        Refusal: as `to_add`.
    """
    meeting, pair = await _called_off(work, person, meeting_id)
    fit = await rows.passed_on(work, words)
    if not fit:
        return False
    told = listeners(pair, person)
    for reader in [one for one in rows.others(pair, person) if one in told]:
        message = messages.words_after(work, meeting, reader, person, fit)
        await pass_on(work, reader, message, key=_key(meeting, person, reader), near=meeting.starts_at)
    return True


async def _called_off(work: Work, me: Person, meeting_id: int) -> tuple[Meeting, Pair]:
    """The meeting to which this person will not come, by their own word, and which has not begun."""
    meeting, pair, _ = await rows.meeting(work, me, meeting_id)
    if meeting.status == MeetingStatus.CANCELLED:
        mine = meeting.closed_by == me.id
    else:
        marks = await meeting_diary.marks(work.session, meeting.id)
        mine = any(one.person_id == me.id and not one.came for one in marks)
    ahead = meeting.starts_at is not None and meeting.starts_at > work.now
    keys = [_key(meeting, me, reader) for reader in listeners(pair, me)]
    if not (mine and ahead) or await outbox.known(work.session, keys):
        raise Refusal("meeting-note-late")
    return meeting, pair


def _key(meeting: Meeting, person: Person, reader: Person) -> str:
    return f"meeting-note:{meeting.id}:{meeting.sequence}:{person.id}:{reader.id}"

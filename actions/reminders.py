"""What the clock has to say about meetings. Derived from the rows each time: nothing is planned ahead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from actions import meeting_messages as messages
from actions.tell import tell
from actions.work import Work
from program.meetings import Moment, due, questions, reminder_window, reminders
from program.outgoing import Message
from storage import meeting_diary, meetings, outbox
from storage.tables import Meeting, Person

LOOK_BACK = timedelta(days=30)  # questions put off by the longest holidays

Due = tuple[str, Person, Meeting, Moment]


async def send_due(work: Work) -> None:
    """Reminds of confirmed meetings a day and two hours ahead, once each, in the reader's polite hours.

    The key carries the start: a moved meeting is reminded of again. A reminder whose hour has come
    before the meeting was agreed is left out: the agreement has just been read.
    """
    settings, zone = work.settings, work.zone
    until = reminder_window(work.now, settings, zone)
    wanted: list[Due] = []
    soon = await meetings.starting(work.session, work.school.id, work.now, until)
    said = await meeting_diary.attendance(work.session, [one.id for one in soon])
    away = {(one.meeting_id, one.person_id) for one in said if not one.came}
    for meeting in soon:
        assert meeting.starts_at is not None
        for person in meetings.reachable(meeting.pair):
            if (meeting.id, person.id) in away:
                continue  # has said that they cannot come
            moment = due(reminders(meeting.starts_at, settings, zone, person.category), work.now)
            if moment is None or (meeting.confirmed_at and moment.at < meeting.confirmed_at):
                continue
            start = _start(meeting.starts_at)
            key = f"meeting-soon:{meeting.id}:{person.id}:{moment.name}:{start}"
            wanted.append((key, person, meeting, moment))

    def words(meeting: Meeting, person: Person) -> Message:
        return messages.coming(work, meeting, person, meeting.pair, "reminder-soon")

    await _tell_new(work, wanted, words)


async def ask_outcomes(work: Work) -> None:
    """«Встреча состоялась?» an hour after the planned end, once more the next day, then no more.

    Both sides are asked; of a group its mentors.
    """
    settings, zone = work.settings, work.zone
    wanted: list[Due] = []
    for meeting in await meetings.starting(work.session, work.school.id, work.now - LOOK_BACK, work.now):
        for person in _answerers(meeting):
            assert meeting.starts_at is not None
            moments = questions(meeting.starts_at, meeting.minutes, settings, zone, person.category)
            moment = due(moments, work.now)
            if moment is None:
                continue
            again = "" if moment.name == "first" else f":{moment.name}"
            key = f"meeting-outcome:{meeting.id}:{person.id}{again}:{_start(meeting.starts_at)}"
            wanted.append((key, person, meeting, moment))

    def words(meeting: Meeting, person: Person) -> Message:
        return messages.question(work, meeting, person, meeting.pair)

    await _tell_new(work, wanted, words)


def _start(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _answerers(meeting: Meeting) -> list[Person]:
    people = meetings.reachable(meeting.pair)
    if not meeting.pair.is_group:
        return people
    leading = {mentor.id for mentor in messages.mentors(meeting.pair)}
    return [person for person in people if person.id in leading]


async def _tell_new(work: Work, wanted: list[Due], words: Callable[[Meeting, Person], Message]) -> None:
    """Queues what was not queued yet. A late one waits for polite hours, or is not sent at all."""
    known = await outbox.known(work.session, [key for key, *_ in wanted])
    for key, person, meeting, moment in wanted:
        if key not in known:
            due_at = max(moment.at, work.now)
            message = words(meeting, person)
            await tell(work, person, message, key=key, due_at=due_at, expires_at=moment.until)

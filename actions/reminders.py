"""What the clock has to say about meetings. Derived from the rows each time: nothing is planned ahead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from actions import meeting_messages as messages
from actions.tell import Letter, tell_all
from actions.work import Work
from program.meetings import Moment, due, questions, reminder_window, reminders
from program.outgoing import Message
from program.roles import Side
from storage import meeting_diary, meetings, outbox
from storage.tables import Meeting, Person

LOOK_BACK = timedelta(days=30)  # questions put off by the longest holidays

Due = tuple[str, int, int, Moment]  # key, person, meeting, when


async def send_due(work: Work) -> None:
    """Reminds of confirmed meetings a day and two hours ahead, once each, in the reader's polite hours.

    The key carries the start: a moved meeting is reminded of again. A reminder whose hour has come
    before the meeting was agreed is left out: the agreement has just been read.
    """
    settings, zone = work.settings, work.zone
    until = reminder_window(work.now, settings, zone)
    wanted: list[Due] = []
    soon = await meetings.expected(work.session, work.school.id, work.now, until)
    said = await meeting_diary.attendance(work.session, list({one.meeting for one in soon}))
    away = {(one.meeting_id, one.person_id) for one in said if not one.came}
    for one in soon:
        if (one.meeting, one.person) in away:
            continue  # has said that they cannot come
        moment = due(reminders(one.starts_at, settings, zone, one.category), work.now)
        if moment is None or (one.confirmed_at and moment.at < one.confirmed_at):
            continue
        key = f"meeting-soon:{one.meeting}:{one.person}:{moment.name}:{_start(one.starts_at)}"
        wanted.append((key, one.person, one.meeting, moment))

    def words(meeting: Meeting, person: Person) -> Message:
        return messages.coming(work, meeting, person, meeting.pair, "reminder-soon")

    await _tell_new(work, wanted, words)


async def ask_outcomes(work: Work) -> None:
    """«Встреча состоялась?» an hour after the planned end, once more the next day, then no more.

    Both sides are asked; of a group its mentors.
    """
    settings, zone = work.settings, work.zone
    wanted: list[Due] = []
    past = await meetings.expected(work.session, work.school.id, work.now - LOOK_BACK, work.now)
    for one in past:
        if one.of_group and one.side != Side.MENTOR:
            continue
        moment = due(questions(one.starts_at, one.minutes, settings, zone, one.category), work.now)
        if moment is None:
            continue
        again = "" if moment.name == "first" else f":{moment.name}"
        key = f"meeting-outcome:{one.meeting}:{one.person}{again}:{_start(one.starts_at)}"
        wanted.append((key, one.person, one.meeting, moment))

    def words(meeting: Meeting, person: Person) -> Message:
        return messages.question(work, meeting, person, meeting.pair)

    await _tell_new(work, wanted, words)


def _start(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


async def _tell_new(work: Work, wanted: list[Due], words: Callable[[Meeting, Person], Message]) -> None:
    """Queues what was not queued yet. A late one waits for polite hours, or is not sent at all."""
    known = await outbox.known(work.session, [key for key, *_ in wanted])
    new = [one for one in wanted if one[0] not in known]
    whole = await meetings.with_people(work.session, {meeting for _, _, meeting, _ in new}) if new else {}
    letters = []
    for key, reader, which, moment in new:
        meeting = whole[which]
        person = next(member.person for member in meeting.pair.members if member.person_id == reader)
        due_at = max(moment.at, work.now)
        letters.append(Letter(person, words(meeting, person), key, due_at=due_at, expires_at=moment.until))
    await tell_all(work, letters)

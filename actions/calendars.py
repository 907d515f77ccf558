"""The calendar feed of one person: what Android, iOS and Outlook-like programs subscribe to."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar, Event, vText

from actions import meeting_messages as messages
from actions.work import Work
from locales import Texts
from program.encounters import EncounterState
from program.roles import Category, PersonState
from program.states import MeetingFormat, MeetingStatus
from program.text import Text
from storage import encounters, meetings
from storage.tables import Encounter, Meeting, Person

LOOK_BACK = timedelta(days=90)
CANCELLED = (MeetingStatus.CANCELLED, MeetingStatus.MOVED, MeetingStatus.MISSED)


async def feed(work: Work, person: Person) -> bytes:
    """The meetings of the person from the last 90 days on, as .ics in UTC.

    The uid of a meeting stays, its SEQUENCE grows with every change, a meeting that fell away is
    CANCELLED. No names: a feed is read on lock screens and by other people's servers. Empty for a
    person who is not (or no longer) in the programme.
    """
    words = Texts(person.language, familiar=person.category == Category.PUPIL)
    calendar = Calendar()
    calendar.add("prodid", "-//Nastavnik//Meetings//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words(Text("meeting-feed")))
    calendar["refresh-interval;value=duration"] = vText("PT1H")
    calendar["x-published-ttl"] = vText("PT1H")
    if person.state == PersonState.ACTIVE:
        since = work.now - LOOK_BACK
        for meeting in await meetings.of_person(work.session, work.school.id, person.id, since):
            calendar.add_component(_event(meeting, person, words))
        for encounter in await encounters.of_person(work.session, work.school.id, person.id, since):
            if encounter.state not in (EncounterState.PROPOSED, EncounterState.DECLINED):
                calendar.add_component(_one_off(encounter, words))
    ical: bytes = calendar.to_ical()
    return ical


def _event(meeting: Meeting, person: Person, words: Texts) -> Event:
    assert meeting.starts_at is not None
    event = Event()
    changed = meeting.closed_at or meeting.confirmed_at or meeting.created_at
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + timedelta(minutes=meeting.minutes))
    event.add("summary", words(Text(_summary(meeting, person))))
    event.add("status", "CANCELLED" if meeting.status in CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    if meeting.format == MeetingFormat.OFFLINE and meeting.place:
        event.add("location", meeting.place)
    elif meeting.link:
        event.add("location", meeting.link)
    return event


def _one_off(encounter: Encounter, words: Texts) -> Event:
    """No topic: it may say more about somebody than a lock screen should."""
    event, off = Event(), encounter.state == EncounterState.CANCELLED
    event.add("uid", f"encounter-{encounter.id}@nastavnik")
    changed = encounter.closed_at or encounter.changed_at or encounter.decided_at or encounter.created_at
    event.add("sequence", encounter.sequence + off)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", encounter.starts_at)
    event.add("dtend", encounter.starts_at + timedelta(minutes=encounter.minutes))
    event.add("summary", words(Text("encounters-event")))
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("class", "PRIVATE")
    if encounter.place or encounter.link:
        event.add("location", encounter.place or encounter.link)
    return event


def _summary(meeting: Meeting, person: Person) -> str:
    if meeting.pair.is_group:
        return "meeting-event-group"
    mentor = messages.is_mentor(meeting.pair, person)
    return "meeting-event-mentor" if mentor else "meeting-event-mentee"

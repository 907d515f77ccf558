"""The calendar feed of one person: what Android, iOS and Outlook-like programs subscribe to."""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Calendar, Event, vText

from actions import journal
from actions import meeting_messages as messages
from actions.work import Work
from locales import Texts
from program import secret_addresses
from program.encounters import EncounterState
from program.gatherings import GatheringState
from program.roles import Category, PersonState
from program.states import MeetingFormat, MeetingStatus
from program.text import Text
from storage import encounters, gatherings, meetings, people
from storage.tables import Encounter, Gathering, Meeting, Person

LOOK_BACK = timedelta(days=90)
# PROPOSED stands here with the start that was agreed before.
CANCELLED = (MeetingStatus.CANCELLED, MeetingStatus.MOVED, MeetingStatus.MISSED, MeetingStatus.PROPOSED)


async def feed(work: Work, person: Person) -> bytes:
    """The meetings of the person from the last 90 days on, as .ics in UTC.

    The uid of a meeting stays, its SEQUENCE grows with every change, a meeting that fell away is
    CANCELLED, also until a new time is agreed, and for whoever is not in the pair any more: an event that is not
    in the feed stays in some calendars for ever. No names: a feed is shown on lock screens and read by other people's servers. Only whoever leads
    several people reads first names, to tell the meetings apart. Empty for a person who is not (or no longer) in the programme.
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
        mine = await meetings.of_person(work.session, work.school.id, person.id, since)
        several = len({one.pair_id for one in mine if messages.is_mentor(one.pair, person)}) > 1
        for meeting in mine:
            if meeting.by_day:
                continue  # nobody planned it and its hour is unknown: it would stand where it never was
            gone = meetings.left_at(meeting.pair, person.id)
            if gone is None or _knew(meeting, gone):
                summary = _summary(meeting, person, named=several)
                calendar.add_component(_event(meeting, words, summary, gone))
        for encounter in await encounters.of_person(work.session, work.school.id, person.id, since):
            if encounter.state not in (EncounterState.PROPOSED, EncounterState.DECLINED):
                calendar.add_component(_one_off(encounter, words))
        for gathering in await gatherings.of_person(work.session, work.school.id, person.id, since):
            calendar.add_component(_of_everybody(gathering, words))
    ical: bytes = calendar.to_ical()
    return ical


async def address(work: Work, person_id: int) -> str:
    """The address of the person's own feed, as `actions.links` resolves it."""
    person = await people.get(work.session, person_id)
    return secret_addresses.calendar(person.preferences if person else {})


async def change_address(work: Work, person_id: int) -> str:
    """A new address; the old one opens nothing from now on. Programs that read it have to be given the new one."""
    person = await people.lock(work.session, person_id)
    assert person is not None
    person.preferences = secret_addresses.changed(person.preferences, secret_addresses.CALENDAR)
    await journal.note(work, "person.calendar", f"person:{person.id}")
    return secret_addresses.calendar(person.preferences)


def _knew(meeting: Meeting, gone: datetime) -> bool:
    """Whether its time was agreed before the person left: what the others agree on later is theirs."""
    moves = [datetime.fromisoformat(one) for one in meeting.moves]
    return all(at <= gone for at in (meeting.created_at, meeting.confirmed_at, *moves) if at is not None)


def _event(meeting: Meeting, words: Texts, summary: Text, gone: datetime | None = None) -> Event:
    """Args:
    gone: since when the reader has not been in the pair.
    """
    begins = meeting.starts_at or meeting.moved_from
    assert begins is not None
    without = gone is not None and begins > gone  # it takes place without the reader, or not at all
    off = without or meeting.status in CANCELLED
    times = (meeting.created_at, meeting.changed_at, meeting.confirmed_at, meeting.closed_at)
    changed = max(at for at in (*times, gone if without else None) if at is not None)
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence + (without and meeting.status not in CANCELLED))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=meeting.minutes))
    event.add("summary", words(summary))
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("class", "PRIVATE")
    if without:
        return event
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


def _of_everybody(gathering: Gathering, words: Texts) -> Event:
    event, off = Event(), gathering.state == GatheringState.CANCELLED
    event.add("uid", gathering.uid)
    event.add("sequence", gathering.sequence)
    event.add("dtstamp", gathering.closed_at or gathering.changed_at or gathering.created_at)
    event.add("dtstart", gathering.starts_at)
    event.add("dtend", gathering.starts_at + timedelta(minutes=gathering.minutes))
    event.add("summary", words(Text(f"meeting-event-{gathering.kind}")))
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("location", gathering.place or gathering.link)
    return event


def _summary(meeting: Meeting, person: Person, *, named: bool) -> Text:
    if meeting.pair.is_group:
        return Text("meeting-event-group")
    if not messages.is_mentor(meeting.pair, person):
        return Text("meeting-event-mentee")
    other = next((one.person for one in meeting.pair.members if one.person_id != person.id), None)
    if not named or other is None:
        return Text("meeting-event-mentor")
    return Text("meeting-event-mentor-of", {"name": other.first_name})

"""The diary of meetings: a mentor's line about each; read by both sides, the curator and the head of the school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions import directories, ideas, journal, shared_words
from actions import meeting_messages as messages
from actions import meeting_rows as rows
from actions.meetings import ahead
from actions.work import Work
from locales import Texts, dates, has
from program.directories import Directory, Entry
from program.errors import Refusal
from program.meeting_diary import WRITTEN_FOR, require_line, require_step_day
from program.roles import Side
from program.states import MeetingStatus
from program.text import Text, raw
from storage import meeting_diary as stored
from storage import meetings, people
from storage.tables import Meeting, MeetingNote, Pair, Person

Json = dict[str, Any]
NEWEST = 5  # lines that a participant reads in the chat


@dataclass(frozen=True)
class Line:
    """One line of a pair's diary in words, for the programme of the pair and its documents.

    Args:
        at: when the meeting began. came: names of those who were there.
        methods: in the school's words. did: the same in a word or two.
    """

    meeting_id: int
    at: datetime
    minutes: int
    kind: Text
    topic: Text
    methods: tuple[Text, ...]
    did: tuple[Text, ...]
    step: str
    step_on: date | None
    came: tuple[str, ...]
    written_by: str
    by_day: bool = False  # of `at` only the day is known


async def write(
    work: Work,
    person: Person,
    meeting_id: int,
    *,
    topic: str = "",
    topic_words: str = "",
    methods: Sequence[str] = (),
) -> MeetingNote:
    """Keeps what the meeting was about. A second time changes that and leaves the rest of the line.

    Raises:
        Refusal: not the mentor's, not held, too long ago, an unknown topic or method, or words that the other side should
            not read.
    """
    meeting, pair = await _mine(work, person, meeting_id)
    line = await stored.note_of(work.session, meeting.id)
    require_line(topic, topic_words, line.step if line else "", line.minutes if line else meeting.minutes)
    own = await ideas.for_diary(work, pair, person, set())  # in the school's words: they always stand
    if topic_words != own:
        shared_words.require_fit(work, topic_words)
    known = {one.slug for one in await directories.entries(work, Directory.METHOD, everything=True)}
    if not set(methods) <= known:
        raise Refusal("meeting-diary-odd")
    if line is None:
        line = MeetingNote(
            school_id=work.school.id,
            meeting_id=meeting.id,
            person_id=person.id,
            minutes=meeting.minutes,
            at=work.now,
            step="",
        )
        work.session.add(line)
    else:
        line.changed_at = work.now
    line.topic, line.topic_words, line.methods = topic, topic_words, list(methods)
    await work.session.flush()
    await journal.note(work, "meeting.diary", f"meeting:{meeting.id}", after={"methods": len(line.methods)})
    return line


async def add_step(
    work: Work, person: Person, meeting_id: int, step: str, step_on: date | None
) -> MeetingNote:
    """What comes next, and by which day. Raises Refusal as `write`, or the line is not there yet."""
    require_step_day(step_on, work.today)
    shared_words.require_fit(work, step)
    line = await _line(work, person, meeting_id)
    require_line(line.topic, line.topic_words, step, line.minutes)
    line.step, line.step_on, line.changed_at = step, step_on, work.now
    await journal.note(work, "meeting.diary", f"meeting:{meeting_id}", after={"step": bool(step)})
    return line


async def set_length(work: Work, person: Person, meeting_id: int, minutes: int) -> MeetingNote:
    """How long it was, where it was not as long as planned. Raises Refusal as `add_step`."""
    line = await _line(work, person, meeting_id)
    require_line(line.topic, line.topic_words, line.step, minutes)
    line.minutes, line.changed_at = minutes, work.now
    await journal.note(work, "meeting.diary", f"meeting:{meeting_id}", after={"minutes": minutes})
    return line


async def lines(work: Work, pair: Pair, language: str = "ru") -> list[Line]:
    """The diary of a pair, the newest meeting first. The pair comes with its members and their people."""
    found = await stored.of_pair(work.session, work.school.id, pair.id)
    named = {one.slug: one for one in await directories.entries(work, Directory.METHOD, everything=True)}
    there: dict[int, list[str]] = {}
    for one in await stored.attendance(work.session, [line.meeting_id for line in found]):
        if one.came:
            there.setdefault(one.meeting_id, []).append(messages.called(one.person))
    return [
        Line(
            line.meeting_id,
            line.meeting.starts_at or line.at,
            line.minutes,
            messages.kind(line.meeting),
            topic_of(line),
            tuple(named[slug].seen for slug in line.methods if slug in named),
            tuple(_short(named[slug]) for slug in line.methods if slug in named),
            line.step,
            line.step_on,
            tuple(there.get(line.meeting_id, ())),
            messages.called(line.person),
            line.meeting.by_day,
        )
        for line in found
    ]


def topic_of(line: MeetingNote) -> Text:
    """In words; empty words of an erased line say nothing."""
    return Text(f"meeting-topic-{line.topic}") if line.topic else raw(line.topic_words)


async def to_write(work: Work, person_id: int, meeting_id: int) -> Json:
    """Before a line is written, JSON: when, partner, methods as [slug, label], step_days as [ISO day, words], length, idea.

    `idea`: the title of what the pair took last from the ideas, "" if there is none or it is written down already.

    Raises:
        Refusal: as `write`.
    """
    me = await _person(work, person_id)
    meeting, pair = await _mine(work, me, meeting_id)
    assert meeting.starts_at is not None
    offered = await directories.entries(work, Directory.METHOD)
    written = {line.topic_words for line in await stored.of_pair(work.session, work.school.id, pair.id)}
    coming = ahead(await meetings.of_pair(work.session, pair.id), work.now)
    days = [one.starts_at.astimezone(work.zone).date() for one in coming[:1] if one.starts_at is not None]
    return {
        "when": messages.when_met(work, meeting, me),
        "partner": messages.partner(pair, me),
        "methods": [[one.slug, _short(one).to_json()] for one in offered],
        "next": [[day.isoformat(), dates.weekday_and_day(day, me.language)] for day in days],
        "minutes": meeting.minutes,
        "idea": await ideas.for_diary(work, pair, me, written),
    }


def _short(entry: Entry) -> Text:
    """A method in a word or two for a button, as long as the school has not put it in its own words."""
    text = f"meeting-method-{entry.slug}"
    return Text(text) if has(text) and not (entry.own or entry.edited) else entry.seen


async def to_read(work: Work, person_id: int, pair_id: int) -> list[Json]:
    """The newest lines of the diary for a member: Text as JSON each.

    Raises:
        Refusal: not a member of an announced pair.
    """
    me = await _person(work, person_id)
    pair = await rows.pair(work, me, pair_id, ended=True)
    return [
        told(work, line, me.language).to_json() for line in (await lines(work, pair, me.language))[:NEWEST]
    ]


def told(work: Work, line: Line, language: str) -> Text:
    """One line in words for a message."""
    say = Texts(language)
    return Text(
        "meeting-diary-line",
        {
            "when": dates.met(line.at, work.zone, language, by_day=line.by_day),
            "topic": line.topic,
            "methods": ", ".join(say(word) for word in line.did) or "none",
            "minutes": line.minutes,
            "step": raw(line.step),
            "has": "step" if line.step else "no",
            "day": dates.day(line.step_on, language) if line.step_on else "none",
        },
    )


async def about(work: Work, person: Person, say: Texts, language: str, *, own: bool) -> list[tuple[str, str]]:
    """The diary in «Мои данные»: when, whether the person was there, and what was written.

    Args:
        own: the person reads. Of a group a guardian reads the day and the methods: the words may be about
            somebody else's child.
    """
    found = []
    for meeting, came in await stored.attended_by(work.session, work.school.id, person.id):
        if meeting.starts_at is not None:
            said = say(Text(f"gathering-state-{'came' if came else 'absent'}"))
            found.append((dates.met(meeting.starts_at, work.zone, language, by_day=meeting.by_day), said))
    named = {one.slug: one for one in await directories.entries(work, Directory.METHOD, everything=True)}
    for line in await stored.about_person(work.session, work.school.id, person.id):
        at = line.meeting.starts_at or line.at
        if line.meeting.pair.is_group and not own:
            words = ", ".join(say(named[slug].seen) for slug in line.methods if slug in named) or "–"
        else:
            day = f"{line.step_on:%d.%m.%Y}" if line.step_on else ""
            words = ". ".join(word for word in (say(topic_of(line)), line.step, day) if word)
        found.append((dates.met(at, work.zone, language, by_day=line.meeting.by_day), words))
    return found


async def _line(work: Work, person: Person, meeting_id: int) -> MeetingNote:
    await _mine(work, person, meeting_id)
    line = await stored.note_of(work.session, meeting_id)
    if line is None:
        raise Refusal("meeting-diary-first")
    return line


async def _mine(work: Work, person: Person, meeting_id: int) -> tuple[Meeting, Pair]:
    """A held meeting of a pair that the person leads, locked."""
    meeting, pair, _ = await rows.meeting(work, person, meeting_id, ended=True)
    if not any(one.person_id == person.id and one.side == Side.MENTOR for one in pair.members):
        raise Refusal("meeting-diary-by-mentor")
    if meeting.status != MeetingStatus.HELD or meeting.starts_at is None:
        raise Refusal("meeting-not-held")
    if meeting.starts_at + WRITTEN_FOR < work.now:
        raise Refusal("meeting-diary-late")
    return meeting, pair


async def _person(work: Work, person_id: int) -> Person:
    person = await people.get(work.session, person_id)
    if person is None or person.school_id != work.school.id:
        raise Refusal("meeting-not-yours")
    return person

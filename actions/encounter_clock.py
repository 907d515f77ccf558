"""What the clock has to say about meetings outside of pairs. Derived from the rows each time, told once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from actions import encounter_messages as messages
from actions.encounter_people import guests, may_lead, welcome
from actions.encounter_questions import answerers, close, give_back
from actions.encounters import attendance, call_off, held, vacate
from actions.tell import tell
from actions.work import Work
from program.encounters import EncounterKind, EncounterState, Guest, QuestionState, SeatState
from program.feedback import AFTER_ASKED_AT_ONCE, OPEN_FOR
from program.meetings import LAST_QUESTION, Moment, due, questions, reminder_window, reminders
from program.outgoing import Choice, Kind, Message, say
from program.text import Text
from storage import encounters, outbox
from storage.tables import Encounter, Person, Seat

LOOK_BACK = timedelta(days=30)  # questions put off by the longest holidays
AFTER = {EncounterKind.SPEED: "words", EncounterKind.TRIAL: "words"}  # the other kinds: feedback

Due = tuple[str, Person, Message, Moment]


async def remind(work: Work) -> None:
    """A day and two hours ahead, in polite hours: everybody seated, and who leads."""
    until = reminder_window(work.now, work.settings, work.zone)
    wanted: list[Due] = []
    for encounter in await encounters.between(work.session, work.school.id, work.now, until):
        start = encounter.starts_at.astimezone(UTC).isoformat()
        for person, since in _present(encounter):
            moments = reminders(encounter.starts_at, work.settings, work.zone, person.category)
            moment = due(moments, work.now)
            if moment is None or moment.at < since:
                continue  # what was agreed after its hour has just been read
            key = f"encounter-soon:{encounter.id}:{person.id}:{moment.name}:{start}"
            message = messages.coming(work, encounter, person, "encounters-soon")
            wanted.append((key, person, message, moment))
    await _tell_new(work, wanted)


async def ask_who_came(work: Work) -> None:
    """Asks who leads, an hour after the end and once more the next day, who was there."""
    wanted: list[Due] = []
    for encounter in await _over(work):
        host = encounter.host
        if host is None or encounter.kind == EncounterKind.TRIAL or not messages.seated(encounter):
            continue
        moment = _question(work, encounter, host)
        if moment is None or moment.name == LAST_QUESTION:
            continue
        text = messages.described(work, encounter, host, "encounters-who-came-ask")
        choice = Choice(Text("encounters-who-came-do"), f"f:encounter-came:{encounter.id}", style="primary")
        key = f"encounter-came:{encounter.id}:{host.id}:{moment.name}"
        wanted.append((key, host, say(text, choice).about(host.id), moment))
    await _tell_new(work, wanted)


async def ask_how_it_was(work: Work) -> None:
    """After it was held: a poll for everybody who came; after an event of rounds the silent words, too.

    After a trial meeting both are asked by the clock alone: nobody has to say first that it took place.
    """
    wanted: list[Due] = []
    for encounter in await _over(work):
        if encounter.kind == EncounterKind.TRIAL:
            for person, _ in _present(encounter):
                moment = _question(work, encounter, person)
                if moment is not None and moment.name == "first":
                    wanted.append(_asked(work, encounter, person, moment))
    states = (EncounterState.HELD,)
    since = work.now - LOOK_BACK
    for encounter in await encounters.between(work.session, work.school.id, since, work.now, states):
        assert encounter.closed_at is not None
        moment = Moment("first", encounter.closed_at, encounter.closed_at + OPEN_FOR)
        if encounter.kind == EncounterKind.TRIAL or due([moment], work.now) is None:
            continue
        came = [seat.person for seat in messages.seated(encounter) if seat.came]
        led = [encounter.host] if encounter.host is not None and came else []
        done = await encounters.who_answered(work.session, work.school.id, encounter.id)
        asked = [person for person in (*came, *led) if person.id not in done]
        wanted += [_asked(work, encounter, person, moment) for person in asked]
    await _tell_new(work, wanted, Kind.NUDGE)


async def host_says_who_came(work: Work, host: Person, encounter_id: int, came: Collection[int]) -> Encounter:
    """As `encounters.attendance`. The poll comes at once, in the same conversation; if it is left there, once more a
    day later and then never.
    """
    encounter = await attendance(work, encounter_id, came, by=host)
    if came:
        moment = Moment("first", work.now + AFTER_ASKED_AT_ONCE, work.now + OPEN_FOR)
        await _tell_new(work, [_asked(work, encounter, host, moment)], Kind.NUDGE)
    return encounter


async def follow(work: Work) -> int:
    """Frees the seats of those who may not come any more, calls off what nobody may lead, closes the questions
    of those who may not ask and gives back what somebody may not answer; how many of these.
    """
    until = work.now + timedelta(days=400)
    seen = await encounters.between(work.session, work.school.id, work.now, until)
    people = [seat.person for one in seen for seat in one.taken if seat.state != SeatState.LEFT]
    known = await guests(work, people + [one.host for one in seen if one.host])
    odd = [one.id for one in seen if _hosts_gone(known, one) or _guests_gone(known, one)]
    questions = await _odd_questions(work)
    # Everything before the first line of the journal; then looked at once more.
    meetings = [await held(work, encounter_id) for encounter_id in sorted(odd)]
    for question_id in questions:
        await encounters.question(work.session, work.school.id, question_id, hold=True)
    changed = 0
    for encounter in meetings:
        if encounter.state == EncounterState.OPEN:
            changed += await _follow_meeting(work, known, encounter)
    return changed + await _follow_questions(work, questions)


def _hosts_gone(known: Mapping[int, Guest], encounter: Encounter) -> bool:
    host = encounter.host
    return host is not None and host.id in known and not may_lead(known, host)


def _guests_gone(known: Mapping[int, Guest], encounter: Encounter) -> list[Seat]:
    """Seats of those who may not come; of whom nothing is known yet, the next time is early enough."""
    return [
        seat
        for seat in encounter.taken
        if seat.state != SeatState.LEFT and seat.person_id in known and not welcome(known, seat.person)
    ]


async def _follow_meeting(work: Work, known: Mapping[int, Guest], encounter: Encounter) -> int:
    gone = _guests_gone(known, encounter)
    if _hosts_gone(known, encounter):
        return int(await call_off(work, encounter, by=encounter.host))
    if messages.is_of_two(encounter) and gone:
        return int(await call_off(work, encounter, by=gone[0].person))
    for seat in gone:
        await vacate(work, encounter, seat)
    return len(gone)


async def _odd_questions(work: Work) -> list[int]:
    """Questions under way that nobody may ask or answer as they stand."""
    alive = (QuestionState.OPEN, QuestionState.TAKEN, QuestionState.ANSWERED)
    seen = await encounters.questions(work.session, work.school.id, None, states=alive)
    known = await guests(work, [one.asker for one in seen])
    found = []
    for one in seen:
        taken = one.state == QuestionState.TAKEN
        if not welcome(known, one.asker) or (taken and one.taken_by not in await answerers(work, one)):
            found.append(one.id)
    return sorted(found)


async def _follow_questions(work: Work, ids: list[int]) -> int:
    """Each of these is held; a meeting that was called off meanwhile may have opened one anew."""
    changed = 0
    for question_id in ids:
        one = await encounters.question(work.session, work.school.id, question_id, hold=True)
        if one is None:
            continue
        if not welcome(await guests(work, [one.asker]), one.asker):
            if one.state == QuestionState.CLOSED:
                continue
            await close(work, one.id)
        elif one.state == QuestionState.TAKEN and one.taken_by not in await answerers(work, one):
            await give_back(work, one.id)
        else:
            continue
        changed += 1
    return changed


def _asked(work: Work, encounter: Encounter, person: Person, moment: Moment) -> Due:
    what = AFTER.get(EncounterKind(encounter.kind), "feedback")
    if what == "words" and encounter.host_id == person.id and encounter.kind != EncounterKind.TRIAL:
        what = "feedback"  # who leads an event of rounds met nobody at a table
    text = messages.described(work, encounter, person, f"encounters-ask-{what}")
    choice = Choice(Text("feedback-answer"), f"f:encounter-{what}:{encounter.id}", style="primary")
    # Of the other one nothing is told but the name, which is there already.
    message = say(text, choice).about(*messages.concerned(encounter, person))
    return f"encounter-{what}:{encounter.id}:{person.id}", person, message, moment


def _present(encounter: Encounter) -> list[tuple[Person, datetime]]:
    """Everybody who comes, with since when they know of it."""
    known = max(encounter.decided_at or encounter.created_at, encounter.changed_at or encounter.created_at)
    found = [(seat.person, max(seat.at, known)) for seat in messages.seated(encounter)]
    return found + ([(encounter.host, known)] if encounter.host is not None else [])


async def _over(work: Work) -> Iterable[Encounter]:
    return await encounters.between(work.session, work.school.id, work.now - LOOK_BACK, work.now)


def _question(work: Work, encounter: Encounter, reader: Person) -> Moment | None:
    moments = questions(encounter.starts_at, encounter.minutes, work.settings, work.zone, reader.category)
    return due(moments, work.now)


async def _tell_new(work: Work, wanted: list[Due], kind: Kind = Kind.NOTICE) -> None:
    """Queues what was not queued yet. A late one waits for polite hours, or is not sent at all."""
    known = await outbox.known(work.session, [key for key, *_ in wanted])
    for key, person, message, moment in wanted:
        if key not in known:
            due_at = max(moment.at, work.now)
            await tell(work, person, message, key=key, kind=kind, due_at=due_at, expires_at=moment.until)

"""What the clock has to say about meetings outside of pairs. Derived from the rows each time, told once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from actions import encounter_messages as messages
from actions.encounter_people import guests, may_lead, welcome
from actions.encounter_questions import answerers, close, give_back
from actions.encounters import call_off, held, vacate
from actions.tell import tell
from actions.work import Work
from program.encounters import EncounterKind, EncounterState, QuestionState, SeatState
from program.feedback import OPEN_FOR
from program.meetings import Moment, due, questions, reminder_window, reminders
from program.outgoing import Choice, Message, say
from program.text import Text
from storage import encounters, outbox
from storage.tables import Encounter, Person

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
        if moment is None:
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
        wanted += [_asked(work, encounter, person, moment) for person in (*came, *led)]
    await _tell_new(work, wanted)


async def follow(work: Work) -> int:
    """Frees the seats of those who may not come any more, calls off what nobody may lead, closes the questions
    of those who may not ask and gives back what somebody may not answer; how many of these.
    """
    changed = 0
    until = work.now + timedelta(days=400)
    for seen in await encounters.between(work.session, work.school.id, work.now, until):
        people = [seat.person for seat in seen.taken if seat.state != SeatState.LEFT]
        known = await guests(work, people + ([seen.host] if seen.host else []))
        leads = seen.host is None or may_lead(known, seen.host)
        if leads and all(welcome(known, one) for one in people):
            continue
        encounter = await held(work, seen.id)
        gone = [
            seat
            for seat in encounter.taken
            if seat.state != SeatState.LEFT and not welcome(known, seat.person)
        ]
        if encounter.host is not None and not leads:
            changed += await call_off(work, encounter, by=encounter.host)
        elif messages.is_of_two(encounter) and gone:
            changed += await call_off(work, encounter, by=gone[0].person)
        else:
            for seat in gone:
                await vacate(work, encounter, seat)
            changed += len(gone)
    return changed + await _follow_questions(work)


async def _follow_questions(work: Work) -> int:
    alive = (QuestionState.OPEN, QuestionState.TAKEN, QuestionState.ANSWERED)
    seen = await encounters.questions(work.session, work.school.id, None, states=alive)
    known = await guests(work, [one.asker for one in seen])
    changed = 0
    for one in seen:
        if not welcome(known, one.asker):
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


async def _tell_new(work: Work, wanted: list[Due]) -> None:
    """Queues what was not queued yet. A late one waits for polite hours, or is not sent at all."""
    known = await outbox.known(work.session, [key for key, *_ in wanted])
    for key, person, message, moment in wanted:
        if key not in known:
            due_at = max(moment.at, work.now)
            await tell(work, person, message, key=key, due_at=due_at, expires_at=moment.until)

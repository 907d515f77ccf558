"""A published meeting outside of pairs is changed: whoever has a seat or leads hears once what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from actions import encounter_messages as messages
from actions import encounters as verbs
from actions.meeting_messages import when
from actions.tell import tell
from actions.work import Work
from program.encounters import SeatState
from program.errors import Refusal
from program.outgoing import Message
from program.states import MeetingFormat
from program.text import Arg, Text, raw
from storage import outbox, people
from storage.tables import Encounter, OutboxRow, Person

KEY = "encounter-changed"
# What waits to tell somebody of the meeting for the first time; it is worded anew and nothing else is said.
FIRST = {
    "encounter-lead": "encounters-you-lead",
    "encounter-seat": "encounters-seat-came",
    "encounter-trial": "encounters-trial",
    "encounter-made": "encounters-request-met",
}


@dataclass(frozen=True)
class Facts:
    """What may be changed of a meeting that is open for sign-up; as it is to be now."""

    topic: str
    about: str
    starts_at: datetime
    minutes: int
    place: str
    link: str
    seats: int

    @staticmethod
    def of(encounter: Encounter) -> Facts:
        return Facts(
            encounter.topic, encounter.about, encounter.starts_at, encounter.minutes, encounter.place,
            encounter.link, encounter.seats,
        )  # fmt: skip


@dataclass(frozen=True)
class Changed:
    """Args:
    fields: names of the facts that are new; nobody is told where there are none.
    to_call: who has a seat or leads and cannot be reached by a message before it begins.
    """

    fields: tuple[str, ...]
    told: int
    to_call: tuple[Person, ...]


async def change(work: Work, encounter_id: int, facts: Facts) -> Changed:
    """The curator's: time, place, topic, seats. Free seats go to the queue; everybody hears what is new for them.

    Changed twice before the first word went out, people hear once, compared with what they knew before.

    Raises:
        Refusal: not open, begun, not ahead, odd numbers, or fewer seats than are taken.
    """
    encounter = await verbs.held(work, encounter_id)
    verbs.require_open(work, encounter)
    was = Facts.of(encounter)
    facts = replace(facts, topic=facts.topic.strip(), about=facts.about.strip())
    if messages.is_of_two(encounter):
        facts = replace(facts, seats=was.seats)
    verbs.require_sound(work, _draft(encounter, facts))
    taken = len(messages.seated(encounter))
    if facts.seats < taken:
        raise Refusal("encounters-seats-taken", count=taken)
    new = tuple(one.name for one in fields(Facts) if getattr(was, one.name) != getattr(facts, one.name))
    if not new:
        return Changed((), 0, ())
    before = {reader.id: _known(work, encounter, reader) for reader in _readers(encounter)}
    waiting = await outbox.held_waiting(work.session, f"{KEY}:{encounter.id}:", now=work.now)
    _write(encounter, facts)
    if new != ("seats",):
        encounter.sequence, encounter.changed_at = encounter.sequence + 1, work.now
    await verbs.note(work, encounter, "encounter.changed", fields=list(new))
    await verbs.fill(work, encounter)
    unheard = await _word_anew(work, encounter, moved="starts_at" in new)
    told, to_call = 0, []
    for reader in _readers(encounter):
        mine = [row for row in waiting if row.person_id == reader.id]
        for row in mine:
            row.dropped = "changed-again"
        lines = _lines_of_news(mine, before[reader.id], _known(work, encounter, reader))
        if reader.id in unheard or not lines:
            continue
        head = Text("encounters-changed", {"topic": raw(encounter.topic)})
        message = Message((head, *lines), ((messages.cannot(encounter),),))
        message = message.about(*messages.concerned(encounter, reader))
        key = f"{KEY}:{encounter.id}:{reader.id}:{encounter.sequence}"
        if await tell(work, reader, message, key=key, expires_at=encounter.starts_at):
            told += 1
        else:
            to_call.append(reader)
    return Changed(new, told, tuple(to_call))


def _draft(encounter: Encounter, facts: Facts) -> verbs.Draft:
    return verbs.Draft(
        topic=facts.topic, about=facts.about, starts_at=facts.starts_at, minutes=facts.minutes,
        place=facts.place, link=facts.link, seats=facts.seats, rounds=encounter.rounds,
    )  # fmt: skip


def _write(encounter: Encounter, facts: Facts) -> None:
    encounter.topic, encounter.about, encounter.seats = facts.topic, facts.about, facts.seats
    encounter.starts_at, encounter.minutes = facts.starts_at, facts.minutes
    if (facts.place, facts.link) != (encounter.place, encounter.link):
        encounter.place, encounter.link = facts.place, facts.link
        encounter.format = MeetingFormat.ONLINE if facts.link else MeetingFormat.OFFLINE


def _readers(encounter: Encounter) -> list[Person]:
    """Who has a seat, waits for one or leads."""
    found = [seat.person for seat in encounter.taken if seat.state != SeatState.LEFT]
    return found + ([encounter.host] if encounter.host is not None else [])


def _known(work: Work, encounter: Encounter, reader: Person) -> dict[str, Arg]:
    """What a reader is shown of the meeting, as it stands."""
    span: dict[str, Arg] = {
        "when": when(work, encounter.starts_at, reader),
        "minutes": encounter.minutes,
    }
    return {
        "topic": raw(encounter.topic),
        "time": Text("encounters-span", span),
        "where": messages.where(encounter),
        "about": raw(encounter.about),
    }


def _lines_of_news(waiting: Sequence[OutboxRow], before: dict[str, Arg], now: dict[str, Arg]) -> list[Text]:
    """What is new for a reader who has not read what waits: compared with what stood before it."""
    unread = [text for row in waiting for text in Message.from_json(row.body).texts]
    before = before | {
        text.id.removeprefix("encounters-changed-"): text.args["was"] for text in unread if "was" in text.args
    }
    return [
        Text(f"encounters-changed-{code}", {"now": now[code], "was": before[code]})
        for code in now
        if now[code] != before[code] and now[code] != raw("")
    ]


async def _word_anew(work: Work, encounter: Encounter, *, moved: bool) -> set[int]:
    """What waits speaks of the meeting as it is now. Returns who has not heard of it before."""
    here = {reader.id: reader for reader in _readers(encounter)}
    unheard = set()
    for prefix, text in FIRST.items():
        for row in await outbox.held_waiting(work.session, f"{prefix}:{encounter.id}:", now=work.now):
            if row.person_id in here:
                reader = here[row.person_id]
                row.body = messages.coming(work, encounter, reader, text).to_json()
                row.expires_at = encounter.starts_at
                unheard.add(reader.id)
    for row in await outbox.held_waiting(work.session, f"encounter-soon:{encounter.id}:", now=work.now):
        if moved or row.person_id not in here:
            row.dropped = "changed"
        else:
            row.body = messages.coming(work, encounter, here[row.person_id], "encounters-soon").to_json()
    for row in await outbox.held_waiting(work.session, f"encounter-invite:{encounter.id}:", now=work.now):
        invited = await people.get(work.session, row.person_id) if row.person_id else None
        if invited is not None:
            row.body = messages.card(work, encounter, invited).to_json()
            row.expires_at = encounter.starts_at
    await work.session.flush()
    return unheard

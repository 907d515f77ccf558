"""After a meeting outside of pairs: a short poll (FB_M or FB_N), and silent words about those met.

Source: domain.md 4.9 (FB_M only, FB_N.1-FB_N.3 for who leads), S001 step 11 (prefer, neutral, avoid).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions import care, journal, questionnaires
from actions import encounter_messages as messages
from actions.encounter_views import me
from actions.encounters import held
from actions.meeting_messages import called, when
from actions.work import Work
from locales import Texts
from program import rounds
from program.encounters import ENCOUNTER, EncounterKind, EncounterState, Word
from program.errors import Refusal
from program.feedback import OPEN_FOR, URGENT, concerns
from program.instruments import Value
from program.text import Text, raw
from storage import encounters, outbox
from storage.adding import add_new
from storage.tables import Encounter, Impression, Person

NOT_ASKED = {"FB_M": (), "FB_N": ("FB_N.4",)}  # how much «the mentee» took part is asked of pairs
OPEN = (EncounterState.OPEN, EncounterState.HELD)


def about(encounter_id: int) -> str:
    return f"encounter:{encounter_id}"


async def poll(work: Work, person_id: int, encounter_id: int) -> dict[str, Any]:
    """What the person is to be asked: code, version, left_out, topic, when.

    Raises:
        Refusal: was not there, answered already, or too long ago.
    """
    encounter = await _get(work, encounter_id)
    person = await me(work, person_id)
    code = _code(encounter, person)
    if await questionnaires.finished(work, person.id, code, about(encounter.id)):
        raise Refusal("feedback-done")
    if encounter.closed_at is None or encounter.closed_at + OPEN_FOR <= work.now:
        raise Refusal("feedback-closed")
    await questionnaires.require_consent(work, person)
    return {
        "code": code,
        "version": (await questionnaires.current(work, code)).version,
        "left_out": list(NOT_ASKED[code]),
        "topic": encounter.topic,
        "when": when(work, encounter.starts_at, person),
    }


async def record(
    work: Work, person_id: int, encounter_id: int, version: int, answers: Mapping[str, Value]
) -> tuple[Text, ...]:
    """Keeps the answers; the curator hears of what the rules ask for. What a caller for help reads, or nothing.

    Raises:
        Refusal: was not there.
    """
    encounter = await _get(work, encounter_id)
    person = await me(work, person_id)
    code = _code(encounter, person)
    _, new = await questionnaires.keep(work, person, code, version, answers, about(encounter.id))
    await outbox.cancel_one(
        work.session, f"encounter-feedback:{encounter.id}:{person.id}", "answered", now=work.now
    )
    found = concerns(answers, None) if new else ()
    if found:
        staff = Texts("ru")
        day = f"{encounter.starts_at.astimezone(work.zone):%d.%m.%Y}"
        lines = [Text("feedback-concern", {"day": day})]
        lines += [Text(f"feedback-concern-{one}") for one in found if one.value != "words"]
        if answers.get("FB_M.5"):
            lines.append(Text("feedback-concern-words", {"words": raw(str(answers["FB_M.5"]))}))
        urgent = bool(URGENT.intersection(found))
        await care.ask_for_help(work, person.id, staff.join(lines, "\n"), urgent=urgent)
        if urgent:
            return care.receipt(await care.facts(work, person.id))
    return ()


async def whom_met(work: Work, person_id: int, encounter_id: int) -> dict[str, Any]:
    """Of whom the person is asked silently: [id, name] of everybody met; whether it was a trial meeting,
    whether the poll about it is open.

    Raises:
        Refusal: was not there, or nobody was met yet.
    """
    encounter = await _get(work, encounter_id)
    person = await me(work, person_id)
    if encounter.starts_at > work.now:
        raise Refusal("encounters-not-yet")
    met = [[one.id, called(one)] for one in _met(encounter, person)]
    if not met or encounter.state not in OPEN:
        raise Refusal("encounters-nobody-met")
    held_ = encounter.state == EncounterState.HELD
    poll_open = held_ and not await encounters.answered(work.session, work.school.id, person.id, encounter.id)
    return {"met": met, "trial": encounter.kind == EncounterKind.TRIAL, "poll": poll_open}


async def say_words(work: Work, person_id: int, encounter_id: int, words: Mapping[int, Word]) -> None:
    """Keeps what was said silently; said again, the newer word counts. Nobody but the curator learns of it.

    Args:
        words: by the person met. Of a trial meeting that did not take place: empty.
    """
    encounter = await held(work, encounter_id)
    person = await me(work, person_id)
    met = {one.id for one in _met(encounter, person)}
    if not set(words) <= met or encounter.starts_at > work.now or encounter.state not in OPEN:
        raise Refusal("encounters-unknown")
    for about_id, word in words.items():
        values = {
            "school_id": work.school.id, "encounter_id": encounter.id, "person_id": person.id,
            "about_id": about_id, "word": word, "at": work.now,
        }  # fmt: skip
        unique = ["encounter_id", "person_id", "about_id"]
        if await add_new(work.session, Impression, values, unique) is None:
            for one in await encounters.impressions(work.session, work.school.id, encounter.id):
                if (one.person_id, one.about_id) == (person.id, about_id):
                    one.word, one.at = word, work.now
    await work.session.flush()
    if encounter.kind == EncounterKind.TRIAL and words and encounter.state == EncounterState.OPEN:
        ENCOUNTER.require(encounter.state, EncounterState.HELD)
        encounter.state, encounter.closed_at = EncounterState.HELD, work.now
        for seat in messages.seated(encounter):
            seat.came = True
    await outbox.cancel_one(
        work.session, f"encounter-words:{encounter.id}:{person.id}", "answered", now=work.now
    )
    # How many, not which: the journal is read by more people than these words.
    await journal.note(work, "encounter.words", f"encounter:{encounter.id}", after={"said": len(words)})


async def _get(work: Work, encounter_id: int) -> Encounter:
    found = await encounters.get(work.session, work.school.id, encounter_id)
    if found is None:
        raise Refusal("encounters-unknown")
    return found


def _code(encounter: Encounter, person: Person) -> str:
    if encounter.state != EncounterState.HELD:
        raise Refusal("feedback-not-held")
    if encounter.host_id == person.id:
        return "FB_N"
    seat = messages.seat_of(encounter, person.id)
    if seat is None or not seat.came:
        raise Refusal("feedback-not-yours")
    return "FB_N" if seat.side == "mentor" else "FB_M"


def _met(encounter: Encounter, person: Person) -> list[Person]:
    """At a trial meeting the other one; at an event of rounds those whom the person sat with, in that order."""
    if encounter.kind == EncounterKind.TRIAL:
        mine = encounter.host_id == person.id or messages.seat_of(encounter, person.id) is not None
        return messages.others(encounter, person) if mine else []
    if encounter.kind != EncounterKind.SPEED:
        return []
    known = {seat.person_id: seat.person for seat in messages.seated(encounter) if seat.came is not False}
    return [known[one] for one in rounds.Plan.read(encounter.plan).partners(person.id) if one in known]

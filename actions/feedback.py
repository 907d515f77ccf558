"""The poll after a held meeting: asking both sides once, keeping the answers, telling the curator.

What a mentee writes to the curator is kept in the response and in the call for help; no message and
no page of the mentor reads either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from actions import care, early_warning, questionnaires
from actions.care import ask_for_help
from actions.meeting_messages import concerned, partner, when_met
from actions.meeting_outcomes import ASKED_HOW, mark_away
from actions.poll_rules import rules_of
from actions.tell import Letter, tell_all
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.feedback import (
    AFTER_ASKED_AT_ONCE,
    AFTER_START,
    FIRST,
    MARK,
    OPEN_FOR,
    URGENT,
    Concern,
    asks_to_go_on,
    code_for,
    concerns,
    is_low,
    left_out,
)
from program.instruments import Instrument, Value
from program.outgoing import Choice, Kind, Message
from program.pair_life import SPOKEN_OF_FOR
from program.roles import PersonState, Side
from program.states import MeetingKind, MeetingStatus
from program.text import Text, raw
from storage import feedback, meeting_diary, meetings, outbox, people
from storage import questionnaires as responses
from storage.feedback import Spoken
from storage.tables import Meeting, Person

log = structlog.get_logger()


@dataclass(frozen=True)
class Recorded:
    """Args:
    first: False when the person had answered about this meeting before; nothing was changed then.
    concerns: what the curator is told of.
    receipt: what somebody who asked for help reads.
    """

    first: bool
    concerns: tuple[Concern, ...] = ()
    receipt: tuple[Text, ...] = ()


async def invite_due(work: Work) -> int:
    """Asks both sides of every held meeting once, for seven days at most; returns how many were asked.

    Whoever said that it was held got the poll at once and is asked a day later if it was left unanswered.
    """
    if not rules_of(work).meeting:
        return 0
    since = work.now - OPEN_FOR
    answered = await feedback.answered(work.session, work.school.id, since)
    invited = await feedback.invited(work.session, work.school.id, since)
    # Looked at every minute, and mostly everybody has been asked: nothing else is read then.
    waiting = {
        (meeting, person)
        for meeting, person, at, by in await feedback.held_since(work.session, work.school.id, since)
        if _key(meeting, person) not in invited
        and (person, about(meeting)) not in answered
        and not _asked_at_once(work, person, at, by)
    }
    if not waiting:
        return 0
    talking = await feedback.talking(work.session, work.school.id, work.now - AFTER_ASKED_AT_ONCE)
    letters = []
    instruments = {code: await questionnaires.current(work, code) for code in FIRST}
    for meeting in (await meetings.with_people(work.session, {one for one, _ in waiting})).values():
        assert meeting.closed_at is not None
        members = meetings.attended(meeting, work.now - SPOKEN_OF_FOR)
        for person in [one.person for one in members if one.person.state == PersonState.ACTIVE]:
            if (meeting.id, person.id) not in waiting or (person.id, meeting.id) in talking:
                continue
            key = _key(meeting.id, person.id)
            code = code_for(next(Side(one.side) for one in members if one.person_id == person.id))
            message = invitation(work, meeting, person, instruments[code])
            until = meeting.closed_at + OPEN_FOR
            letters.append(Letter(person, message, key, Kind.NUDGE, expires_at=until))
    asked = len(await tell_all(work, letters))
    if asked:
        log.info("feedback.asked", school=work.school.id, polls=asked)
    return asked


def _asked_at_once(work: Work, person_id: int, held_said_at: datetime, held_said_by: int | None) -> bool:
    """Whoever said that it was held has had the poll already; a day later it may be asked once more."""
    return person_id == held_said_by and work.now < held_said_at + AFTER_ASKED_AT_ONCE


def _key(meeting_id: int, person_id: int) -> str:
    return f"{ASKED_HOW}:{meeting_id}:{person_id}"


def invitation(work: Work, meeting: Meeting, reader: Person, instrument: Instrument) -> Message:
    """«Как прошла встреча?» with the answers to the first question as buttons: the first press counts."""
    question = instrument.question(FIRST[instrument.code])
    choices = [
        Choice(option.label.text, f"f:feedback:{meeting.id}.{option.code}") for option in question.options
    ]
    texts = (Text("feedback-invite", _which(work, meeting, reader)), question.text.text)
    message = Message(texts, tuple((choice,) for choice in choices))
    return message.about(*concerned(meeting.pair, reader))


async def poll(work: Work, person_id: int, meeting_id: int, first: str = "") -> dict[str, object]:
    """What the person is to be asked: code, start (also about going on), left_out, versions by code,
    partner, when, known (what the invitation's button has answered). Only `kept` where nothing but going on is left.

    Args:
        first: the code of that button; one that the question does not have says nothing.

    Raises:
        Refusal: not a member, the meeting was not held, answered already, or too long ago.
    """
    meeting, person, side = await _member(work, person_id, meeting_id)
    if await questionnaires.finished(work, person.id, code_for(side), about(meeting.id)):
        await _require_going_on(work, meeting, person)
        return {"kept": True}
    await _require_open(work, meeting, person)
    kind, code = MeetingKind(meeting.kind), code_for(side)
    instrument = await questionnaires.current(work, code)
    asked_first = FIRST[code]
    fits = instrument.has(asked_first) and first in instrument.question(asked_first).codes
    start = asks_to_go_on(kind) and rules_of(work).start
    return {
        "code": code,
        "versions": {c: (await questionnaires.current(work, c)).version for c in (code, AFTER_START)},
        "start": start,
        "known": {asked_first: first} if fits else {},
        "left_out": sorted(left_out(side, kind)),
        "diary": await _writes(work, meeting, side),
        **_which(work, meeting, person),
    }


async def going_on(work: Work, person_id: int, meeting_id: int) -> dict[str, object]:
    """The question after it, whether to go on: version, diary, partner, when.

    Raises:
        Refusal: as `poll`, or it is not asked after this meeting.
    """
    meeting, person, side = await _member(work, person_id, meeting_id)
    await _require_going_on(work, meeting, person)
    version = (await questionnaires.current(work, AFTER_START)).version
    diary = await _writes(work, meeting, side)
    return {"version": version, "diary": diary, **_which(work, meeting, person)}


async def _require_going_on(work: Work, meeting: Meeting, person: Person) -> None:
    asked = asks_to_go_on(MeetingKind(meeting.kind)) and rules_of(work).start
    if not asked or await questionnaires.finished(work, person.id, AFTER_START, about(meeting.id)):
        raise Refusal("feedback-done")
    await _require_open(work, meeting, person)


async def _require_open(work: Work, meeting: Meeting, person: Person) -> None:
    if meeting.closed_at is None or _open_until(meeting) <= work.now:
        raise Refusal("feedback-closed")
    await questionnaires.require_consent(work, person)


async def _writes(work: Work, meeting: Meeting, side: Side) -> bool:
    """Whether this side may still write the line of the diary."""
    return side is Side.MENTOR and await meeting_diary.note_of(work.session, meeting.id) is None


async def is_open(work: Work, person_id: int, meeting_id: int) -> bool:
    """Whether the person may answer about this meeting now."""
    try:
        await poll(work, person_id, meeting_id)
    except Refusal:
        return False
    return True


async def record(
    work: Work,
    person_id: int,
    meeting_id: int,
    answers: Mapping[str, Value],
    versions: Mapping[str, int] | None = None,
) -> Recorded:
    """Keeps one person's answers about one meeting and tells the curator where the rules ask for it.

    A call for help and words to the curator are a card; everything else is a reason to look at the pair.

    Args:
        answers: of FB_M or FB_N, by the person's side, and of FB_START after a first meeting, together or after.
        versions: which version of each questionnaire was answered; the newest if not said.

    Raises:
        Refusal: not a member, or the meeting was not held.
    """
    meeting = await feedback.spoken(work.session, work.school.id, meeting_id)
    person, side = await _speaker(work, person_id, meeting, meeting)
    assert meeting is not None
    await questionnaires.require_consent(work, person)
    first, own = False, set[int]()
    for code in (code_for(side), AFTER_START):
        given = {name: value for name, value in answers.items() if name.startswith(f"{code}.")}
        if not given:
            continue
        number = (versions or {}).get(code) or (await questionnaires.current(work, code)).version
        ids = await questionnaires.put(work, person, code, number, given, about(meeting.id), consented=True)
        first = first or ids is not None
        own |= set((await _answered(work, person, code, meeting) if ids is None else ids).values())
    if not first:
        return Recorded(False)
    # Queued in the evening it is due in the morning, and may be overtaken by its answer.
    await outbox.cancel_one(work.session, _key(meeting.id, person.id), "answered", now=work.now)
    earlier = await feedback.earlier_mark(work.session, meeting, person.id, MARK) if is_low(answers) else None
    found = concerns(answers, earlier)
    asked = bool(URGENT.intersection(found))
    standing = await early_warning.look_at(work, meeting.pair_id)
    seen = {one.sign.value for one in standing if one.answer in own}
    # What is a reason to look at the pair is no card as well; after the pair is over nobody looks at it.
    if any(one.value not in seen for one in found):
        words = _words(work, meeting, found, answers)
        await ask_for_help(work, person.id, words, urgent=asked, about=f"pair:{meeting.pair_id}")
    if found:
        log.info("feedback.concern", meeting=meeting.id, person=person.id, concerns=[c.value for c in found])
    return Recorded(True, found, care.receipt(await care.facts(work, person.id)) if asked else ())


async def contradict(work: Work, person: Person, meeting_id: int, said: MeetingStatus) -> None:
    """The other side has said otherwise whether it was held: what stands is for the curator to put right.

    Whoever says that it was not held was not there, by their own word, and is not asked how it was.
    """
    meeting = await meetings.get(work.session, work.school.id, meeting_id)
    assert meeting is not None
    if said is not MeetingStatus.HELD:
        await mark_away(work, meeting, [person.id])
    args = {"day": _day(work, meeting), "stands": meeting.status}
    words = Texts("ru")(Text("feedback-concern-outcome", args))
    await ask_for_help(work, person.id, words, urgent=False, about=f"pair:{meeting.pair_id}")


async def _answered(work: Work, person: Person, code: str, meeting: Spoken) -> dict[str, int]:
    """The rows of what the person said of the meeting before, by question."""
    found = await responses.response(work.session, work.school.id, person.id, code, about(meeting.id), "")
    return {answer.question: answer.id for answer in found.answers} if found else {}


def _open_until(meeting: Meeting) -> datetime:
    """Seven days; of a pair that is over two weeks after its end, so that the last meeting is not lost."""
    assert meeting.closed_at is not None
    ended = meeting.pair.closed_at
    return max(meeting.closed_at + OPEN_FOR, ended + SPOKEN_OF_FOR if ended else meeting.closed_at)


def about(meeting_id: int) -> str:
    return f"meeting:{meeting_id}"


async def _member(work: Work, person_id: int, meeting_id: int) -> tuple[Meeting, Person, Side]:
    meeting = await meetings.get(work.session, work.school.id, meeting_id)
    person, side = await _speaker(work, person_id, meeting, meeting.pair if meeting else None)
    assert meeting is not None
    return meeting, person, side


async def _speaker(work: Work, person_id: int, meeting: Any, pair: Any) -> tuple[Person, Side]:
    """Who speaks of a meeting, and on which side; the meeting is a `Meeting` or a `Spoken`."""
    here = meetings.attended(meeting, work.now - SPOKEN_OF_FOR, pair) if meeting else []
    mine = [one for one in here if one.person_id == person_id]
    if not mine:
        raise Refusal("feedback-not-yours")
    if meeting.status != MeetingStatus.HELD:
        raise Refusal("feedback-not-held")
    person = await people.get(work.session, person_id)
    assert person is not None
    return person, Side(mine[0].side)


def _which(work: Work, meeting: Meeting, reader: Person) -> dict[str, str]:
    return {"partner": partner(meeting.pair, reader), "when": when_met(work, meeting, reader)}


def _words(work: Work, meeting: Spoken, found: tuple[Concern, ...], answers: Mapping[str, Value]) -> str:
    """For the curator and the psychologist, in Russian: which meeting, what was answered, own words."""
    staff = Texts("ru")
    lines = [Text("feedback-concern", {"day": _day(work, meeting)})]
    lines += [Text(f"feedback-concern-{concern}") for concern in found if concern is not Concern.WORDS]
    if answers.get("FB_M.5"):
        lines.append(Text("feedback-concern-words", {"words": raw(str(answers["FB_M.5"]))}))
    return staff.join(lines, "\n")


def _day(work: Work, meeting: Spoken | Meeting) -> str:
    at = meeting.starts_at or meeting.closed_at or meeting.created_at
    return f"{at.astimezone(work.zone):%d.%m.%Y}"

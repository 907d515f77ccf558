"""Friendly words that the house says by itself: once each, never in exam weeks, all of them can be switched off.

They are `Kind.NUDGE`: one a day at most, within the reader's hours, not to those who asked for silence.
"""

from __future__ import annotations

from datetime import date

import structlog

from actions import journal
from actions.asked_by_rule import silent
from actions.meeting_messages import concerned, partner
from actions.tell import tell
from actions.work import Work
from program.nudges import (
    LEFT_FOR,
    MEET_WITHIN,
    OPEN_FOR,
    TOO_OLD,
    NudgeRules,
    left_alone,
    may_be_asked_to_meet,
)
from program.outgoing import Choice, Kind, say
from program.roles import PersonState, Side
from program.text import Text
from storage import askings, outbox
from storage import nudges as rows
from storage.askings import AGAIN, FIRST
from storage.meetings import present
from storage.tables import Conversation

log = structlog.get_logger()

SPOKEN_TO = (PersonState.VISITOR, PersonState.INVITED, PersonState.ACTIVE)


def rules_of(work: Work) -> NudgeRules:
    return NudgeRules.read(work.settings.nudges)


async def save(work: Work, rules: NudgeRules) -> None:
    """Replaces the rules. What waits to be sent already still goes out."""
    before, after = rules_of(work).to_json(), rules.to_json()
    if before != after:
        work.school.settings = {**work.school.settings, "nudges": after}
        await journal.note(work, "nudges.changed", f"school:{work.school.id}", before, after)


async def unfinished(work: Work) -> int:
    """A day after somebody left a questionnaire in the middle: one word that the answers are kept.

    The word about a questionnaire that was asked for takes the place of its one reminder. What waits to be said is
    dropped when the conversation went on. Returns how many were told.
    """
    for key in await rows.idle_words(work.session, work.school.id, work.now - OPEN_FOR):
        await outbox.cancel_one(work.session, key, "answered", now=work.now)
    if not rules_of(work).unfinished or silent(work)(work.today):
        return 0
    told = 0
    since, until = work.now - TOO_OLD, work.now - LEFT_FOR
    for talk, person in await rows.unfinished(work.session, work.school.id, since, until):
        if person.state not in SPOKEN_TO or not left_alone(talk.updated_at, work.now):
            continue
        key = await _key(work, talk)
        if not await rows.say_once(work.session, person.id, talk.updated_at, work.now) or not key:
            continue
        message = say(
            Text(f"nudge-unfinished-{'join' if talk.flow in ('join', 'guardian') else 'answers'}"),
            Choice(Text("talk-resume"), "f:resume", style="primary"),
            Choice(Text("nudge-no"), "f:forget"),
        )
        expires_at = work.now + OPEN_FOR
        told += await tell(work, person, message, key=key, kind=Kind.NUDGE, expires_at=expires_at)
    if told:
        log.info("nudges.unfinished", school=work.school.id, people=told)
    return told


async def _key(work: Work, talk: Conversation) -> str:
    """The outbox's key; "" if there was a reminder of the same already."""
    year, arg = work.settings.year, str(talk.subject.get("arg", ""))
    code, _, about = arg.partition(":")
    if talk.flow == "questionnaire" and code:
        invited = await askings.invited(work.session, work.school.id, year, code)
        begin = f":{talk.person_id}:"
        asked = [
            key
            for key in sorted(invited, key=lambda key: invited[key])
            if key.startswith(FIRST) and begin in key and key.rpartition(":")[2] == about
        ]
        if asked:
            again = AGAIN + asked[-1].removeprefix(FIRST)
            return "" if again in invited else again
    return f"{rows.KEY}{year}:{talk.person_id}:{talk.flow}:{arg}"[:200]


async def quiet_pairs(work: Work) -> int:
    """To the mentors of a pair that has not met for the school's number of days: one word for each occurrence.

    Nothing is said where a meeting is agreed or offered, where somebody asked for a change of the pair, and where
    another sign says that a human of the school has to talk to the two first. Returns how many were told.
    """
    if not rules_of(work).meetings or silent(work)(work.today):
        return 0
    session, school_id = work.session, work.school.id
    found = await rows.quiet_pairs(session, school_id)
    if not found:
        return 0
    signs = await rows.open_signs(session, school_id)
    coming = await rows.with_a_meeting_ahead(session, school_id, work.now)
    known = await outbox.known(
        session, [_meet_key(worry.id, one.person_id) for worry, pair in found for one in present(pair)]
    )
    told = 0
    for worry, pair in found:
        if pair.id in coming or not may_be_asked_to_meet(signs.get(pair.id, ())):
            continue
        for member in present(pair):
            key = _meet_key(worry.id, member.person_id)
            if member.side != Side.MENTOR or member.person.state != PersonState.ACTIVE or key in known:
                continue
            message = say(
                Text("nudge-meet", {"partner": partner(pair, member.person)}),
                Choice(Text("nudge-arrange"), f"f:meeting:{pair.id}", style="primary"),
                Choice(Text("meeting-met"), f"f:meeting-met:{pair.id}"),
                Choice(Text("ideas-title"), f"f:idea:{pair.id}"),
            ).about(*concerned(pair, member.person))
            expires_at = work.now + MEET_WITHIN
            told += await tell(work, member.person, message, key=key, kind=Kind.NUDGE, expires_at=expires_at)
    if told:
        log.info("nudges.quiet_pairs", school=school_id, people=told)
    return told


def _meet_key(worry_id: int, person_id: int) -> str:
    return f"nudge-meet:{worry_id}:{person_id}"


def free_for_staff(work: Work, day: date) -> bool:
    """Days on which the staff are left in peace by the house."""
    return day.weekday() in work.settings.staff_rest_days or silent(work)(day)

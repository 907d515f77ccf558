"""What one person sees of the meetings: what can be chosen, what stands, what is coming. Changes nothing.

The answers are JSON: a conversation remembers them.
"""

from __future__ import annotations

from typing import Any

from actions import meeting_messages as messages
from actions.meetings import open_one
from actions.work import Work
from locales import dates
from program.errors import Refusal
from program.meetings import free_starts
from program.outgoing import Choice, Message, say
from program.states import MeetingStatus, PairStatus
from program.text import Text
from storage import meetings, people
from storage.tables import Meeting, Pair, Person

Json = dict[str, Any]


async def pairs(work: Work, person_id: int) -> list[list[Any]]:
    """[id, name of the other side] of every announced pair in which the person may set the time."""
    me = await _person(work, person_id)
    return [
        [pair.id, messages.partner(pair, me)]
        for pair in await meetings.active_pairs(work.session, work.school.id, person_id)
        if not pair.is_group or messages.is_mentor(pair, me)
    ]


async def offer(work: Work, person_id: int, pair_id: int) -> Json:
    """What can be chosen for a new meeting, or `open`: the message about the one that stands already.

    Raises:
        Refusal: not a member, the pair is not at work, a group's mentee, or the school has no bells.
    """
    me = await _person(work, person_id)
    pair = await _pair(work, me, pair_id)
    found = open_one(await meetings.of_pair(work.session, pair.id), work.now)
    if found is not None:
        return {"open": about(work, found, me, pair).to_json()}
    return {"open": None, "place": work.settings.meeting_place} | _choice(work, me, pair)


async def offer_again(work: Work, person_id: int, meeting_id: int) -> Json:
    """What can be chosen instead, for a meeting that is offered or agreed.

    Raises:
        Refusal: as `offer`, or the meeting has begun or is over.
    """
    me = await _person(work, person_id)
    meeting, pair = await _meeting(work, me, meeting_id)
    if meeting.status not in (MeetingStatus.PROPOSED, MeetingStatus.CONFIRMED):
        raise Refusal("meeting-over")
    if meeting.starts_at is not None and meeting.starts_at <= work.now:
        raise Refusal("meeting-began")
    return _choice(work, me, pair)


async def standing(work: Work, person_id: int, meeting_id: int) -> Json:
    """Before calling it off: `when` ("" for an offer), `partner`, `cancelled`, `pair`, and `alone`.

    `alone`: a mentee of a group, whose absence does not call the meeting off.
    """
    me = await _person(work, person_id)
    meeting, pair = await _meeting(work, me, meeting_id)
    alone = pair.is_group and not messages.is_mentor(pair, me)
    others = messages.mentors(pair) if alone else ()
    partner = ", ".join(messages.called(mentor) for mentor in others) or messages.partner(pair, me)
    return {
        "when": messages.when(work, meeting.starts_at, me) if meeting.starts_at else "",
        "partner": partner,
        "cancelled": meeting.status == MeetingStatus.CANCELLED,
        "pair": pair.id,
        "alone": alone,
    }


async def mine(work: Work, person_id: int) -> list[Json]:
    """Messages of the list «Встречи»: for each pair what waits for an answer, what is coming, or a start."""
    me = await _person(work, person_id)
    my_pairs = await meetings.active_pairs(work.session, work.school.id, person_id)
    if not my_pairs:
        return [say(Text("meeting-no-pair")).to_json()]
    found: list[Message] = []
    for pair in my_pairs:
        of_pair = await _of_pair(work, me, pair)
        if len(my_pairs) > 1:
            of_pair = [_named(message, messages.partner(pair, me)) for message in of_pair]
        found += of_pair
    return [message.to_json() for message in found]


async def _of_pair(work: Work, me: Person, pair: Pair) -> list[Message]:
    known = await meetings.of_pair(work.session, pair.id)
    leads = not pair.is_group or messages.is_mentor(pair, me)
    found = [messages.question(work, m, me, pair) for m in known if leads and _open_end(work, m)]
    standing = open_one(known, work.now)
    if standing is not None:
        found.append(about(work, standing, me, pair))
    else:
        pick = (Choice(Text("meeting-pick-time"), f"f:meeting:{pair.id}"),) if leads else ()
        found.append(say(Text("meeting-none", {"partner": messages.partner(pair, me)}), *pick))
    return found


def _named(message: Message, name: str) -> Message:
    """The same with the other side's name on every button: the list shows several pairs at once."""
    rows = tuple(
        tuple(
            Choice(
                Text("meeting-button-of", {"button": choice.label, "partner": name}), choice.data, choice.url
            )
            for choice in row
        )
        for row in message.rows
    )
    return Message(message.texts, rows)


async def can_be_told(work: Work, pair: Pair, me: Person) -> bool:
    """Whether anybody of the other side can be written to now."""
    for person in meetings.reachable(pair):
        if person.id != me.id and await people.best_address(work.session, person.id) is not None:
            return True
    return False


def about(work: Work, meeting: Meeting, reader: Person, pair: Pair) -> Message:
    """A meeting that is agreed or offered, as this reader may act on it."""
    if meeting.status == MeetingStatus.CONFIRMED:
        return messages.coming(work, meeting, reader, pair)
    if meeting.proposed_by == reader.id:
        return messages.waiting(work, meeting, reader, pair)
    proposer = next((m.person for m in pair.members if m.person_id == meeting.proposed_by), reader)
    return messages.proposal(work, meeting, reader, proposer)


def _open_end(work: Work, meeting: Meeting) -> bool:
    """Agreed, over by the clock, and nobody said whether it was held."""
    return (
        meeting.status == MeetingStatus.CONFIRMED
        and meeting.starts_at is not None
        and meeting.starts_at <= work.now
    )


def _choice(work: Work, me: Person, pair: Pair) -> Json:
    if pair.is_group and not messages.is_mentor(pair, me):
        raise Refusal("meeting-group-by-mentor")
    starts = free_starts(work.now, work.settings, work.zone)
    if not starts:
        raise Refusal("meeting-no-times")
    return {
        "partner": messages.partner(pair, me),
        "group": pair.is_group,
        "days": [
            {
                "day": day.isoformat(),
                "label": dates.short_day(day, me.language),
                "name": dates.weekday_and_day(day, me.language),
                "starts": [[start.isoformat(), dates.clock(start, work.zone)] for start in of_day],
            }
            for day, of_day in starts.items()
        ],
    }


async def _person(work: Work, person_id: int) -> Person:
    person = await people.get(work.session, person_id)
    if person is None or person.school_id != work.school.id:
        raise Refusal("meeting-not-yours")
    return person


async def _pair(work: Work, me: Person, pair_id: int) -> Pair:
    pair = await meetings.lock_pair(work.session, work.school.id, pair_id)
    if pair is None or me.id not in {member.person_id for member in meetings.present(pair)}:
        raise Refusal("meeting-not-yours")
    if pair.status != PairStatus.ACTIVE:
        raise Refusal("meeting-pair-closed")
    return pair


async def _meeting(work: Work, me: Person, meeting_id: int) -> tuple[Meeting, Pair]:
    pair_id = await meetings.pair_of(work.session, work.school.id, meeting_id)
    if pair_id is None:
        raise Refusal("meeting-not-yours")
    pair = await _pair(work, me, pair_id)
    known = await meetings.of_pair(work.session, pair.id)
    return next(meeting for meeting in known if meeting.id == meeting_id), pair

"""What one person sees of the meetings: what can be chosen, what stands, what is coming. Changes nothing.

The answers are JSON: a conversation remembers them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from actions import meeting_family
from actions import meeting_messages as messages
from actions import meeting_rows as rows
from actions.meeting_clashes import free, taken
from actions.meeting_outcomes import members_at
from actions.meeting_series import planned, rest_of
from actions.meetings import ahead, open_one
from actions.naming import Case
from actions.work import Work
from locales import dates
from program.bells import Kind, Start
from program.errors import Refusal
from program.meetings import FARTHEST, free_starts, other_kinds, starts_left
from program.outgoing import Choice, Message, say
from program.pair_life import SPOKEN_OF_FOR
from program.roles import Side
from program.series import ends_offered
from program.states import MeetingFormat, MeetingStatus, PairStatus
from program.text import Arg, Text
from storage import meeting_diary, meetings, people
from storage.tables import Meeting, Pair, Person

PLACES = 6  # of the school's list on buttons; others are typed
SKIPPED = 4  # days that a series leaves out, by name
SHOWN = 2  # meetings of a series in the list
WRITTEN_FOR = timedelta(days=14)  # after which nobody is offered the diary any more

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
    known = await meetings.of_pair(work.session, pair.id)
    last = rows.last_day(pair)
    following = rows.kind_on(rows.put_off(known), pair, known, work.today)
    return {
        "open": None,
        "place": work.settings.meeting_place,
        "places": list(work.settings.places[:PLACES]),
        "kind": str(following),
        "kinds": [str(kind) for kind in other_kinds(following)],
        "last": last.isoformat() if last else "",
    } | await _choice(work, me, pair)


async def starts(work: Work, person_id: int, day: str, pair_id: int = 0, meeting_id: int = 0) -> Json:
    """What can be chosen on a day that was typed, as a line of `days` in `offer`.

    Args:
        pair_id: hours at which its people meet already are left out; 0: none are.
        meeting_id: that is being moved: its own hour may be chosen.

    Raises:
        Refusal: the day is over, or too far ahead; as `offer`.
    """
    me = await _person(work, person_id)
    hours = await taken(work, await _pair(work, me, pair_id), but=meeting_id) if pair_id else []
    on = date.fromisoformat(day)
    if on < work.today:
        raise Refusal("meeting-slot-past")
    if on > work.today + FARTHEST:
        raise Refusal("meeting-slot-far")
    return _day(work, me, on, free(work, starts_left(on, work.now, work.settings, work.zone), hours))


async def series_ends(work: Work, person_id: int, first: str, last: str) -> list[list[str]]:
    """Last days of a series that stand on buttons: [ISO day, in words]."""
    me = await _person(work, person_id)
    end = date.fromisoformat(last) if last else None
    days = ends_offered(date.fromisoformat(first), end)
    return [[day.isoformat(), dates.day(day, me.language)] for day in days]


async def series(work: Work, person_id: int, first: str, stored: Json) -> Json:
    """What a series would be before it is offered: `until`, `count`, and `skipped` days in words."""
    me = await _person(work, person_id)
    found = planned(work, datetime.fromisoformat(first), stored)
    assert found is not None
    skipped = [dates.day(day, me.language) for day in found.skipped]
    return {
        "until": dates.day(date.fromisoformat(stored["until"]), me.language),
        "count": len(found.starts),
        "skipped": ", ".join(skipped[:SKIPPED]),
        "more": max(len(skipped) - SKIPPED, 0),
    }


async def offer_again(work: Work, person_id: int, meeting_id: int) -> Json:
    """What can be chosen instead, for a meeting that is offered or agreed.

    Raises:
        Refusal: as `offer`, or the meeting has begun or is over.
    """
    me = await _person(work, person_id)
    meeting, pair, _ = await _meeting(work, me, meeting_id)
    if meeting.status not in (MeetingStatus.PROPOSED, MeetingStatus.CONFIRMED):
        raise Refusal("meeting-over")
    if meeting.starts_at is not None and meeting.starts_at <= work.now:
        raise Refusal("meeting-began")
    return await _choice(work, me, pair, meeting.id)


async def standing(work: Work, person_id: int, meeting_id: int) -> Json:
    """Before calling it off: `when` ("" for an offer), `partner`, `cancelled`, `pair`, `alone`, `later`.

    `alone`: a mentee of a group, whose absence does not call the meeting off. `later`: how many meetings of the
    same series follow.

    Raises:
        Refusal: it has begun or is over: the button stood in an old message.
    """
    me = await _person(work, person_id)
    meeting, pair, known = await _meeting(work, me, meeting_id)
    if meeting.status != MeetingStatus.CANCELLED:
        rows.require_ahead(work, meeting)
    alone = pair.is_group and not messages.is_mentor(pair, me)
    others = messages.mentors(pair) if alone else ()
    partner = ", ".join(messages.called(mentor) for mentor in others) or messages.partner(pair, me)
    return {
        "when": messages.when(work, meeting.starts_at, me) if meeting.starts_at else "",
        "partner": partner,
        "cancelled": meeting.status == MeetingStatus.CANCELLED,
        "pair": pair.id,
        "alone": alone,
        "later": 0 if alone else len(rest_of(meeting, known, work.now)) - 1,
    }


async def ended(work: Work, person_id: int, meeting_id: int) -> Json:
    """Before it is said whether it was held: `group`, `open`, `leads`, `people` as [id, name] without the reader, `away`,
    `over`.

    `open`: nobody has answered yet. `over`: no other day can be agreed any more. `leads`: the reader writes the diary. `away`: names of those who said before that
    they cannot come.

    Raises:
        Refusal: not a member, or of a group not its mentor.
    """
    me = await _person(work, person_id)
    meeting, pair, _ = await rows.meeting(work, me, meeting_id, ended=True)
    rows.require_spoken_of_by(work, meeting, pair, me)
    members = [one for one in members_at(pair, meeting) if one.person_id != me.id]
    said = await meeting_diary.attendance(work.session, [meeting.id]) if pair.is_group else ()
    away = [messages.called(one.person) for one in said if not one.came]
    return {
        "away": ", ".join(away),
        "group": pair.is_group,
        "over": pair.status != PairStatus.ACTIVE,
        "open": meeting.status == MeetingStatus.CONFIRMED,
        "leads": any(one.person_id == me.id and one.side == Side.MENTOR for one in pair.members),
        "people": [[one.person_id, messages.called(one.person)] for one in members],
    }


async def linkable(work: Work, person_id: int, meeting_id: int) -> Json:
    """Before its address is set: `when`, `partner`.

    Raises:
        Refusal: as `meetings.set_link`.
    """
    me = await _person(work, person_id)
    meeting, pair, _ = await _meeting(work, me, meeting_id)
    rows.require_lead(pair, me)
    rows.require_ahead(work, meeting)
    if meeting.starts_at is None or meeting.format != MeetingFormat.ONLINE:
        raise Refusal("meeting-link-not-now")
    return {
        "when": messages.when(work, meeting.starts_at, me),
        "partner": messages.partner(pair, me),
    }


async def mine(work: Work, person_id: int) -> list[Json]:
    """Messages of the list «Встречи»: for each pair what waits for an answer, what is coming, or a start."""
    me = await _person(work, person_id)
    my_pairs = await meetings.active_pairs(work.session, work.school.id, person_id)
    found = await _of_left(work, me)
    childs = await meeting_family.of_children(work, me)
    if not my_pairs and not childs:
        found.append(say(Text("meeting-no-pair")))
    for pair in my_pairs:
        of_pair = await _of_pair(work, me, pair)
        if len(my_pairs) > 1:
            of_pair = [_named(message, messages.partner(pair, me)) for message in of_pair]
        found += of_pair
    return [message.to_json() for message in (*found, *childs)]


async def _of_left(work: Work, me: Person) -> list[Message]:
    """What is still to be said of pairs that are over, or that the person has left: whether a meeting was held, the diary."""
    found: list[Message] = []
    for pair in await meetings.left_pairs(work.session, work.school.id, me.id, work.now - SPOKEN_OF_FOR):
        known = await meetings.of_pair(work.session, pair.id)
        mine = [one for one in known if rows.speaks_of(work, one, pair, me)]
        found += [messages.question(work, one, me, pair) for one in mine if _open_end(work, one)]
        if any(one.person_id == me.id and one.side == Side.MENTOR for one in pair.members):
            wanted = [one for one in await _unwritten(work, pair) if one in mine]
            found += [diary_wanted(work, one, me, pair) for one in wanted]
    return found


async def _of_pair(work: Work, me: Person, pair: Pair) -> list[Message]:
    known = await meetings.of_pair(work.session, pair.id)
    leads = not pair.is_group or messages.is_mentor(pair, me)
    found = [messages.question(work, m, me, pair) for m in known if leads and _open_end(work, m)]
    pick = (Choice(Text("meeting-pick-time"), f"f:meeting:{pair.id}"),) if leads else ()
    one = open_one(known, work.now)
    coming = [m for m in ahead(known, work.now) if m.series and m is not one]
    shown = [*([one] if one is not None else []), *coming[:SHOWN]]
    for m in shown:
        message = about(work, m, me, pair)
        found.append(_dated(work, message, m, me) if len(shown) > 1 else message)
    if len(coming) > SHOWN:
        last = coming[-1].starts_at
        assert last is not None
        args: dict[str, Arg] = {"count": len(coming) - SHOWN, "last": messages.when(work, last, me)}
        found.append(say(Text("meeting-more-ahead", args)))
    if one is None and not coming:
        following = rows.kind_on(rows.put_off(known), pair, known, work.today)
        args = {
            "partner": messages.partner(pair, me, Case.INSTRUMENTAL),
            "kind": Text(f"meeting-kind-{following}"),
        }
        found.append(say(Text("meeting-none", args), *pick))
    more = [Choice(Text("meeting-met"), f"f:meeting-met:{pair.id}")] if leads else []
    more.append(Choice(Text("ideas-title"), f"f:idea:{pair.id}"))
    found[-1] = replace(found[-1], rows=(*found[-1].rows, *((one,) for one in more)))
    if await meeting_diary.of_pair(work.session, work.school.id, pair.id):
        read = Choice(Text("meeting-diary-read"), f"f:meeting-notes:{pair.id}")
        found[-1] = replace(found[-1], rows=(*found[-1].rows, (read,)))
    if messages.is_mentor(pair, me):
        found += [diary_wanted(work, m, me, pair) for m in await _unwritten(work, pair)]
    return found


async def _unwritten(work: Work, pair: Pair) -> list[Meeting]:
    found = await meeting_diary.unwritten(work.session, pair.id, work.now - WRITTEN_FOR)
    return list(found[:1])


def diary_wanted(work: Work, meeting: Meeting, reader: Person, pair: Pair) -> Message:
    """A held meeting without a line in the diary: an offer, never a reproach."""
    assert meeting.starts_at is not None
    args: dict[str, Arg] = {
        "when": messages.when_met(work, meeting, reader),
        "partner": messages.partner(pair, reader),
    }
    write = Choice(Text("meeting-diary-write"), f"f:meeting-diary:{meeting.id}")
    return say(Text("meeting-diary-offer", args), write).about(*messages.concerned(pair, reader))


def _dated(work: Work, message: Message, meeting: Meeting, me: Person) -> Message:
    """The same with the meeting's day on every button: several of one pair stand in the list."""
    if meeting.starts_at is None:
        return message
    day = dates.short_day(meeting.starts_at.astimezone(work.zone).date(), me.language)
    return _worded(message, lambda label: Text("meeting-button-on", {"button": label, "day": day}))


def _named(message: Message, name: str) -> Message:
    """The same with the other side's name on every button: the list shows several pairs at once."""
    return _worded(message, lambda label: Text("meeting-button-of", {"button": label, "partner": name}))


def _worded(message: Message, word: Callable[[Text], Text]) -> Message:
    rows = tuple(
        tuple(Choice(word(choice.label), choice.data, choice.url) for choice in row) for row in message.rows
    )
    return Message(message.texts, rows)


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


async def _choice(work: Work, me: Person, pair: Pair, moved: int = 0) -> Json:
    if pair.is_group and not messages.is_mentor(pair, me):
        raise Refusal("meeting-group-by-mentor")
    starts = free_starts(work.now, work.settings, work.zone)
    if not starts:
        raise Refusal("meeting-no-times")
    hours = await taken(work, pair, but=moved)
    left = {day: free(work, of_day, hours) for day, of_day in starts.items()}
    return {
        "partner": messages.partner(pair, me),
        "group": pair.is_group,
        "zone": work.zone.key,
        "pair": pair.id,
        "moved": moved,
        "taken": [[one.isoformat() for one in span] for span in hours],
        "minutes": work.settings.meeting_minutes,
        "days": [_day(work, me, day, of_day) for day, of_day in left.items() if of_day],
    }


def _day(work: Work, me: Person, day: date, starts: Sequence[datetime]) -> Json:
    """`starts`: [ISO start, its clock, its label]; `exam` and `rest` say what the two should know of the day."""
    settings = work.settings
    known = {start.at: start for start in settings.starts_on(day)}
    return {
        "day": day.isoformat(),
        "label": dates.short_day(day, me.language),
        "name": dates.weekday_and_day(day, me.language),
        "exam": settings.is_exam(day),
        "rest": settings.is_rest(day),
        "lessons": [[f"{one.starts:%H:%M}", f"{one.ends:%H:%M}"] for one in settings.lessons_on(day)],
        "starts": [
            [start.isoformat(), dates.clock(start, work.zone), _start(known, start, work).to_json()]
            for start in starts
        ],
    }


def _start(known: dict[time, Start], start: datetime, work: Work) -> Text:
    """«13:30», «13:10 после 5-го урока»."""
    local = start.astimezone(work.zone)
    found = known.get(local.time())
    kind = found.kind if found else Kind.USUAL
    number = found.number if found else 0
    return Text(f"meeting-start-{kind}", {"clock": f"{local:%H:%M}", "number": number})


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


async def _meeting(work: Work, me: Person, meeting_id: int) -> tuple[Meeting, Pair, Sequence[Meeting]]:
    pair_id = await meetings.pair_of(work.session, work.school.id, meeting_id)
    if pair_id is None:
        raise Refusal("meeting-not-yours")
    pair = await _pair(work, me, pair_id)
    known = await meetings.of_pair(work.session, pair.id)
    return next(meeting for meeting in known if meeting.id == meeting_id), pair, known

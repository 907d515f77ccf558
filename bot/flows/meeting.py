"""Agreeing on a meeting by buttons, moving it, calling it off, and saying whether it was held."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from actions import encounter_views, meetings
from actions import meeting_messages as messages
from actions import meeting_views as views
from actions.work import Work
from bot.answers import Option, Unclear, clean, some_text
from bot.talk import Talk
from program.errors import Refusal
from program.meetings import SLOTS
from program.outgoing import Choice, Message
from program.states import MeetingFormat, MeetingStatus
from program.text import Text, raw
from storage import people
from storage.meetings import lock_pair
from storage.tables import Meeting, Pair, Person

LONGEST_PLACE = 200
LONGEST_NOTE = 200
LONGEST_LINK = 300


async def meeting(talk: Talk) -> None:
    """A new meeting: up to three starts, format, place. Entered from: the menu, `f:meeting:<pair>`."""
    pair_id = await _which_pair(talk)
    if pair_id is None:
        return
    known = await talk.once("offer", lambda work: views.offer(work, talk.person_id, pair_id))
    if known["open"]:
        _show(talk, Message.from_json(known["open"]))
        return
    slots, rows = await _choose_slots(talk, known)
    format, place, link = await _choose_place(talk, known["place"], rows)
    await talk.check("sure", Text("meeting-check", {"partner": known["partner"]}), rows)

    async def send(work: Work) -> Message:
        me = await _me(talk, work)
        made = await meetings.propose(work, me, pair_id, slots, format, place, link)
        return await _offered(work, made, me)

    _show(talk, await talk.finish(send))


async def meeting_other(talk: Talk) -> None:
    """Other starts for a meeting that is offered or agreed. Entered from: `f:meeting-other:<meeting>`."""
    meeting_id = _number(talk.arg)
    known = await talk.once("offer", lambda work: views.offer_again(work, talk.person_id, meeting_id))
    slots, rows = await _choose_slots(talk, known)
    await talk.check("sure", Text("meeting-check", {"partner": known["partner"]}), rows)

    async def send(work: Work) -> Message:
        me = await _me(talk, work)
        return await _offered(work, await meetings.move(work, me, meeting_id, slots), me)

    _show(talk, await talk.finish(send))


async def meeting_reply(talk: Talk) -> None:
    """«Подходит». Entered from: `f:meeting-reply:<meeting>.<slot>.<sequence>`."""
    numbers = [_number(part) for part in talk.arg.split(".")]
    if len(numbers) not in (2, 3):
        raise Refusal("meeting-not-yours")

    async def agree(work: Work) -> Message:
        me = await _me(talk, work)
        agreed = await meetings.accept(work, me, *numbers)
        return messages.agreed(work, agreed, me, await _pair(work, agreed))

    _show(talk, await talk.finish(agree))


async def meeting_cancel(talk: Talk) -> None:
    """«Не смогу», without a reason. Entered from: a reminder, the list, `f:meeting-cancel:<meeting>`."""
    meeting_id = _number(talk.arg)
    known = await talk.once("standing", lambda work: views.standing(work, talk.person_id, meeting_id))
    again = Choice(Text("meeting-pick-time"), f"f:meeting:{known['pair']}")
    if known["cancelled"]:
        talk.say(Text("meeting-cancel-before"), again)
        return
    sure = Text("meeting-cancel-offer-sure")
    if known["when"]:
        sure = Text(
            "meeting-absent-sure" if known["alone"] else "meeting-cancel-sure", {"when": known["when"]}
        )
    yes = "meeting-absent-yes" if known["alone"] else "meeting-cancel-yes"
    answers = (Option("yes", Text(yes)), Option("no", Text("meeting-cancel-no")))
    if await talk.choose("sure", sure, answers) == "no":
        talk.say(Text("meeting-kept"))
        return
    note = None
    if known["when"]:
        whose = Text("meeting-cancel-note", {"partner": known["partner"]})
        note = await talk.ask("note", whose, some_text(LONGEST_NOTE), skip=True)

    async def call_off(work: Work) -> bool:
        return await meetings.cancel(work, await _me(talk, work), meeting_id, note or "")

    first = await talk.finish(call_off)
    partner = {"partner": known["partner"]}
    if known["alone"]:
        talk.say(Text("meeting-absent-done", partner))
    elif first:
        talk.say(Text("meeting-cancel-done", partner), again)
    else:
        talk.say(Text("meeting-cancel-before"), again)


async def meeting_outcome(talk: Talk) -> None:
    """«Состоялась?» Entered from: the question's buttons, `f:meeting-outcome:<meeting>.<outcome>`."""
    number, _, answer = talk.arg.partition(".")
    meeting_id = _number(number)
    if answer not in messages.OUTCOMES:
        offered = [Option(str(outcome), Text(f"reminder-{outcome}")) for outcome in messages.OUTCOMES]
        answer = await talk.choose("outcome", Text("meeting-outcome-which"), offered)

    async def note(work: Work) -> tuple[MeetingStatus, bool, int]:
        me = await _me(talk, work)
        return await meetings.outcome(work, me, meeting_id, MeetingStatus(answer))

    stands, first, pair_id = await talk.finish(note)
    if not first:
        talk.say(Text("meeting-outcome-said", {"outcome": str(stands)}))
    elif stands is MeetingStatus.HELD:
        talk.say(Text("meeting-outcome-held"))
        talk.then("feedback", arg=str(meeting_id))
    else:
        again = Choice(Text("meeting-pick-time"), f"f:meeting:{pair_id}")
        talk.say(Text(f"meeting-outcome-{stands}"), again)


async def my_meetings(talk: Talk) -> None:
    """What is agreed, what waits for an answer, and a way to a new meeting. Entered from: the menu."""
    for message in await talk.once("mine", lambda work: views.mine(work, talk.person_id)):
        _show(talk, Message.from_json(message))
    for message in await talk.once("one-off", lambda work: encounter_views.mine(work, talk.person_id)):
        _show(talk, Message.from_json(message))


async def _which_pair(talk: Talk) -> int | None:
    if talk.arg:
        return _number(talk.arg)
    pairs = await talk.once("pairs", lambda work: views.pairs(work, talk.person_id))
    if not pairs:
        talk.say(Text("meeting-no-pair"))
        return None
    if len(pairs) == 1:
        return int(pairs[0][0])
    named = [Option(str(number), raw(name)) for number, name in pairs]
    return int(await talk.choose("pair", Text("meeting-which-pair"), named))


Rows = list[tuple[str, Text, Text]]


async def _choose_slots(talk: Talk, known: dict[str, Any]) -> tuple[list[datetime], Rows]:
    """One start for a group, up to three for a pair; and the lines of the summary."""
    slots: list[str] = []
    rows: Rows = []
    most = 1 if known["group"] else SLOTS
    for number in range(1, most + 1):
        days = {day["day"]: day for day in known["days"] if _left(day, slots)}
        if not days:
            break
        offered = [Option(day, raw(of["label"])) for day, of in days.items()]
        day = days[await talk.choose(f"day{number}", Text("meeting-day", {"number": number}), offered)]
        # The answer is the clock alone: another day chosen on the summary keeps it where the day has it.
        starts = _left(day, slots)
        times = [Option(clock, raw(clock)) for clock in starts]
        clock = await talk.choose(f"time{number}", Text("meeting-time", {"day": day["name"]}), times)
        slots.append(starts[clock])
        rows.append((f"day{number}", Text("meeting-row-day", {"number": number}), raw(day["name"])))
        rows.append((f"time{number}", Text("meeting-row-time", {"number": number}), raw(clock)))
        more = (Option("add", Text("meeting-add")), Option("enough", Text("meeting-enough")))
        if number == most or await talk.choose(f"more{number}", Text("meeting-more"), more) == "enough":
            break
    return [datetime.fromisoformat(slot) for slot in slots], rows


def _left(day: dict[str, Any], slots: list[str]) -> dict[str, str]:
    """Starts of the day that are not chosen yet, by their clock."""
    return {clock: start for start, clock in day["starts"] if start not in slots}


async def _choose_place(talk: Talk, usual: str, rows: Rows) -> tuple[MeetingFormat, str, str]:
    """Format, place, link; adds their lines to the summary."""
    formats = [Option(str(kind), Text(f"meeting-format-{kind}")) for kind in MeetingFormat]
    format = MeetingFormat(await talk.choose("format", Text("meeting-format"), formats))
    rows.append(("format", Text("meeting-row-format"), Text(f"meeting-format-{format}")))
    place = link = None
    if format is MeetingFormat.OFFLINE:
        offered = (Option(usual, raw(usual)),) if usual else ()
        place = await talk.ask(
            "place", Text("meeting-place"), some_text(LONGEST_PLACE), options=offered, skip=True
        )
    else:
        link = await talk.ask("link", Text("meeting-link"), https_link, skip=True)
    said = place or link
    name = "place" if format is MeetingFormat.OFFLINE else "link"
    rows.append((name, Text(f"meeting-row-{name}"), raw(said) if said else Text("meeting-row-none")))
    return format, place or "", link or ""


def https_link(typed: str) -> str:
    """An address of a page, as it was typed. Raises Unclear for anything else."""
    link = clean(typed)
    whole = link.startswith("https://") and not any(c.isspace() for c in link)
    if not whole or not 12 <= len(link) <= LONGEST_LINK:
        raise Unclear("meeting-link-unclear")
    return link


async def _offered(work: Work, made: Meeting, me: Person) -> Message:
    """What the one who chose the time reads: it is fixed (a group), or the other side will answer."""
    pair = await _pair(work, made)
    if made.status == MeetingStatus.CONFIRMED:
        return messages.agreed(work, made, me, pair)
    told = await views.can_be_told(work, pair, me)
    return Message(
        (Text("meeting-sent" if told else "meeting-kept-only", {"partner": messages.partner(pair, me)}),)
    )


async def _me(talk: Talk, work: Work) -> Person:
    me = await people.get(work.session, talk.person_id)
    if me is None:
        raise Refusal("meeting-not-yours")
    return me


async def _pair(work: Work, meeting: Meeting) -> Pair:
    pair = await lock_pair(work.session, work.school.id, meeting.pair_id)
    assert pair is not None, "a meeting without its pair"
    return pair


def _number(arg: str) -> int:
    """An id from a button; a mangled one is nobody's meeting."""
    if not arg.isascii() or not arg.isdecimal() or len(arg) > 15:
        raise Refusal("meeting-not-yours")
    return int(arg)


def _show(talk: Talk, message: Message) -> None:
    choices = [choice for row in message.rows for choice in row]
    *before, last = message.texts
    for text in before:
        talk.say(text)
    talk.say(last, *choices)

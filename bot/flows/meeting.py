"""Agreeing on a meeting by buttons, moving it, calling it off."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from actions import (
    encounter_views,
    gathering_views,
    meeting_news,
    meeting_rows,
    meeting_series,
    meeting_words,
    meetings,
)
from actions import meeting_messages as messages
from actions import meeting_views as views
from actions.work import Work
from bot.answers import Option, some_text
from bot.flows.meeting_shared import me as _me
from bot.flows.meeting_shared import number as _number
from bot.flows.meeting_shared import pair_of as _pair
from bot.flows.meeting_shared import show as _show
from bot.flows.meeting_times import choose_place, choose_slots
from bot.flows.shared_words import shared_link
from bot.talk import Talk
from program.errors import Refusal
from program.outgoing import Choice, Message
from program.states import MeetingStatus
from program.text import Arg, Text, raw
from storage.tables import Meeting, Person

LONGEST_NOTE = 200


async def meeting(talk: Talk) -> None:
    """A new meeting: up to three starts, perhaps again and again, format, place. Entered from: the menu,
    `f:meeting:<pair>`.
    """
    pair_id = await _which_pair(talk)
    if pair_id is None:
        return
    known = await talk.once("offer", lambda work: views.offer(work, talk.person_id, pair_id))
    if known["open"]:
        _show(talk, Message.from_json(known["open"]))
        return
    talk.in_place()
    talk.to_keep()
    chosen = await choose_slots(talk, known)
    places = known.get("places") or [one for one in (known["place"],) if one]
    format, place, link = await choose_place(talk, places, chosen.rows)
    kind = chosen.kind or known.get("kind")
    if kind:
        talk.say(Text("meeting-check-kind", {"kind": Text(f"meeting-kind-{kind}")}))
    for remark in chosen.remarks:
        talk.say(remark)
    await talk.check("sure", Text("meeting-check", {"partner": known["partner"]}), chosen.rows)

    async def send(work: Work) -> Message:
        me = await _me(talk, work)
        made = await meetings.propose(
            work, me, pair_id, chosen.starts, format, place, link, kind=chosen.kind, repeat=chosen.repeat
        )
        return await _offered(work, made, me)

    _show(talk, await talk.finish(send))


async def meeting_other(talk: Talk) -> None:
    """Other starts for a meeting that is offered or agreed. Entered from: `f:meeting-other:<meeting>`."""
    meeting_id = _number(talk.arg)
    known = await talk.once("offer", lambda work: views.offer_again(work, talk.person_id, meeting_id))
    talk.in_place()
    talk.to_keep()
    chosen = await choose_slots(talk, known, anew=False)
    for remark in chosen.remarks:
        talk.say(remark)
    await talk.check("sure", Text("meeting-check", {"partner": known["partner"]}), chosen.rows)

    async def send(work: Work) -> Message:
        me = await _me(talk, work)
        was = (await meeting_rows.meeting(work, me, meeting_id))[0].starts_at
        return await _offered(work, await meetings.move(work, me, meeting_id, chosen.starts), me, was)

    _show(talk, await talk.finish(send))


async def meeting_link(talk: Talk) -> None:
    """The address of an agreed online meeting. Entered from: `f:meeting-link:<meeting>`."""
    meeting_id = _number(talk.arg)
    known = await talk.once("link?", lambda work: views.linkable(work, talk.person_id, meeting_id))
    whose = Text("meeting-link-for", {"when": known["when"]})
    link = await talk.ask("link", whose, await shared_link(talk))

    async def send(work: Work) -> list[Person]:
        me = await _me(talk, work)
        kept = await meetings.set_link(work, me, meeting_id, link)
        return await meeting_news.missing(work, await _pair(work, kept), me, kept.starts_at)

    missed = await talk.finish(send)
    partner = {"partner": known["partner"]}
    talk.say(Text("meeting-link-only") if missed else Text("meeting-link-kept", partner))
    _say_missed(talk, missed)


async def meeting_reply(talk: Talk) -> None:
    """«Подходит». Entered from: `f:meeting-reply:<meeting>.<slot>.<sequence>`."""
    numbers = [_number(part) for part in talk.arg.split(".")]
    if len(numbers) not in (2, 3):
        raise Refusal("meeting-not-yours")

    async def agree(work: Work) -> Message:
        me = await _me(talk, work)
        return await _agreed(work, await meetings.accept(work, me, *numbers), me)

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
    later = known.get("later", 0)
    answers = [
        Option("yes", Text("meeting-cancel-one" if later else yes)),
        Option("no", Text("meeting-cancel-no")),
    ]
    if later:
        answers.insert(1, Option("all", Text("meeting-cancel-all", {"count": later + 1})))
    said = await talk.choose("sure", sure, answers)
    if said == "no":
        talk.say(Text("meeting-kept"))
        return

    async def call_off(work: Work) -> tuple[bool, list[Person], bool]:
        me = await _me(talk, work)
        meeting, pair, _ = await meeting_rows.meeting(work, me, meeting_id)
        near = meeting.starts_at
        if said == "all":
            first = bool(await meeting_series.call_off_rest(work, me, meeting_id))
        else:
            first = await meetings.cancel(work, me, meeting_id)
        missed = await meeting_news.missing(work, pair, me, near) if first else []
        return first, missed, len(missed) < len(meeting_news.listeners(pair, me))

    first, missed, heard = await talk.finish(call_off)
    done = "meeting-absent" if known["alone"] else "meeting-cancel"
    note = [_note(meeting_id)] if known["when"] and heard else []
    after = note if known["alone"] else [again, *note]
    if not first:
        talk.say(Text("meeting-cancel-before"), again)
    elif missed:
        talk.say(Text(f"{done}-only"), *after)
    else:
        talk.say(Text(f"{done}-done", {"partner": known["partner"]}), *after)
    _say_missed(talk, missed)


async def meeting_note(talk: Talk) -> None:
    """A few words after calling off, for whoever wants to. Entered from: `f:meeting-cancel-note:<meeting>`."""
    meeting_id = _number(talk.arg)
    known = await talk.once("note?", lambda work: meeting_words.to_add(work, talk.person_id, meeting_id))
    whose = Text("meeting-cancel-note", {"partner": known["partner"]})
    words = await talk.ask("note", whose, some_text(LONGEST_NOTE))

    async def add(work: Work) -> bool:
        return await meeting_words.add(work, await _me(talk, work), meeting_id, words)

    if await talk.finish(add):
        talk.say(Text("meeting-note-done"))
    else:
        talk.say(Text("meeting-note-held-back"), _note(meeting_id))


def _note(meeting_id: int) -> Choice:
    return Choice(Text("meeting-note-add"), f"f:meeting-cancel-note:{meeting_id}")


async def my_meetings(talk: Talk) -> None:
    """What is agreed, what waits for an answer, and a way to a new meeting. Entered from: the menu."""
    for message in await talk.once("mine", lambda work: views.mine(work, talk.person_id)):
        _show(talk, Message.from_json(message))
    for message in await talk.once("one-off", lambda work: encounter_views.mine(work, talk.person_id)):
        _show(talk, Message.from_json(message))
    for message in await talk.once("gatherings", lambda work: gathering_views.mine(work, talk.person_id)):
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


async def _offered(work: Work, made: Meeting, me: Person, was: datetime | None = None) -> Message:
    """What the one who chose the time reads: it is fixed (a group), or the other side will answer."""
    if made.status == MeetingStatus.CONFIRMED:
        return await _agreed(work, made, me, was)
    pair = await _pair(work, made)
    how = await meeting_news.offered(work, pair, me, made, was)
    said = _how_offered(how)
    args: dict[str, Arg] = {"partner": messages.partner(pair, me)}
    if how.at:
        args["when"] = messages.when(work, how.at, me)
    texts = [Text(said, args)]
    missed = await meeting_news.missing(work, pair, me, was) if was else []
    if missed:
        texts.append(meeting_news.too_late(missed))
    other = Choice(Text("meeting-other-time"), f"f:meeting-other:{made.id}")
    return Message(tuple(texts), ((other,),) if said == "meeting-kept-late" else ())


def _how_offered(how: meeting_news.Offered) -> str:
    if how.closed:
        return "meeting-kept-only"
    if how.silent:
        return "meeting-kept-silent"
    if how.missed:
        return "meeting-kept-late"
    return "meeting-sent-later" if how.at else "meeting-sent"


async def _agreed(work: Work, meeting: Meeting, me: Person, was: datetime | None = None) -> Message:
    """When and where; and whom the bot cannot tell in time, once, to whoever has just fixed it."""
    pair = await _pair(work, meeting)
    said = messages.agreed(work, meeting, me, pair, await meeting_series.agreed_with(work, meeting))
    near = min(at for at in (meeting.starts_at, was) if at is not None)
    fresh = meeting.confirmed_at == work.now
    missed = await meeting_news.missing(work, pair, me, near) if fresh else []
    return replace(said, texts=(*said.texts, meeting_news.too_late(missed))) if missed else said


def _say_missed(talk: Talk, missed: list[Person]) -> None:
    if missed:
        talk.say(meeting_news.too_late(missed))

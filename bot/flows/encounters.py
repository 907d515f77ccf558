"""Meetings outside of pairs: what there is, signing up, not coming, offering a topic of one's own.

Entered from: «Разовые встречи», `f:encounters`, `f:encounters:<part>`, and the buttons of messages.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from actions import encounter_speed as speed
from actions import encounter_views as views
from actions import encounters as verbs
from actions.work import Work
from bot.answers import Option, whole_number
from bot.flows.shared_words import shared_link, shared_place, shared_text
from bot.talk import Talk, options
from program.encounters import MOST_SEATS, WISHES, Audience, SeatState
from program.errors import Refusal
from program.outgoing import Choice, Message
from program.roles import Category
from program.states import MeetingFormat
from program.text import Text, raw

CURATOR = Choice(Text("menu-curator"), "f:curator")
MINE = Choice(Text("encounters-part-mine"), "f:encounters:mine")
# Part of the hub -> the flow that takes over.
ELSEWHERE = {
    "question": ("pool-ask", {"arg": "question"}),
    "request": ("pool-ask", {"arg": "request"}),
    "talks": ("pool-mine", {}),
    "topics": ("pool-topics", {}),
    "offer": ("encounter-offer", {}),
}
SEATS = ("1", "3", "5", "10", "20")
Rows = list[tuple[str, Text, Text]]


async def encounters(talk: Talk) -> None:
    """The hub. Entered from: «Разовые встречи»."""
    may = await talk.once("may", lambda work: views.roles(work, talk.person_id))
    if not may["joins"]:
        talk.say(Text("encounters-later"), CURATOR)
        return
    parts = ["signup", "mine", "question", "request", "talks", "topics"] + ["offer"] * may["leads"]
    if not may["leads"] and not may["pupil"]:
        parts.remove("topics")
    part = talk.arg
    if part not in parts:
        part = await talk.choose(
            "part", Text("encounters-which"), options((p, Text(f"encounters-part-{p}")) for p in parts)
        )
    if part == "mine":
        await _mine(talk)
    elif part == "signup":
        await _list(talk)
    else:
        flow, subject = ELSEWHERE[part]
        talk.then(flow, **subject)


async def _mine(talk: Talk) -> None:
    found = await talk.once("mine", lambda work: views.mine(work, talk.person_id))
    if not found:
        talk.say(Text("encounters-mine-none"), Choice(Text("encounters-list"), "f:encounters:signup"))
    for message in found:
        show(talk, Message.from_json(message))


async def _list(talk: Talk) -> None:
    found = await talk.once("offered", lambda work: views.offered(work, talk.person_id))
    if not found:
        request = Choice(Text("encounters-part-request"), "f:encounters:request")
        talk.say(Text("encounters-none"), request)
        return
    offered = [Option(str(one["id"]), Text.from_json(one["label"])) for one in found]
    talk.then("encounter", arg=await talk.choose("encounter", Text("encounters-choose"), offered))


async def encounter(talk: Talk) -> None:
    """One meeting: what it is, and a seat. Entered from: the list, `f:encounter:<id>`."""
    key = number(talk.arg)
    known = await talk.once("card", lambda work: views.card(work, talk.person_id, key))
    if known["state"] == SeatState.SEATED:
        show(talk, Message.from_json(known["coming"]))
        return
    if known["state"] == SeatState.WAITING:
        talk.say(Text("encounters-waiting-already"), _cannot(key))
        return
    for text in Message.from_json(known["card"]).texts:
        talk.say(text)
    answers = options((("yes", Text("encounters-yes")), ("no", Text("encounters-no"))))
    if await talk.choose("sure", Text("encounters-sure"), answers) == "no":
        talk.say(Text("encounters-another-time"), MINE)
        return

    async def sign_up(work: Work) -> SeatState:
        return await verbs.sign_up(work, await views.me(work, talk.person_id), key)

    if await talk.finish(sign_up) is SeatState.WAITING:
        talk.say(Text("encounters-in-queue"), _cannot(key))
        return
    talk.say(Text("encounters-signed-up"), _cannot(key))
    if known["speed"]:
        talk.then("encounter-wishes", arg=str(key))


async def encounter_wishes(talk: Talk) -> None:
    """Whom one would like to meet at an event of rounds; may be said anew. `f:encounter-wishes:<id>`."""
    key = number(talk.arg)
    leading = await talk.once("leading", lambda work: views.whom_to_wish(work, talk.person_id, key))
    if not leading:
        talk.say(Text("encounters-wishes-later"))
        return
    named = [Option(str(one), raw(name)) for one, name in leading]
    chosen = await talk.choose_many(
        "wishes", Text("encounters-wishes", {"count": WISHES}), named, limit=WISHES, skip=True
    )
    await talk.finish(lambda work: speed.wish(work, talk.person_id, key, [int(one) for one in chosen]))
    talk.say(Text("encounters-wishes-kept"))


async def encounter_leave(talk: Talk) -> None:
    """«Не смогу», without a reason. `f:encounter-leave:<id>`."""
    key = number(talk.arg)
    known = await talk.once("standing", lambda work: views.standing(work, talk.person_id, key))
    if known["gone"]:
        talk.say(Text("encounters-left-before"), MINE)
        return
    args = {"topic": raw(known["topic"]), "when": known["when"]}
    sure = Text("encounters-leave-all" if known["all"] else "encounters-leave-sure", args)
    answers = options((("yes", Text("encounters-leave-yes")), ("no", Text("encounters-leave-no"))))
    if await talk.choose("sure", sure, answers) == "no":
        talk.say(Text("meeting-kept"))
        return

    async def leave(work: Work) -> bool:
        return await verbs.leave(work, await views.me(work, talk.person_id), key)

    await talk.finish(leave)
    talk.say(Text("encounters-left"), Choice(Text("encounters-list"), "f:encounters:signup"))


async def encounter_offer(talk: Talk) -> None:
    """A topic of one's own; the curator looks at it before others see it. `f:encounter-offer`."""
    may = await talk.once("may", lambda work: views.roles(work, talk.person_id))
    if not may["leads"]:
        raise Refusal("encounters-not-admitted")
    rows: Rows = []
    introduced = Text("encounters-offer-topic-adults" if may["reverse"] else "encounters-offer-topic")
    topic = await talk.ask("topic", introduced, await shared_text(talk, verbs.LONGEST_TOPIC))
    rows.append(("topic", Text("encounters-row-topic"), raw(topic)))
    more = await shared_text(talk, verbs.LONGEST_ABOUT)
    about = await talk.ask("about", Text("encounters-offer-about"), more, skip=True)
    rows.append(("about", Text("encounters-row-about"), raw(about) if about else Text("meeting-row-none")))
    starts_at = await choose_start(talk, rows)
    format, place, link = await choose_where(talk, rows)
    seats = await talk.ask(
        "seats", Text("encounters-offer-seats"), whole_number(1, MOST_SEATS),
        options=[Option(one, raw(one)) for one in SEATS],
    )  # fmt: skip
    rows.append(("seats", Text("encounters-row-seats"), raw(str(seats))))
    audience = await _for_whom(talk, rows, adults_only=may["reverse"])
    await talk.check("sure", Text("encounters-offer-check"), rows)
    draft = verbs.Draft(
        topic, starts_at, about=about or "", format=format, place=place, link=link, seats=seats, audience=audience
    )  # fmt: skip

    async def offer(work: Work) -> Any:
        return await verbs.offer(work, await views.me(work, talk.person_id), draft)

    await talk.finish(offer)
    talk.say(Text("encounters-offered"), MINE)


async def _for_whom(talk: Talk, rows: Rows, *, adults_only: bool) -> Audience:
    """An own offer of a pupil who is no mentor is for adults, whatever is said here."""
    if adults_only:
        return Audience()
    whom = options((one, Text(f"encounters-whom-{one}")) for one in ("all", Category.PUPIL, Category.TEACHER))
    said = await talk.choose("whom", Text("encounters-offer-whom"), whom)
    rows.append(("whom", Text("encounters-row-whom"), Text(f"encounters-whom-{said}")))
    return Audience() if said == "all" else Audience((said,))


async def choose_start(talk: Talk, rows: Rows) -> datetime:
    """A day and a start by the school's bells."""
    days = await talk.once("days", lambda work: views.starts(work, talk.person_id))
    labels = {one["day"]: one for one in days}
    offered = [Option(day, raw(one["label"])) for day, one in labels.items()]
    day = labels[await talk.choose("day", Text("encounters-day"), offered)]
    clocks = {clock: start for start, clock in day["starts"]}
    clock = await talk.choose(
        "time", Text("meeting-time", {"day": day["label"]}), [Option(one, raw(one)) for one in clocks]
    )
    rows.append(("day", Text("encounters-row-day"), raw(day["label"])))
    rows.append(("time", Text("encounters-row-time"), raw(clock)))
    return datetime.fromisoformat(clocks[clock])


async def choose_where(talk: Talk, rows: Rows) -> tuple[MeetingFormat, str, str]:
    """Format, place, link."""
    formats = [Option(str(kind), Text(f"meeting-format-{kind}")) for kind in MeetingFormat]
    format = MeetingFormat(await talk.choose("format", Text("encounters-format"), formats))
    rows.append(("format", Text("meeting-row-format"), Text(f"meeting-format-{format}")))
    place = link = None
    if format is MeetingFormat.OFFLINE:
        place = await talk.ask("place", Text("encounters-place"), await shared_place(talk, 200), skip=True)
    else:
        link = await talk.ask("link", Text("meeting-link"), await shared_link(talk), skip=True)
    said, name = place or link, "place" if format is MeetingFormat.OFFLINE else "link"
    rows.append((name, Text(f"meeting-row-{name}"), raw(said) if said else Text("meeting-row-none")))
    return format, place or "", link or ""


def number(arg: str) -> int:
    """An id from a button; a mangled one is nobody's meeting."""
    if not arg.isascii() or not arg.isdecimal() or len(arg) > 15:
        raise Refusal("encounters-unknown")
    return int(arg)


def show(talk: Talk, message: Message) -> None:
    choices = [choice for row in message.rows for choice in row]
    *before, last = message.texts
    for text in before:
        talk.say(text)
    talk.say(last, *choices)


def _cannot(key: int) -> Choice:
    return Choice(Text("meeting-cannot"), f"f:encounter-leave:{key}")

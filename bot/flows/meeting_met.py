"""«Мы уже виделись»: a meeting that nobody planned is noted afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from actions import meeting_met
from actions.meeting_messages import is_mentor
from actions.work import Work
from bot.answers import Option, Unclear, clean, else_words
from bot.flows.meeting_after import absent_of, said_held
from bot.flows.meeting_shared import me, number, show
from bot.flows.meeting_times import day_in, example_day
from bot.talk import Talk
from locales.dates import short_day
from program.outgoing import Message
from program.text import Text, raw

NEAR = 7  # days on the first buttons, today among them
EARLIER = "earlier"


async def met(talk: Talk) -> None:
    """Which day, of a group who was there; then the diary and the poll as after any meeting. `f:meeting-met:<pair>`."""
    pair_id = number(talk.arg)
    known = await talk.once("met", lambda work: meeting_met.known(work, talk.person_id, pair_id))
    day = await _day(talk, known)
    of_day = await talk.once(
        f"day-{day}", lambda work: meeting_met.of_day(work, talk.person_id, pair_id, day)
    )
    if of_day["stands"]:
        _lead(talk, of_day["stands"])
        return
    absent = await absent_of(talk, of_day) if known["group"] else []

    async def note(work: Work) -> tuple[int, bool, bool, dict[str, Any]]:
        who = await me(talk, work)
        away = {int(one) for one in absent}
        meeting, pair, made = await meeting_met.note(work, who, pair_id, date.fromisoformat(day), away)
        return meeting.id, made, is_mentor(pair, who), meeting_met.led_to(work, meeting, who, pair)

    meeting_id, made, leads, stands = await talk.finish(note)
    if not made:
        _lead(talk, stands)
        return
    said_held(
        talk,
        meeting_id,
        Text("meeting-met-kept", {"when": stands["when"]}),
        leads=leads,
        group=known["group"],
    )


def _lead(talk: Talk, stands: dict[str, Any]) -> None:
    """To the meeting that stands on that day already."""
    if stands["ahead"]:
        talk.say(Text("meeting-met-planned"))
        show(talk, Message.from_json(stands["ahead"]))
        return
    talk.say(Text("meeting-met-stands", {"when": stands["when"]}))
    talk.then("meeting-outcome", arg=f"{stands['id']}.held")


async def _day(talk: Talk, known: dict[str, Any]) -> str:
    """An ISO day: today, yesterday, the days before on buttons; or typed."""
    since = date.fromisoformat(known["since"])
    days = [talk.today - timedelta(days=back) for back in range(max((talk.today - since).days, 0) + 1)]
    named = [Option(day.isoformat(), _label(talk, day)) for day in days]
    near, far = named[:NEAR], named[NEAR:]
    more = [Option(EARLIER, Text("meeting-met-earlier"))] if far else []
    args = {"partner": known["partner"], "example": example_day(days[min(1, len(days) - 1)])}
    typed = day_behind(talk.today, since)
    day = await talk.ask(
        "day",
        Text("meeting-met-day", args),
        else_words(talk.one_of([*near, *more]), typed),
        options=[*near, *more],
    )
    if day == EARLIER:
        text = Text("meeting-met-which", {"since": f"{since:%d.%m}"})
        day = await talk.ask("earlier", text, else_words(talk.one_of(far), typed), options=far)
    return day


def _label(talk: Talk, day: date) -> Text:
    names = {0: "plan-day-today", 1: "plan-day-yesterday"}
    back = (talk.today - day).days
    return Text(names[back]) if back in names else raw(short_day(day, talk.language))


def day_behind(today: date, since: date) -> Callable[[str], str]:
    """An ISO day from «12.09» or «12.09.2026», not before `since` and not after today."""

    def read(typed: str) -> str:
        found = day_in(clean(typed).replace("/", ".").replace(",", "."), since)
        if found is None or not since <= found <= today:
            raise Unclear("meeting-met-unclear", example=example_day(today), since=f"{since:%d.%m}")
        return found.isoformat()

    return read

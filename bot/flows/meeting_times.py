"""Choosing when and where: days, hours by the school's bells or typed, repeats, place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from actions import meeting_views as views
from bot.answers import Option, Unclear, clean, else_words
from bot.flows.shared_words import shared_link, shared_place
from bot.talk import Talk
from program.errors import Refusal
from program.meetings import FARTHEST, SLOTS, overlap, require_own_start
from program.series import MOST, Repeat
from program.states import MeetingFormat, MeetingKind
from program.text import Text, raw

LONGEST_PLACE = 200
OTHER_KIND = "kind"
REPEATS = {"weekly": 1, "biweekly": 2}
Rows = list[tuple[str, Text, Text]]
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(20\d\d))?")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)")


@dataclass
class Chosen:
    """What was chosen so far. `rows`: lines of the summary; `remarks`: what the two should know."""

    slots: list[str] = field(default_factory=list)
    rows: Rows = field(default_factory=list)
    remarks: list[Text] = field(default_factory=list)
    kind: MeetingKind | None = None
    repeat: Repeat | None = None

    @property
    def starts(self) -> list[datetime]:
        return [datetime.fromisoformat(slot) for slot in self.slots]

    def remark(self, text_id: str) -> None:
        if text_id not in {text.id for text in self.remarks}:
            self.remarks.append(Text(text_id))


async def choose_slots(talk: Talk, known: dict[str, Any], *, anew: bool = True) -> Chosen:
    """One start for a group, up to three for a pair.

    Args:
        known: of `meeting_views.offer` or `offer_again`.
        anew: a new meeting, which may be of another kind, or the first of many.
    """
    chosen, typed = Chosen(), dict[str, Any]()
    most = 1 if known["group"] else SLOTS
    for number in range(1, most + 1):
        days = {day["day"]: day for day in known["days"] if _left(day, chosen.slots)}
        if not days and not known.get("zone"):
            break
        day = await _day(talk, known, chosen, number, days, anew=anew)
        if day not in days and day not in typed:
            typed[day] = await _typed_day(talk, known, day)
        await _time(talk, known, chosen, number, days.get(day) or typed[day])
        more = _more(known, chosen, number, most, anew=anew)
        if not more:
            break
        again = any(one.value in REPEATS for one in more)
        asked = Text("meeting-more", {"most": most}) if again else Text("meeting-more-times")
        answer = await talk.choose(f"more{number}", asked, more)
        if answer in REPEATS:
            await _until(talk, known, chosen, number, REPEATS[answer])
        if answer != "add":
            break
    return chosen


async def choose_place(talk: Talk, places: Sequence[str], rows: Rows) -> tuple[MeetingFormat, str, str]:
    """Format, place, link; adds their lines to the summary."""
    formats = [Option(str(kind), Text(f"meeting-format-{kind}")) for kind in MeetingFormat]
    format = MeetingFormat(await talk.choose("format", Text("meeting-format"), formats))
    rows.append(("format", Text("meeting-row-format"), Text(f"meeting-format-{format}")))
    place = link = None
    if format is MeetingFormat.OFFLINE:
        offered = [Option(place, raw(place)) for place in places]
        typed = await shared_place(talk, LONGEST_PLACE)
        read = else_words(talk.one_of(offered), typed) if offered else typed
        place = await talk.ask("place", Text("meeting-place"), read, options=offered, skip=True)
    else:
        link = await talk.ask("link", Text("meeting-link"), await shared_link(talk), skip=True)
    said = place or link
    name = "place" if format is MeetingFormat.OFFLINE else "link"
    rows.append((name, Text(f"meeting-row-{name}"), raw(said) if said else Text("meeting-row-none")))
    return format, place or "", link or ""


def day_ahead(
    today: date, latest: date, first: date | None = None, unclear: str = "meeting-day-unclear"
) -> Callable[[str], str]:
    """An ISO day from «25.09» or «25.09.2026», not before `first` (today, if none) and not after `latest`."""

    would_do = {"example": example_day(min(first or today, latest)), "latest": f"{latest:%d.%m.%Y}"}

    def read(typed: str) -> str:
        found = day_in(clean(typed), today)
        if found is None or not (first or today) <= found <= latest:
            raise Unclear(unclear, **would_do)
        return found.isoformat()

    return read


def example_day(of: date) -> str:
    """How a day is written, shown by one that would do: «25.09»."""
    return f"{of:%d.%m}"


def day_in(said: str, today: date) -> date | None:
    """The day that was typed; without a year the first such day from `today` on. None: it is no day."""
    parts = _DAY.fullmatch(said)
    if parts is None:
        with suppress(ValueError):
            return date.fromisoformat(said)
        return None
    day, month, year = int(parts[1]), int(parts[2]), parts[3]
    try:
        found = date(int(year) if year else today.year, month, day)
        return found if year or found >= today else found.replace(year=today.year + 1)
    except ValueError:
        return None


async def _day(
    talk: Talk, known: dict[str, Any], chosen: Chosen, number: int, days: dict[str, Any], *, anew: bool
) -> str:
    """An ISO day; asks first for another kind of meeting if that is wished."""
    offered = [Option(day, _label(of)) for day, of in days.items()]
    kinds = [MeetingKind(kind) for kind in known.get("kinds", ())] if anew and number == 1 else []
    others = [Option(OTHER_KIND, Text("meeting-other-kind"))] if kinds else []
    head = Text("meeting-day", {"number": number})
    if kinds:
        kind = Text(f"meeting-kind-{known['kind']}")
        head = Text("meeting-day-next", {"kind": kind, "example": example_day(talk.today)})
    read = day_ahead(talk.today, talk.today + FARTHEST) if known.get("zone") else None
    step = f"day{number}"
    day = await talk.ask(
        step, head, else_words(talk.one_of([*offered, *others]), read), options=[*offered, *others]
    )
    if day == OTHER_KIND:
        named = [Option(str(kind), Text(f"meeting-kind-{kind}")) for kind in kinds]
        chosen.kind = MeetingKind(await talk.choose("kind", Text("meeting-which-kind"), named))
        chosen.rows.append(("kind", Text("meeting-row-kind"), Text(f"meeting-kind-{chosen.kind}")))
        step = "day1-of"
        day = await talk.ask(
            step, Text("meeting-day", {"number": 1}), else_words(talk.one_of(offered), read), options=offered
        )
    name = days[day]["name"] if day in days else ""
    chosen.rows.append((step, Text("meeting-row-day", {"number": number}), raw(name)))
    return day


async def _typed_day(talk: Talk, known: dict[str, Any], day: str) -> dict[str, Any]:
    whose = known.get("pair", 0), known.get("moved", 0)
    found: dict[str, Any] = await talk.once(
        f"starts-{day}", lambda work: views.starts(work, talk.person_id, day, *whose)
    )
    return found


async def _time(talk: Talk, known: dict[str, Any], chosen: Chosen, number: int, of: dict[str, Any]) -> None:
    # The answer is the clock alone: another day chosen on the summary keeps it where the day has it.
    starts = _left(of, chosen.slots)
    times = [Option(clock, label) for clock, (_, label) in starts.items()]
    own = _own_time(talk, known, date.fromisoformat(of["day"]), chosen) if known.get("zone") else None
    text = Text("meeting-time" if times else "meeting-time-typed", {"day": of["name"]})
    clock = await talk.ask(f"time{number}", text, else_words(talk.one_of(times), own), options=times)
    if clock in starts:
        chosen.slots.append(starts[clock][0])
    else:
        chosen.slots.append(_start(known["zone"], date.fromisoformat(of["day"]), clock).isoformat())
        if any(first <= clock < last for first, last in of.get("lessons", ())):
            chosen.remark("meeting-in-lessons")
    step, name, _ = chosen.rows[-1]
    chosen.rows[-1] = (step, name, raw(of["name"]))
    chosen.rows.append((f"time{number}", Text("meeting-row-time", {"number": number}), raw(clock)))
    if of.get("exam"):
        chosen.remark("meeting-exams")
    if of.get("rest"):
        chosen.remark("meeting-rest-day")


def _more(known: dict[str, Any], chosen: Chosen, number: int, most: int, *, anew: bool) -> list[Option]:
    """What may follow a start: another one, nothing, or the same hour again and again."""
    if number == most and most > 1:
        return []
    found = [Option("add", Text("meeting-add"))] if number < most else []
    found.append(Option("enough", Text("meeting-enough" if most > 1 else "meeting-once")))
    last, first = known.get("last", ""), chosen.starts[-1].date()
    long_enough = not last or date.fromisoformat(last) >= first + timedelta(weeks=1)
    if anew and known.get("zone") and long_enough:
        found += [Option(name, Text(f"meeting-{name}")) for name in REPEATS]
    return found if len(found) > 1 else []


async def _until(talk: Talk, known: dict[str, Any], chosen: Chosen, number: int, weeks: int) -> None:
    zone = ZoneInfo(known["zone"])
    first = max(start.astimezone(zone).date() for start in chosen.starts)
    last = known.get("last", "")
    ends = await talk.once(
        f"ends-{first}", lambda work: views.series_ends(work, talk.person_id, first.isoformat(), last)
    )
    offered = [Option(day, Text("meeting-until-day", {"day": name})) for day, name in ends]
    farthest = first + timedelta(weeks=MOST)
    latest = min(farthest, date.fromisoformat(last)) if last else farthest
    own = day_ahead(talk.today, latest, first + timedelta(weeks=weeks), "meeting-until-unclear")
    head = Text("meeting-until", {"example": example_day(min(first + timedelta(weeks=weeks), latest))})
    until = await talk.ask("until", head, else_words(talk.one_of(offered), own), options=offered)
    chosen.repeat = Repeat(weeks, date.fromisoformat(until))
    start = min(chosen.slots)
    told = await talk.once(
        f"series-{start}-{weeks}-{until}",
        lambda work: views.series(
            work, talk.person_id, start, Repeat(weeks, date.fromisoformat(until)).to_json()
        ),
    )
    chosen.rows.append(
        (
            f"more{number}",
            Text("meeting-row-repeat"),
            Text("meeting-weekly" if weeks == 1 else "meeting-biweekly"),
        )
    )
    days = Text("meeting-row-until-value", {"until": told["until"], "count": told["count"]})
    chosen.rows.append(("until", Text("meeting-row-until"), days))
    if told["skipped"]:
        chosen.remarks.append(Text("meeting-skips", {"days": told["skipped"], "more": told["more"]}))


def _own_time(talk: Talk, known: dict[str, Any], day: date, chosen: Chosen) -> Callable[[str], str]:
    """A clock «16:20» of that day at which two people may meet, and neither meets somebody else."""
    zone = known["zone"]
    taken = [
        (datetime.fromisoformat(since), datetime.fromisoformat(to)) for since, to in known.get("taken", ())
    ]
    lasts = timedelta(minutes=known.get("minutes", 0))

    def read(typed: str) -> str:
        said = _CLOCK.fullmatch(clean(typed))
        if said is None or int(said[1]) > 23 or int(said[2]) > 59:
            raise Unclear("meeting-time-unclear")
        clock = f"{int(said[1]):02}:{said[2]}"
        start = _start(zone, day, clock)
        if start in chosen.starts:
            raise Unclear("meeting-slot-twice")
        if any(overlap((start, start + lasts), one) for one in taken):
            raise Unclear("meeting-slot-busy")
        try:
            require_own_start(start, talk.now, ZoneInfo(zone))
        except Refusal as refusal:
            raise Unclear(refusal.text.id) from None
        return clock

    return read


def _start(zone: str, day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))


def _left(day: dict[str, Any], slots: list[str]) -> dict[str, tuple[str, Text]]:
    """Starts of the day that are not chosen yet with their labels, by their clock."""
    found = {}
    for start, clock, *label in day["starts"]:
        if start not in slots:
            found[clock] = (start, Text.from_json(label[0]) if label else raw(clock))
    return found


def _label(day: dict[str, Any]) -> Text:
    return Text("meeting-day-exams", {"day": day["label"]}) if day.get("exam") else raw(day["label"])

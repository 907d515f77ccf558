"""Meetings of a pair: what may be offered, when to remind, when to ask. Source: domain.md 7.1, 7.2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from program.bells import EARLIEST, LATEST
from program.courtesy import LAST_CALL, polite_before, polite_from
from program.errors import Refusal
from program.outgoing import Kind
from program.roles import Category
from program.settings import SchoolSettings
from program.states import MeetingKind

SLOTS = 3  # starts in one proposal
DAYS = 7  # school days to choose from
LEAD = timedelta(hours=2)  # a nearer start leaves the other side no time to answer
LEAST_NOTICE = timedelta(minutes=30)
ASK_AFTER = timedelta(hours=1)  # after the planned end
ASK_AGAIN = time(17)
LAST_AFTER = timedelta(days=2)  # from the second question to the third, which is the last
LAST_QUESTION = "last"
LEFT_AFTER = timedelta(days=1)  # then nobody is asked any more, the curator's list shows the meeting
FARTHEST = timedelta(days=120)  # a day that is typed instead of chosen
NOTED_FOR = timedelta(days=14)  # a meeting that nobody planned; later it is the curator's to write about
FINAL_WITHIN = timedelta(days=21)  # of the pair's planned end: the next meeting is the final one

ONCE = (MeetingKind.M1, MeetingKind.M2, MeetingKind.M3)  # in this order


@dataclass(frozen=True)
class Moment:
    """A message that makes sense from `at` until just before `until`."""

    name: str
    at: datetime
    until: datetime


@dataclass(frozen=True)
class News:
    """How news about a meeting reaches one reader.

    Args:
        at: when. in_time: at once, or at least `LEAST_NOTICE` before the meeting.
    """

    kind: Kind
    at: datetime
    in_time: bool


def news(
    now: datetime, starts_at: datetime | None, settings: SchoolSettings, zone: ZoneInfo, category: str | None
) -> News:
    """At the reader's next polite hour; if the meeting is nearer, on any day that is not night.

    Args:
        starts_at: None: it has no time that could be missed.
    """
    usual = polite_from(now, settings, zone, category, Kind.NOTICE)
    if starts_at is None or usual <= max(now, starts_at - LEAST_NOTICE):
        return News(Kind.NOTICE, usual, True)
    soon = polite_from(now, settings, zone, category, Kind.SOON)
    if soon > starts_at:  # nobody's weekend is disturbed for what is over
        return News(Kind.NOTICE, usual, False)
    return News(Kind.SOON, soon, soon <= max(now, starts_at - LEAST_NOTICE))


def next_kind(held: Iterable[MeetingKind], on: date, last_day: date | None) -> MeetingKind:
    """What comes next for a pair that has held these: acquaintance, trial, planning, then work, at the end the final one.

    Args:
        on: the day of the meeting. last_day: the pair's planned end, if there is one.
    """
    done = set(held)
    for kind in ONCE:
        if kind not in done:
            return kind
    final = last_day is not None and on > last_day - FINAL_WITHIN and MeetingKind.M5 not in done
    return MeetingKind.M5 if final else MeetingKind.M4


def kind_again(
    kind: MeetingKind,
    held: Iterable[MeetingKind],
    since: Iterable[MeetingKind],
    on: date,
    last_day: date | None,
) -> MeetingKind:
    """What a meeting that was put off is on its new day: what the two had chosen, unless it has been held meanwhile.

    Args:
        held: all kinds the pair has held. since: of them those since the meeting was offered.
    """
    following = next_kind(held, on, last_day)
    if kind is MeetingKind.M4:
        return following if following is MeetingKind.M5 else kind
    return following if kind is not MeetingKind.FLASH and kind in set(since) else kind


def other_kinds(following: MeetingKind) -> tuple[MeetingKind, ...]:
    """What the two may meet for instead of what comes next; the whole programme's meetings are the curator's."""
    mine = (*ONCE, MeetingKind.M4, MeetingKind.M5, MeetingKind.FLASH)
    return tuple(kind for kind in mine if kind is not following)


def free_starts(now: datetime, settings: SchoolSettings, zone: ZoneInfo) -> dict[date, tuple[datetime, ...]]:
    """The next school days with the starts that are left on them, earliest first; at most `DAYS` days.

    Rest days, holidays and starts nearer than `LEAD` are left out. Empty if the school has no bells.
    """
    found: dict[date, tuple[datetime, ...]] = {}
    today = now.astimezone(zone).date()
    for ahead in range(90):  # longer than the summer break of a school that keeps its calendar here
        day = today + timedelta(days=ahead)
        if settings.is_rest(day):
            continue
        later = starts_left(day, now, settings, zone)
        if later:
            found[day] = later
        if len(found) == DAYS:
            break
    return found


def starts_left(day: date, now: datetime, settings: SchoolSettings, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Starts of one day that are not nearer than `LEAD`."""
    starts = (datetime.combine(day, start.at, zone) for start in settings.starts_on(day))
    return tuple(start for start in starts if start.astimezone(UTC) >= now + LEAD)


def require_own_start(start: datetime, now: datetime, zone: ZoneInfo) -> None:
    """Raises Refusal unless a start that somebody typed can be offered to another person."""
    local = start.astimezone(zone)
    if start < now + LEAD:
        raise Refusal("meeting-slot-soon")
    if start > now + FARTHEST:
        raise Refusal("meeting-slot-far")
    if not EARLIEST <= local.time() <= LATEST:
        raise Refusal("meeting-slot-hours")


def minutes_at(start: datetime, settings: SchoolSettings, zone: ZoneInfo) -> int:
    """How long a meeting that starts then is planned to be: in a break it ends with the break."""
    local = start.astimezone(zone)
    for one in settings.starts_on(local.date()):
        if one.at == local.time() and one.minutes:
            return min(one.minutes, settings.meeting_minutes)
    return settings.meeting_minutes


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Whether two spans have a moment in common; one may begin when the other ends."""
    return one[0] < other[1] and other[0] < one[1]


def require_slots(slots: Sequence[datetime], now: datetime, *, is_group: bool) -> None:
    """Raises Refusal unless there are one to three different starts ahead (exactly one for a group)."""
    most = 1 if is_group else SLOTS
    if not 1 <= len(set(slots)) == len(slots) <= most:
        raise Refusal("meeting-slots-wrong", most=most)
    if min(slots) <= now:
        raise Refusal("meeting-slot-past")


def reminders(
    starts_at: datetime, settings: SchoolSettings, zone: ZoneInfo, category: str | None
) -> tuple[Moment, ...]:
    """A day and two hours ahead, each moved into the reader's polite hours and before the meeting.

    An early meeting: the day's reminder comes the evening before that night, the near one in the morning
    if half an hour is left. Where both would come together there is one.
    """
    start = starts_at.astimezone(UTC)
    far = polite_before(start - timedelta(hours=24), settings, zone, category)
    soon = start - timedelta(hours=2)
    near = polite_from(soon, settings, zone, category, Kind.NOTICE)
    if near.astimezone(UTC) > start - LEAST_NOTICE:
        near = polite_before(soon, settings, zone, category)
    if near.astimezone(UTC) <= far.astimezone(UTC):
        return (Moment("24", far, start),)
    return Moment("24", far, near), Moment("2", near, start)


def reminder_window(now: datetime, settings: SchoolSettings, zone: ZoneInfo) -> datetime:
    """No meeting that starts after this instant can have a reminder due now.

    Usually now and a day; before a rest day and holidays up to their end and a day.
    """
    after = now + LAST_CALL
    opens = [
        polite_from(after, settings, zone, category, Kind.NOTICE)
        for category in (Category.PUPIL, Category.TEACHER)
    ]
    return max(opens).astimezone(UTC) + timedelta(hours=24)


def questions(
    starts_at: datetime, minutes: int, settings: SchoolSettings, zone: ZoneInfo, category: str | None
) -> tuple[Moment, ...]:
    """When to ask «Встреча состоялась?»: an hour after the planned end, the next day, two days after that."""
    end = starts_at.astimezone(UTC) + timedelta(minutes=minutes)
    first = polite_from(end + ASK_AFTER, settings, zone, category, Kind.NOTICE)
    next_day = datetime.combine(first.date() + timedelta(days=1), ASK_AGAIN, zone)
    again = polite_from(next_day, settings, zone, category, Kind.NOTICE)
    last = polite_from(again + LAST_AFTER, settings, zone, category, Kind.NOTICE)
    return (
        Moment("first", first, again),
        Moment("again", again, last),
        Moment(LAST_QUESTION, last, last + LEFT_AFTER),
    )


def met_since(today: date, together_since: date) -> date:
    """The first day on which a meeting that nobody planned may still be noted."""
    return max(today - NOTED_FOR, together_since)


def require_met_day(day: date, today: date, since: date) -> None:
    """Raises Refusal unless a meeting that nobody planned may be noted for that day."""
    if day > today:
        raise Refusal("meeting-met-ahead-of")
    if day < since:
        raise Refusal("meeting-met-old", since=f"{since:%d.%m}")


def due(moments: Iterable[Moment], now: datetime) -> Moment | None:
    """The one that makes sense now."""
    for moment in moments:
        if moment.at <= now < moment.until:
            return moment
    return None


def left_for_curator(now: datetime) -> datetime:
    """Meetings that began before this instant and have no answer are shown to the curator.

    The question comes on the day, the next day and two days later; a day is left for the last answer.
    """
    return now - timedelta(days=1) - LAST_AFTER - LEFT_AFTER - ASK_AFTER

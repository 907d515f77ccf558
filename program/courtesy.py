"""When it is polite to write, and how much. Source: ux.md 1.2 (quiet hours by role), domain.md 7.2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from program.outgoing import UNASKED, Choice, Concerns, Kind, Message
from program.roles import Category
from program.settings import STAFF, SchoolSettings
from program.text import Text

LOOK_AHEAD = 100  # days: longer than any holiday
MERGED_MOST = 4  # messages that become one: more is not read
MERGED_ROWS = 8  # of buttons below it; every platform takes more
LAST_CALL = timedelta(minutes=5)  # before the hours end: what is put off to an evening still goes out in it


def polite_from(
    moment: datetime, settings: SchoolSettings, zone: ZoneInfo, category: str | None, kind: Kind
) -> datetime:
    """The first instant, `moment` or later, at which such a message may reach such a reader.

    Replies and safety alerts pass at any hour. Everything else waits for the reader's hours and for
    a day that is neither a rest day nor a holiday; what one person writes to another waits for such a day
    only where it would reach staff at home. What is about a meeting so near that it would come too late
    (`program.meetings.news`) passes on any day, while anybody of the school may be written to.

    Args:
        moment: aware, any zone.
        zone: the school's.
        category: of the reader; staff have shorter hours.

    Returns:
        An aware instant in `zone`.
    """
    local = moment.astimezone(zone)
    if kind in (Kind.REPLY, Kind.ALERT):
        return local
    first, last = _waking_hours(settings) if kind is Kind.SOON else settings.hours(category)
    for ahead in range(LOOK_AHEAD):
        day = (local + timedelta(days=ahead)).date()
        if kind is Kind.NUDGE and settings.is_exam(day):
            continue
        if settings.is_rest(day, category) and not _on_any_day(kind, category):
            continue
        opens = datetime.combine(day, first, zone)
        closes = datetime.combine(day, last, zone)
        if local < closes:
            return max(local, opens)
    return local


def _on_any_day(kind: Kind, category: str | None) -> bool:
    return kind is Kind.SOON or (kind is Kind.LETTER and category not in STAFF)


def _waking_hours(settings: SchoolSettings) -> tuple[time, time]:
    """The hours of pupils and those of staff together."""
    opens, closes = zip(*(settings.hours(one) for one in (Category.PUPIL, Category.TEACHER)), strict=True)
    return min(opens), max(closes)


def polite_before(
    moment: datetime, settings: SchoolSettings, zone: ZoneInfo, category: str | None
) -> datetime:
    """The last instant, `moment` or earlier, at which a notice may reach such a reader.

    For reminders that would come too late the next morning. Returns an aware instant in `zone`.
    """
    local = moment.astimezone(zone)
    first, last = settings.hours(category)
    for back in range(LOOK_AHEAD):
        day = (local - timedelta(days=back)).date()
        if settings.is_rest(day, category):
            continue
        opens = datetime.combine(day, first, zone)
        closes = datetime.combine(day, last, zone) - LAST_CALL
        if local >= opens:
            return min(local, closes)
    return local


def day_begins(moment: datetime, zone: ZoneInfo) -> datetime:
    """Midnight of that day by the school's clock."""
    return datetime.combine(moment.astimezone(zone).date(), time(), zone)


def unasked_from(
    moment: datetime,
    had: datetime | None,
    settings: SchoolSettings,
    zone: ZoneInfo,
    category: str | None,
    kind: Kind,
) -> datetime:
    """The first instant, `moment` or later, at which such a message may go: of unasked ones one a day.

    Args:
        had: when the reader got the last unasked message, at whatever address; None: never.
    """
    free = moment
    if kind in UNASKED and had is not None and had >= day_begins(moment, zone):
        free = datetime.combine(moment.astimezone(zone).date() + timedelta(days=1), time(), zone)
    return polite_from(free, settings, zone, category, kind)


def together(first: Message, others: Iterable[Message]) -> tuple[Message, tuple[int, ...]]:
    """One message of several unasked ones, and which of `others` went in, by their places.

    What carries photos or redraws goes alone: its words belong to the picture.
    """
    taken: list[int] = []
    parts: list[Message] = [first]
    for place, other in enumerate(others):
        rows = sum(len(part.rows) for part in parts) + len(other.rows)
        if len(parts) >= MERGED_MOST or rows > MERGED_ROWS or not _may_join(parts, other):
            continue
        parts.append(other)
        taken.append(place)
    return _joined(parts) if taken else first, tuple(taken)


def _may_join(parts: Sequence[Message], other: Message) -> bool:
    """Photos go alone; so does what is about consents, and what tells of another child or another pair."""
    if any(part.photos or part.concerns.formal for part in (*parts, other)):
        return False
    wards = {part.concerns.ward for part in (*parts, other)} - {0}
    pairs = {part.concerns.pair for part in (*parts, other)} - {0}
    return len(wards) <= 1 and len(pairs) <= 1


def _joined(parts: Sequence[Message]) -> Message:
    """The words of each below one another, then the buttons; numbered, so that it is seen which belongs to which."""
    texts: list[Text] = []
    rows: list[tuple[Choice, ...]] = []
    for number, part in enumerate(parts, 1):
        texts += [_numbered(number, part.texts[0]), *part.texts[1:]]
        rows += [
            tuple(replace(choice, label=_numbered(number, choice.label)) for choice in row)
            for row in part.rows
        ]
    home = next((part.home for part in parts if part.home), ())
    known = [part.concerns for part in parts]
    concerns = Concerns(
        people=tuple(dict.fromkeys(person for one in known for person in one.people)),
        ward=max(one.ward for one in known),
        shown=tuple(dict.fromkeys(person for one in known for person in one.shown)),
        pair=max(one.pair for one in known),
    )
    familiar = any(part.familiar for part in parts)
    return Message(tuple(texts), tuple(rows), home, familiar=familiar, concerns=concerns)


def _numbered(number: int, text: Text) -> Text:
    return Text("courtesy-part", {"number": number, "text": text})

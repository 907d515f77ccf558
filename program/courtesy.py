"""When it is polite to write. Source: ux.md 1.2 (quiet hours by role), domain.md 7.2."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from program.outgoing import Kind
from program.roles import Category
from program.settings import SchoolSettings

STAFF = (Category.TEACHER, Category.EMPLOYER)  # those with the hours of staff
LOOK_AHEAD = 100  # days: longer than any holiday
LAST_CALL = timedelta(minutes=5)  # before the hours end: what is put off to an evening still goes out in it


def polite_from(
    moment: datetime, settings: SchoolSettings, zone: ZoneInfo, category: str | None, kind: Kind
) -> datetime:
    """The first instant, `moment` or later, at which such a message may reach such a reader.

    Replies and safety alerts pass at any hour. Everything else waits for the reader's hours and for
    a day that is neither a rest day nor a holiday; what one person writes to another waits for such a day
    only where it would reach staff at home.

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
    first, last = settings.hours(category)
    for ahead in range(LOOK_AHEAD):
        day = (local + timedelta(days=ahead)).date()
        if settings.is_rest(day) and not (kind is Kind.LETTER and category not in STAFF):
            continue
        opens = datetime.combine(day, first, zone)
        closes = datetime.combine(day, last, zone)
        if local < closes:
            return max(local, opens)
    return local


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
        if settings.is_rest(day):
            continue
        opens = datetime.combine(day, first, zone)
        closes = datetime.combine(day, last, zone) - LAST_CALL
        if local >= opens:
            return min(local, closes)
    return local

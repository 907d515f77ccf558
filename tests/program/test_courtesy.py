from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.courtesy import polite_before, polite_from
from program.meetings import Moment, questions, reminders
from program.outgoing import Kind
from program.roles import Category
from program.settings import SchoolSettings

ZONES = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Asia/Yekaterinburg",
    "Asia/Kamchatka",
    "Europe/Berlin",  # summer time
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
categories = st.sampled_from([*Category, None])


@st.composite
def schools(draw: st.DrawFn) -> SchoolSettings:
    """Hours of any width, any rest days but all seven, a week of holidays anywhere."""
    opens = draw(st.integers(6, 11))
    closes = draw(st.integers(opens + 1, 22))
    first = draw(st.dates(date(2026, 1, 1), date(2027, 12, 1)))
    return SchoolSettings(
        quiet_pupils=(f"{opens:02}:00", f"{closes:02}:00"),
        quiet_staff=("08:00", "19:00"),
        rest_days=tuple(draw(st.sets(st.integers(0, 6), max_size=6))),
        holidays=tuple((first + timedelta(days=n)).isoformat() for n in range(7)),
    )


def is_polite(at: datetime, settings: SchoolSettings, zone: ZoneInfo, category: str | None) -> bool:
    local = at.astimezone(UTC).astimezone(zone)
    first, last = settings.hours(category)
    return not settings.is_rest(local.date()) and first <= local.time() < last


@given(moments, schools(), zones, categories, st.sampled_from([Kind.NOTICE, Kind.NEWS]))
def test_nobody_is_written_to_in_quiet_hours_or_on_a_rest_day(
    at: datetime, settings: SchoolSettings, zone: ZoneInfo, category: str | None, kind: Kind
) -> None:
    due = polite_from(at, settings, zone, category, kind)
    assert due.astimezone(UTC) >= at
    assert is_polite(due, settings, zone, category)


@given(moments, schools(), zones, categories)
def test_an_earlier_hour_is_polite_too(
    at: datetime, settings: SchoolSettings, zone: ZoneInfo, category: str | None
) -> None:
    due = polite_before(at, settings, zone, category)
    assert due.astimezone(UTC) <= at
    assert is_polite(due, settings, zone, category)
    # and `tell` finds nothing more to put off
    assert polite_from(due, settings, zone, category, Kind.NOTICE) == due


@pytest.mark.parametrize("kind", [Kind.REPLY, Kind.ALERT])
def test_replies_and_safety_alerts_pass_at_night(kind: Kind) -> None:
    night = datetime(2026, 9, 13, 3, 0, tzinfo=ZoneInfo("Asia/Omsk"))
    assert polite_from(night, SchoolSettings(), ZoneInfo("Asia/Omsk"), Category.PUPIL, kind) == night


@given(moments, schools(), zones, categories)
def test_reminders_come_in_order_in_polite_hours_and_before_the_meeting(
    start: datetime, settings: SchoolSettings, zone: ZoneInfo, category: str | None
) -> None:
    found = reminders(start, settings, zone, category)
    assert in_order(found)
    for moment in found:
        assert is_polite(moment.at, settings, zone, category)
        assert moment.at.astimezone(UTC) < start
        assert moment.until.astimezone(UTC) <= start


@given(moments, st.integers(15, 120), schools(), zones, categories)
def test_questions_come_after_the_end_and_never_twice_a_day(
    start: datetime, minutes: int, settings: SchoolSettings, zone: ZoneInfo, category: str | None
) -> None:
    found = questions(start, minutes, settings, zone, category)
    assert in_order(found)
    assert found[0].at.astimezone(UTC) >= start + timedelta(minutes=minutes, hours=1)
    assert len({moment.at.astimezone(zone).date() for moment in found}) == 2
    for moment in found:
        assert is_polite(moment.at, settings, zone, category)


def in_order(found: tuple[Moment, ...]) -> bool:
    edges = [edge.astimezone(UTC) for moment in found for edge in (moment.at, moment.until)]
    return edges == sorted(edges) and all(m.at < m.until for m in found)


def test_a_notice_of_the_evening_waits_for_the_morning_of_the_next_school_day() -> None:
    zone = ZoneInfo("Asia/Yekaterinburg")
    saturday = datetime(2026, 9, 19, 20, 30, tzinfo=zone)
    due = polite_from(saturday, SchoolSettings(), zone, Category.PUPIL, Kind.NOTICE)
    assert due == datetime.combine(date(2026, 9, 21), time(8), zone)

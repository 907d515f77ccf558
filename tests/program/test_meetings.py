from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from program.errors import Refusal
from program.meetings import (
    DAYS,
    LEAD,
    due,
    free_starts,
    left_for_curator,
    next_kind,
    questions,
    reminder_window,
    reminders,
    require_slots,
)
from program.roles import Category
from program.settings import SchoolSettings
from program.states import MeetingKind
from tests.program.test_courtesy import categories, moments, schools, zones

ZONE = ZoneInfo("Asia/Yekaterinburg")
SETTINGS = SchoolSettings()


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZONE)


def said(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        ("2026-09-16 15:30", ["2026-09-15 15:30", "2026-09-16 13:30"]),
        ("2026-09-16 08:30", ["2026-09-15 08:30", "2026-09-16 08:00"]),  # two hours before is too early
        ("2026-09-16 07:45", ["2026-09-14 19:55", "2026-09-15 19:55"]),  # nothing is polite on the day
        ("2026-09-21 15:30", ["2026-09-19 19:55", "2026-09-21 13:30"]),  # Monday: told on Saturday
        ("2026-09-20 12:00", ["2026-09-19 12:00", "2026-09-19 19:55"]),  # Sunday
        ("2026-09-21 08:15", ["2026-09-19 19:55"]),  # both would come together: one
    ],
)
def test_reminds_a_day_and_two_hours_ahead_outside_quiet_hours(meeting: str, expected: list[str]) -> None:
    assert [said(m.at) for m in reminders(at(meeting), SETTINGS, ZONE, Category.PUPIL)] == expected


@given(moments, schools(), zones, categories)
def test_the_window_holds_every_meeting_that_has_a_reminder_due(
    start: datetime, settings: SchoolSettings, zone: ZoneInfo, category: str | None
) -> None:
    for moment in reminders(start, settings, zone, category):
        for now in (moment.at.astimezone(UTC), moment.until.astimezone(UTC) - timedelta(minutes=1)):
            if due((moment,), now):
                assert start <= reminder_window(now, settings, zone)


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        ("2026-09-16 15:30", ["2026-09-16 17:15", "2026-09-17 17:00"]),
        ("2026-09-16 18:30", ["2026-09-17 08:00", "2026-09-18 17:00"]),  # too late in the evening
        ("2026-09-18 18:30", ["2026-09-19 08:00", "2026-09-21 08:00"]),  # Sunday is left in peace
    ],
)
def test_asks_an_hour_after_the_end_and_once_more_the_next_day(meeting: str, expected: list[str]) -> None:
    found = questions(at(meeting), 45, SETTINGS, ZONE, Category.PUPIL)
    assert [said(m.at) for m in found[:2]] == expected


def test_the_third_question_is_the_last_and_then_it_is_the_curators() -> None:
    found = questions(at("2026-09-16 15:30"), 45, SETTINGS, ZONE, Category.PUPIL)
    assert len(found) == 3, "two reminders, never more"
    assert due(found, at("2026-09-19 16:59")) == found[1]
    assert [said(found[2].at), said(found[2].until)] == ["2026-09-19 17:00", "2026-09-20 17:00"]
    assert due(found, at("2026-09-20 17:00")) is None
    assert left_for_curator(at("2026-09-20 16:00")) < at("2026-09-16 15:30")
    assert left_for_curator(at("2026-09-20 17:00")) >= at("2026-09-16 15:30")


def test_the_kinds_follow_the_recommended_sequence() -> None:
    held: list[MeetingKind] = []
    for _ in range(5):
        held.append(next_kind(held, date(2026, 9, 16), date(2027, 5, 31)))
    m = MeetingKind
    assert held == [m.M1, m.M2, m.M3, m.M4, m.M4]


def test_the_last_weeks_of_a_pair_bring_the_final_meeting_once() -> None:
    m = MeetingKind
    held, end = [m.M1, m.M2, m.M3, m.M4], date(2027, 5, 31)
    assert next_kind(held, date(2027, 5, 10), end) is m.M4
    assert next_kind(held, date(2027, 5, 20), end) is m.M5
    assert next_kind([*held, m.M5], date(2027, 5, 25), end) is m.M4
    assert next_kind([m.M1, m.FLASH], date(2026, 9, 30), end) is m.M2


def test_offers_seven_school_days_and_no_start_that_is_too_near() -> None:
    settings = SchoolSettings(holidays=("2026-09-17",), bells=("08:30", "15:30"))
    found = free_starts(at("2026-09-16 12:00"), settings, ZONE)
    assert [f"{day:%d}" for day in found] == ["16", "18", "19", "21", "22", "23", "24"]
    assert [said(start) for start in next(iter(found.values()))] == ["2026-09-16 15:30"]


@given(moments, schools(), zones)
def test_every_offered_start_is_ahead_on_a_school_day(
    now: datetime, settings: SchoolSettings, zone: ZoneInfo
) -> None:
    found = free_starts(now, settings, zone)
    assert 0 < len(found) <= DAYS
    for day, starts in found.items():
        assert not settings.is_rest(day)
        assert starts == tuple(sorted(starts))
        assert all(start.astimezone(UTC) >= now + LEAD and start.date() == day for start in starts)


def test_a_school_without_bells_offers_nothing() -> None:
    assert free_starts(at("2026-09-16 12:00"), SchoolSettings(bells=()), ZONE) == {}


@pytest.mark.parametrize(
    ("hours", "is_group", "refusal"),
    [
        ([], False, "meeting-slots-wrong"),
        ([1, 2, 3, 4], False, "meeting-slots-wrong"),
        ([1, 1], False, "meeting-slots-wrong"),
        ([1, 2], True, "meeting-slots-wrong"),
        ([-1, 2], False, "meeting-slot-past"),
        ([1, 2, 3], False, None),
        ([1], True, None),
    ],
)
def test_one_to_three_different_starts_ahead(hours: list[int], is_group: bool, refusal: str | None) -> None:
    now = at("2026-09-16 12:00")
    slots = [now + timedelta(hours=h) for h in hours]
    if refusal is None:
        require_slots(slots, now, is_group=is_group)
        return
    with pytest.raises(Refusal) as refused:
        require_slots(slots, now, is_group=is_group)
    assert refused.value.text.id == refusal

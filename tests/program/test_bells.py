from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.bells import Kind, during, is_among, lessons, spans, spoken, starts
from program.errors import Refusal
from program.meetings import free_starts, minutes_at, require_own_start
from program.series import MOST, Repeat, ends_offered, occurrences, require_repeat
from program.settings import SchoolSettings

ZONE = ZoneInfo("Asia/Yekaterinburg")
LESSONS = (
    "08:30-09:10", "09:20-10:00", "10:20-11:00", "11:20-12:00", "12:10-12:50", "13:00-13:40",
)  # fmt: skip
SETTINGS = SchoolSettings(lessons=LESSONS, bells=("08:30", "13:45", "16:00"))
TUESDAY = date(2026, 9, 15)


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZONE)


def test_people_meet_before_lessons_in_long_breaks_after_lessons_and_at_usual_hours() -> None:
    found = [(f"{one.at:%H:%M}", one.kind, one.number) for one in SETTINGS.starts_on(TUESDAY)]
    assert found == [
        ("08:00", Kind.BEFORE, 0),
        ("10:00", Kind.BREAK, 2),
        ("11:00", Kind.BREAK, 3),
        ("12:10", Kind.AFTER, 4),
        ("13:00", Kind.AFTER, 5),
        ("13:50", Kind.AFTER, 6),
        ("16:00", Kind.USUAL, 0),  # 08:30 is a lesson, 13:45 nearly the end of the last one
    ]


def test_a_meeting_in_a_break_ends_with_it() -> None:
    assert minutes_at(at("2026-09-15 10:00"), SETTINGS, ZONE) == 20
    assert minutes_at(at("2026-09-15 16:00"), SETTINGS, ZONE) == 45


def test_a_school_without_lessons_keeps_its_usual_hours() -> None:
    assert [f"{one.at:%H:%M}" for one in SchoolSettings(bells=("15:30", "13:30")).starts_on(TUESDAY)] == [
        "13:30",
        "15:30",
    ]


def test_short_days_have_their_own_lessons_and_rest_days_none() -> None:
    settings = SchoolSettings(
        lessons=LESSONS, short_lessons=("09:00-09:30", "09:50-10:20"), short_days=(5,), bells=()
    )
    saturday, sunday = date(2026, 9, 19), date(2026, 9, 20)
    assert [one.kind for one in settings.starts_on(saturday)] == [Kind.BEFORE, Kind.BREAK, Kind.AFTER]
    assert settings.lessons_on(sunday) == ()


@pytest.mark.parametrize(
    "wrong",
    [["8.30-9.10"], ["09:10-08:30"], ["08:30-09:10", "09:00-09:40"], ["25:00-26:00"], ["08:30-09:10"] * 15],
)
def test_lessons_that_no_school_has_are_refused(wrong: list[str]) -> None:
    with pytest.raises(ValueError):
        lessons(wrong)


def test_days_are_read_and_said_as_people_write_them() -> None:
    found = spans("26.10.2026 – 03.11.2026, 23.02.2027\n")
    assert found == ("2026-10-26/2026-11-03", "2027-02-23")
    assert [spoken(one) for one in found] == ["26.10.2026-03.11.2026", "23.02.2027"]
    assert [is_among(date(2026, 10, day), found) for day in (25, 26, 31)] == [False, True, True]
    assert is_among(date(2027, 2, 23), found)
    for wrong in ("завтра", "31.02.2027", "03.11.2026-26.10.2026", "01.09.2026-31.05.2027"):
        with pytest.raises(ValueError):
            spans(wrong)


@given(
    st.lists(st.tuples(st.integers(7 * 60, 20 * 60), st.integers(20, 60)), max_size=10),
    st.lists(st.integers(0, 23 * 60 + 59), max_size=6),
)
def test_nobody_is_called_out_of_a_lesson(spells: list[tuple[int, int]], usual: list[int]) -> None:
    lines, free = [], 0
    for begin, length in sorted(spells):
        if begin >= free and begin + length < 24 * 60:
            free = begin + length
            lines.append(f"{begin // 60:02}:{begin % 60:02}-{free // 60:02}:{free % 60:02}")
    day = lessons(lines)
    for one in starts(day, [f"{at // 60:02}:{at % 60:02}" for at in usual]):
        # After a lesson a younger class may be free while an older one has lessons; the button says after which.
        assert one.kind is Kind.AFTER or not during(day, one.at)
    assert len({one.at for one in starts(day, ())}) == len(starts(day, ()))


def test_a_series_keeps_its_hour_and_skips_holidays_and_exams() -> None:
    settings = SchoolSettings(holidays=("2026-10-26/2026-11-03",), exams=("2026-12-14/2026-12-26",))
    found = occurrences(at("2026-10-20 15:30"), Repeat(1, date(2026, 12, 31)), settings, ZONE)
    assert [f"{one.astimezone(ZONE):%d.%m %H:%M}" for one in found.starts] == [
        "20.10 15:30", "10.11 15:30", "17.11 15:30", "24.11 15:30", "01.12 15:30", "08.12 15:30", "29.12 15:30",
    ]  # fmt: skip
    assert found.skipped == (date(2026, 10, 27), date(2026, 11, 3), date(2026, 12, 15), date(2026, 12, 22))


def test_a_series_keeps_its_hour_where_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 20, 15, 30, tzinfo=berlin)
    found = occurrences(first, Repeat(1, date(2026, 11, 5)), SchoolSettings(), berlin)
    assert [f"{one.astimezone(berlin):%d %H:%M}" for one in found.starts] == [
        "20 15:30",
        "27 15:30",
        "03 15:30",
    ]


def test_a_series_has_an_end_that_makes_sense() -> None:
    first, last = date(2026, 9, 16), date(2027, 5, 31)
    assert ends_offered(first, date(2026, 10, 20)) == [date(2026, 10, 14), date(2026, 10, 20)]
    require_repeat(Repeat(2, date(2026, 9, 30)), first, last)
    for wrong in (Repeat(1, date(2026, 9, 22)), Repeat(1, date(2027, 6, 1)), Repeat(3, date(2026, 12, 1))):
        with pytest.raises(Refusal):
            require_repeat(wrong, first, last)
    endless = occurrences(at("2026-09-16 15:30"), Repeat(1, date(2030, 1, 1)), SchoolSettings(), ZONE)
    assert len(endless.starts) == MOST


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("2026-09-15 13:00", "meeting-slot-soon"),
        ("2027-03-01 15:00", "meeting-slot-far"),
        ("2026-09-16 06:30", "meeting-slot-hours"),
        ("2026-09-16 22:00", "meeting-slot-hours"),
    ],
)
def test_an_hour_that_is_typed_must_suit_people(start: str, said: str) -> None:
    with pytest.raises(Refusal) as refusal:
        require_own_start(at(start), at("2026-09-15 12:00"), ZONE)
    assert refusal.value.text.id == said


def test_the_days_offered_follow_the_bells() -> None:
    found = free_starts(at("2026-09-15 12:00"), SETTINGS, ZONE)
    today, *_ = found.values()
    assert [f"{one:%H:%M}" for one in today] == ["16:00"]
    assert time(8) in {one.time() for one in found[date(2026, 9, 16)]}

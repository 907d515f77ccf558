"""The road map: the shipped one is whole, days keep off rest, and how far it has come is said as it is."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.access import RULES
from program import roadmap as rules
from program.errors import Refusal
from program.roadmap import FUNCTIONS, Calendar, Contour, Line, Status

TODAY = date(2026, 9, 15)
WEEKEND = rules.resting((5, 6), lambda day: False)


@pytest.mark.parametrize("calendar", Calendar)
def test_the_shipped_map_has_seven_stages_and_what_the_model_asks_for(calendar: Calendar) -> None:
    stages = rules.recommended("2026-2027", calendar)
    events = [event for stage in stages for event in stage.events]
    assert [stage.slug for stage in stages] == [f"st{n}" for n in range(1, 8)]
    assert sorted(event.slug for event in events) == [f"e{n:02}" for n in range(1, 29)]
    assert len({event.title for event in events}) == 28
    for event in events:
        assert all((event.title, event.content, event.owner, event.result))
        assert event.function in FUNCTIONS
        assert (event.days is None) == bool(event.term)
        if event.days:
            assert date(2026, 8, 1) <= event.days[0] <= event.days[1] <= date(2027, 10, 31)
    assert {FUNCTIONS[event.function] for event in events} == set(Contour)
    assert {event.function for event in events} == set(FUNCTIONS)


def test_the_half_year_ends_before_new_year_but_for_the_look_back() -> None:
    events = [event for stage in rules.recommended("2026-2027", Calendar.HALF) for event in stage.events]
    late = [event.slug for event in events if event.days and event.days[1] > date(2026, 12, 31)]
    assert late == ["e28"]


def test_every_way_of_the_shipped_map_is_a_page() -> None:
    assert set(rules.ways().values()) <= set(RULES)


def test_the_file_is_json_with_one_line_for_each_event() -> None:
    file = resources.files("program") / "roadmap_data" / "map.json"
    body = json.loads(file.read_text(encoding="utf-8"))
    assert list(body) == ["stages"]


DAYS = st.dates(date(2025, 8, 1), date(2032, 7, 31))


@given(DAYS, st.integers(0, 300))
def test_a_year_later_is_a_working_day_near_the_same_day(first: date, length: int) -> None:
    moved = rules.later((first, first + timedelta(days=length)), WEEKEND)
    assert moved is not None
    begin, end = moved
    assert begin <= end
    for day, was in ((begin, first), (end, first + timedelta(days=length))):
        assert not WEEKEND(day)
        assert abs((day - was).days - 365) <= 12  # the longest rest: New Year with its weekends


def test_an_end_moves_back_and_a_beginning_on() -> None:
    # 5 September 2026 is a Saturday, 20 September a Sunday.
    assert rules.settled((date(2026, 9, 5), date(2026, 9, 20)), WEEKEND) == (
        date(2026, 9, 7),
        date(2026, 9, 18),
    )
    assert rules.settled((date(2026, 9, 5), date(2026, 9, 6)), WEEKEND) == (
        date(2026, 9, 7),
        date(2026, 9, 7),
    )
    assert rules.later((date(2028, 2, 29), date(2028, 2, 29)), WEEKEND) == (
        date(2029, 2, 28),
        date(2029, 2, 28),
    )
    assert rules.later(None, WEEKEND) is None


def test_a_school_s_own_holidays_count_as_rest() -> None:
    free = rules.resting((6,), lambda day: day == date(2026, 9, 7))
    assert rules.settled((date(2026, 9, 6), date(2026, 9, 30)), free) == (date(2026, 9, 8), date(2026, 9, 30))
    assert free(date(2026, 11, 4))
    assert not free(date(2026, 9, 5))  # this school works on Saturdays


def test_overdue_and_soon_are_about_what_is_open_and_has_a_day() -> None:
    past, near, far = (TODAY + timedelta(days=n) for n in (-1, 7, 8))
    assert rules.overdue(Line(Status.GOING, None, past), TODAY)
    assert not rules.overdue(Line(Status.GOING, None, TODAY), TODAY)
    assert rules.soon(Line(Status.PLANNED, None, TODAY), TODAY)
    assert rules.soon(Line(Status.PLANNED, None, near), TODAY)
    assert not rules.soon(Line(Status.PLANNED, None, far), TODAY)
    for status in (Status.DONE, Status.DROPPED):
        assert not rules.overdue(Line(status, None, past), TODAY)
        assert not rules.soon(Line(status, None, near), TODAY)
    assert not rules.overdue(Line(Status.PLANNED, past, None), TODAY)


def test_what_is_not_held_is_not_counted() -> None:
    past = TODAY - timedelta(days=3)
    lines = [
        Line(Status.DONE, past, past), Line(Status.DROPPED, past, past), Line(Status.PLANNED, past, past),
        Line(Status.PLANNED, None, None),
    ]  # fmt: skip
    found = rules.standing(lines, TODAY)
    assert (found.total, found.done, found.overdue, found.finished) == (3, 1, 1, False)
    assert rules.standing([Line(Status.DROPPED, past, past)], TODAY).finished is False


def test_the_stage_at_work_is_the_first_that_has_begun_and_is_not_done() -> None:
    past, ahead = TODAY - timedelta(days=3), TODAY + timedelta(days=3)
    done = rules.standing([Line(Status.DONE, past, past)], TODAY)
    going = rules.standing([Line(Status.PLANNED, past, ahead)], TODAY)
    later = rules.standing([Line(Status.PLANNED, ahead, ahead)], TODAY)
    assert rules.current([done, going, later]) == 1
    assert rules.current([done, later]) is None
    assert rules.current([]) is None


def test_an_event_needs_a_name_and_days_in_order() -> None:
    for title, first, last in ((" ", None, None), ("Квест", TODAY, TODAY - timedelta(days=1))):
        with pytest.raises(Refusal):
            rules.require(title, first, last)
    rules.require("Квест", TODAY, TODAY)

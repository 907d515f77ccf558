from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.courtesy import MERGED_MOST, MERGED_ROWS, polite_before, polite_from, together, unasked_from
from program.meetings import LEAST_NOTICE, Moment, news, questions, reminders
from program.outgoing import UNASKED, Choice, Concerns, Kind, Message, say
from program.roles import Category
from program.settings import SchoolSettings
from program.text import raw

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
        staff_rest_days=tuple(draw(st.sets(st.integers(0, 6), max_size=6))),
        holidays=tuple((first + timedelta(days=n)).isoformat() for n in range(7)),
    )


def is_polite(at: datetime, settings: SchoolSettings, zone: ZoneInfo, category: str | None) -> bool:
    local = at.astimezone(UTC).astimezone(zone)
    first, last = settings.hours(category)
    return not settings.is_rest(local.date(), category) and first <= local.time() < last


@given(moments, schools(), zones, categories, st.sampled_from([Kind.NOTICE, *UNASKED]))
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


@given(
    moments,
    st.one_of(st.none(), st.timedeltas(timedelta(0), timedelta(days=12))),
    schools(),
    zones,
    categories,
)
def test_news_of_a_meeting_come_before_it_but_never_at_night(
    now: datetime,
    ahead: timedelta | None,
    settings: SchoolSettings,
    zone: ZoneInfo,
    category: str | None,
) -> None:
    start = None if ahead is None else now + ahead
    how = news(now, start, settings, zone, category)
    usual = polite_from(now, settings, zone, category, Kind.NOTICE)
    assert now <= how.at.astimezone(UTC) <= usual.astimezone(UTC)
    assert polite_from(how.at, settings, zone, category, how.kind) == how.at  # `tell` and the sender agree
    if how.kind is Kind.NOTICE:
        assert is_polite(how.at, settings, zone, category)
    else:
        hours = [settings.hours(one) for one in (Category.PUPIL, Category.TEACHER)]
        local = how.at.astimezone(UTC).astimezone(zone).time()
        assert min(one[0] for one in hours) <= local < max(one[1] for one in hours)
        assert start is not None
        assert how.at <= start, "nobody's weekend is disturbed for what is over"
        assert usual > start - LEAST_NOTICE, "what may wait does"
    in_time = start is None or how.at.astimezone(UTC) <= max(now, start - LEAST_NOTICE)
    assert how.in_time is in_time


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
    assert len({moment.at.astimezone(zone).date() for moment in found}) == len(found)
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


def test_in_exam_weeks_nobody_is_nudged_but_told_what_concerns_them() -> None:
    zone, settings = ZoneInfo("Asia/Yekaterinburg"), SchoolSettings(exams=("2026-09-14/2026-09-18",))
    tuesday = datetime(2026, 9, 15, 12, tzinfo=zone)
    assert polite_from(tuesday, settings, zone, Category.PUPIL, Kind.NOTICE) == tuesday
    due = polite_from(tuesday, settings, zone, Category.PUPIL, Kind.NUDGE)
    assert due == datetime.combine(date(2026, 9, 19), time(8), zone)


def test_staff_have_their_weekend() -> None:
    zone = ZoneInfo("Asia/Yekaterinburg")
    friday_night = datetime(2026, 9, 18, 20, 30, tzinfo=zone)
    for category, day in ((Category.TEACHER, 21), (Category.PUPIL, 19)):
        due = polite_from(friday_night, SchoolSettings(), zone, category, Kind.NOTICE)
        assert due == datetime.combine(date(2026, 9, day), time(8), zone)


wanted = st.tuples(moments, st.sampled_from([Kind.NOTICE, *UNASKED]))


@given(st.lists(wanted, max_size=12), schools(), zones, categories)
def test_of_unasked_messages_a_person_gets_one_a_day(
    wishes: list[tuple[datetime, Kind]], settings: SchoolSettings, zone: ZoneInfo, category: str | None
) -> None:
    """Sent one after the other, each when the rule lets it go."""
    had: datetime | None = None
    days = []
    for at, kind in sorted(wishes, key=lambda wish: wish[0]):
        due = unasked_from(max(at, had) if had else at, had, settings, zone, category, kind)
        assert due.astimezone(UTC) >= at
        assert is_polite(due, settings, zone, category)
        if kind in UNASKED:
            had = due.astimezone(UTC)
            days.append(due.astimezone(zone).date())
        else:
            assert due == polite_from(max(at, had) if had else at, settings, zone, category, kind)
    assert len(days) == len(set(days))


def poll(name: str, *concerned: int, ward: int = 0, photos: tuple[int, ...] = ()) -> Message:
    message = say(raw(name), Choice(raw("Ответить"), f"f:{name}")).about(*concerned, ward=ward)
    return Message(message.texts, message.rows, photos=photos, concerns=message.concerns)


def test_what_is_due_on_one_day_becomes_one_message_with_numbered_buttons() -> None:
    whole, places = together(poll("анкета", 1), [poll("встреча", 1, 2), poll("идея", 1)])
    assert places == (0, 1)
    assert [text.args["number"] for text in whole.texts] == [1, 2, 3]
    assert [row[0].data for row in whole.rows] == ["f:анкета", "f:встреча", "f:идея"]
    assert [row[0].label.args["number"] for row in whole.rows] == [1, 2, 3]
    assert whole.concerns.people == (1, 2)


def test_a_message_alone_stays_as_it_is() -> None:
    alone = poll("анкета", 1)
    assert together(alone, []) == (alone, ())


def test_photos_consents_and_another_child_go_in_messages_of_their_own() -> None:
    first = poll("анкета", 1, ward=5)
    formal = poll("согласие", 1).formally()
    others = [
        poll("новость", photos=(3,)),
        formal,
        poll("о другом ребёнке", ward=6),
        poll("о том же", ward=5),
    ]
    whole, places = together(first, others)
    assert places == (3,)
    assert whole.concerns == Concerns(people=(1,), ward=5)
    assert together(formal, [poll("анкета")])[1] == ()


@given(st.lists(st.integers(0, 4), max_size=12))
def test_one_message_never_grows_longer_than_a_person_reads(rows: list[int]) -> None:
    some = [Message((raw(str(n)),), ((Choice(raw("Да"), "f:x"),),) * n) for n in rows]
    whole, places = together(poll("первая"), some)
    assert len(places) < MERGED_MOST
    assert len(whole.rows) <= MERGED_ROWS
    assert len(set(places)) == len(places)

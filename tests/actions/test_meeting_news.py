"""News of a meeting come before it, or whoever sends them is told of whom the bot does not reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from actions import meeting_news, meeting_rows, meeting_series, meetings, pauses
from actions.work import Work
from program.outgoing import Kind
from program.series import Repeat
from program.states import MeetingFormat
from storage import meetings as stored
from storage.tables import Meeting, Pair, Person
from tests.pairs import Couple, couple, first_text, group, member, told

TUESDAY = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)  # 12:00 at the school
FRIDAY_EVENING = datetime(2026, 9, 18, 14, 30, tzinfo=UTC)  # 19:30: a teacher rests until Monday
FRIDAY_NIGHT = FRIDAY_EVENING + timedelta(hours=1)  # 20:30: so does everybody
SATURDAY = datetime(2026, 9, 19, 6, 0, tzinfo=UTC)  # 11:00
SATURDAY_EARLY = datetime(2026, 9, 19, 3, 0, tzinfo=UTC)  # 08:00
SUNDAY_NOON = datetime(2026, 9, 20, 7, 0, tzinfo=UTC)
MONDAY = datetime(2026, 9, 21, 10, 0, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 9, 21, 3, 0, tzinfo=UTC)  # 08:00
OFFLINE = MeetingFormat.OFFLINE


@pytest.fixture
async def pair(work: Work) -> Couple:
    return await couple(work.session, work.school)


def at(work: Work, moment: datetime) -> Work:
    return replace(work, now=moment)


async def person(work: Work, person_id: int) -> Person:
    found = await work.session.get(Person, person_id)
    assert found is not None
    return found


async def offered(work: Work, pair: Couple, by: int, *slots: datetime) -> Meeting:
    return await meetings.propose(work, await person(work, by), pair.pair, slots, OFFLINE, "Кабинет 214")


async def agreed(work: Work, pair: Couple, start: datetime) -> Meeting:
    meeting = await offered(work, pair, pair.mentor, start)
    return await meetings.accept(work, await person(work, pair.mentee), meeting.id, 0)


async def missed(work: Work, pair: Couple, me: int, near: datetime | None) -> Sequence[int]:
    whole = await stored.whole(work.session, work.school.id, pair.pair)
    assert whole is not None
    return [one.id for one in await meeting_news.missing(work, whole, await person(work, me), near)]


async def test_an_answer_of_friday_evening_reaches_a_teacher_before_a_meeting_of_saturday(
    work: Work, pair: Couple
) -> None:
    evening = at(work, FRIDAY_EVENING)
    await agreed(evening, pair, SATURDAY)

    (row,) = await told(work.session, "meeting-agreed:")
    assert (row.person_id, row.kind, row.due_at) == (pair.mentor, Kind.SOON, FRIDAY_EVENING)
    assert await missed(evening, pair, pair.mentee, SATURDAY) == []


async def test_what_has_time_until_monday_waits_for_monday(work: Work, pair: Couple) -> None:
    await agreed(at(work, FRIDAY_EVENING), pair, MONDAY)
    (row,) = await told(work.session, "meeting-agreed:")
    assert (row.kind, row.due_at) == (Kind.NOTICE, MONDAY_MORNING)


async def test_nobody_is_woken_for_a_meeting_and_who_agreed_at_night_learns_that(
    work: Work, pair: Couple
) -> None:
    night = at(work, FRIDAY_NIGHT)
    await agreed(night, pair, SATURDAY_EARLY)

    assert await told(work.session, "meeting-agreed:") == []
    assert await missed(night, pair, pair.mentee, SATURDAY_EARLY) == [pair.mentor]


async def test_a_cancellation_of_the_weekend_comes_on_the_weekend(work: Work, pair: Couple) -> None:
    meeting = await agreed(work, pair, SUNDAY_NOON)
    night = at(work, SATURDAY + timedelta(hours=11))  # 22:00
    assert await meetings.cancel(night, await person(work, pair.mentee), meeting.id)

    (row,) = await told(work.session, "meeting-cancelled:")
    assert (row.kind, row.due_at) == (Kind.SOON, SATURDAY_EARLY + timedelta(days=1))
    assert await missed(night, pair, pair.mentee, SUNDAY_NOON) == []


async def test_what_is_over_by_the_morning_disturbs_nobodys_weekend(work: Work, pair: Couple) -> None:
    seven = SATURDAY_EARLY - timedelta(hours=1)
    meeting = await agreed(work, pair, seven)
    night = at(work, FRIDAY_NIGHT)
    await meetings.cancel(night, await person(work, pair.mentee), meeting.id)

    (row,) = await told(work.session, "meeting-cancelled:")
    assert (row.kind, row.due_at) == (Kind.NOTICE, MONDAY_MORNING)
    assert await missed(night, pair, pair.mentee, seven) == [pair.mentor]


async def test_a_meeting_of_the_weekend_that_is_moved_to_monday_is_told_on_the_weekend(
    work: Work, pair: Couple
) -> None:
    meeting = await agreed(work, pair, SATURDAY)
    await meetings.move(at(work, FRIDAY_EVENING), await person(work, pair.mentee), meeting.id, [MONDAY])

    row = (await told(work.session, "meeting-proposed:"))[-1]
    assert (row.person_id, row.kind, row.due_at) == (pair.mentor, Kind.SOON, FRIDAY_EVENING)
    assert first_text(row) == "meeting-move-proposed"


async def test_a_series_called_off_before_its_next_meeting_is_told_before_it(
    work: Work, pair: Couple
) -> None:
    mentor, mentee = await person(work, pair.mentor), await person(work, pair.mentee)
    repeat = Repeat(weeks=1, until=SATURDAY.date() + timedelta(weeks=4))
    meeting = await meetings.propose(
        work, mentor, pair.pair, [SATURDAY], OFFLINE, "Кабинет 214", repeat=repeat
    )
    await meetings.accept(work, mentee, meeting.id, 0)
    await meeting_series.call_off_rest(at(work, FRIDAY_EVENING), mentee, meeting.id)

    (row,) = await told(work.session, "meeting-series-off:")
    assert (row.person_id, row.kind, row.due_at) == (pair.mentor, Kind.SOON, FRIDAY_EVENING)


async def test_a_new_offer_does_not_come_into_the_weekend_and_that_is_known(work: Work, pair: Couple) -> None:
    evening = at(work, FRIDAY_EVENING)
    mentee = await person(work, pair.mentee)
    near = await offered(evening, pair, pair.mentee, SATURDAY)
    whole = await stored.whole(work.session, work.school.id, pair.pair)
    assert whole is not None
    how = await meeting_news.offered(evening, whole, mentee, near, None)
    assert (how.missed, how.closed, how.silent) == (True, False, False)
    assert await told(work.session, "meeting-proposed:") == []

    later = await meetings.move(evening, mentee, near.id, [SATURDAY, MONDAY])
    how = await meeting_news.offered(evening, whole, mentee, later, None)
    assert (how.missed, how.at) == (False, MONDAY_MORNING)
    (row,) = await told(work.session, "meeting-proposed:")
    assert (row.kind, row.due_at) == (Kind.NOTICE, MONDAY_MORNING)


async def test_who_asked_for_silence_is_not_said_to_be_told(work: Work, pair: Couple) -> None:
    meeting = await agreed(work, pair, MONDAY)
    await pauses.pause(work, pair.mentor, None)
    assert await missed(work, pair, pair.mentee, meeting.starts_at) == [pair.mentor]
    assert await missed(work, pair, pair.mentor, meeting.starts_at) == []


async def group_of(work: Work) -> tuple[Pair, Person, list[Person]]:
    mentor = await member(work.session, work.school, "Мария", "Лебедева", category="teacher")
    mentees = [await member(work.session, work.school, name, "Котова") for name in ("Аня", "Юля")]
    return await group(work.session, [mentor], mentees, is_group=True, title="Химики"), mentor, mentees


async def test_a_group_meeting_of_the_next_morning_names_whom_the_bot_does_not_reach(work: Work) -> None:
    pair, mentor, mentees = await group_of(work)
    night = at(work, TUESDAY + timedelta(hours=8, minutes=30))  # 20:30
    morning = TUESDAY + timedelta(hours=20)  # 08:00
    await meetings.propose(night, mentor, pair.id, [morning], OFFLINE, "Кабинет 214")

    assert await told(work.session, "meeting-agreed:") == []
    found = await meeting_news.missing(night, pair, mentor, morning)
    assert found == mentees
    assert meeting_news.too_late(found * 4).args["more"] == 3


async def test_a_mentee_of_a_group_is_told_only_of_the_mentor(work: Work) -> None:
    pair, mentor, mentees = await group_of(work)
    meeting = await meetings.propose(work, mentor, pair.id, [SATURDAY], OFFLINE, "Кабинет 214")
    await pauses.pause(work, mentees[1].id, None)
    evening = at(work, FRIDAY_EVENING)
    assert await meetings.cancel(evening, mentees[0], meeting.id)

    (row,) = await told(work.session, "meeting-absent:")
    assert (row.person_id, row.kind, row.due_at) == (mentor.id, Kind.SOON, FRIDAY_EVENING)
    assert await meeting_news.missing(evening, pair, mentees[0], SATURDAY) == []
    assert (await meeting_rows.meeting(work, mentor, meeting.id))[0].starts_at == SATURDAY

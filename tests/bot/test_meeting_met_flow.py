"""«Мы уже виделись»: a meeting that nobody planned is noted afterwards and counts like any other."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from actions import calendars, feedback, meeting_met
from actions.work import Work
from program.channels import Channel
from program.errors import Refusal
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from storage import people
from storage.database import Database
from storage.tables import Attendance, HelpRequest, JournalEntry, Meeting, MeetingNote, Pair, Person, School
from tests import build
from tests.bot.chat import Chat
from tests.bot.test_meeting_more_flow import NARROW, Two, everywhere, two_on
from tests.conftest import rows
from tests.pairs import group, member

DAY = timedelta(days=1)


@pytest.fixture
async def two(request: pytest.FixtureRequest, database: Database, school: School, now: datetime) -> Two:
    return await two_on(getattr(request, "param", NARROW), database, school, now)


async def opened(two: Two, who: Chat | None = None) -> list[str]:
    return await (who or two.mentor).press_data(f"f:meeting-met:{two.ids.pair}")


async def stands(
    two: Two, status: MeetingStatus, starts_at: datetime, kind: MeetingKind = MeetingKind.M4
) -> int:
    async with two.database.transaction() as session:
        meeting = Meeting(
            school_id=1, pair_id=two.ids.pair, kind=kind, proposed_by=two.ids.mentor, status=status,
            starts_at=starts_at, format=MeetingFormat.OFFLINE, uid=f"{starts_at}", created_at=two.mentor.now,
        )  # fmt: skip
        session.add(meeting)
        await session.flush()
        return meeting.id


def days(chat: Chat) -> list[str]:
    return [c.data for m in chat.messages for row in m.rows for c in row]


@everywhere
async def test_a_mentor_notes_yesterday_and_the_diary_and_both_polls_follow(two: Two) -> None:
    await two.mentor.says("встречи")
    assert two.mentor.button("meeting-met").data == f"f:meeting-met:{two.ids.pair}"
    assert await opened(two) == ["meeting-met-day"]
    said = await two.mentor.presses("plan-day-yesterday")
    assert said[0] == "meeting-met-kept"
    assert "14 сентября" in two.mentor.words()
    assert ":" not in str(two.mentor.text("meeting-met-kept").args["when"]), "nobody knows the hour"
    assert "feedback-about" in said
    (met,) = await two.meetings()
    assert (met.status, met.kind, met.by_day) == (MeetingStatus.HELD, MeetingKind.M1, True)
    assert met.starts_at is not None
    assert met.starts_at.date() == (two.mentor.now - DAY).date()
    came = await rows(two.database, Attendance)
    assert [one.came for one in came if isinstance(one, Attendance)] == [True, True]
    assert [one.action for one in await rows(two.database, JournalEntry, subject=f"meeting:{met.id}")] == [
        "meeting.met"
    ]  # type: ignore[attr-defined]
    # The mentee is told and asked, the mentor writes the diary.
    assert await two.news(two.mentee) == ["meeting-met-told"]
    async with two.database.transaction() as session:
        school = await session.get_one(School, 1)
        assert await feedback.invite_due(Work(session, school, two.mentor.now, "clock")) == 1
    assert "feedback-invite" in await two.news(two.mentee)
    await two.mentor.press_data(f"f:meeting-diary:{met.id}")
    assert ":" not in str(two.mentor.text("meeting-diary-topic").args["when"])
    await two.mentor.presses("meeting-topic-study", "meeting-method-m_discussion")
    (line,) = await rows(two.database, MeetingNote)
    assert isinstance(line, MeetingNote)
    assert line.meeting_id == met.id
    await two.mentee.press_data(f"f:meeting-notes:{two.ids.pair}")
    assert "14 сентября, 45 мин" in two.mentee.words(familiar=True)


@everywhere
async def test_a_mentee_notes_it_too_and_the_mentor_may_say_that_it_was_not_so(two: Two) -> None:
    await opened(two, two.mentee)
    assert (await two.mentee.presses("plan-day-today"))[0] == "meeting-met-kept"
    (met,) = await two.meetings()
    assert met.starts_at is not None
    assert met.starts_at <= two.mentee.now
    assert await two.news(two.mentor) == ["meeting-met-told"]
    assert await two.mentor.presses("meeting-met-not") == ["meeting-outcome-differs"]
    assert len(await rows(two.database, HelpRequest)) == 1, "the curator puts it right"


async def test_whoever_noted_it_by_mistake_takes_it_back_and_it_was_never_missed(two: Two) -> None:
    await opened(two)
    await two.mentor.presses("plan-day-today")
    (met,) = await two.meetings()
    await two.mentor.press_data(f"f:meeting-outcome:{met.id}.missed")
    (met,) = await two.meetings()
    assert (met.status, met.starts_at, met.closed_by) == (MeetingStatus.CANCELLED, None, two.ids.mentor)
    await opened(two)
    await two.mentor.presses("plan-day-today")
    assert [one.status for one in await two.meetings()] == [MeetingStatus.CANCELLED, MeetingStatus.HELD]


async def test_two_weeks_stand_on_buttons_and_a_day_can_be_typed(two: Two) -> None:
    await opened(two)
    assert len(days(two.mentor)) >= 8
    assert await two.mentor.presses("meeting-met-earlier") == ["meeting-met-which"]
    await two.mentor.presses("ср 02.09")
    for typed, day in (("08.09", 8), ("9.9.2026", 9), ("10/09/2026", 10), ("2026-09-11", 11)):
        await opened(two)
        assert (await two.mentor.says(typed))[0] == "meeting-met-kept", typed
        met = (await two.meetings())[-1]
        assert met.starts_at is not None
        assert met.starts_at.day == day


@pytest.mark.parametrize("typed", ["16.09", "31.08", "15.09.2027", "32.09", "позавчера", "0", "-1", "31.02"])
async def test_a_day_that_has_not_come_or_is_long_past_is_asked_again(two: Two, typed: str) -> None:
    await opened(two)
    said = await two.mentor.says(typed)
    assert "meeting-met-kept" not in said
    assert await two.meetings() == []
    assert (await two.mentor.says("14.09"))[0] == "meeting-met-kept"


@pytest.mark.parametrize("who", ["mentor", "mentee"])
async def test_of_one_day_there_are_no_two_meetings(two: Two, who: str) -> None:
    await opened(two)
    await opened(two, two.mentee)
    await two.mentor.presses("plan-day-today")
    again = getattr(two, who)
    await opened(two, again)
    said = await again.presses("plan-day-today")
    assert said[:2] == ["meeting-met-stands", "meeting-outcome-said"]
    assert len(await two.meetings()) == 1


async def test_two_at_once_note_one_meeting(two: Two, school: School) -> None:
    made = []
    for person_id in (two.ids.mentor, two.ids.mentee):
        async with two.database.transaction() as session:
            person = await people.get(session, person_id)
            assert person is not None
            work = Work(session, school, two.mentor.now, f"person:{person_id}")
            made.append((await meeting_met.note(work, person, two.ids.pair, work.today))[2])
    assert made == [True, False]


@everywhere
async def test_a_meeting_that_stands_on_that_day_is_said_to_be_held_instead(two: Two) -> None:
    number = await stands(two, MeetingStatus.CONFIRMED, two.mentor.now - DAY)
    await opened(two)
    said = await two.mentor.presses("plan-day-yesterday")
    assert said[:2] == ["meeting-met-stands", "meeting-outcome-held"]
    assert [(one.id, one.status) for one in await two.meetings()] == [(number, MeetingStatus.HELD)]


async def test_one_that_is_still_ahead_today_is_shown(two: Two) -> None:
    await stands(two, MeetingStatus.CONFIRMED, two.mentor.now + timedelta(hours=3))
    await opened(two)
    assert await two.mentor.presses("plan-day-today") == ["meeting-met-planned", "meeting-coming"]
    assert len(await two.meetings()) == 1


async def test_one_that_was_noted_as_missed_is_for_the_curator_to_put_right(two: Two) -> None:
    await stands(two, MeetingStatus.MISSED, two.mentor.now - DAY)
    await opened(two)
    assert "meeting-outcome-differs" in await two.mentor.presses("plan-day-yesterday")


async def test_a_cancelled_one_does_not_stand_in_the_way(two: Two) -> None:
    await stands(two, MeetingStatus.CANCELLED, two.mentor.now - DAY)
    await opened(two)
    assert (await two.mentor.presses("plan-day-yesterday"))[0] == "meeting-met-kept"


async def test_what_is_agreed_ahead_is_no_first_meeting_any_more(two: Two) -> None:
    number = await stands(two, MeetingStatus.CONFIRMED, two.mentor.now + DAY, MeetingKind.M1)
    await opened(two)
    await two.mentor.presses("plan-day-today")
    kinds = {one.id: one.kind for one in await two.meetings()}
    assert kinds.pop(number) == MeetingKind.M2
    assert list(kinds.values()) == [MeetingKind.M1]


@everywhere
async def test_of_a_group_its_mentor_says_who_was_there(two: Two, school: School) -> None:
    async with two.database.transaction() as session:
        mentor = await session.get_one(Person, two.ids.mentor)
        pupils = [await member(session, school, name) for name in ("Оля", "Юля")]
        circle = await group(session, [mentor], pupils, is_group=True, title="Юные физики")
    await two.mentor.press_data(f"f:meeting-met:{circle.id}")
    assert await two.mentor.presses("plan-day-today") == ["meeting-came"]
    await two.mentor.presses("meeting-came-some", "Юля К.")
    assert (await two.mentor.says("готово"))[0] == "meeting-met-kept"
    found = await rows(two.database, Attendance)
    there = {one.person_id: one.came for one in found if isinstance(one, Attendance)}
    assert there == {two.ids.mentor: True, pupils[0].id: True, pupils[1].id: False}
    pupil = Chat(two.database, two.mentor.now, Channel.WEB, str(pupils[0].id))
    assert await pupil.press_data(f"f:meeting-met:{circle.id}") == ["meeting-group-by-mentor"]
    await pupil.says("встречи")
    with pytest.raises(AssertionError):
        pupil.button("meeting-met")


@pytest.mark.parametrize(
    "data", ["f:meeting-met", "f:meeting-met:x", "f:meeting-met:999", "f:meeting-met:1.2"]
)
async def test_a_mangled_button_notes_nothing(two: Two, data: str) -> None:
    assert await two.mentor.press_data(data) == ["meeting-not-yours"]


async def test_a_pair_that_is_not_at_work_and_days_before_it_note_nothing(two: Two, school: School) -> None:
    async with two.database.transaction() as session:
        person = await people.get(session, two.ids.mentor)
        assert person is not None
        work = Work(session, school, two.mentor.now, "person:1")
        for days_back in (15, -1):
            with pytest.raises(Refusal):
                await meeting_met.note(work, person, two.ids.pair, work.today - days_back * DAY)
        (await session.get_one(Pair, two.ids.pair)).status = PairStatus.PAUSED
    assert await opened(two) == ["meeting-pair-closed"]


async def test_a_pair_that_began_yesterday_notes_no_earlier_day(database: Database, two: Two) -> None:
    async with two.database.transaction() as session:
        (await session.get_one(Pair, two.ids.pair)).starts_on = (two.mentor.now - DAY).date()
    await opened(two)
    assert "meeting-met-unclear" in await two.mentor.says("13.09")
    with pytest.raises(AssertionError):
        two.mentor.button("meeting-met-earlier")


async def test_it_stands_in_no_calendar(two: Two, school: School) -> None:
    await opened(two)
    await two.mentor.presses("plan-day-today")
    async with two.database.transaction() as session:
        person = await session.get_one(Person, two.ids.mentor)
        feed = await calendars.feed(Work(session, school, build.NOW, "clock"), person)
    assert b"VEVENT" not in feed

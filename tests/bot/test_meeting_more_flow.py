"""Meetings that come again, hours that are typed, attendance, the diary, the calendar: on every channel alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from actions import gatherings, pair_life, places
from actions.gatherings import Draft
from actions.work import Work
from program.channels import Channel
from program.roles import PersonState
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from storage.database import Database
from storage.tables import Address, Attendance, Invitee, Meeting, MeetingNote, Pair, Person, School
from tests.bot.chat import Chat
from tests.conftest import rows
from tests.pairs import Couple, couple, group, member

LESSONS = ["08:30-09:10", "09:20-10:00", "10:20-11:00", "11:20-12:00", "12:10-12:50", "13:00-13:40"]
SETTINGS = {
    "lessons": LESSONS,
    "bells": ["15:30"],
    "holidays": ["2026-10-26/2026-11-03"],
    "exams": ["2026-09-21/2026-09-22"],
    "meeting_place": "Библиотека",
    "meeting_places": ["Кабинет 214"],
}

NARROW = Channel.VK  # the narrowest buttons


@dataclass
class Two:
    database: Database
    ids: Couple
    mentor: Chat
    mentee: Chat

    def wait_until(self, now: datetime) -> None:
        self.mentor.now = self.mentee.now = now

    async def news(self, chat: Chat) -> list[str]:
        chat.messages = await chat._answers()
        return chat.ids

    async def meetings(self) -> list[Meeting]:
        found = await rows(self.database, Meeting)
        return [one for one in found if isinstance(one, Meeting)]


@pytest.fixture
async def two(request: pytest.FixtureRequest, database: Database, school: School, now: datetime) -> Two:
    return await two_on(getattr(request, "param", NARROW), database, school, now)


async def two_on(channel: Channel, database: Database, school: School, now: datetime) -> Two:
    async with database.transaction() as session:
        held = await session.merge(school, load=False)
        held.settings = {**held.settings, **SETTINGS}
        ids = await couple(session, school, starts_on=date(2026, 9, 1))
        for person in (ids.mentor, ids.mentee):
            values = {"channel": channel, "address": f"{person}00"}
            await session.execute(update(Address).where(Address.person_id == person).values(**values))
    chats = [Chat(database, now, channel, f"{person}00") for person in (ids.mentor, ids.mentee)]
    return Two(database, ids, *chats)


everywhere = pytest.mark.parametrize("two", [Channel.TELEGRAM, Channel.VK, Channel.WEB], indirect=True)


async def offers_weekly(two: Two) -> list[str]:
    """Every Wednesday after the fourth lesson until 7 October."""
    await two.mentor.press_data(f"f:meeting:{two.ids.pair}")
    await two.mentor.presses("ср 16.09", "12:10 после 4 урока", "meeting-weekly")
    await two.mentor.says("07.10")
    await two.mentor.presses("meeting-format-offline", "Кабинет 214")
    return await two.mentor.presses("talk-send")


async def agree_weekly(two: Two) -> list[Meeting]:
    await offers_weekly(two)
    await two.news(two.mentee)
    await two.mentee.presses("Подходит: ср 16.09, 12:10")
    await two.news(two.mentor)
    return await two.meetings()


@everywhere
async def test_a_pair_meets_every_week_after_one_yes(two: Two) -> None:
    assert await offers_weekly(two) == ["meeting-sent"]
    assert await two.news(two.mentee) == ["meeting-proposed"]
    assert "Всего встреч: 4" in two.mentee.words(familiar=True)
    said = await two.mentee.presses("Подходит: ср 16.09, 12:10")
    assert said == ["meeting-agreed", "meeting-agreed-series"]
    found = await two.meetings()
    assert [one.status for one in found] == [MeetingStatus.CONFIRMED] * 4
    assert {one.place for one in found} == {"Кабинет 214"}


async def test_a_child_calls_off_one_or_all_without_a_reason(two: Two) -> None:
    first, *_ = await agree_weekly(two)
    await two.mentee.press_data(f"f:meeting-cancel:{first.id}")
    assert await two.mentee.presses("meeting-cancel-one") == ["meeting-cancel-done"]
    assert await two.news(two.mentor) == ["meeting-cancelled"]
    second = (await two.meetings())[1]
    await two.mentee.press_data(f"f:meeting-cancel:{second.id}")
    assert await two.mentee.presses("Эту и все следующие (3)") == ["meeting-cancel-done"]
    assert await two.news(two.mentor) == ["meeting-series-off"]
    await two.mentee.presses("meeting-note-add")
    assert await two.mentee.says("Уезжаем") == ["meeting-note-done"]
    assert await two.news(two.mentor) == ["meeting-note"]
    assert {one.status for one in await two.meetings()} == {MeetingStatus.CANCELLED}


async def test_one_of_a_series_that_was_moved_is_agreed_by_itself(two: Two) -> None:
    first, *_ = await agree_weekly(two)
    two.wait_until(two.mentor.now + timedelta(minutes=1))
    await two.mentee.press_data(f"f:meeting-other:{first.id}")
    await two.mentee.presses("чт 17.09", "15:30", "meeting-enough", "talk-send")
    assert await two.news(two.mentor) == ["meeting-move-proposed"]
    assert await two.mentor.presses("Подходит: чт 17.09, 15:30") == ["meeting-agreed"]


async def test_the_list_shows_the_next_two_with_their_days_on_the_buttons(two: Two) -> None:
    await agree_weekly(two)
    assert await two.mentee.says("встречи") == ["meeting-coming", "meeting-coming", "meeting-more-ahead"]
    assert two.mentee.button("Не смогу: ср 23.09")


async def test_a_day_and_an_hour_may_be_typed_and_odd_ones_are_asked_again(two: Two) -> None:
    chat = two.mentor
    await chat.press_data(f"f:meeting:{two.ids.pair}")
    for words in ("послезавтра", "31.02", "01.01.2020", "15.08.2027"):
        assert (await chat.says(words))[0] == "meeting-day-unclear", words
    assert "15.09. Подойдёт день от сегодняшнего до 13.01.2027" in chat.words()
    assert (await chat.says("20.09"))[-1] == "meeting-time"  # a Sunday
    for words, said in (
        ("вечером", "meeting-time-unclear"),
        ("25:10", "meeting-time-unclear"),
        ("06:00", "meeting-slot-hours"),
        ("22:30", "meeting-slot-hours"),
    ):
        assert (await chat.says(words))[0] == said, words
    await chat.says("16.20")
    await chat.presses("meeting-add", "пн 21.09, экзамены")
    await chat.says("09:30")
    await chat.presses("meeting-enough", "meeting-format-online")
    assert (await chat.says("http://example.ru"))[0] == "meeting-link-unclear"
    said = await chat.says("пропустить")
    assert {"meeting-rest-day", "meeting-exams", "meeting-in-lessons"} <= set(said)
    assert await chat.presses("talk-send") == ["meeting-sent"]
    (one,) = await two.meetings()
    assert [slot[:16] for slot in one.slots] == ["2026-09-20T16:20", "2026-09-21T09:30"]


async def test_the_two_may_meet_for_something_else_than_what_comes_next(two: Two) -> None:
    await two.mentor.press_data(f"f:meeting:{two.ids.pair}")
    await two.mentor.presses("meeting-other-kind", "meeting-kind-flash", "ср 16.09", "15:30")
    await two.mentor.presses("meeting-enough", "meeting-format-offline")
    await two.mentor.says("Школьный двор")
    assert "разовая встреча" in two.mentor.words()
    await two.mentor.presses("talk-send")
    (one,) = await two.meetings()
    assert (one.kind, one.place) == (MeetingKind.FLASH, "Школьный двор")


async def test_a_link_comes_later_and_reaches_the_other_side(two: Two) -> None:
    await two.mentor.press_data(f"f:meeting:{two.ids.pair}")
    await two.mentor.presses("ср 16.09", "15:30", "meeting-enough", "meeting-format-online")
    await two.mentor.says("пропустить")
    await two.mentor.presses("talk-send")
    await two.news(two.mentee)
    await two.mentee.presses("Подходит: ср 16.09, 15:30")
    await two.news(two.mentor)
    await two.mentor.presses("meeting-add-link")
    assert await two.mentor.says("https://vk.com/call/join/abc") == ["meeting-link-kept"]
    assert await two.news(two.mentee) == ["meeting-link-new"]
    assert "https://vk.com/call/join/abc" in two.mentee.words(familiar=True)


@everywhere
async def test_a_meeting_goes_into_the_diary_in_two_taps(two: Two) -> None:
    first, *_ = await agree_weekly(two)
    two.wait_until(two.mentor.now + timedelta(days=1, hours=3))
    await two.mentor.press_data(f"f:meeting-outcome:{first.id}.held")
    await two.mentor.presses("meeting-diary-write", "meeting-topic-study")
    assert (await two.mentor.presses("meeting-method-m_discussion"))[0] == "meeting-diary-kept"
    (note,) = await rows(two.database, MeetingNote)
    assert isinstance(note, MeetingNote)
    assert (note.topic, note.methods, note.minutes) == ("study", ["m_discussion"], 45)

    await two.mentor.press_data(f"f:meeting-step:{first.id}")
    await two.mentor.says("Решить пять задач")
    assert (await two.mentor.presses("meeting-diary-next"))[0] == "meeting-diary-step-kept"
    await two.mentor.press_data(f"f:meeting-length:{first.id}")
    assert (await two.mentor.says("много"))[0] == "answer-number"
    assert (await two.mentor.says("30"))[0] == "meeting-diary-length-kept"
    (note,) = await rows(two.database, MeetingNote)
    assert isinstance(note, MeetingNote)
    assert (note.step, note.step_on, note.minutes) == ("Решить пять задач", date(2026, 9, 23), 30)

    await two.mentee.says("встречи")
    assert await two.mentee.presses("meeting-diary-read") == ["meeting-diary-line"]
    assert "Решить пять задач (к 23 сентября)" in two.mentee.words(familiar=True)
    assert await two.mentee.press_data(f"f:meeting-diary:{first.id}") == ["meeting-diary-by-mentor"]


async def test_own_words_and_several_methods_fit_into_the_diary(two: Two) -> None:
    first, *_ = await agree_weekly(two)
    two.wait_until(two.mentor.now + timedelta(days=1, hours=3))
    await two.mentor.press_data(f"f:meeting-outcome:{first.id}.held")
    await two.mentor.presses("meeting-diary-write")
    await two.mentor.says("Дроби и проценты")
    await two.mentor.presses("meeting-diary-many", "meeting-method-m_discussion", "meeting-method-m_example")
    assert (await two.mentor.says("готово"))[0] == "meeting-diary-kept"
    (note,) = await rows(two.database, MeetingNote)
    assert isinstance(note, MeetingNote)
    assert (note.topic, note.topic_words, note.methods) == (
        "",
        "Дроби и проценты",
        ["m_discussion", "m_example"],
    )


async def test_of_a_group_one_tap_says_that_everybody_came_and_two_that_somebody_did_not(
    two: Two, school: School
) -> None:
    async with two.database.transaction() as session:
        mentor = await session.get_one(Person, two.ids.mentor)
        pupils = [await member(session, school, name) for name in ("Оля", "Юля")]
        circle = await group(session, [mentor], pupils, is_group=True, title="Юные физики")
        for number in range(2):
            session.add(
                Meeting(
                    school_id=school.id, pair_id=circle.id, kind=MeetingKind.M4, proposed_by=mentor.id,
                    status=MeetingStatus.CONFIRMED, starts_at=two.mentor.now + timedelta(hours=number),
                    format=MeetingFormat.OFFLINE, uid=f"g{number}", created_at=two.mentor.now,
                )
            )  # fmt: skip
    two.wait_until(two.mentor.now + timedelta(hours=3))
    first, second = (one for one in await two.meetings() if one.pair_id == circle.id)
    assert (await two.mentor.press_data(f"f:meeting-outcome:{first.id}.held"))[-1] == "meeting-came"
    await two.mentor.presses("meeting-came-all")
    await two.mentor.press_data(f"f:meeting-outcome:{second.id}.held")
    await two.mentor.presses("meeting-came-some", "Юля К.")
    await two.mentor.says("готово")
    found = await rows(two.database, Attendance)
    absent = {
        (one.meeting_id, one.person_id) for one in found if isinstance(one, Attendance) and not one.came
    }
    assert absent == {(second.id, pupils[1].id)}
    await two.mentor.presses("meeting-came-change")
    assert (await two.mentor.presses("meeting-came-all"))[0] == "meeting-came-kept"
    found = await rows(two.database, Attendance, meeting_id=second.id)
    assert [one.came for one in found if isinstance(one, Attendance)] == [True] * 3
    pupil = Chat(two.database, two.mentor.now, Channel.WEB, str(pupils[0].id))
    assert await pupil.press_data(f"f:meeting-came:{second.id}") == ["meeting-group-by-mentor"]


@everywhere
@pytest.mark.parametrize(("said", "answer"), [("held", "meeting-came"), ("missed", "meeting-outcome-over")])
async def test_of_a_group_that_is_over_its_mentor_says_from_the_list_what_became_of_the_last_meeting(
    two: Two, school: School, said: str, answer: str
) -> None:
    async with two.database.transaction() as session:
        mentor = await session.get_one(Person, two.ids.mentor)
        circle = await group(
            session, [mentor], [await member(session, school, "Оля")], is_group=True, title="Физики"
        )
        meeting = Meeting(
            school_id=school.id, pair_id=circle.id, kind=MeetingKind.M4, proposed_by=mentor.id,
            status=MeetingStatus.CONFIRMED, starts_at=two.mentor.now, format=MeetingFormat.OFFLINE, uid="g",
            created_at=two.mentor.now,
        )  # fmt: skip
        session.add(meeting)
        work = Work(session, await session.merge(school, load=False), two.mentor.now + timedelta(hours=1))
        pair, held = await places.hold(work, circle.id)
        await pair_life.end(work, pair, held, PairStatus.COMPLETED, by="curator")
    two.wait_until(two.mentor.now + timedelta(hours=2))
    assert "reminder-outcome" in await two.mentor.press_data("f:my-meetings")
    two.mentor.button(f"reminder-{said}")
    assert (await two.mentor.presses(f"reminder-{said}"))[-1] == answer
    if said == "held":
        await two.mentor.presses("meeting-came-all")
        assert "meeting-outcome-held" in two.mentor.ids


@pytest.mark.parametrize(
    "data", ["f:meeting-diary:abc", "f:meeting-step:999", "f:meeting-notes:77", "f:meeting-link:"]
)
async def test_a_mangled_button_shows_nobody_anything(two: Two, data: str) -> None:
    assert await two.mentee.press_data(data) == ["meeting-not-yours"]


async def test_an_ended_pair_and_a_frozen_side_set_no_times(two: Two) -> None:
    first, *_ = await agree_weekly(two)
    async with two.database.transaction() as session:
        await session.execute(update(Pair).values(status=PairStatus.PAUSED))
    assert await two.mentor.press_data(f"f:meeting:{two.ids.pair}") == ["meeting-pair-closed"]
    assert await two.mentor.press_data(f"f:meeting-link:{first.id}") == ["meeting-pair-closed"]
    assert await two.mentor.press_data(f"f:meeting-cancel:{first.id}") == ["meeting-pair-closed"]
    async with two.database.transaction() as session:
        await session.execute(update(Pair).values(status=PairStatus.ACTIVE))
        await session.execute(
            update(Person).where(Person.id == two.ids.mentee).values(state=PersonState.FROZEN)
        )
    await two.mentor.press_data(f"f:meeting-cancel:{first.id}")
    await two.mentor.presses("meeting-cancel-one")
    assert await two.news(two.mentee) == []  # nobody writes to somebody whose consent was taken back


@everywhere
async def test_an_invitation_to_everybody_is_answered_in_one_tap(two: Two, school: School) -> None:
    async with two.database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), two.mentor.now)
        one = await gatherings.call(
            work, Draft(MeetingKind.M0, two.mentor.now + timedelta(days=5), place="Актовый зал")
        )
    assert await two.news(two.mentee) == ["gathering-invited"]
    assert await two.mentee.presses("gathering-coming") == ["gathering-coming-kept"]
    await two.mentee.says("встречи")
    assert "Актовый зал" in two.mentee.words(familiar=True)
    assert await two.mentee.presses("gathering-cannot") == ["gathering-cannot-kept"]
    seats = await rows(two.database, Invitee, person_id=two.ids.mentee)
    assert [seat.coming for seat in seats if isinstance(seat, Invitee)] == [False]
    for data in ("f:gathering:99.yes", f"f:gathering:{one.id}.maybe", "f:gathering:x"):
        assert await two.mentee.press_data(data) == ["gathering-unknown"]


async def test_the_address_of_the_calendar_is_changed_in_my_data(two: Two) -> None:
    await two.mentor.says("мои данные")
    await two.mentor.presses("meeting-calendar-button")
    assert two.mentor.button("meeting-to-calendar").url == "page:calendar"
    await two.mentor.presses("meeting-calendar-change")
    assert await two.mentor.presses("meeting-calendar-yes") == ["meeting-calendar-changed"]
    assert two.mentor.button("meeting-to-calendar").url == "page:calendar:1"


async def test_a_note_to_the_other_side_is_no_way_around_the_rules_of_letters(two: Two) -> None:
    first, second, *_ = await agree_weekly(two)
    await two.mentee.press_data(f"f:meeting-cancel:{first.id}")
    await two.mentee.presses("meeting-cancel-one", "meeting-note-add")
    assert await two.mentee.says("Позвони мне +7 912 345-67-89") == ["meeting-note-held-back"]
    assert await two.news(two.mentor) == ["meeting-cancelled"]

    await two.mentee.press_data(f"f:meeting-cancel:{second.id}")
    await two.mentee.presses("meeting-cancel-one", "meeting-note-add")
    await two.mentee.says("Меня дома бьют")  # the front door calls the school's grown-ups and asks again
    await two.mentee.presses("talk-stop")
    assert await two.news(two.mentor) == ["meeting-cancelled"]


async def busy_mentor(two: Two, school: School) -> tuple[int, Chat]:
    """The mentor meets Аня on Wednesday at 15:30 and leads Юля as well: that pair, and Юля's chat."""
    async with two.database.transaction() as session:
        mentor = await session.get(Person, two.ids.mentor)
        assert mentor is not None
        yulya = await member(session, school, "Юля", "Снегирева")
        pair = await group(session, [mentor], [yulya])
    await two.mentor.press_data(f"f:meeting:{two.ids.pair}")
    await two.mentor.presses("ср 16.09", "15:30", "meeting-enough", "meeting-format-offline", "Кабинет 214")
    await two.mentor.presses("talk-send")
    await two.news(two.mentee)
    return pair.id, Chat(two.database, two.mentor.now, Channel.WEB, str(yulya.id))


@everywhere
async def test_an_hour_at_which_the_mentor_meets_another_is_neither_offered_nor_taken(
    two: Two, school: School
) -> None:
    pair, yulya = await busy_mentor(two, school)
    await two.mentee.presses("Подходит: ср 16.09, 15:30")
    await yulya.press_data(f"f:meeting:{pair}")
    await yulya.presses("ср 16.09")
    with pytest.raises(AssertionError, match="no button '15:30'"):
        yulya.button("15:30")
    for clock in ("15:30", "15:00", "16:10"):
        assert (await yulya.says(clock))[0] == "meeting-slot-busy", clock
    assert (await yulya.says("16:15"))[0] != "meeting-slot-busy"


async def test_who_agrees_to_an_hour_that_was_taken_meanwhile_reads_what_to_do(
    two: Two, school: School
) -> None:
    pair, yulya = await busy_mentor(two, school)
    await yulya.press_data(f"f:meeting:{pair}")
    await yulya.presses("ср 16.09", "15:30", "meeting-enough", "meeting-format-offline", "Кабинет 214")
    await yulya.presses("talk-send")
    await two.mentee.presses("Подходит: ср 16.09, 15:30")
    other = next(one for one in await rows(two.database, Meeting) if one.pair_id == pair)  # type: ignore[attr-defined]
    said = await two.mentor.press_data(f"f:meeting-reply:{other.id}.0.0")  # type: ignore[attr-defined]
    assert said[-1] == "meeting-slot-taken"
    assert "другая встреча" in two.mentor.words()

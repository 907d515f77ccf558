"""Two people agree on a meeting by buttons; every event meets a house that has just been restarted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from locales import Texts
from program.channels import Channel
from program.outgoing import Message
from program.roles import Category
from program.states import MeetingFormat, MeetingStatus
from scheduler.metronome import Metronome
from storage.database import Database
from storage.tables import Address, Conversation, HelpRequest, Meeting, Person, School
from tests.bot.chat import Chat
from tests.conftest import rows
from tests.pairs import Couple, couple, group, member

NOT_COMING = "meeting-cannot"


@dataclass
class Two:
    """The mentor and the mentee of one pair at their chats, and the clock they share."""

    database: Database
    ids: Couple
    mentor: Chat
    mentee: Chat

    @property
    def pair(self) -> str:
        return f"f:meeting:{self.ids.pair}"

    def wait_until(self, now: datetime) -> None:
        self.mentor.now = self.mentee.now = now

    async def tick(self) -> None:
        await Metronome(self.database, lambda: self.mentor.now).tick_all()

    async def meeting(self) -> Meeting:
        (meeting,) = await rows(self.database, Meeting)
        assert isinstance(meeting, Meeting)
        return meeting

    async def news(self, chat: Chat) -> list[Message]:
        """What was written to that person since they last looked."""
        chat.messages = await chat._answers()
        return chat.messages


@pytest.fixture
async def two(database: Database, school: School, now: datetime) -> Two:
    async with database.transaction() as session:
        ids = await couple(session, school)
        for person in (ids.mentor, ids.mentee):
            await session.execute(
                update(Address)
                .where(Address.person_id == person)
                .values(channel=Channel.TELEGRAM, address=f"{person}00")
            )
    chats = [Chat(database, now, address=f"{person}00") for person in (ids.mentor, ids.mentee)]
    return Two(database, ids, *chats)


async def offers(two: Two, chat: Chat) -> list[str]:
    """Wednesday 15:30 and Thursday 13:30, in person."""
    await chat.press_data(two.pair)
    await chat.presses("ср 16.09", "15:30", "meeting-add", "чт 17.09", "13:30", "meeting-enough")
    await chat.presses("meeting-format-offline")
    await chat.says("Кабинет 214")
    return await chat.presses("talk-send")


async def test_a_pair_agrees_by_buttons_and_both_sides_see_date_place_and_calendar(two: Two) -> None:
    assert await offers(two, two.mentor) == ["meeting-sent"]

    (offer,) = await two.news(two.mentee)
    assert offer.texts[0].id == "meeting-proposed"
    assert await two.mentee.presses("Подходит: чт 17.09, 13:30") == ["meeting-agreed"]
    assert "четверг, 17 сентября, 13:30" in two.mentee.words(familiar=True)
    assert "Кабинет 214" in two.mentee.words(familiar=True)
    assert two.mentee.button("meeting-to-calendar").url == "page:calendar"
    (answer,) = await two.news(two.mentor)
    assert answer.texts[0].id == "meeting-agreed"

    assert await two.mentee.press_data(offer.rows[1][0].data) == ["meeting-agreed"]  # a double press
    assert await two.news(two.mentor) == []


async def test_the_first_question_offers_seven_school_days(two: Two) -> None:
    await two.mentor.press_data(two.pair)
    days = [choice.label for row in two.mentor.messages[-1].rows for choice in row]
    labels = [Texts()(label) for label in days if label.id == "raw"]
    assert labels[0] == "вт 15.09"
    assert len(labels) == 7
    assert not any(label.startswith("вс") for label in labels)


async def test_who_offers_learns_that_the_other_side_cannot_be_reached(two: Two) -> None:
    async with two.database.transaction() as session:
        closed = update(Address).where(Address.person_id == two.ids.mentee)
        await session.execute(closed.values(unreachable_since=two.mentor.now))
    assert await offers(two, two.mentor) == ["meeting-kept-only"]


async def test_a_start_that_is_chosen_is_not_offered_again(two: Two) -> None:
    await two.mentor.press_data(two.pair)
    await two.mentor.presses("ср 16.09", "15:30", "meeting-add", "ср 16.09")
    with pytest.raises(AssertionError, match="no button '15:30'"):
        two.mentor.button("15:30")


async def test_an_answer_can_be_typed_and_changed_on_the_summary(two: Two) -> None:
    chat = two.mentor
    await chat.press_data(two.pair)
    await chat.says("ср", "15:30", "2", "Онлайн")
    assert await chat.says("завтра пришлю") == ["meeting-link-unclear", "meeting-link"]
    await chat.says("https://telemost.yandex.ru/j/12345")
    await chat.presses("talk-change", "meeting-row-day")
    await chat.presses("чт 17.09")  # the time stays
    await chat.presses("talk-change", "meeting-row-time", "16:30", "talk-send")

    meeting = await two.meeting()
    assert (meeting.format, meeting.link) == (MeetingFormat.ONLINE, "https://telemost.yandex.ru/j/12345")
    assert [slot[:16] for slot in meeting.slots] == ["2026-09-17T16:30"]


async def test_who_opens_a_second_one_sees_the_first(two: Two) -> None:
    await offers(two, two.mentor)
    assert await two.mentee.press_data(two.pair) == [
        "meeting-proposed",
        "meeting-proposed",
    ]  # the news, the answer
    assert await two.mentor.press_data(two.pair) == ["meeting-waiting"]
    await two.mentee.presses("Подходит: ср 16.09, 15:30")
    assert await two.mentee.press_data(two.pair) == ["meeting-coming"]
    assert len(await rows(two.database, Meeting)) == 1


async def test_another_time_comes_back_to_the_first_side(two: Two) -> None:
    await offers(two, two.mentor)
    await two.news(two.mentee)
    await two.mentee.presses("meeting-other-time", "пт 18.09", "14:30", "meeting-enough")
    assert await two.mentee.presses("talk-send") == ["meeting-sent"]

    await two.news(two.mentor)
    assert await two.mentor.presses("Подходит: пт 18.09, 14:30") == ["meeting-agreed"]
    assert (await two.meeting()).sequence == 1


async def test_not_coming_needs_no_reason_and_sounds_neutral(two: Two) -> None:
    await offers(two, two.mentor)
    await two.news(two.mentee)
    await two.mentee.presses("Подходит: ср 16.09, 15:30")
    await two.mentee.presses(NOT_COMING, "meeting-cancel-no")
    assert (await two.meeting()).status == MeetingStatus.CONFIRMED

    await two.mentee.press_data(f"f:meeting-cancel:{(await two.meeting()).id}")
    assert await two.mentee.presses("meeting-cancel-yes") == ["meeting-cancel-done"]
    assert (await two.meeting()).status == MeetingStatus.CANCELLED, "also where the chat is closed now"

    *_, news = await two.news(two.mentor)
    assert [text.id for text in news.texts] == ["meeting-cancelled"]
    again = two.mentee.press_data(f"f:meeting-cancel:{(await two.meeting()).id}")
    assert await again == ["meeting-cancel-before"]


async def test_of_a_meeting_that_is_over_nobody_is_asked_whether_they_come(two: Two) -> None:
    await offers(two, two.mentor)
    await two.news(two.mentee)
    await two.mentee.presses("Подходит: ср 16.09, 15:30")
    meeting = await two.meeting()
    two.wait_until(two.mentor.now + timedelta(days=3))
    pressed = await two.mentee.press_data(f"f:meeting-cancel:{meeting.id}")
    assert pressed == ["meeting-began"]
    assert await two.mentee.says("ыыы") == ["talk-unknown"], "no conversation was left open"


async def test_a_few_words_reach_the_other_side_as_they_are(two: Two) -> None:
    await offers(two, two.mentor)
    await two.news(two.mentee)
    await two.mentee.presses("Подходит: ср 16.09, 15:30", NOT_COMING, "meeting-cancel-yes")
    await two.mentee.presses("meeting-note-add")
    assert await two.mentee.says("Контрольная <b>завтра</b>") == ["meeting-note-done"]
    await two.news(two.mentor)
    said = "Аня К. пишет о встрече (среда, 16 сентября, 15:30): Контрольная <b>завтра</b>"
    assert said in two.mentor.words()


async def test_words_are_added_to_ones_own_cancellation_once_and_before_the_meeting(two: Two) -> None:
    await offers(two, two.mentor)
    await two.news(two.mentee)
    note = f"f:meeting-cancel-note:{(await two.meeting()).id}"
    await two.mentee.presses("Подходит: ср 16.09, 15:30")
    assert await two.mentee.press_data(note) == ["meeting-note-late"]  # it stands
    await two.mentee.press_data(f"f:meeting-cancel:{(await two.meeting()).id}")
    await two.mentee.presses("meeting-cancel-yes")
    await two.news(two.mentor)
    assert await two.mentor.press_data(note) == ["meeting-note-late"]  # the other's
    await two.mentee.press_data(note)
    await two.mentee.says("Контрольная")
    assert await two.mentee.press_data(note) == ["meeting-note-late"]
    two.wait_until(two.mentor.now + timedelta(days=3))
    assert await two.mentee.press_data(note) == ["meeting-note-late"]
    for data in ("f:meeting-cancel-note:x", "f:meeting-cancel-note:9999"):
        assert await two.mentee.press_data(data) == ["meeting-not-yours"]


async def test_the_whole_life_of_a_meeting(two: Two) -> None:
    await offers(two, two.mentor)
    await two.news(two.mentee)
    await two.mentee.presses("Подходит: ср 16.09, 15:30")
    start = (await two.meeting()).starts_at
    assert start is not None
    await two.news(two.mentor)

    heard: list[str] = []
    for hours in (-24, -23, -2, -1, 2, 2):
        two.wait_until(start + timedelta(hours=hours))
        await two.tick()
        heard += [message.texts[0].id for message in await two.news(two.mentor)]
    # agreed 27.5 hours ahead: both reminders, then the question
    assert heard == ["reminder-soon", "reminder-soon", "reminder-outcome"]

    await two.news(two.mentee)
    assert (await two.mentee.presses("reminder-held"))[:2] == ["meeting-outcome-held", "feedback-about"]
    meeting = await two.meeting()
    assert (meeting.status, meeting.closed_at) == (MeetingStatus.HELD, start + timedelta(hours=2))
    said = await two.mentor.press_data(f"f:meeting-outcome:{meeting.id}.held")
    assert said[:2] == ["meeting-outcome-said", "feedback-about"], "only how it was is left to be asked"
    await two.tick()
    assert await two.news(two.mentor) == [], "the poll lies before them"
    await two.mentor.says("выйти")
    two.wait_until(start + timedelta(hours=27))
    await two.tick()
    assert [message.texts[0].id for message in await two.news(two.mentor)] == ["feedback-invite"]


async def test_whoever_is_asked_later_is_not_asked_whether_it_took_place(two: Two) -> None:
    meeting = await held(two)
    for hours in range(2, 60, 2):
        two.wait_until(meeting.closed_at + timedelta(hours=hours))  # type: ignore[operator]
        await two.tick()
    heard = [message.texts[0].id for message in await two.news(two.mentor)]
    assert "reminder-outcome" not in heard
    assert heard.count("feedback-invite") == 1
    # The way that every meeting of the list has asks nothing that is known.
    assert (await two.mentor.press_data(f"f:meeting-outcome:{meeting.id}"))[0] == "meeting-outcome-said"


async def held(two: Two) -> Meeting:
    """The mentee has just said that it took place."""
    await offers(two, two.mentor)
    await two.news(two.mentee)
    await two.mentee.presses("Подходит: ср 16.09, 15:30")
    two.wait_until(two.mentor.now + timedelta(days=2))
    await two.mentee.press_data(f"f:meeting-outcome:{(await two.meeting()).id}.held")
    return await two.meeting()


async def test_who_says_that_it_was_held_gets_the_poll_at_once_and_no_invitation(two: Two) -> None:
    meeting = await held(two)
    assert two.mentee.ids[:2] == ["meeting-outcome-held", "feedback-about"]
    question = two.mentee.messages[-1].texts

    again = await two.mentee.press_data(f"f:meeting-outcome:{meeting.id}.held")  # a double press
    assert again[0] == "meeting-outcome-said"
    assert two.mentee.messages[-1].texts[-1] == question[-1]  # the poll stands where it stood

    await two.tick()
    assert await two.news(two.mentee) == []
    told = [message.texts[0].id for message in await two.news(two.mentor)]
    assert told == ["meeting-agreed", "feedback-invite"]


async def test_who_says_that_it_was_not_held_is_not_asked_how_it_was_and_the_curator_hears_of_it(
    two: Two,
) -> None:
    meeting = await held(two)
    await two.tick()
    await two.news(two.mentor)
    for _twice in range(2):
        said = await two.mentor.press_data(f"f:meeting-outcome:{meeting.id}.missed")
        assert said == ["meeting-outcome-differs"]
        assert two.mentor.button("menu-curator")
    (card,) = await rows(two.database, HelpRequest)
    assert (card.person_id, card.about, card.urgent) == (two.ids.mentor, f"pair:{two.ids.pair}", False)
    assert card.words == "Встреча 16.09.2026 отмечена как состоявшаяся, но здесь отвечают, что её не было."
    assert (await two.meeting()).status == MeetingStatus.HELD
    two.wait_until(two.mentor.now + timedelta(days=2))
    await two.tick()
    assert "feedback-invite" not in [message.texts[0].id for message in await two.news(two.mentor)]


async def test_a_slip_of_the_finger_is_put_right_by_whoever_made_it_for_a_day(two: Two) -> None:
    meeting = await held(two)
    assert (await two.mentee.press_data(f"f:meeting-outcome:{meeting.id}.missed"))[
        0
    ] == "meeting-outcome-missed"
    assert (await two.meeting()).status == MeetingStatus.MISSED
    said = await two.mentee.press_data(f"f:meeting-outcome:{meeting.id}.held")
    assert said[:2] == ["meeting-outcome-held", "feedback-about"]
    corrected = await two.meeting()
    assert (corrected.status, corrected.sequence) == (MeetingStatus.HELD, meeting.sequence + 2)
    assert await rows(two.database, HelpRequest) == [], "nobody has contradicted anybody"
    await two.tick()
    assert "feedback-invite" in [message.texts[0].id for message in await two.news(two.mentor)]
    two.wait_until(two.mentor.now + timedelta(days=1, minutes=1))
    assert (await two.mentee.press_data(f"f:meeting-outcome:{meeting.id}.missed"))[
        0
    ] == "meeting-outcome-differs"
    assert (await two.meeting()).status == MeetingStatus.HELD


async def test_what_stands_is_no_contradiction_for_who_only_looks(two: Two) -> None:
    await held(two)
    await two.news(two.mentor)
    async with two.database.transaction() as session:
        await session.execute(update(Meeting).values(status=MeetingStatus.MISSED))
    said = await two.mentor.press_data(f"f:meeting-outcome:{(await two.meeting()).id}")
    assert said == ["meeting-outcome-said"]
    assert await rows(two.database, HelpRequest) == []


async def test_a_poll_left_open_is_asked_for_a_day_later_and_goes_on_with_its_answers(two: Two) -> None:
    meeting = await held(two)
    await two.mentee.says("8")
    open_question = two.mentee.messages[-1].texts[-1]
    await two.mentee.says("выйти")
    two.wait_until(two.mentor.now + timedelta(days=1))
    await two.tick()
    (invitation,) = await two.news(two.mentee)
    assert invitation.texts[0].id == "feedback-invite"
    await two.mentee.press_data(f"f:feedback:{meeting.id}")
    assert two.mentee.messages[-1].texts[-1] == open_question
    (conversation,) = await rows(two.database, Conversation)
    assert conversation.parked == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(("answer", "status"), [("moved", "moved"), ("missed", "missed")])
async def test_what_was_not_held_leads_to_a_new_time(two: Two, answer: str, status: str) -> None:
    await offers(two, two.mentor)
    await two.news(two.mentee)
    await two.mentee.presses("Подходит: ср 16.09, 15:30")
    two.wait_until(two.mentor.now + timedelta(days=2))
    await two.mentee.press_data(f"f:meeting-outcome:{(await two.meeting()).id}")
    assert await two.mentee.presses(f"reminder-{answer}") == [f"meeting-outcome-{answer}"]
    assert (await two.meeting()).status == status
    assert two.mentee.button("meeting-pick-time").data == two.pair


async def test_my_meetings_lists_every_pair_with_its_own_buttons(two: Two, school: School) -> None:
    assert await two.mentee.says("встречи") == ["meeting-none"]
    await offers(two, two.mentor)
    assert await two.mentor.says("мои встречи") == ["meeting-waiting"]

    async with two.database.transaction() as session:
        mentor = await session.get_one(Person, two.ids.mentor)
        await group(session, [mentor], [await member(session, school, "Оля", "Сомова")])
    assert await two.mentor.says("встречи") == ["meeting-waiting", "meeting-none"]
    for label in ("Предложить другое время: Аня К.", "Отменить предложение: Аня К.", "Выбрать время: Оля С."):
        assert two.mentor.button(label)


async def test_a_mangled_button_is_refused_kindly(two: Two) -> None:
    for data in ("f:meeting:9999", "f:meeting-reply:1.2.3.4", "f:meeting-cancel:x", "f:meeting-outcome:"):
        assert await two.mentor.press_data(data) == ["meeting-not-yours"]


async def test_a_mentor_of_a_group_sets_its_time_at_once(
    database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        mentor = await member(session, school, "Пётр", "Ильин", category=Category.TEACHER)
        pupils = [await member(session, school, name) for name in ("Аня", "Оля")]
        pair = await group(session, [mentor], pupils, is_group=True, title="Юные физики")
    chat = Chat(database, now, Channel.WEB, str(mentor.id))
    await chat.says("встречи")
    await chat.presses("meeting-pick-time", "ср 16.09", "15:30", "meeting-once", "meeting-format-offline")
    await chat.says("пропустить")
    assert await chat.presses("talk-send") == ["meeting-agreed"]
    pupil = Chat(database, now, Channel.WEB, str(pupils[0].id))
    assert (await pupil.press_data(f"f:meeting:{pair.id}"))[-1] == "meeting-coming"
    assert await pupil.presses("meeting-cannot", "meeting-absent-yes") == ["meeting-absent-done"]
    await pupil.presses("meeting-note-add")
    assert await pupil.says("Звони 8 912 345-67-89") == ["meeting-note-held-back"]
    assert "отмен" not in pupil.words(familiar=True), "only one does not come, the meeting stays"
    await pupil.presses("meeting-note-add")
    assert await pupil.says("Болею") == ["meeting-note-done"]
    chat.messages = await chat._answers()
    assert "Болею" in chat.words()
    other = Chat(database, now, Channel.WEB, str(pupils[1].id))
    other.messages = await other._answers()
    assert "Болею" not in other.words(familiar=True)

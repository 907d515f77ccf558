"""Meetings outside of pairs, in a chat: signing up, queueing, offering a topic, asking the pool, silent words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from actions import encounter_speed as speed
from actions import encounter_trials as trials
from actions import encounters
from actions.encounter_trials import Trial
from actions.work import Work
from program.channels import Channel
from program.encounters import EncounterState, QuestionState, Word
from scheduler.metronome import Metronome
from storage import encounters as rows
from storage.database import Database
from storage.preferences import preferences
from storage.tables import Address, Encounter, HelpRequest, Impression, Person, PoolQuestion, School
from tests import meetups
from tests.bot.chat import Chat
from tests.conftest import rows as all_rows
from tests.pairs import member

DAY = timedelta(days=1)


@dataclass
class Place:
    """A school whose people sit at their chats, on one channel."""

    database: Database
    school: School
    now: datetime
    channel: Channel
    chats: dict[int, Chat] = field(default_factory=dict)

    async def make(self, what: object) -> object:
        """Runs a verb in a transaction of its own."""
        async with self.database.transaction() as session:
            work = Work(session, await session.merge(self.school, load=False), self.now)
            made = await what(work)  # type: ignore[operator]
            for person in await session.scalars(select(Person)):
                if person.id not in self.chats:
                    here = update(Address).where(Address.person_id == person.id)
                    await session.execute(here.values(channel=self.channel, address=f"7{person.id}"))
                    self.chats[person.id] = Chat(self.database, self.now, self.channel, f"7{person.id}")
            return made

    def wait(self, by: timedelta) -> None:
        self.now += by
        for chat in self.chats.values():
            chat.now = self.now

    async def tick(self) -> None:
        await Metronome(self.database, lambda: self.now).tick_all()

    async def news(self, person: Person) -> list[str]:
        chat = self.chats[person.id]
        chat.messages = await chat._answers()
        return chat.ids

    def chat(self, person: Person) -> Chat:
        return self.chats[person.id]


@pytest.fixture
async def place(request: pytest.FixtureRequest, database: Database, school: School, now: datetime) -> Place:
    return Place(database, school, now, getattr(request, "param", Channel.VK))


every_channel = pytest.mark.parametrize(
    "place", [Channel.TELEGRAM, Channel.VK, Channel.WEB], indirect=True, ids=str
)


@every_channel
async def test_a_pupil_signs_up_and_changes_plans(place: Place) -> None:
    host = await place.make(meetups.mentor)
    one, two = await place.make(lambda work: meetups.pupils(work, 2))
    await place.make(lambda work: meetups.flash(work, host, seats=1))
    chat, other = place.chat(one), place.chat(two)

    assert await chat.says("Разовые встречи") == ["encounters-which"]
    await chat.presses("encounters-part-signup")
    shown = await chat.presses("ср 16.09, 12:00 – Как выбрать профессию")
    assert shown == ["encounters-card", "encounters-free", "encounters-sure"]
    assert "Мария Ивановна" in chat.words()
    assert await chat.presses("encounters-yes") == ["encounters-signed-up"]
    await other.press_data("f:encounters:signup")
    await other.presses("ср 16.09, 12:00 – Как выбрать профессию")
    assert await other.presses("encounters-yes") == ["encounters-in-queue"]

    await chat.press_data("f:encounters:mine")
    assert chat.ids == ["encounters-coming"]
    assert await chat.presses("meeting-cannot") == ["encounters-leave-sure"]
    assert await chat.presses("encounters-leave-yes") == ["encounters-left"]
    assert await place.news(two) == ["encounters-seat-came"]


async def test_a_mentor_offers_a_topic(place: Place) -> None:
    host = await place.make(meetups.mentor)
    chat = place.chat(host)
    await chat.press_data("f:encounters:offer")
    await chat.says("Пишите на t.me/abcdef")
    assert "relay-here-nick" in chat.ids
    await chat.says("Шахматы за час")
    await chat.says("пропустить", "1", "2", "1", "Кабинет 214", "10", "1")
    assert "encounters-offer-check" in chat.ids
    assert await chat.presses("talk-send") == ["encounters-offered"]
    (made,) = await all_rows(place.database, Encounter)
    assert isinstance(made, Encounter)
    assert (made.state, made.topic, made.seats) == (EncounterState.PROPOSED, "Шахматы за час", 10)
    await chat.press_data("f:encounters:mine")
    assert chat.ids == ["encounters-mine-proposed"]


async def test_the_host_says_who_came_and_both_answer_a_short_poll(place: Place) -> None:
    host, guest = await place.make(meetups.mentor), await place.make(meetups.pupil)

    async def agree(work: Work) -> None:
        made = await meetups.flash(work, await work.session.merge(host, load=False))
        await encounters.sign_up(work, await work.session.merge(guest, load=False), made.id)

    await place.make(agree)
    place.wait(DAY + timedelta(hours=3))
    await place.tick()
    assert await place.news(host) == ["encounters-you-lead", "encounters-who-came-ask"]
    chat = place.chat(host)
    await chat.presses("encounters-who-came-do")
    assert "Аня К." in chat.button("Аня К.").label.args.values()
    await chat.presses("Аня К.")
    said = await chat.presses("talk-done")  # the first is for tomorrow, should the poll be left
    assert said[:3] == ["encounters-ask-feedback", "encounters-came-kept", "encounters-feedback-about"]
    await place.tick()
    assert await place.news(guest) == ["encounters-ask-feedback"]
    chat = place.chat(guest)
    await chat.presses("feedback-answer")
    await chat.says("9", "1")
    assert await chat.says("1") == ["feedback-thanks"]


async def test_a_question_finds_one_who_answers_and_no_surname_goes_along(place: Place) -> None:
    asker = await place.make(lambda work: meetups.pupil(work, "Аня", "Котова", phone="+79000000001"))
    first = await place.make(meetups.mentor)
    second = await place.make(lambda work: meetups.mentor(work, "Ирина", "Лугова", middle_name="Олеговна"))
    for one in (first, second):
        await place.chat(one).press_data("f:pool-topics")
        assert await place.chat(one).says("6") == ["encounters-topics-kept"]
    chat = place.chat(asker)
    await chat.press_data("f:pool-ask:question")
    await chat.says("Выбор профессии")
    assert "encounters-words-short" in await chat.says("Как?")
    await chat.says("Как понять, кем мне быть?")
    assert await chat.presses("talk-send") == ["encounters-question-sent"]

    assert (await place.news(first))[0] == "encounters-question-new"
    said = place.chat(first).words()
    assert "Аня, 8 класс" in said
    assert "Котов" not in said
    await place.news(second)
    await place.chat(first).presses("encounters-take")
    assert await place.chat(second).presses("encounters-take") == ["encounters-taken"]
    assert await place.chat(first).says("Попробуй разные занятия и посмотри") == ["encounters-answer-sent"]

    assert await place.news(asker) == ["encounters-question-answer"]
    assert "Мария Ивановна" in chat.words()
    await chat.presses("encounters-ask-more")
    assert await chat.says("А какие?") == ["encounters-more-sent"]
    assert await place.news(first) == ["encounters-question-more"]
    await chat.press_data("f:pool-mine")
    await chat.says("1")
    assert "encounters-talk-answered" in chat.ids
    assert await chat.presses("encounters-settled") == ["encounters-question-done"]


async def test_words_of_danger_go_to_grown_ups_and_not_to_the_pool(place: Place) -> None:
    asker, other = await place.make(meetups.pupil), await place.make(meetups.mentor)
    await place.chat(other).press_data("f:pool-topics")
    await place.chat(other).says("10")
    await place.news(other)
    chat = place.chat(asker)
    await chat.press_data("f:pool-ask:question")
    await chat.says("Просто поговорить", "Меня бьют дома, мой телефон +79001234567")
    assert await chat.presses("talk-send") == ["encounters-kept-safe"]
    (card,) = await all_rows(place.database, HelpRequest)
    assert isinstance(card, HelpRequest)
    assert card.urgent
    assert await all_rows(place.database, PoolQuestion) == []
    assert await place.news(other) == []


async def test_a_request_becomes_a_meeting_of_two(place: Place) -> None:
    asker, host = await place.make(meetups.pupil), await place.make(meetups.mentor)
    await place.chat(host).press_data("f:pool-topics")
    await place.chat(host).says("1")
    chat = place.chat(asker)
    await chat.press_data("f:pool-ask:request")
    await chat.says("1", "Нужна помощь с дробями, удобно в четверг")
    assert await chat.presses("talk-send") == ["encounters-request-sent"]
    await place.news(host)
    chat = place.chat(host)
    await chat.presses("encounters-take")
    await chat.says("2", "1", "1", "Библиотека")
    assert "encounters-meet-check" in chat.ids
    assert await chat.presses("talk-send") == ["encounters-meet-made"]
    assert await place.news(asker) == ["encounters-request-met"]
    assert "Мария Ивановна" in place.chat(asker).words()
    (question,) = await all_rows(place.database, PoolQuestion)
    assert isinstance(question, PoolQuestion)
    assert (question.state, question.encounter_id is not None) == (QuestionState.ANSWERED, True)


async def test_after_a_trial_meeting_both_speak_silently(place: Place) -> None:
    mentor = await place.make(meetups.mentor)
    mentee = await place.make(lambda work: meetups.pupil(work, looks=True))
    await place.make(lambda work: trials.arrange(work, [Trial(mentor.id, mentee.id, work.now + DAY)]))
    assert await place.news(mentee) == ["encounters-trial"]
    place.wait(DAY + timedelta(hours=3))
    await place.tick()
    for person, word in ((mentor, "encounters-word-avoid"), (mentee, "encounters-word-prefer")):
        assert (await place.news(person))[-1] == "encounters-ask-words"
        chat = place.chat(person)
        assert await chat.presses("feedback-answer") == ["encounters-met"]
        await chat.presses("encounters-met-yes")
        assert await chat.presses(word) == ["encounters-words-kept"]
    await place.tick()
    assert await place.news(mentee) == []

    async def said(work: Work) -> object:
        return await rows.preferences_from_events(work.session, work.school.id, work.settings.year)

    assert await place.make(said) == {
        (mentor.id, mentee.id): Word.AVOID,
        (mentee.id, mentor.id): Word.PREFER,
    }

    async def known_to_matching(work: Work) -> object:
        return await preferences(work.session, work.school.id, work.settings.year, "uchit_uch")

    found = await place.make(known_to_matching)
    assert [list(of.values()) for of in found.by_mentor.values()] == [["avoid"]]
    assert [list(of.values()) for of in found.by_mentee.values()] == [["prefer"]]


async def test_an_event_of_rounds_from_wishes_to_silent_words(place: Place) -> None:
    leaders = [
        await place.make(
            lambda work, name=name, middle=middle: meetups.mentor(work, name, "Лебедева", middle_name=middle)
        )
        for name, middle in (("Мария", "Ивановна"), ("Ирина", "Олеговна"))
    ]
    one, two = await place.make(lambda work: meetups.pupils(work, 2))
    event = await place.make(lambda work: meetups.speed(work, 2))

    async def join(work: Work) -> None:
        for person in leaders:
            await encounters.sign_up(work, await work.session.merge(person, load=False), event.id)

    await place.make(join)
    for person in (one, two):
        chat = place.chat(person)
        await chat.press_data(f"f:encounter:{event.id}")
        assert (await chat.presses("encounters-yes"))[:2] == ["encounters-signed-up", "encounters-wishes"]
        await chat.presses("Мария Ивановна")
        assert await chat.presses("talk-done") == ["encounters-wishes-kept"]
    await place.make(lambda work: speed.make_table(work, event.id))
    assert await place.make(lambda work: speed.send_cards(work, event.id)) == 4
    assert await place.make(lambda work: speed.send_cards(work, event.id)) == 0
    assert await place.news(one) == ["encounters-card-head", "encounters-card-line", "encounters-card-line"]

    place.wait(DAY + timedelta(hours=2))
    everybody = {person.id for person in (*leaders, one, two)}
    await place.make(lambda work: encounters.attendance(work, event.id, everybody))
    await place.tick()
    assert (await place.news(one))[-1] == "encounters-ask-words"
    chat = place.chat(one)
    await chat.presses("feedback-answer")
    await chat.says("1")
    assert (await chat.says("2"))[0] == "encounters-words-kept"
    said = await all_rows(place.database, Impression, person_id=one.id)
    assert [one.word for one in said if isinstance(one, Impression)] == [Word.PREFER, Word.NEUTRAL]


async def test_a_visitor_and_one_without_consent_are_told_kindly(place: Place) -> None:
    chat = Chat(place.database, place.now, place.channel, "900")
    assert await chat.says("разовые встречи") == ["encounters-later"]
    for data in (
        "f:encounter:99",
        "f:encounter:x",
        "f:encounter-leave:7",
        "f:pool-take:1",
        "f:encounter-words:5",
    ):
        (answer,) = await chat.press_data(data)
        assert answer.startswith("encounters-")
    parent = await place.make(
        lambda work: member(work.session, work.school, "Вера", "Рыжова", category="parent")
    )
    assert await place.chat(parent).says("разовые встречи") == ["encounters-later"]

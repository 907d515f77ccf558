"""Whoever agrees, moves or calls off is told honestly whom the bot does not reach before the meeting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from actions import pauses
from actions.work import Work
from locales import Texts
from program.channels import Channel
from program.text import Text
from storage.database import Database
from storage.tables import Address, School
from tests.bot.chat import Chat
from tests.bot.test_meeting_flow import NOT_COMING, Two
from tests.pairs import couple

FRIDAY_EVENING = datetime(2026, 9, 18, 14, 30, tzinfo=UTC)  # 19:30: a teacher rests until Monday
FRIDAY_NIGHT = FRIDAY_EVENING + timedelta(hours=1)


@pytest.fixture(params=[Channel.TELEGRAM, Channel.VK, Channel.WEB])
async def two(database: Database, school: School, now: datetime, request: pytest.FixtureRequest) -> Two:
    async with database.transaction() as session:
        ids = await couple(session, school)
        for person in (ids.mentor, ids.mentee):
            values = {"channel": request.param, "address": f"{person}00"}
            await session.execute(update(Address).where(Address.person_id == person).values(**values))
    chats = [Chat(database, now, request.param, f"{person}00") for person in (ids.mentor, ids.mentee)]
    return Two(database, ids, *chats)


async def offers_on(two: Two, chat: Chat, day: str, clock: str) -> list[str]:
    await chat.press_data(two.pair)
    await chat.says(day, clock)
    await chat.presses("meeting-enough", "meeting-format-offline")
    await chat.says("Кабинет 214")
    return await chat.presses("talk-send")


async def agree_on(two: Two, day: str, clock: str) -> None:
    assert await offers_on(two, two.mentor, day, clock) == ["meeting-sent"]
    await two.news(two.mentee)
    await two.mentee.press_data(f"f:meeting-reply:{(await two.meeting()).id}.0.0")
    await two.news(two.mentor)


async def pause(two: Two, school: School, person: int) -> None:
    async with two.database.transaction() as session:
        await pauses.pause(Work(session, await session.merge(school), two.mentor.now), person, None)


async def test_who_agrees_too_late_for_the_other_to_know_is_told_to_say_it_in_person(two: Two) -> None:
    assert await offers_on(two, two.mentor, "19.09", "08:00") == ["meeting-sent"]
    await two.news(two.mentee)
    two.wait_until(FRIDAY_NIGHT)
    yes = f"f:meeting-reply:{(await two.meeting()).id}.0.0"
    assert await two.mentee.press_data(yes) == ["meeting-agreed", "meeting-news-late"]
    assert "Бот не успеет сообщить об этом: Мария Ивановна. Скажи лично" in two.mentee.words(familiar=True)
    assert await two.news(two.mentor) == []

    two.wait_until(FRIDAY_NIGHT + timedelta(hours=1))
    assert await two.mentee.press_data(yes) == ["meeting-agreed"]  # a double press


async def test_an_answer_on_friday_evening_reaches_the_teacher(two: Two) -> None:
    assert await offers_on(two, two.mentor, "19.09", "11:00") == ["meeting-sent"]
    await two.news(two.mentee)
    two.wait_until(FRIDAY_EVENING)
    yes = f"f:meeting-reply:{(await two.meeting()).id}.0.0"
    assert await two.mentee.press_data(yes) == ["meeting-agreed"]
    (answer,) = await two.news(two.mentor)
    assert answer.texts[0].id == "meeting-agreed"


async def test_an_offer_that_would_come_after_its_time_says_so_and_how_to_choose_another(two: Two) -> None:
    two.wait_until(FRIDAY_EVENING)
    assert await offers_on(two, two.mentee, "19.09", "11:00") == ["meeting-kept-late"]
    assert await two.news(two.mentor) == []
    await two.mentee.presses("meeting-other-time")
    await two.mentee.says("21.09", "15:00")
    assert await two.mentee.presses("meeting-enough", "talk-send") == ["meeting-sent-later"]
    assert "понедельник, 21 сентября, 08:00" in two.mentee.words(familiar=True)


async def test_an_offer_to_who_asked_for_silence_says_so(two: Two, school: School) -> None:
    await pause(two, school, two.ids.mentor)
    assert await offers_on(two, two.mentee, "17.09", "15:00") == ["meeting-kept-silent"]


async def test_an_offer_whose_time_has_passed_blames_nobody(two: Two) -> None:
    for familiar in (False, True):
        for language in ("ru", "en"):
            words = Texts(language, familiar=familiar)(Text("meeting-lapsed", {"partner": "Мария"}))
            assert "ответа" not in words
            assert "answer" not in words


async def test_who_moves_a_meeting_of_the_next_morning_at_night_is_told_of_the_old_time(two: Two) -> None:
    await agree_on(two, "19.09", "08:00")
    two.wait_until(FRIDAY_NIGHT)
    await two.mentee.press_data(f"f:meeting-other:{(await two.meeting()).id}")
    await two.mentee.says("21.09", "15:00")
    said = await two.mentee.presses("meeting-enough", "talk-send")
    assert said == ["meeting-sent-later", "meeting-news-late"]


async def test_who_calls_off_too_late_is_told_to_say_it_in_person(two: Two) -> None:
    await agree_on(two, "19.09", "08:00")
    two.wait_until(FRIDAY_NIGHT)
    await two.mentee.says("встречи")
    said = await two.mentee.presses(NOT_COMING, "meeting-cancel-yes")
    assert said == ["meeting-cancel-only", "meeting-news-late"]
    assert "meeting-note-add" not in {
        one.label.id for m in two.mentee.messages for row in m.rows for one in row
    }


async def test_who_calls_off_for_the_weekend_in_time_needs_to_say_nothing_more(two: Two) -> None:
    await agree_on(two, "20.09", "15:00")
    two.wait_until(FRIDAY_NIGHT)
    await two.mentee.says("встречи")
    assert await two.mentee.presses(NOT_COMING, "meeting-cancel-yes") == ["meeting-cancel-done"]

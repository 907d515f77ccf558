"""«Предложить новость» in the chat: words, name, a last look; taken back; never taken where somebody is in danger."""

from __future__ import annotations

from datetime import datetime

import pytest

from program.channels import Channel
from storage.database import Database
from storage.tables import HelpRequest, NewsStory, School
from tests.bot.chat import Chat
from tests.bot.test_ideas_flow import CHANNELS, two
from tests.conftest import rows

TOLD = "Мы с наставником собрали робота. Он умеет объезжать стены."


async def stories(database: Database) -> list[NewsStory]:
    return [one for one in await rows(database, NewsStory) if isinstance(one, NewsStory)]


@CHANNELS
async def test_a_story_is_proposed_and_can_be_taken_back(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    chat = (await two(database, school, now, channel)).mentee
    assert await chat.says("предложить новость") == ["tell-hello", "tell-words"]
    assert await chat.says("Робот!") == ["tell-short"]
    assert await chat.says(TOLD) == ["tell-named"]
    assert await chat.presses("Лучше без имени") == ["tell-sure"]
    assert TOLD in chat.words()
    assert await chat.presses("Отправить куратору") == ["tell-kept"]
    (story,) = await stories(database)
    assert (story.words, story.named) == (TOLD, False)
    assert chat.button("tell-photo").url == f"page:story-photo:{story.id}"
    assert await chat.presses("Мои рассказы") == ["tell-line", "tell-more-how"]
    await chat.presses("tell-recall")
    assert await chat.presses("Забрать") == ["tell-recalled"]
    assert await stories(database) == []


async def test_nothing_is_sent_against_the_last_word(
    database: Database, school: School, now: datetime
) -> None:
    chat = (await two(database, school, now)).mentor
    await chat.press_data("f:story")
    await chat.says(TOLD, "1")
    assert await chat.presses("Не отправлять") == ["tell-dropped"]
    assert await stories(database) == []


@pytest.mark.parametrize(
    "words", ["Мой номер 8 900 123-45-67, звоните мне все", "Заходите ко мне на страницу vk.com/id12345"]
)
async def test_contacts_are_asked_to_be_left_out(
    database: Database, school: School, now: datetime, words: str
) -> None:
    chat = (await two(database, school, now)).mentee
    await chat.says("предложить новость")
    assert "tell-named" not in await chat.says(words)
    assert await stories(database) == []


async def test_words_of_danger_reach_the_school_and_no_newspaper(
    database: Database, school: School, now: datetime
) -> None:
    chat = (await two(database, school, now)).mentee
    await chat.says("предложить новость")
    await chat.says("Мне очень плохо, я не хочу больше жить")
    assert len(await rows(database, HelpRequest)) == 1
    assert await stories(database) == []


async def test_a_stranger_is_sent_to_the_curator(database: Database, school: School, now: datetime) -> None:
    chat = Chat(database, now)
    await chat.starts()
    assert "tell-not-here" in await chat.press_data("f:story")

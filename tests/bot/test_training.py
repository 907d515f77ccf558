"""«Материалы»: a mentor reads short cards of the training in the chat and marks them."""

from __future__ import annotations

import pytest

from actions import directories
from actions.work import Work
from locales import Texts
from program.channels import Channel
from program.directories import Directory, shipped
from program.roles import Category, Side
from program.text import Text
from storage import selection
from storage.database import Database
from storage.tables import Person, School
from tests import build, pairs
from tests.bot.chat import Chat
from tests.conftest import NOW


@pytest.fixture
async def mentor(database: Database, school: School) -> Person:
    async with database.transaction() as session:
        person = await pairs.member(session, school, "Мария", "Лебедева", category=Category.TEACHER)
        session.add(build.participation(person, Side.MENTOR, "uchit_uch"))
        session.add(build.address(person, Channel.TELEGRAM, "100"))
    return person


async def marks(database: Database, school: School, person: Person) -> set[str]:
    async with database.reading() as session:
        return set((await selection.marks(session, school.id, [person.id])).get(person.id, {}))


async def test_a_mentor_reads_a_card_and_marks_it_and_attendance_stays_the_curators(
    database: Database, school: School, mentor: Person
) -> None:
    chat = Chat(database, NOW)
    assert await chat.says("материалы") == ["training-which"]
    assert chat.text("training-which").args == {"read": 0, "all": 8}
    await chat.says("Роль и границы")
    assert "не заменяет родителя" in chat.words()
    assert await chat.presses("training-read") == ["training-marked"]
    assert await marks(database, school, mentor) == {"read:role"}
    await chat.press_data("f:training-read:role")
    await chat.presses("training-next")
    assert "Сначала дослушать" in chat.words()
    await chat.press_data("f:training:role")
    assert "Прочитано 15 сентября" in chat.words()


async def test_the_last_card_ends_it(database: Database, school: School, mentor: Person) -> None:
    chat = Chat(database, NOW)
    for topic in shipped(Directory.TRAINING):
        said = await chat.press_data(f"f:training-read:{topic.slug}")
    assert said == ["training-done"]


async def test_the_way_to_them_stands_in_the_mentors_menu_only(
    database: Database, school: School, mentor: Person
) -> None:
    chat = Chat(database, NOW)
    for words in ("моя пара", "помощь"):
        await chat.says(words)
        assert await chat.presses("training-title") == ["training-which"]
    stranger = Chat(database, NOW, address="200")
    await stranger.says("помощь")
    with pytest.raises(AssertionError, match="no button"):
        await stranger.presses("training-title")
    assert await stranger.press_data("f:training") == ["training-not-mentor"]
    assert await stranger.press_data("f:training-read:role") == ["training-not-mentor"]


async def test_a_topic_that_the_school_has_switched_off_is_not_read(
    database: Database, school: School, mentor: Person
) -> None:
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), NOW)
        await directories.switch(work, Directory.TRAINING, "bot", on=False)
        await directories.add(
            work, Directory.TRAINING, directories.Words("Наш клуб", about="Вторник, 15:00.")
        )
    chat = Chat(database, NOW)
    await chat.says("материалы")
    assert chat.text("training-which").args["all"] == 8
    await chat.says("Наш клуб")
    assert "Вторник" in chat.words()
    assert await chat.press_data("f:training-read:bot") == ["training-unknown"]


@pytest.mark.parametrize("topic", shipped(Directory.TRAINING), ids=lambda topic: topic.slug)
def test_every_shipped_material_is_short_and_in_both_languages(topic: object) -> None:
    card = Text("training-card", {"title": topic.seen, "about": topic.about.text})  # type: ignore[attr-defined]
    ru, en = Texts("ru")(card), Texts("en")(card)
    assert ru != en
    assert max(len(ru), len(en)) < 700

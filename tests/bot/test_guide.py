"""«Что такое…»: help cards in the bot, from the directories, in the reader's language."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions import directories, matching_rules, school_settings
from actions.work import Work
from locales import Texts
from program.directories import CARDS, Directory, hurts, shipped
from program.text import Text
from storage.database import Database
from storage.tables import School
from tests.bot.chat import Chat


async def test_a_stranger_asks_what_flash_mentoring_is(
    database: Database, school: School, now: datetime
) -> None:
    chat = Chat(database, now)
    assert await chat.says("что такое") == ["guide-which"]
    assert await chat.presses("Виды наставничества") == ["guide-what-model"]
    await chat.says("Флэш")
    assert "Одна встреча или беседа на одну тему" in chat.words()
    assert "Чем хорошо" in chat.words()
    assert await chat.presses("guide-more") == ["guide-which"]


async def test_help_leads_to_the_cards(database: Database, school: School, now: datetime) -> None:
    chat = Chat(database, now)
    await chat.says("помощь")
    assert await chat.presses("guide-more") == ["guide-which"]


async def test_a_button_opens_one_card_and_an_unknown_one_says_so(
    database: Database, school: School, now: datetime
) -> None:
    chat = Chat(database, now)
    await chat.press_data("f:guide:glossary.mentor")
    assert "Поддерживает, а не оценивает" in chat.words()
    for wrong in ("f:guide:glossary.nobody", "f:guide:pupil_need", "f:guide:requirement.interview"):
        assert await chat.press_data(wrong) == ["guide-unknown"], wrong


async def test_the_card_says_what_the_school_has_written(
    database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        words = directories.Words("", about="Короткая встреча в библиотеке.")
        await directories.edit(work, Directory.MODEL, "flash", words)
        await directories.switch(work, Directory.MODEL, "reverse", on=False)
    chat = Chat(database, now)
    await chat.press_data("f:guide:model.flash")
    assert "Короткая встреча в библиотеке." in chat.words()
    assert await chat.press_data("f:guide:model.reverse") == ["guide-unknown"]


async def test_only_forms_that_the_school_works_with_are_explained(
    database: Database, school: School, now: datetime
) -> None:
    chat = Chat(database, now)
    await chat.press_data("f:guide:form.uch_uch")
    assert "Ученик" in chat.words()
    assert await chat.press_data("f:guide:form.rab_stud") == ["guide-unknown"]


@pytest.mark.parametrize("directory", CARDS)
def test_every_card_is_complete_in_both_languages_short_and_kind(directory: Directory) -> None:
    for entry in shipped(directory):
        for wording in (entry.about, entry.plus):
            assert bool(wording.ru) == bool(wording.en), entry.slug
        card = Text(
            "guide-card-plus", {"title": entry.seen, "about": entry.about.text, "plus": entry.plus.text}
        )
        for language in ("ru", "en"):
            words = Texts(language)(card)
            assert 20 < len(words) < 500, (entry.slug, language)
            assert not hurts(words), entry.slug


async def test_what_counts_in_the_matching_is_told_where_the_school_lets_it(
    database: Database, school: School, now: datetime
) -> None:
    chat = Chat(database, now)
    assert await chat.press_data("f:guide:matching") == ["guide-unknown"]
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        await school_settings.show_rules(work, True)
        for form in work.settings.forms:
            await matching_rules.choose_rules(work, form, {"interest": "ignored", "language": "required"})
    chat = Chat(database, now, address="another")
    await chat.says("что такое")
    assert await chat.presses("guide-section-matching") == ["guide-matching"]
    words = chat.words()
    assert "общий язык" in words
    assert "общие увлечения" not in words
    assert words.index("общий язык") < words.index("общие предметы"), "the most important first"

"""Whoever comes by a link may begin with any words: the invitation counts, and the words are not lost."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions import linking
from bot.messenger import Heard
from program.channels import Channel
from storage.database import Database
from storage.tables import Conversation, School
from tests.bot.chat import Chat
from tests.bot.test_join import invite
from tests.bot.test_link import code, member
from tests.conftest import rows


@pytest.fixture
def chat(database: Database, school: School, now: datetime) -> Chat:
    return Chat(database, now, Channel.VK, "555")


async def comes(chat: Chat, words: str, token: str, heard: Heard = Heard.TEXT) -> list[str]:
    """VK gives the link's `ref` with whatever is sent first."""
    await chat._hears(heard, text=words, data=token)
    return chat.ids


async def token_of(chat: Chat, school: School) -> str:
    return (await invite(chat.database, school, chat.now, purpose="mentor")).token


@pytest.mark.parametrize("words", ["Привет!", "здравствуйте", "Начать"])
async def test_a_greeting_opens_the_invitation_and_nothing_else(
    chat: Chat, school: School, words: str
) -> None:
    asked = await comes(chat, words, await token_of(chat, school))
    assert asked[-1] == "join-category"
    assert "heard-first-words" not in asked


async def test_other_words_are_repeated_with_a_way_to_the_curator(chat: Chat, school: School) -> None:
    asked = await comes(chat, "А это обязательно?", await token_of(chat, school))
    assert asked[0] == "heard-first-words"
    assert asked[-1] == "join-category"
    assert "А это обязательно?" in chat.words()
    assert chat.button("f:curator").data == "f:curator"


async def test_a_sticker_behind_a_link_opens_it_too(chat: Chat, school: School) -> None:
    assert (await comes(chat, "heard-sticker", await token_of(chat, school), Heard.OTHER))[
        -1
    ] == "join-category"


async def test_who_asks_for_help_first_gets_it_and_the_invitation_goes_on(
    chat: Chat, school: School, database: Database
) -> None:
    asked = await comes(chat, "Мне нужна помощь", await token_of(chat, school))
    assert asked[-4:] == ["care-stranger", "care-contacts", "join-begin", "join-category"]
    (open_,) = await rows(database, Conversation)
    assert isinstance(open_, Conversation)
    assert (open_.flow, open_.parked) == ("join", [])


async def test_a_link_repeated_with_every_message_does_not_begin_anew(chat: Chat, school: School) -> None:
    token = await token_of(chat, school)
    await comes(chat, "Привет", token)
    assert (await comes(chat, "Учитель, сотрудник школы", token))[-1] != "join-category"


async def test_the_same_link_pressed_once_more_goes_on(chat: Chat, school: School) -> None:
    token = await token_of(chat, school)
    await comes(chat, "Привет", token)
    assert (await chat.starts(token))[-1] == "join-category"


async def test_a_spent_link_does_not_swallow_the_words_of_somebody_we_know(
    chat: Chat, school: School
) -> None:
    await member(chat, school, "555", Channel.VK)
    assert (await comes(chat, "Написать куратору", "no-such-link"))[-1] == "care-curator-words"


async def test_a_stranger_with_a_spent_link_hears_so_and_the_words_are_repeated(chat: Chat) -> None:
    said = await comes(chat, "Я по объявлению", "no-such-link")
    assert said == ["heard-first-words", "basics-bad-link"]


async def test_an_answer_that_only_looks_like_a_code_is_an_answer(chat: Chat, school: School) -> None:
    await member(chat, school, "555", Channel.VK)
    assert await chat.says("Написать куратору") == ["care-curator-words"]
    assert linking.code_in("test-2345")
    assert (await chat.says("test-2345"))[-1] == "care-curator-sent"


async def test_a_code_that_exists_counts_while_a_question_is_open(
    chat: Chat, school: School, now: datetime
) -> None:
    elsewhere = Chat(chat.database, now, Channel.TELEGRAM, "9")
    await member(elsewhere, school, "9")
    shown = await code(elsewhere)
    assert (await chat.starts())[-1] == "basics-hello"
    assert await chat.presses("menu-join") == ["join-begin", "join-category"]
    assert (await chat.says(shown))[0] == "link-done"


@pytest.mark.parametrize(
    ("words", "late"),
    [("ABCD-EFGH", True), ("abcd-efgh", True), ("abcd — efgh", False), ("тест-2345", False)],
)
async def test_with_nothing_asked_a_code_of_our_shape_that_is_unknown_is_out_of_date(
    chat: Chat, school: School, words: str, late: bool
) -> None:
    await member(chat, school, "555", Channel.VK)
    assert ("link-late" in await chat.says(words)) is late

"""One person in several channels: the conversation goes on there mid-question; nobody else gets in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from program.channels import Channel
from program.roles import PersonState
from storage.database import Database
from storage.tables import Address, Invitation, JournalEntry, Person, School
from tests.bot.chat import Chat
from tests.bot.test_join import invite
from tests.build import address, person
from tests.conftest import rows


@pytest.fixture
def chat(database: Database, school: School, now: datetime) -> Chat:
    return Chat(database, now)


def vk(chat: Chat, number: str = "555") -> Chat:
    return Chat(chat.database, chat.now, Channel.VK, number)


async def code(chat: Chat) -> str:
    """The code that the chat shows, the button beside it."""
    await chat.says("Другой мессенджер")
    assert chat.button("link-open").url.startswith("page:join:")
    return str(chat.text("link-code").args["code"])


async def member(chat: Chat, school: School, number: str, channel: Channel = Channel.TELEGRAM) -> Person:
    async with chat.database.transaction() as session:
        someone = person(school, "Олег", "Ветров")
        session.add(someone)
        await session.flush()
        session.add(address(someone, channel, number))
    return someone


async def test_the_open_question_goes_on_in_the_other_messenger(chat: Chat, database: Database) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-teacher", "join-side-mentor")
    shown = await code(chat)
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}", shown)
    assert chat.ids[-1] == "join-form-mentor", "the question stays open here"
    other = vk(chat)
    assert (await other.says(f" {shown.lower().replace('-', ' – ')} "))[0] == "link-done"
    assert other.ids[-1] == "join-form-mentor"
    assert await other.presses("join-with-uchit-uch-mentor") == ["join-consent"]
    assert (await other.person()).id == (await chat.person()).id
    chat.messages = await chat._answers()
    assert chat.ids == ["link-elsewhere"]
    assert await chat.says("назад") == ["join-form-mentor"], "and back, as it stands now"
    entries = [one for one in await rows(database, JournalEntry) if isinstance(one, JournalEntry)]
    assert [(one.action, one.after) for one in entries] == [("person.linked", {"channel": "vk"})]


async def test_the_same_by_the_link(chat: Chat) -> None:
    await chat.starts()
    await chat.presses("menu-join")
    other = vk(chat)
    await other.starts(await code(chat))
    assert other.ids == ["link-done", "join-begin", "join-category"]


async def test_of_two_who_open_one_link_the_first_is_the_person(chat: Chat) -> None:
    await chat.starts()
    shown = await code(chat)
    first, second = vk(chat), vk(chat, "666")
    await first.starts(shown)
    assert await second.starts(shown) == ["link-late"]
    assert (await first.person()).id == (await chat.person()).id
    assert (await second.person()).id != (await chat.person()).id


async def test_the_code_works_a_quarter_of_an_hour_and_only_the_newest(chat: Chat, now: datetime) -> None:
    await chat.starts()
    old, new = await code(chat), await code(chat)
    other = vk(chat)
    assert await other.says(old) == ["link-late"]
    other.now = now + timedelta(minutes=15)
    assert await other.says(new) == ["link-late"]
    other.now = now + timedelta(minutes=14)
    assert (await other.says(new))[0] == "link-done"


async def test_a_chat_of_somebody_else_stays_theirs(chat: Chat, school: School) -> None:
    await chat.starts()
    shown = await code(chat)
    theirs = await member(chat, school, "777", Channel.VK)
    other = vk(chat, "777")
    assert await other.starts(shown) == ["link-taken"]
    assert await other.says(shown) == ["link-taken"]
    assert (await other.person()).id == theirs.id
    free = vk(chat, "888")
    assert (await free.starts(shown))[0] == "link-done", "the code was not used up by the refusal"


async def test_the_own_code_in_the_own_chat_uses_nothing_up(chat: Chat, database: Database) -> None:
    await chat.starts()
    shown = await code(chat)
    assert await chat.starts(shown) == ["link-done"]
    (link,) = await rows(database, Invitation)
    assert isinstance(link, Invitation)
    assert link.uses_left == 1
    assert (await vk(chat).starts(shown))[0] == "link-done"
    assert len(await rows(database, Address)) == 2


async def test_a_card_begun_in_one_chat_is_not_opened_by_a_second_account(
    chat: Chat, database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        pupil = person(school, state=PersonState.INVITED)
        session.add(pupil)
    card = await invite(database, school, now, purpose="any", person_id=pupil.id)
    assert await chat.starts(card.token) == ["join-begin", "join-is-it-you"]
    friend = Chat(database, now, Channel.TELEGRAM, "200")
    assert await friend.starts(card.token) == ["link-card-begun"]
    assert (await friend.person()).id != pupil.id
    assert (await vk(chat).starts(card.token)) == ["join-begin", "join-is-it-you"], (
        "another messenger of the same pupil"
    )


async def test_a_card_of_somebody_who_has_joined_works_once_and_their_chat_hears_of_it(
    chat: Chat, database: Database, school: School, now: datetime
) -> None:
    pupil = await member(chat, school, "100")
    card = await invite(database, school, now, purpose="any", person_id=pupil.id)
    finder, second = vk(chat), vk(chat, "666")
    assert await finder.starts(card.token) == ["link-done"]
    chat.messages = await chat._answers()
    assert chat.ids == ["link-elsewhere"]
    assert await second.starts(card.token) == ["basics-bad-link"]
    assert (await second.person()).id != pupil.id


async def test_who_has_left_links_nothing(chat: Chat, school: School, database: Database) -> None:
    someone = await member(chat, school, "100")
    async with database.transaction() as session:
        found = await session.get(Person, someone.id)
        assert found is not None
        found.state = PersonState.FROZEN
    assert await chat.says("другой мессенджер") == ["link-closed"]


async def test_settings_lead_to_the_language_and_to_the_other_messenger(chat: Chat, school: School) -> None:
    await member(chat, school, "100")
    assert await chat.says("Настройки") == ["link-settings"]
    assert (await chat.presses("link-another"))[0] == "link-code"
    await chat.says("/settings")
    assert await chat.presses("link-language") == ["basics-language"]

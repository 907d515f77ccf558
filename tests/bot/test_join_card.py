"""A card may be in anybody's hands: until «Да, это я» it opens nothing, and «Нет, не я» gives the chat back."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.messenger import Heard
from program.channels import Channel
from program.roles import Category, PersonState
from storage.database import Database
from storage.tables import Address, Conversation, HelpRequest, Person, School, WebMessage
from tests import build
from tests.bot.chat import Chat
from tests.bot.test_join import invite
from tests.conftest import rows


async def listed(database: Database, school: School, now: datetime) -> tuple[Person, str]:
    """A pupil of the school's list, and the token of their card."""
    pupil = build.person(
        school, "Мирон", "Голубев", category=Category.PUPIL, class_name="7А", birth_date=date(2013, 5, 8),
        state=PersonState.INVITED, created_at=now,
    )  # fmt: skip
    async with database.transaction() as session:
        session.add(pupil)
    return pupil, (await invite(database, school, now, purpose="mentee", person_id=pupil.id)).token


@pytest.fixture(params=[Channel.TELEGRAM, Channel.WEB])
def chat(database: Database, school: School, now: datetime, request: pytest.FixtureRequest) -> Chat:
    return Chat(database, now, channel=request.param)


@pytest.mark.parametrize(
    "asked", ["privacy", "privacy-fix", "privacy-withdraw", "privacy-erase", "privacy-who"]
)
async def test_before_somebody_has_said_who_they_are_a_card_shows_and_changes_nothing(
    database: Database, school: School, now: datetime, chat: Chat, asked: str
) -> None:
    pupil, token = await listed(database, school, now)
    await chat.starts(token)
    assert "join-is-it-you" in chat.ids
    assert "privacy-say-who" in await chat.press_data(f"f:{asked}")
    said = chat.words(familiar=True)
    assert "Голубев" not in said
    assert "2013" not in said
    assert "page:my-data" not in str([message.to_json() for message in chat.messages])
    (kept,) = await rows(database, Person, id=pupil.id)
    assert (kept.phone, kept.erase_after) == ("", None)  # type: ignore[attr-defined]


async def test_whoever_says_not_me_is_a_visitor_again_and_the_card_still_opens_for_its_owner(
    database: Database, school: School, now: datetime, chat: Chat
) -> None:
    pupil, token = await listed(database, school, now)
    await chat.starts(token)
    assert await chat.presses("join-not-me-button") == ["join-not-me"]
    assert "f:join" in [choice.data for message in chat.messages for choice in message.home]
    stranger = await chat.person()
    assert (stranger.id != pupil.id, stranger.state, stranger.first_name) == (True, PersonState.VISITOR, "")
    assert await rows(database, Address, person_id=pupil.id) == []
    assert await rows(database, Conversation) == []
    assert await rows(database, WebMessage, person_id=pupil.id) == []
    assert await chat.press_data("f:privacy") == ["privacy-visitor"]
    await chat.press_data("f:help")
    assert await rows(database, HelpRequest, person_id=pupil.id) == []
    owner = Chat(database, now, channel=chat.channel, address="200")
    await owner.starts(token)
    assert "join-side" in await owner.presses("join-yes-me") or "join-form-mentee" in owner.ids
    assert (await owner.person()).id == pupil.id


async def test_a_pupil_who_says_so_again_in_words_goes_on_with_the_one_joining(
    database: Database, school: School, now: datetime, chat: Chat
) -> None:
    """«Хочу участвовать» names no invitation, and is no second joining that comes back when the first is over."""
    _, token = await listed(database, school, now)
    await chat.starts(token)
    assert "join-is-it-you" in await chat.says("хочу участвовать")
    await chat.presses("join-yes-me")
    open_question = chat.ids[-1]
    assert open_question in await chat.says("хочу участвовать")
    await chat.press_data("f:curator")  # asks for words, and the joining waits under it
    assert open_question in await chat.press_data("f:join")
    (talk,) = await rows(database, Conversation)
    assert (talk.flow, talk.subject) == ("join", {"token": token})  # type: ignore[attr-defined]
    assert "join" not in [one["flow"] for one in talk.parked]  # type: ignore[attr-defined]
    await chat.sends(Heard.TEXT, "стоп")
    assert open_question in await chat.says("хочу участвовать")
    (talk,) = await rows(database, Conversation)
    assert talk.subject == {"token": token}  # type: ignore[attr-defined]
    assert "join" not in [one["flow"] for one in talk.parked]  # type: ignore[attr-defined]

"""Going on with what was left lying, when what it was about has changed meanwhile."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions.work import Work
from bot import menu
from bot.answers import some_text
from bot.talk import Talk
from program.channels import Channel
from program.errors import Refusal
from program.text import Text
from storage.database import Database
from storage.tables import Conversation, School
from tests.bot.chat import Chat
from tests.bot.test_front import member
from tests.conftest import rows


@pytest.fixture
async def chat(database: Database, school: School, now: datetime) -> Chat:
    await member(database, school, Channel.TELEGRAM)
    return Chat(database, now)


@pytest.fixture
def closed_from(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """A flow of three questions; from how many answers on what it is about counts as closed."""
    closed = {"from": 9}

    async def story(talk: Talk) -> None:
        async def look(work: Work) -> int:
            if answered >= closed["from"]:
                raise Refusal("meeting-not-yours")
            return answered

        for answered in range(3):
            await talk.read(look)
            await talk.ask(f"q{answered}", Text("raw", {"text": f"q{answered}"}), some_text(100))
        talk.say(Text("talk-saved"))

    monkeypatch.setitem(menu.FLOWS, "story", story)
    return closed


async def test_going_on_leads_at_once_to_the_last_question_that_can_still_be_asked(
    chat: Chat, closed_from: dict[str, int]
) -> None:
    await chat.press_data("f:story")
    await chat.says("один", "два", "выйти")
    closed_from["from"] = 1
    await chat.press_data("f:resume")
    assert chat.ids == ["meeting-not-yours", "raw"]
    assert "q0" in chat.words()
    closed_from["from"] = 9
    await chat.says("снова", "два")
    assert await chat.says("три") == ["talk-saved"]


async def test_what_cannot_go_on_at_all_says_so_once_and_is_over(
    chat: Chat, closed_from: dict[str, int], database: Database
) -> None:
    await chat.press_data("f:story")
    await chat.says("один", "два", "выйти")
    closed_from["from"] = 0
    assert await chat.press_data("f:resume") == ["meeting-not-yours"]
    assert await rows(database, Conversation) == []
    assert await chat.press_data("f:resume") == ["talk-closed"]

"""Whoever listens to messages has the answers on offer in the text, numbered. Source: ux.md B44, 1.7."""

from __future__ import annotations

from datetime import datetime

import pytest

from program.channels import MESSENGERS, Channel
from program.roles import Category
from storage.database import Database
from storage.tables import School
from tests import build
from tests.bot.chat import Chat
from tests.bot.explorer import HERE


@pytest.mark.parametrize("channel", MESSENGERS)
async def test_answers_on_offer_are_written_out_and_numbered_for_whoever_asks(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    async with database.transaction() as session:
        person = build.person(school, category=Category.TEACHER)
        session.add(person)
        await session.flush()
        session.add(build.address(person, channel, HERE))
    chat = Chat(database, now, channel, HERE)
    await chat.says("настройки")
    assert await chat.presses("link-aloud") == ["link-aloud-on", "link-settings"]
    assert (await chat.says("язык"))[:3] == ["basics-language", "talk-option", "talk-option"]
    assert "1 — Русский" in chat.words()
    assert "2 — English" in chat.words()
    assert "«выйти»" in chat.words()
    assert "«назад»" not in chat.words(), "there is nothing to go back to"
    assert await chat.says("1") == ["basics-language-set"]
    await chat.says("настройки")
    assert await chat.presses("link-aloud") == ["link-aloud-off", "link-settings"]
    assert await chat.says("язык") == ["basics-language"]

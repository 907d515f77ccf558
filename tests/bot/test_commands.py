"""What stands behind Telegram's «/» button is understood, in every channel and in two languages."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot import menu
from locales import has
from program.channels import Channel
from storage.database import Database
from storage.tables import School
from tests.bot.chat import Chat


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_listed_command_is_described(language: str) -> None:
    assert [name for name in menu.LISTED if not has(f"command-{name}", language)] == []


@pytest.mark.parametrize("name", menu.LISTED)
async def test_every_listed_command_is_understood(
    database: Database, school: School, now: datetime, name: str
) -> None:
    chat = Chat(database, now, Channel.VK)
    said = await chat.says(f"/{name}")
    assert said
    assert said == await Chat(database, now, address="200").says(f"/{name}@nastavnik_bot")
    assert said == ["talk-nothing-open"] if name == "cancel" else "talk-nothing-open" not in said
    assert not {"talk-unknown", "talk-defect"} & set(said)
    if name not in ("start", "cancel"):
        assert said != await Chat(database, now, address="300").says("что-то другое")


async def test_cancel_leaves_an_open_question(database: Database, school: School, now: datetime) -> None:
    chat = Chat(database, now)
    await chat.says("язык")
    assert await chat.says("/cancel") == ["talk-left-empty"]
    await chat.starts()
    await chat.presses("menu-join", "category-teacher")
    assert await chat.says("/cancel") == ["talk-left"]

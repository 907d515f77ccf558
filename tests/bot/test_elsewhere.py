"""Whose messenger was refused: what stays there, and where everything else goes on."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import update

from program.channels import Channel
from program.states import PairStatus
from storage.database import Database
from storage.tables import Person, School
from tests.bot.test_pair_flow import Two, two

MESSENGERS = pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VK])


async def refused(database: Database, school: School, now: datetime, channel: Channel) -> Two:
    pair = await two(database, school, now, PairStatus.ACTIVE, channel)
    async with database.transaction() as session:
        await session.execute(
            update(Person).where(Person.id == pair.ids.mentee).values(preferences={"web_only": True})
        )
    return pair


@MESSENGERS
async def test_a_refused_messenger_names_no_pair_and_leads_to_the_web_chat(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    pair = await refused(database, school, now, channel)
    for words in ("моя пара", "привет", "меню", "встречи", "просто слова"):
        assert await pair.mentee.says(words) == ["consent-messenger-last"], words
    assert await pair.mentee.press_data(f"f:pair-more:{pair.ids.pair}") == ["consent-messenger-last"]
    assert await pair.mentee.starts() == ["consent-messenger-last"]
    assert pair.mentee.button("consent-messenger-open").url == "page:chat"
    assert await pair.mentor.says("моя пара") != ["consent-messenger-last"], "nobody else is led away"


@MESSENGERS
async def test_help_and_ones_own_data_stay_in_a_refused_messenger(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    pair = await refused(database, school, now, channel)
    await pair.mentee.says("моя пара")
    for asked in (
        pair.mentee.presses("menu-help"),
        pair.mentee.says("Меня обижают"),
        pair.mentee.says("мои данные"),
    ):
        assert "consent-messenger-last" not in await asked

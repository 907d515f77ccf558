"""One scenario on every channel: the same words, the same buttons, the same end. Source: ux.md B46, B1."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from bot.messenger import Heard
from locales import Texts
from program.channels import MESSENGERS, Channel
from storage.database import Database
from storage.tables import School
from tests.bot.chat import Chat
from tests.bot.conftest import Season
from tests.bot.explorer import ANYTHING, Event, Explorer, forked, press, say
from tests.bot.fits import CHANNELS, shown

SCENARIO = ("привет", "моя пара", "встречи", "план", "идея", "разовые встречи", "материалы", "настройки", "помощь",
            "что такое", "мои данные", "мне нужна помощь", "написать куратору", "анкета", "пауза")  # fmt: skip
PRESSES = 2  # after each of these words: the first button of what is shown, or words


async def _lived(rows: Explorer) -> list[tuple[str, list[str], list[str]]]:
    """What is said and offered, word by word and press by press."""
    seen = []
    for words in SCENARIO:
        async with rows.taken_back():
            event = say(words)
            for _ in range(PRESSES):
                place = await rows.does(event)
                seen.append((str(event), place.ids, place.buttons))
                for message in place.messages:
                    texts = {shown(message, can).text.split("\n\n")[0] for can in CHANNELS.values()}
                    assert len(texts) == 1, "every adapter begins with the same words"
                if place.open and not place.open.options:
                    event = say(ANYTHING[0])
                elif place.buttons:
                    event = press(place.buttons[0])
                else:
                    break
    return seen


LONG = [pytest.param(seat, marks=pytest.mark.long) for seat in ("mentor", "parent")]


@pytest.mark.parametrize("seat", ["stranger", "mentee", *LONG])
async def test_a_scenario_reads_the_same_in_every_messenger(season: Season, now: datetime, seat: str) -> None:
    async with season.database.transaction() as session:
        held = await session.scalar(select(School))
        assert held is not None
        held.settings = {**held.settings, "personal_channels": [str(one) for one in MESSENGERS]}
    told = {}
    for channel in MESSENGERS:
        async with forked(season.database) as rows:
            if season.seats[seat]:
                await season.sits(rows, seat, channel)
            told[channel] = await _lived(Explorer(rows, now, channel))
    assert len(told[Channel.VK]) > 20
    assert told[Channel.TELEGRAM] == told[Channel.VK] == told[Channel.WEB]


@pytest.mark.parametrize("channel", MESSENGERS)
async def test_the_first_words_say_in_one_screen_who_this_is_and_what_now(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    chat = Chat(database, now, channel)
    await chat.sends(Heard.START)
    (message,) = chat.messages
    words = "\n\n".join(Texts("ru")(text) for text in message.texts)
    assert len(words) <= 350
    assert "Школа № 1" in words
    assert "Мария Ивановна" in words
    assert "Я программа, не человек" in words
    assert 2 <= sum(len(row) for row in message.rows) <= 4


@pytest.mark.parametrize("seat", ["mentee", "mentor", "parent"])
async def test_whatever_is_typed_there_is_an_answer(season: Season, now: datetime, seat: str) -> None:
    async with forked(season.database) as rows:
        await season.sits(rows, seat)
        explorer = Explorer(rows, now)
        for event in (say("ыыы"), say("а когда?"), say("1"), say("👍"), Event(Heard.OTHER, "heard-sticker")):
            place = await explorer.does(event)
            (message,) = place.messages
            ways = [*(choice for row in message.rows for choice in row), *message.home]
            assert len(ways) >= 3, "never silence, and never a question without a way on"

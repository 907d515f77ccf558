"""At the end of a year: one message, one tap, a kind word; on every channel, each event after a restart."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from actions import year_turn, year_words
from actions.work import Work
from locales import Texts
from program.channels import Channel
from program.outgoing import Message
from program.school_years import ANSWERS, Question
from program.text import Text
from storage.database import Database
from storage.tables import Address, OutboxRow, School, YearWord
from tests.actions.year import JUNE, Season, season
from tests.bot.chat import Chat
from tests.bot.fits import fits_everywhere

CHANNELS = pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VK, Channel.WEB])


async def asked(
    database: Database, school: School, channel: Channel, question: Question
) -> tuple[Season, Chat]:
    """The mentee of the closing pair has been asked; their chat."""
    async with database.transaction() as session:
        held = await session.merge(school, load=False)
        made = await season(session, held)
        await session.execute(
            update(Address)
            .where(Address.person_id == made.closing_mentee)
            .values(channel=channel, address="100")
        )
        work = Work(session, held, JUNE)
        turn = await year_turn.begin(work)
        await year_words.send(work, turn.version, question)
        for row in await session.scalars(select(OutboxRow).where(OutboxRow.key.startswith("year-asked:"))):
            fits_everywhere(Message.from_json(row.body))
    return made, Chat(database, JUNE, channel, "100")


async def word_of(database: Database, person: int) -> YearWord:
    async with database.reading() as session:
        return (await session.scalars(select(YearWord).where(YearWord.person_id == person))).one()


@CHANNELS
async def test_one_tap_answers_and_a_no_stays(database: Database, school: School, channel: Channel) -> None:
    made, chat = await asked(database, school, channel, Question.MENTOR)
    word = await word_of(database, made.closing_mentee)
    assert (await chat.press_data(f"f:year-say:{word.id}.yes"))[-1] == "turn-thanks-mentor-yes"
    assert (await chat.press_data(f"f:year-say:{word.id}.no"))[-1] == "turn-thanks-mentor-no"
    assert (await chat.press_data(f"f:year-say:{word.id}.yes"))[-1] == "turn-said-no"
    assert (await chat.press_data(f"f:year-say:{word.id}.maybe"))[-1] == "turn-not-yours"
    word = await word_of(database, made.closing_mentee)
    assert word.answer == "no"


async def test_nobody_answers_for_somebody_else(database: Database, school: School) -> None:
    made, chat = await asked(database, school, Channel.TELEGRAM, Question.MENTOR)
    other = await word_of(database, made.going_mentee)
    assert (await chat.press_data(f"f:year-say:{other.id}.yes"))[-1] == "turn-not-yours"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_answer_has_a_button_and_a_word_of_thanks(language: str) -> None:
    for familiar in (False, True):
        say = Texts(language, familiar=familiar)
        for question, answers in ANSWERS.items():
            for answer in answers:
                assert say(Text(f"turn-say-{question}-{answer}"))
                assert say(Text(f"turn-thanks-{question}-{answer}"))

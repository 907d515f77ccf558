"""«Назад» in a questionnaire: one answer is changed, the later ones stay. Source: ux.md B11."""

from __future__ import annotations

from datetime import datetime

from storage.database import Database
from storage.tables import Conversation, School
from tests.bot.scenes import SCENES
from tests.conftest import rows


async def test_going_back_three_questions_keeps_the_later_answers(
    database: Database, school: School, now: datetime
) -> None:
    chat = await SCENES["intake-pupil"].begin(database, school, now)
    await chat.says("Ромашкина", "05.03.2014")
    await chat.says("Хочу понять дроби", "1", "1")
    where = chat.ids[-1], chat.text("talk-progress").args["number"]
    for _ in range(3):
        await chat.presses("talk-back")
    assert chat.text("talk-progress").args["number"] == where[1] - 3  # type: ignore[operator]
    await chat.says("Хочу понять проценты")
    assert "talk-kept" in chat.ids
    assert chat.text("talk-progress").args["number"] == where[1], "back at the question that was open"
    (talk,) = await rows(database, Conversation)
    answers = {step: value for step, value, mark in talk.journal if mark == "a"}  # type: ignore[attr-defined]
    assert answers["INT_ME_P.1"] == "Хочу понять проценты"
    assert len(answers) == 5

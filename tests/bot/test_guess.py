"""Words typed as to a person, while no question is open: nobody acts on a guess, nobody is left without a way on."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.guess import WAYS
from bot.menu import FLOWS
from program.channels import Channel
from program.states import PairStatus
from storage.database import Database
from storage.tables import Meeting, PairRequest, School
from tests.bot.test_pair_flow import CHANNELS, two
from tests.conftest import rows


@CHANNELS
async def test_the_way_is_offered_nothing_is_done_and_it_is_said_that_nobody_has_read_it(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    scene = await two(database, school, now, PairStatus.ACTIVE, channel)
    assert await scene.mentee.says("не смогу завтра") == ["talk-guess"]
    assert "никто не получил" in scene.mentee.words()
    assert await scene.mentee.presses("menu-meetings") != []
    assert await scene.mentor.says("а кто мой подопечный?") == ["talk-guess"]
    assert (await scene.mentor.presses("menu-pair"))[0] == "basics-pair-mentor"
    assert await rows(database, Meeting) == []
    assert await rows(database, PairRequest) == []


@pytest.mark.parametrize("about", WAYS)
async def test_every_way_that_is_offered_leads_somewhere_for_either_side(
    database: Database, school: School, now: datetime, about: str
) -> None:
    scene = await two(database, school, now, PairStatus.ACTIVE)
    data = WAYS[about].data  # type: ignore[index]
    assert data.removeprefix("f:") in FLOWS
    for chat in (scene.mentee, scene.mentor):
        assert not {"talk-unknown", "talk-defect", "talk-closed"} & set(await chat.press_data(data))


async def test_thanks_are_returned_and_an_ok_is_not_taken_for_an_answer(
    database: Database, school: School, now: datetime
) -> None:
    scene = await two(database, school, now, PairStatus.APPROVED)
    assert await scene.mentee.says("Спасибо!") == ["talk-thanks"]
    assert await scene.mentee.says("ок") == ["talk-fine"]
    assert await scene.status() is PairStatus.OFFERED
    assert await scene.mentee.says("спасибо, а кто мой наставник") == ["talk-guess"]


async def test_worrying_words_go_to_the_grown_ups_whatever_they_speak_of_besides(
    database: Database, school: School, now: datetime
) -> None:
    scene = await two(database, school, now, PairStatus.ACTIVE)
    answered = await scene.mentee.says("наставник меня бьёт, встречи не хочу")
    assert answered[0].startswith("care-")
    assert "talk-guess" not in answered


@CHANNELS
async def test_who_says_that_things_are_hard_is_met_kindly_and_shown_the_way_to_a_grown_up(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    scene = await two(database, school, now, PairStatus.ACTIVE, channel)
    for said in ("мне грустно", "болею, мне плохо, завтра не приду"):
        assert await scene.mentee.says(said) == ["talk-feeling"]
        assert "никто не прочитал" in scene.mentee.words()
    assert await scene.mentee.presses("menu-meetings") != []
    await scene.mentee.says("мне грустно")
    assert (await scene.mentee.presses("menu-help"))[0] == "care-ask"

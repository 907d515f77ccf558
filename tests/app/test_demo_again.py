"""A demo that is opened again on the same folder."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import Clock
from app.demo import AHEAD, prepare
from program.errors import Refusal
from storage import system
from storage.database import Database
from storage.tables import Person, School
from tests.app.test_start import a_house
from tests.conftest import rows


async def test_a_demo_opened_again_goes_on_from_its_own_hour(
    database: Database, school: School, tmp_path: Path
) -> None:
    clock = Clock()
    house = await a_house(database, tmp_path)
    async with database.transaction() as session:
        await system.put(session, AHEAD, str(timedelta(days=3).total_seconds()), clock())
    known, story = await prepare(house, clock, "другой пароль здесь")
    assert known.id == school.id
    assert clock.offset == timedelta(days=3)
    await story.newcomers_join()  # nobody of them is in this school
    assert await rows(database, Person) == []


async def test_a_demo_ended_while_it_was_made_asks_for_another_folder(
    database: Database, school: School, tmp_path: Path
) -> None:
    house = await a_house(database, tmp_path)
    with pytest.raises(Refusal, match="cli-demo-unfinished"):
        await prepare(house, Clock(), "пароль, которого хватит")
    assert school.id

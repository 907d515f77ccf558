"""Deciding about pairs and announcing them, as two separate acts."""

from __future__ import annotations

import re

import httpx2
import pytest
from sqlalchemy import select

from program.states import PairStatus
from storage.database import Database
from storage.tables import OutboxRow, Pair
from tests.admin.conftest import Browsers, Clock
from tests.admin.world import World, furnish
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def _status(database: Database, pair_id: int) -> str:
    (pair,) = await rows(database, Pair, id=pair_id)
    assert isinstance(pair, Pair)
    return pair.status


async def _announced(database: Database) -> int:
    async with database.reading() as session:
        keys = await session.scalars(select(OutboxRow.key).where(OutboxRow.key.startswith("pair-announced:")))
        return len(keys.all())


async def test_the_board_shows_reasons_places_and_both_people(
    curator: httpx2.AsyncClient, world: World
) -> None:
    text = (await curator.get("/matching?form=uch_uch")).text
    for words in (
        "Снегирёва Юля",
        "Ветров Олег",
        "занято 2 из 3, предложено 1",
        "свободно 2 места",
        "разница 2 класса",
        "86",
    ):
        assert words in text, words
    assert "Объявить пары (1)" in text
    assert "Одобрить: Ветров" in re.sub(r"Одобрить: \w+ (\w+)", r"Одобрить: \1", text)


async def test_approving_tells_nobody_and_announcing_tells_everybody_once(
    curator: httpx2.AsyncClient, world: World, database: Database, clock: Clock
) -> None:
    approved = await curator.post(f"/matching/pairs/{world.suggested}/approve")
    assert approved.headers["location"] == "/matching?form=uch_uch&done=approved"
    assert await _announced(database) == 0

    preview = (await curator.get("/announce")).text
    assert "У тебя есть наставник: Олег В., 10Б." in preview
    assert "Ветров" not in preview.split("<blockquote")[1].split("</blockquote>")[0]
    shown = re.findall(r'name="pair" value="(\d+)"', preview)
    assert sorted(map(int, shown)) == sorted([world.suggested, world.approved])

    clock.woken.clear()
    answers = [await curator.post("/announce", data={"pair": shown}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert await _announced(database) == 4
    assert len(clock.woken) == 1
    assert await _status(database, world.suggested) == PairStatus.ACTIVE


async def test_a_pair_approved_after_the_preview_is_not_announced_unseen(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    await curator.post(f"/matching/pairs/{world.suggested}/approve")
    await curator.post("/announce", data={"pair": str(world.approved)})
    assert await _status(database, world.approved) == PairStatus.ACTIVE
    assert await _status(database, world.suggested) == PairStatus.APPROVED


async def test_two_presses_on_approve_get_a_sentence(curator: httpx2.AsyncClient, world: World) -> None:
    answers = [await curator.post(f"/matching/pairs/{world.suggested}/approve") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert "Сейчас так нельзя" in answers[1].text


async def test_a_rejection_keeps_its_reason_for_staff(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    await curator.post(
        f"/matching/pairs/{world.suggested}/reject", data={"why": "time", "more": "по средам секция"}
    )
    (pair,) = await rows(database, Pair, id=world.suggested)
    assert isinstance(pair, Pair)
    assert (pair.status, pair.decision_reason) == (PairStatus.REJECTED, "time: по средам секция")


async def test_another_mentor_is_chosen_from_the_best(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    page = (await curator.get(f"/matching/mentees/{world.free_mentee_place}")).text
    (mentor,) = re.findall(r'name="mentor" value="(\d+)"', page)
    assert "Тогда снимется предложение для" in page
    sent = await curator.post(f"/matching/mentees/{world.free_mentee_place}", data={"mentor": mentor})
    assert sent.status_code == 303
    assert await _status(database, world.suggested) == PairStatus.DROPPED


async def test_a_new_run_suggests_and_explains(curator: httpx2.AsyncClient, world: World) -> None:
    assert (await curator.post("/matching/suggest", data={"form": "uch_uch"})).status_code == 303
    text = (await curator.get("/matching?form=uch_uch")).text
    assert "Последний подбор: 15 сентября, 12:00" in text
    assert "Пока без пары" in text
    unknown = await curator.post("/matching/suggest", data={"form": "nonsense"})
    assert unknown.status_code == 409


async def test_a_pair_is_closed_with_its_result(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    await curator.post(f"/pairs/{world.active}/close", data={"status": "completed", "result": "Сдали проект"})
    assert await _status(database, world.active) == PairStatus.COMPLETED
    assert "Сдали проект" in (await curator.get(f"/pairs/{world.active}")).text
    assert "Котова" in (await curator.get("/pairs?show=ended")).text

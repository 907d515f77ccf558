"""Runs: the difference to the one before, the proof, a repeat; decisions and pins stand."""

from __future__ import annotations

import re

import httpx2
import pytest

from program.states import PairStatus
from storage.database import Database
from storage.tables import MatchRun, Pair
from tests.admin.conftest import Browsers
from tests.admin.world import World, furnish
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def _run(curator: httpx2.AsyncClient, database: Database) -> int:
    await curator.post("/matching/suggest", data={"form": "uch_uch"})
    return max(run.id for run in await rows(database, MatchRun) if isinstance(run, MatchRun))


async def test_a_first_run_names_what_it_suggests_and_a_repeat_gives_the_same(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    run = await _run(curator, database)
    page = (await curator.get(f"/matching/runs/{run}")).text
    assert "Это первый подбор. Новых предложений: 1." in page
    assert "Лучше с этими данными и правилами подобрать нельзя" in page
    again = (await curator.post(f"/matching/runs/{run}/replay")).text
    assert "Повтор дал те же самые пары." in again
    listed = (await curator.get("/matching/runs?form=uch_uch")).text
    assert "да, доказано" in listed
    assert "curator-first" in listed


async def test_a_second_run_keeps_decisions_and_says_what_it_changed(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    await _run(curator, database)
    (pair,) = await rows(database, Pair, status=PairStatus.SUGGESTED)
    assert isinstance(pair, Pair)
    suggested = pair.id
    await curator.post(f"/matching/pairs/{suggested}/reject", data={"why": "time"})
    second = await _run(curator, database)
    text = re.sub(r"<[^>]+>|\s+", " ", (await curator.get(f"/matching/runs/{second}")).text)
    assert "Новых предложений: 1" in text
    assert "предложение снято" in text
    (approved,) = await rows(database, Pair, id=world.approved)
    assert isinstance(approved, Pair)
    assert approved.status == PairStatus.APPROVED
    board = (await curator.get("/matching?form=uch_uch")).text
    assert f"/matching/runs/{second}" in board


async def test_a_pinned_suggestion_is_kept_by_the_next_run(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    pinned = await curator.post(f"/matching/pairs/{world.suggested}/pin", data={"at": "form=uch_uch"})
    assert pinned.headers["location"] == "/matching?form=uch_uch&focus=0&done=pinned"
    await _run(curator, database)
    (pair,) = await rows(database, Pair, id=world.suggested)
    assert isinstance(pair, Pair)
    assert (pair.status, pair.pinned) == (PairStatus.SUGGESTED, True)
    assert "закреплена" in (await curator.get("/matching?form=uch_uch")).text
    await curator.post(f"/matching/pairs/{world.suggested}/unpin")
    assert (await curator.post(f"/matching/pairs/{world.approved}/pin")).status_code == 409


async def test_what_was_rejected_is_listed_and_can_come_back(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    await curator.post(f"/matching/pairs/{world.suggested}/reject", data={"why": "time", "more": "по средам"})
    page = (await curator.get("/matching/rejected?form=uch_uch")).text
    assert "Снегирёва" in page
    assert "Не совпадает время: по средам" in page
    await curator.post(f"/matching/pairs/{world.suggested}/unreject")
    assert "Здесь пока никого нет" in (await curator.get("/matching/rejected?form=uch_uch")).text
    await _run(curator, database)
    again = await rows(database, Pair, status=PairStatus.SUGGESTED)
    assert len(again) == 1


async def test_fairness_is_figures_with_sentences_for_staff_only(browsers: Browsers, world: World) -> None:
    curator = await browsers.of()
    page = re.sub(r"<[^>]+>|\s+", " ", (await curator.get("/matching/fairness?form=uch_uch")).text)
    page = re.sub(r" +", " ", page)
    assert "Без пары 1 из 4" in page
    assert "6В меньше пяти человек 1 1 100 %" in page
    assert "Дольше всех ждёт" in page
    empty = (await curator.get("/matching/fairness?form=rab_uch")).text
    assert "никто не ищет пару" in empty

"""«Правила подбора»: levels, what would change, saving, and the way back to the usual."""

from __future__ import annotations

import re

import httpx2
import pytest

from storage.database import Database
from storage.tables import JournalEntry, School
from tests.admin.conftest import Browsers
from tests.admin.world import World, furnish
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


def _ticked(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(level-\w+)" value="(\w+)" checked', page))


async def test_every_rule_has_its_level_and_says_what_it_means(
    curator: httpx2.AsyncClient, world: World
) -> None:
    page = (await curator.get("/matching/rules?form=uch_uch")).text
    assert _ticked(page)["level-request"] == "important"
    assert _ticked(page)["level-elder"] == "required"
    assert page.count("<fieldset") == page.count("<legend") == len(_ticked(page))
    assert "Наставник умеет помогать с тем, о чём просит наставляемый." in page


async def test_the_effect_is_shown_before_anything_is_saved(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    said = {"form": "uch_uch", "level-load": "ignored", "level-request": "required"}
    tried = await curator.post("/matching/rules/try", data=said)
    assert tried.status_code == 200
    assert "Правила ещё не сохранены" in tried.text
    assert _ticked(tried.text)["level-load"] == "ignored"
    (school,) = await rows(database, School)
    assert isinstance(school, School)
    assert "matching" not in school.settings


async def test_rules_are_saved_noted_and_forgotten(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    said = {"form": "uch_uch", "level-load": "ignored", "level-request": "important", "shown": "yes"}
    saved = await curator.post("/matching/rules", data=said)
    assert saved.headers["location"] == "/matching/rules?form=uch_uch&done=rules"
    (school,) = await rows(database, School)
    assert isinstance(school, School)
    assert school.settings["matching"] == {"uch_uch": {"levels": {"load": "ignored"}}}
    assert school.settings["matching_shown"] is True
    assert _ticked((await curator.get("/matching/rules?form=uch_uch")).text)["level-load"] == "ignored"
    noted = {line.action for line in await rows(database, JournalEntry) if isinstance(line, JournalEntry)}
    assert {"matching.rules", "matching.shown"} <= noted
    await curator.post("/matching/rules/usual", data={"form": "uch_uch"})
    (school,) = await rows(database, School)
    assert isinstance(school, School)
    assert school.settings["matching"] == {}


async def test_a_role_model_has_its_own_rules_and_keeps_the_forms(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    said = {"form": "uch_uch", "model": "uch_uch.lider_klass", "level-interest": "important"}
    saved = await curator.post("/matching/rules", data=said)
    assert "model=uch_uch.lider_klass" in saved.headers["location"]
    assert "свои правила" in (await curator.get("/matching/rules?form=uch_uch")).text
    own = await curator.get("/matching/rules?form=uch_uch&model=uch_uch.lider_klass")
    assert _ticked(own.text)["level-interest"] == "important"
    assert _ticked((await curator.get("/matching/rules?form=uch_uch")).text)["level-interest"] == "desirable"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"level-gap": "important"}, "на сколько лет"),
        ({"level-gap": "important", "gap_least": "5", "gap_most": "1"}, "наоборот"),
        ({"level-gap": "important", "gap_least": "пять", "gap_most": "9"}, "от -60 до 60"),
        ({"level-request": "очень"}, "Обновите страницу"),
    ],
)
async def test_a_rule_that_cannot_be_is_told_beside_its_field(
    curator: httpx2.AsyncClient, world: World, said: dict[str, str], sentence: str
) -> None:
    for path in ("/matching/rules", "/matching/rules/try"):
        answer = await curator.post(path, data={"form": "uch_uch"} | said)
        assert answer.status_code == 422
        assert "<title>Ошибка:" in answer.text
        assert sentence in answer.text

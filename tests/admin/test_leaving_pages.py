"""«Больше не в школе»: on the card with number and effect, in the check of a list by a tick."""

from __future__ import annotations

import httpx2
import pytest

from program.roles import PersonState, StaffRole
from storage.database import Database
from storage.tables import Person
from tests.admin.conftest import Browsers
from tests.admin.test_roster_pages import upload
from tests.admin.world import World, furnish
from tests.conftest import rows

CLASS = [["ФИО", "Класс", "Дата рождения"], ["Ромашкина Алиса", "8А", "05.03.2012"]]


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def state_of(database: Database, person_id: int) -> tuple[str, str]:
    (found,) = await rows(database, Person, id=person_id)
    assert isinstance(found, Person)
    return found.state, found.erase_basis


async def test_the_card_says_number_and_effect_and_asks_once_more(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    address = f"/people/{world.mentee}"
    assert f'href="{address}/left"' in (await curator.get(address)).text
    page = (await curator.get(f"{address}/left")).text
    for words in ("уйдёт 1 участие", "1 пара закроется", "15 октября"):
        assert words in page
    assert (await curator.post(f"{address}/left")).status_code == 422
    assert (await state_of(database, world.mentee))[0] == PersonState.ACTIVE
    assert (await curator.post(f"{address}/left", data={"sure": "yes"})).status_code == 303
    assert await state_of(database, world.mentee) == (PersonState.FROZEN, "left")
    card = (await curator.get(address)).text
    assert "больше не в школе" in card
    assert "Данные удалятся 15 октября" in card
    assert (await curator.post(f"{address}/back")).status_code == 303
    assert (await state_of(database, world.mentee))[1] == ""
    assert (await curator.post(f"{address}/back")).status_code == 409


async def test_whoever_the_list_lacks_is_offered_and_leaves_only_by_a_tick(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    check = await upload(curator, CLASS)  # type: ignore[arg-type]
    page = (await curator.get(check)).text
    assert f'form="apply" name="left" value="{world.mentee}"' in page
    assert f'name="left" value="{world.mentor}"' not in page  # of another class
    await curator.post(
        check, data={"choice": "1", "kinds": ["new"], "left": [str(world.mentee), "0", "-1", "9" * 30]}
    )
    assert await state_of(database, world.mentee) == (PersonState.FROZEN, "left")
    assert (await state_of(database, world.waiting))[0] == PersonState.ACTIVE
    start = (await curator.get("/roster")).text
    assert "Вернутся в школу: 1" in start


async def test_ticks_alone_are_enough_and_neither_is_not(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    check = await upload(curator, CLASS)  # type: ignore[arg-type]
    assert (await curator.post(check, data={"choice": "1"})).status_code == 409
    answer = await curator.post(check, data={"choice": "1", "left": [str(world.mentee)]})
    assert answer.status_code == 303
    assert (await state_of(database, world.mentee))[1] == "left"
    assert await rows(database, Person, last_name="Ромашкина") == []


async def test_only_the_curator_says_who_has_left(
    browsers: Browsers, world: World, database: Database
) -> None:
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="8А")
    answer = await teacher.post(f"/people/{world.mentee}/left", data={"sure": "yes"})
    assert answer.status_code == 403
    assert (await state_of(database, world.mentee))[0] == PersonState.ACTIVE

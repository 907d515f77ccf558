"""Putting a group together, and the list of those who wait for the school's word."""

from __future__ import annotations

import httpx2
import pytest

from program.states import PairStatus
from storage.database import Database
from storage.tables import Guardianship, Pair, Participation
from tests.admin.conftest import Browsers
from tests.admin.world import World, furnish
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def _places(database: Database, world: World) -> tuple[int, list[int]]:
    """The free mentor's place, and two mentees'."""
    async with database.transaction() as session:
        mentor = await session.get(Participation, world.mentor_place)
        assert mentor is not None
        mentor.admitted, mentor.capacity = True, 3
    return world.mentor_place, [world.mentee_place, world.free_mentee_place]


async def test_a_group_is_approved_and_waits_to_be_announced(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    mentor, mentees = await _places(database, world)
    shown = (await curator.get("/groups?form=uch_uch")).text
    assert "Лугова Ирина, 11А · свободно 3 места" in shown
    form = {
        "form": "uch_uch",
        "title": "Шахматный клуб",
        "role_model": "uch_uch.lider_klass",
        "mentors": [mentor],
        "mentees": mentees,
    }
    made = await curator.post("/groups", data=form)
    assert made.headers["location"] == "/matching?form=uch_uch&done=grouped"
    (group,) = await rows(database, Pair, is_group=True)
    assert isinstance(group, Pair)
    assert (group.title, group.status) == ("Шахматный клуб", PairStatus.APPROVED)
    assert "Шахматный клуб" in (await curator.get("/matching?form=uch_uch")).text
    assert "Группа собрана" in (await curator.get(made.headers["location"])).text


async def test_a_group_that_cannot_be_made_keeps_what_was_ticked(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    mentor, mentees = await _places(database, world)
    whole = {"form": "uch_uch", "title": "Клуб", "mentors": [mentor], "mentees": mentees}
    for missing, words in (
        ({"title": ""}, "Напишите название"),
        ({"mentors": []}, "хотя бы одного наставника"),
        ({"mentees": mentees[:1]}, "хотя бы двух"),
        ({"role_model": "uchit_uch.odaren"}, "относится к другой форме"),
    ):
        answer = await curator.post("/groups", data=whole | missing)
        assert answer.status_code == 422
        assert words in answer.text
        assert f'value="{mentees[0]}" checked' in answer.text
    assert await rows(database, Pair, is_group=True) == []


async def test_parents_and_mentors_are_confirmed_from_one_list(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    shown = (await curator.get("/confirmations")).text
    assert "Рыжова Вера" in shown
    assert "Лугова Ирина" in shown
    parent = await curator.post(f"/people/{world.waiting}/guardians/{world.guardian}", data={"list": "yes"})
    assert parent.headers["location"] == "/confirmations?done=guardian"
    (bond,) = await rows(database, Guardianship, child_id=world.waiting)
    assert isinstance(bond, Guardianship)
    assert bond.confirmed_at is not None
    place = (await rows(database, Participation, id=world.mentor_place))[0]
    assert isinstance(place, Participation)
    mentor = await curator.post(
        f"/people/{place.person_id}/places/{place.id}/admit", data={"list": "yes", "reason": "Лично"}
    )
    assert mentor.headers["location"] == "/confirmations?done=admitted"
    assert "Все подтверждены" in (await curator.get("/confirmations")).text

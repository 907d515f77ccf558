"""Cards for a class, and one link for many."""

from __future__ import annotations

import httpx2

from program.roles import Category, PersonState
from storage.database import Database
from storage.tables import Invitation
from tests.admin.conftest import Browsers
from tests.build import person
from tests.conftest import rows


async def test_a_class_gets_one_card_each_however_often_it_is_asked_for(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    async with database.transaction() as session:
        for first, last in (("Аня", "Котова"), ("Костя", "Рыжов")):
            session.add(person(browsers.school, first, last, class_name="8А", state=PersonState.INVITED))
        session.add(person(browsers.school, "Олег", "Ветров", class_name="8А"))
        session.add(person(browsers.school, "Вера", "Зимина", class_name="", category=Category.TEACHER))
    assert "8А" in (await curator.get("/invitations")).text
    for _ in range(2):
        made = await curator.post("/invitations/class", data={"class_name": "8А"})
        assert made.status_code == 303
    shown = (await curator.get(made.headers["location"])).text
    assert shown.count("<svg") == 2
    assert "Аня К., 8А" in shown
    assert "Олег" not in shown
    assert len(await rows(database, Invitation)) == 2
    assert "уже ответили" in (await curator.get("/invitations/class?class_name=1Ы")).text


async def test_one_link_invites_many_and_can_be_taken_back(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    for wrong in ({"purpose": "guardian", "uses": "5"}, {"purpose": "mentor", "uses": "0"}, {}):
        assert (await curator.post("/invitations", data=wrong)).status_code == 422
    made = await curator.post("/invitations", data={"purpose": "mentor", "uses": "25"})
    card = (await curator.get(made.headers["location"])).text
    (invitation,) = await rows(database, Invitation)
    assert isinstance(invitation, Invitation)
    assert f"/join/{invitation.token}" in card
    assert "<svg" in card
    assert invitation.uses_left == 25
    assert (await curator.get("/invitations")).text.count("Отозвать приглашение") == 1
    await curator.post(f"/invitations/{invitation.id}/revoke", data={"sure": "yes"})
    assert "Отозвать приглашение" not in (await curator.get("/invitations")).text
    assert "больше не действует" in (await curator.get(made.headers["location"])).text

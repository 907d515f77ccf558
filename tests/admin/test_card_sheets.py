"""Sheets of QR cards: made once, given again while they work, taken back as a whole."""

from __future__ import annotations

import re
from urllib.parse import unquote

import httpx2
import pytest

from program.roles import PersonState, StaffRole
from storage.database import Database
from storage.tables import Invitation
from tests.admin.conftest import Browsers
from tests.build import person
from tests.conftest import rows


@pytest.fixture
async def ids(browsers: Browsers, database: Database) -> list[int]:
    """Fourteen of 8А who have not answered, one who has, one of 8Б."""
    people = [
        person(browsers.school, "Аня", f"Котова{letter}", state=PersonState.INVITED)
        for letter in "абвгдежзиклмно"
    ]
    people += [
        person(browsers.school, "Олег", "Ветров"),
        person(browsers.school, "Юля", "Снегирёва", class_name="8Б", state=PersonState.INVITED),
    ]
    async with database.transaction() as session:
        session.add_all(people)
    return [one.id for one in people]


async def tokens(database: Database) -> list[str]:
    return [one.token for one in await rows(database, Invitation) if isinstance(one, Invitation)]


async def test_a_class_fits_on_pages_of_six_or_twelve_and_keeps_its_codes(
    curator: httpx2.AsyncClient, database: Database, ids: list[int]
) -> None:
    pages = {}
    for size in ("6", "12"):
        made = await curator.post("/qr-cards", data={"class_name": "8А", "size": size})
        pages[size] = (await curator.get(made.headers["location"])).text
    assert [pages[size].count(f'class="a4 a4-{size}"') for size in pages] == [3, 2]
    assert pages["12"].count("<svg") == 14
    assert "style=" not in pages["12"]
    assert "Аня Котовао, 8А" in pages["12"]
    known = await tokens(database)
    assert len(known) == 14
    assert all(re.fullmatch(r"([a-z2-9]{4}-){2}[a-z2-9]{4}", token) for token in known)
    assert all(f"/join/{token}" in pages["6"] for token in known)


async def test_ticked_people_get_cards_also_those_who_lost_their_chat(
    curator: httpx2.AsyncClient, database: Database, ids: list[int]
) -> None:
    made = await curator.post("/qr-cards", data={"ids": [str(ids[0]), str(ids[14]), "x", "9" * 20]})
    page = (await curator.get(made.headers["location"])).text
    assert page.count("<svg") == 2
    assert "Олег Ветров" in page
    assert (await curator.post("/qr-cards")).status_code == 409


async def test_a_class_teacher_prints_the_own_class_only(
    browsers: Browsers, database: Database, ids: list[int]
) -> None:
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="8Б")
    made = await teacher.post("/qr-cards", data={"ids": [str(one) for one in ids]})
    page = (await teacher.get(made.headers["location"])).text
    assert page.count("<svg") == 1
    assert "Юля Снегирёва, 8Б" in page
    made = await teacher.post("/qr-cards", data={"class_name": "8А"})
    assert "Котова" not in (await teacher.get(made.headers["location"])).text
    assert len(await tokens(database)) == 1


async def test_a_poster_is_one_link_and_everything_of_a_class_is_taken_back_at_once(
    curator: httpx2.AsyncClient, database: Database, ids: list[int]
) -> None:
    await curator.post("/qr-cards", data={"class_name": "8А"})
    await curator.post("/qr-cards", data={"class_name": "8Б"})
    posters = [await curator.post("/qr-cards/poster", data={"class_name": "8А"}) for _ in range(2)]
    assert len({one.headers["location"] for one in posters}) == 1
    assert "8А" in (await curator.get(posters[0].headers["location"])).text
    done = await curator.post("/qr-cards/revoke", data={"class_name": "8А", "sure": "yes"})
    assert unquote(done.headers["location"]) == "/people?class_name=8А&done=class-revoked"
    found = [one for one in await rows(database, Invitation) if isinstance(one, Invitation)]
    assert sum(one.revoked_at is not None for one in found) == 15
    assert sum(one.revoked_at is None for one in found) == 1
    assert (
        await curator.post("/qr-cards/revoke", data={"class_name": "8А", "sure": "yes"})
    ).status_code == 409
    await curator.post("/qr-cards", data={"class_name": "8А"})
    assert len(await tokens(database)) == 30, "new codes instead of those taken back"


async def test_the_list_of_people_leads_to_the_cards(curator: httpx2.AsyncClient, ids: list[int]) -> None:
    page = (await curator.get("/people?class_name=8А")).text
    assert '<option value="cards">Карточки с QR</option>' in page
    assert "Карточки с QR для класса 8А" in page

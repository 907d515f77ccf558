"""Finding people, reading a card, papers, guardians, admission, invitations."""

from __future__ import annotations

import io

import httpx2
import openpyxl
import pytest

from actions import consents
from actions.work import Work
from program.consents import ConsentKind, ConsentMethod, ConsentState
from program.states import ParticipationStatus
from storage.database import Database
from storage.tables import Consent, Guardianship, Invitation, JournalEntry, Participation, Person
from tests.admin.conftest import Browsers, Clock
from tests.admin.world import World, furnish
from tests.build import person
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


@pytest.mark.parametrize(
    ("query", "found", "hidden"),
    [
        ("q=снегирева", "Снегирёва", "Котова"),  # е for ё, small letters
        ("q=аня котова", "Котова", "Снегирёва"),
        ("q=9000000001", "Котова", "Снегирёва"),
        ("side=mentor", "Ветров", "Котова"),
        ("class_name=10Б", "Ветров", "Котова"),
        ("status=consent_pending", "Рыжов", "Ветров"),
        ("consent=missing&side=mentee", "Рыжов", "Снегирёва"),
        ("consent=given", "Снегирёва", "Рыжов"),
        ("state=guardian", "Рыжов", "Ветров"),
        ("state=admission", "Лугова", "Ветров"),
        ("state=unreachable", "Рыжов", "Ветров"),
        ("form=rab_uch", "Таких участников нет", "Ветров"),
    ],
)
async def test_people_are_found(
    curator: httpx2.AsyncClient, world: World, query: str, found: str, hidden: str
) -> None:
    text = (await curator.get(f"/people?{query}")).text
    assert found in text
    assert hidden not in text


async def test_a_long_list_comes_in_pages(
    curator: httpx2.AsyncClient, database: Database, browsers: Browsers
) -> None:
    async with database.transaction() as session:
        session.add_all(person(browsers.school, "Аня", f"Ёлкина{n:03}") for n in range(120))
    first = (await curator.get("/people")).text
    last = (await curator.get("/people?page=3")).text
    assert first.count("Ёлкина") == 50
    assert last.count("Ёлкина") == 20
    assert "Страница 3 из 3" in last


async def test_the_same_list_comes_as_a_workbook_and_leaves_a_line_in_the_journal(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    answer = await curator.post("/people/file?side=mentor")
    assert "filename*=UTF-8''%D0%A3" in answer.headers["content-disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "Ветров Олег" in cells
    assert not any("Котова" in cell for cell in cells)
    (line,) = await rows(database, JournalEntry, action="table.downloaded")
    assert isinstance(line, JournalEntry)
    assert line.after == {"table": "people", "rows": 2, "by": ["side"]}


async def test_a_card_does_not_show_what_a_participant_wrote(
    curator: httpx2.AsyncClient, world: World
) -> None:
    text = (await curator.get(f"/people/{world.mentee}")).text
    assert "Котова Аня Сергеевна" in text
    assert "Не получается договориться" not in text


async def test_a_paper_of_a_parent_and_a_pupil_lets_the_pupil_in(
    curator: httpx2.AsyncClient, world: World, database: Database, browsers: Browsers, clock: Clock
) -> None:
    form = {"kinds": ["pd", "participation"], "event": "given", "signed_on": "2026-09-10", "number": "12"}
    for signer in (str(world.guardian), "self"):
        answer = await curator.post(f"/people/{world.waiting}/consent", data={**form, "signer": signer})
        assert answer.headers["location"] == f"/people/{world.waiting}?done=paper"
    lines = [
        line for line in await rows(database, Consent, person_id=world.waiting) if isinstance(line, Consent)
    ]
    assert {(line.method, line.paper_number) for line in lines} == {
        (ConsentMethod.PAPER, "№ 12 от 10.09.2026")
    }
    assert all(line.entered_by.startswith("user:") and line.text_sha256 for line in lines)
    (place,) = await rows(database, Participation, person_id=world.waiting)
    assert isinstance(place, Participation)
    assert place.status == ParticipationStatus.IN_BASE
    assert clock.woken


async def test_a_withdrawal_on_paper_stops_at_once(
    curator: httpx2.AsyncClient, world: World, database: Database, browsers: Browsers
) -> None:
    form = {"kinds": ["pd"], "event": "withdrawn", "signed_on": "2026-09-15", "signer": "adult"}
    await curator.post(f"/people/{world.mentee}/consent", data=form)
    async with database.reading() as session:
        who = await session.get(Person, world.mentee)
        assert who is not None
        known = await consents.states(Work(session, browsers.school, browsers.now), [who])
    assert known[who.id][ConsentKind.PD] is ConsentState.WITHDRAWN


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kinds": []}, "Отметьте хотя бы одну цель"),
        ({"signed_on": "2026-09-16"}, "ещё не наступила"),
        ({"signed_on": "вчера"}, "Укажите дату"),
        ({"signer": "999"}, "чья подпись"),
        ({"event": "maybe"}, "Выберите один из вариантов"),
    ],
)
async def test_a_paper_with_a_mistake_keeps_what_was_typed(
    curator: httpx2.AsyncClient, world: World, database: Database, wrong: dict[str, object], sentence: str
) -> None:
    form = {"kinds": ["pd"], "event": "given", "signed_on": "2026-09-10", "signer": "self", "number": "А-17"}
    answer = await curator.post(f"/people/{world.waiting}/consent", data=form | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "А-17" in answer.text
    assert await rows(database, Consent, person_id=world.waiting) == []


async def test_confirming_a_guardian_twice_tells_once(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    for _ in range(2):
        answer = await curator.post(f"/people/{world.waiting}/guardians/{world.guardian}")
        assert answer.status_code == 303
    (bond,) = await rows(database, Guardianship)
    assert isinstance(bond, Guardianship)
    assert bond.confirmed_by.startswith("user:")
    assert len(await rows(database, JournalEntry, action="guardian.confirmed")) == 1


async def test_only_a_mentor_is_admitted(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    mentor = next(
        place
        for place in await rows(database, Participation)
        if isinstance(place, Participation) and not place.admitted
    )
    admit = f"/people/{mentor.person_id}/places/{mentor.id}/admit"
    early = await curator.post(admit)
    assert early.status_code == 409
    assert "Пока не хватает: Собеседование; Обучение наставника" in early.text
    assert (await curator.post(admit, data={"reason": "Беседовал директор"})).status_code == 303
    (after,) = await rows(database, Participation, id=mentor.id)
    assert isinstance(after, Participation)
    assert after.admitted
    refused = await curator.post(f"/people/{world.mentee}/places/{mentor.id}/admit")
    assert refused.status_code == 409


async def test_an_invitation_is_a_card_with_a_code_and_an_address(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    sent = await curator.post(f"/people/{world.waiting}/invite")
    card = (await curator.get(sent.headers["location"])).text
    (invitation,) = await rows(database, Invitation)
    assert isinstance(invitation, Invitation)
    assert f"https://school.test/join/{invitation.token}" in card
    assert "<svg" in card
    assert (
        "Рыжов" not in card.split("<main")[1].split("sheet narrow")[1].split("</main>")[0]
    )  # only «Костя Р.»


async def test_a_mentor_gets_another_place_but_never_fewer_than_are_taken(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    (place,) = await rows(database, Participation, person_id=world.mentor)
    assert isinstance(place, Participation)
    path = f"/people/{world.mentor}/places/{place.id}/capacity"
    assert (await curator.post(path, data={"capacity": "5"})).status_code == 303
    assert (await curator.post(path, data={"capacity": "1"})).status_code == 409
    (after,) = await rows(database, Participation, id=place.id)
    assert isinstance(after, Participation)
    assert after.capacity == 5


async def test_a_wish_for_a_mentor_of_the_same_gender_is_written_down_on_the_card(
    curator: httpx2.AsyncClient, database: Database, world: World
) -> None:
    path = f"/people/{world.mentee}"
    assert (await curator.post(f"{path}/wishes", data={"same": "1"})).status_code == 409
    assert (await curator.post(f"{path}/wishes", data={"gender": "female", "same": "1"})).status_code == 303
    (who,) = await rows(database, Person, id=world.mentee)
    assert isinstance(who, Person)
    assert (who.gender, who.preferences) == ("female", {"same_gender": True})
    page = (await curator.get(path)).text
    assert 'value="female" selected' in page
    assert 'id="same" name="same" value="1" checked' in page
    assert "пол и просьба о наставнике записаны" in page

"""«Отбор наставников» in the admin: list and filters, checklist, interview, training, admission; ages."""

from __future__ import annotations

from datetime import date, timedelta

import httpx2
import pytest

from actions import training
from actions.work import Work
from program.roles import StaffRole
from program.selection import CRITERIA, TOPIC
from storage import schools
from storage.database import Database
from storage.tables import Candidacy, Interview, Participation, School, SelectionMark
from tests.admin.conftest import Browsers
from tests.admin.world import World, furnish
from tests.conftest import rows

GOOD = {f"mark-{name}": "2" for name in CRITERIA}
TALK = {"held_on": "2026-09-14", "setting": "person", "decision": "admit", "interviewers": "Куратор"} | GOOD


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def test_candidates_are_listed_with_what_they_lack_and_narrowed(
    curator: httpx2.AsyncClient, world: World
) -> None:
    page = (await curator.get("/selection")).text
    assert "Лугова Ирина" in page
    assert "Ветров Олег" in page
    assert "Собеседование; Обучение наставника" in page
    new = (await curator.get("/selection?state=new")).text
    assert "Лугова" in new
    assert "Ветров" not in new
    assert "Таких кандидатов нет" in (await curator.get("/selection?state=ready")).text
    assert "Таких кандидатов нет" in (await curator.get("/selection?form=rab_uch")).text
    assert "Таких кандидатов нет" in (await curator.get("/selection?category=alumnus")).text


async def test_a_candidate_goes_through_interview_and_training_to_admission(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    card = f"/selection/{world.mentor_place}"
    (place,) = await rows(database, Participation, id=world.mentor_place)
    assert isinstance(place, Participation)
    assert (await curator.post(f"{card}/interview", data=TALK)).headers[
        "location"
    ] == f"{card}?done=interviewed"
    assert "16 из 24: допущен" in (await curator.get(card)).text
    for topic in ("role", "listening", "goals", "feedback", "safety", "personal_data", "bot", "ending"):
        data = {"topic": topic, f"on-{topic}": "2026-09-10", "people": [place.person_id]}
        assert (await curator.post("/selection/training", data=data)).status_code == 303
    assert "отмечены темы: 8 из 8" in (await curator.get(card)).text
    assert "Лугова" in (await curator.get("/selection?state=ready")).text
    assert (await curator.post(f"{card}/admit")).status_code == 303
    assert "допущен 15 сентября" in (await curator.get(card)).text
    await curator.post(f"{card}/suspend")
    assert "ещё не допущен" in (await curator.get(card)).text


async def test_without_everything_a_reason_is_asked_for_and_kept(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    card = f"/selection/{world.mentor_place}"
    refused = await curator.post(f"{card}/admit")
    assert refused.status_code == 409
    assert "Пока не хватает: Собеседование; Обучение наставника" in refused.text
    await curator.post(f"{card}/admit", data={"why": "Учились в прошлом году"})
    (row,) = await rows(database, Candidacy)
    assert isinstance(row, Candidacy)
    assert row.waived == ["interview", "training"]
    page = (await curator.get(card)).text
    assert "Причина: Учились в прошлом году" in page
    assert "Учились" not in (await curator.get("/journal")).text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"mark-respect": "5"}, "mark-respect"),
        ({"held_on": "2027-01-01"}, "held_on"),
        ({"decision": "refuse"}, "Напишите причину решения"),
        ({"mark-boundaries": "0"}, "кандидат не проходит"),
        ({"decision": "?"}, "decision"),
    ],
)
async def test_an_odd_interview_keeps_what_was_typed(
    curator: httpx2.AsyncClient, world: World, database: Database, wrong: dict[str, str], sentence: str
) -> None:
    data = TALK | {"notes": "Спокойный разговор"} | wrong
    answer = await curator.post(f"/selection/{world.mentor_place}/interview", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Спокойный разговор" in answer.text
    assert await rows(database, Interview) == []


async def test_a_check_has_a_day_and_an_end_and_today_says_when_it_has_run_out(
    curator: httpx2.AsyncClient, world: World, database: Database, browsers: Browsers
) -> None:
    await curator.post("/directories/requirement", data={"label": "Медосмотр", "months": "12"})
    (place,) = [
        one
        for one in await rows(database, Participation, person_id=world.mentor)
        if isinstance(one, Participation)
    ]
    card = f"/selection/{place.id}"
    ahead = await curator.post(f"{card}/tick", data={"item": "own1", "on-own1": "2026-12-01"})
    assert ahead.status_code == 422
    data = {"item": "own1", "on-own1": "2025-09-01", "until-own1": "2026-09-14"}
    assert (await curator.post(f"{card}/tick", data=data)).status_code == 303
    (mark,) = await rows(database, SelectionMark)
    assert isinstance(mark, SelectionMark)
    assert mark.valid_until == date(2026, 9, 14)
    assert "срок истёк 14.09.2026" in (await curator.get(card)).text
    assert "Ветров" in (await curator.get("/selection?state=expired")).text
    assert "истёк срок документа" in (await curator.get("/")).text
    soon = (browsers.now.date() + timedelta(days=10)).isoformat()
    await curator.post(f"{card}/tick", data={"item": "own1", "on-own1": "2026-09-01", "until-own1": soon})
    assert "истёк срок документа" not in (await curator.get("/")).text
    assert "Ветров" in (await curator.get("/selection?state=soon")).text
    await curator.post(f"{card}/untick", data={"item": "own1"})
    assert await rows(database, SelectionMark) == []


async def test_the_shortlist_is_ticked_from_the_list(curator: httpx2.AsyncClient, world: World) -> None:
    form = {"list": "yes", "on": "yes"}
    back = await curator.post(f"/selection/{world.mentor_place}/shortlist", data=form)
    assert back.headers["location"] == "/selection?done=shortlist"
    listed = (await curator.get("/selection?state=shortlist")).text
    assert "Лугова" in listed
    assert "Ветров" not in listed


async def test_training_without_people_or_day_says_so(curator: httpx2.AsyncClient, world: World) -> None:
    nobody = await curator.post("/selection/training", data={"topic": "role", "on-role": "2026-09-10"})
    assert nobody.status_code == 422
    odd = await curator.post("/selection/training", data={"topic": "role", "people": [world.mentor]})
    assert odd.status_code == 422
    unknown = await curator.post(
        "/selection/training", data={"topic": "no", "on-no": "2026-09-10", "people": [world.mentor]}
    )
    assert unknown.status_code == 409


async def test_a_psychologist_interviews_but_does_not_admit(
    browsers: Browsers, world: World, database: Database
) -> None:
    psychologist = await browsers.of(StaffRole.PSYCHOLOGIST)
    card = f"/selection/{world.mentor_place}"
    assert (await psychologist.post(f"{card}/interview", data=TALK)).status_code == 303
    assert (await psychologist.post(f"{card}/admit", data={"why": "Да"})).status_code == 403
    director = await browsers.of(StaffRole.DIRECTOR)
    assert "16 из 24" in (await director.get(card)).text
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="11А")
    assert (await teacher.get(card)).status_code == 403


async def test_what_was_read_in_the_chat_is_shown_and_is_not_attendance(
    curator: httpx2.AsyncClient, world: World, database: Database, browsers: Browsers
) -> None:
    (place,) = await rows(database, Participation, id=world.mentor_place)
    assert isinstance(place, Participation)
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, browsers.school.id), browsers.now)
        await training.mark_read(work, place.person_id, "role")
    card = (await curator.get(f"/selection/{place.id}")).text
    assert "прочитано в чате: 1 из 8" in card
    assert "отмечены темы: 0 из 8" in card
    assert "прочитано в чате" not in (await curator.get("/selection/training")).text
    opened = (await curator.get("/selection/training?topic=role")).text
    assert opened.count("прочитано в чате 15 сентября") == 1


async def test_anothers_candidates_do_not_exist(
    browsers: Browsers, world: World, other_school: School, database: Database
) -> None:
    theirs = await browsers.of(StaffRole.CURATOR, other_school)
    assert (await theirs.get(f"/selection/{world.mentor_place}")).status_code == 404
    data = {"topic": "role", "on-role": "2026-09-10", "people": [world.mentor]}
    assert (await theirs.post("/selection/training", data=data)).status_code == 422
    assert await rows(database, SelectionMark, item=TOPIC + "role") == []


async def test_ages_are_kept_for_each_form_and_side(
    curator: httpx2.AsyncClient, database: Database, browsers: Browsers
) -> None:
    data = {"uch_uch-mentor-from": "12", "uch_uch-mentor-to": "18", "uch_uch-mentee-from": "7"}
    assert (await curator.post("/settings/ages", data=data)).status_code == 303
    (school,) = await rows(database, School, id=browsers.school.id)
    assert isinstance(school, School)
    assert school.settings["ages"] == {"uch_uch": {"mentor": [12, 18], "mentee": [7, None]}}
    page = (await curator.get("/settings/ages")).text
    assert 'name="uch_uch-mentor-from" value="12"' in page
    for wrong in ({"uch_uch-mentor-from": "19", "uch_uch-mentor-to": "12"}, {"uch_uch-mentor-to": "сто"}):
        answer = await curator.post("/settings/ages", data=wrong)
        assert answer.status_code == 422
        assert "целое число от 5 до 99" in answer.text

"""«Учебный год»: the wizard page by page, its last press, taking it back; the archive that only reads."""

from __future__ import annotations

from datetime import timedelta

import httpx2
import pytest

from actions.work import Work
from program.roles import PersonState, StaffRole
from storage.database import Database
from storage.tables import Pair, Person, School, YearTurn, YearWord
from tests.actions.year import JUNE, Season, season
from tests.admin.conftest import Browsers, Clock
from tests.admin.hands import Hands
from tests.conftest import rows


@pytest.fixture
async def made(database: Database, school: School, clock: Clock) -> Season:
    clock.now = JUNE
    async with database.transaction() as session:
        return await season(session, await session.merge(school, load=False))


@pytest.fixture
async def june(made: Season, browsers: Browsers) -> httpx2.AsyncClient:
    browsers.now = JUNE
    return await browsers.of(StaffRole.CURATOR)


async def test_the_year_turns_page_by_page_and_comes_back(
    june: httpx2.AsyncClient, made: Season, database: Database, clock: Clock
) -> None:
    hands = Hands(june)
    await hands.opens("/years")
    await hands.presses_button("Подготовить 2027–2028 учебный год")
    assert hands.says("Шаг 1 из 6")
    assert hands.says("Остаев Ян")
    await hands.presses_button("Сохранить и дальше")
    assert hands.says("Шаг 2 из 6")
    await hands.presses_button("Спросить 1 человека")
    assert hands.says("ждём ответа")
    await hands.presses_button("Выпускной Глеб говорит: да")
    assert hands.says("записал куратор")
    await hands.presses_button("Сохранить и дальше")
    assert hands.says("впереди назначена встреча")
    answer = await june.post(
        "/years/turn/pairs", data={"version": (await turn_of(database)).version, "extend": made.going, "spoken": made.going, "listed": f"{made.closing},{made.going}"}
    )  # fmt: skip
    assert answer.status_code == 303
    await hands.opens("/years/turn/people")
    assert hands.says("Ждан Вера")
    await hands.presses_button("Сохранить и дальше")
    assert hands.says("Согласия, которые нужно будет дать заново")
    await hands.presses_button("Сохранить и дальше")
    assert hands.says("Шаг 6 из 6. Проверьте и подтвердите")
    assert (await turn_of(database)).done_at is None
    await hands.presses_button("Начать 2027–2028 учебный год")
    assert hands.says("2027–2028 учебный год начат")
    assert hands.says("Сейчас идёт 2027–2028 учебный год")
    assert (await june.get("/years/turn/do")).headers["location"] == "/years"  # back to where a button led
    clock.forward(timedelta(hours=2))
    async with database.transaction() as session:
        (await session.get_one(Person, made.waits)).class_name = "9Г"
        (await session.get_one(Person, made.closing_mentee)).state = PersonState.FROZEN
    await hands.presses_button("Вернуть прошлый учебный год")
    assert hands.says("Вернуть всё как было?")
    await hands.presses_button("Вернуть прошлый учебный год")
    assert hands.says("Сейчас идёт 2026–2027 учебный год")
    assert hands.says("оно осталось как есть")
    assert f"/pairs/{made.closing}" in {one.get("href") for one in hands.page.iter("a")}
    assert hands.says("Ждан Вера")
    assert {one.year for one in await rows(database, Pair)} == {"2026-2027"}


async def turn_of(database: Database) -> YearTurn:
    (found,) = await rows(database, YearTurn)
    assert isinstance(found, YearTurn)
    return found


async def test_who_leaves_after_the_ninth_class_is_unticked(
    june: httpx2.AsyncClient, made: Season, database: Database
) -> None:
    await june.post("/years/turn")
    data = {
        "version": "1",
        "listed": f"{made.ninth_stays},{made.ninth_leaves}",
        "stays": str(made.ninth_stays),
    }
    assert (await june.post("/years/turn/classes", data=data)).status_code == 303
    assert (await turn_of(database)).choices["leaving"] == [made.ninth_leaves]
    shown = (await june.get("/years/turn/check")).text
    assert "Уходова Зоя" in shown
    again = await june.post("/years/turn/classes", data=data)
    assert again.status_code == 409
    assert "выбор сохранил другой сотрудник" in again.text


async def test_a_day_outside_of_the_new_year_is_refused_beside_the_field(
    june: httpx2.AsyncClient, made: Season, database: Database
) -> None:
    await june.post("/years/turn")
    answer = await june.post("/years/turn/start", data={"version": "1", "starts_on": "2027-05-01"})
    assert answer.status_code == 422
    assert "с 01.08.2027 по 31.07.2028" in answer.text
    assert 'value="2027-05-01"' in answer.text


async def test_what_stands_in_the_way_is_said_and_there_is_no_button(
    june: httpx2.AsyncClient, made: Season
) -> None:
    await june.post("/years/turn")
    shown = (await june.get("/years/turn/check")).text
    assert "У 1 закрываемой пары впереди встреча" in shown
    assert "Начать 2027–2028 учебный год" not in shown


async def test_questions_go_out_from_the_page_once(
    june: httpx2.AsyncClient, made: Season, database: Database
) -> None:
    await june.post("/years/turn")
    for version in ("1", "2"):
        await june.post("/years/turn/ask", data={"version": version, "question": "mentor"})
    assert {one.person_id for one in await rows(database, YearWord)} == {
        made.closing_mentee,
        made.going_mentee,
    }


async def test_of_many_pairs_a_page_keeps_its_own_and_the_others_stay_as_chosen(
    june: httpx2.AsyncClient, made: Season, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admin.year_steps.ROWS", 1)
    await june.post("/years/turn")
    hands = Hands(june)
    await hands.opens("/years/turn/pairs")
    assert hands.says("Страница 1 из 2")
    for page, pair in ((1, made.closing), (2, made.going)):
        data = {"version": str(page), "listed": str(pair), "extend": str(pair), "then": f"page:{page + 1}"}
        answer = await june.post("/years/turn/pairs", data=data)
        assert answer.headers["location"] == f"/years/turn/pairs?page={page + 1}&done=year-kept"
    assert (await turn_of(database)).choices["pairs"] == {
        str(made.closing): "extend",
        str(made.going): "extend",
    }
    await june.post("/years/turn/pairs", data={"version": "3", "listed": str(made.closing)})
    assert (await turn_of(database)).choices["pairs"] == {str(made.going): "extend"}
    for step in ("graduates", "people", "start", "check"):
        assert (await june.get(f"/years/turn/{step}?page=2")).status_code == 200


async def test_the_past_year_can_be_read_and_not_changed(
    june: httpx2.AsyncClient, made: Season, database: Database, school: School, browsers: Browsers
) -> None:
    from actions import year_turning
    from tests.actions.year import chosen

    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), JUNE)
        turn = await chosen(work, made)
        await year_turning.turn(work, turn.version)
    shown = (await june.get("/years/archive/2026-2027")).text
    assert "Числа года на день его завершения" in shown
    assert "продолжена в новом году" in shown
    assert f"/pairs/{made.closing}" in shown
    assert (await june.get(f"/pairs/{made.closing}")).status_code == 200
    for way in ("close", "pause", "replace"):
        answer = await june.post(
            f"/pairs/{made.closing}/{way}", data={"reason": "goals", "status": "stopped", "sure": "yes"}
        )
        assert answer.status_code in (404, 405, 409, 422), way
    assert (await june.get("/reports?year=2026-2027")).status_code == 200
    director = await browsers.of(StaffRole.DIRECTOR)
    assert (await director.get("/years")).status_code == 200
    assert (await director.get("/years/archive/2026-2027")).status_code == 200
    assert (await director.post("/years/turn")).status_code == 403
    assert (await june.get("/years/archive/1999-2000")).status_code == 404


async def test_the_year_is_not_changed_in_the_settings_while_it_has_people(
    june: httpx2.AsyncClient, made: Season
) -> None:
    hands = Hands(june)
    await hands.opens("/settings")
    form = next(one for one in hands.page.iter("form") if (one.get("action") or "").endswith("/settings"))
    data = dict(hands._values(form)) | {"year": "2027-2028"}
    answer = await june.post("/settings", data=data)
    assert answer.status_code == 422
    assert "Учебный год меняет мастер" in answer.text

"""«Школы»: what a municipal coordinator and an evaluator see: numbers, no names, no small groups."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl

from actions import school_numbers, schools
from actions.work import Work
from program.roles import Side, StaffRole
from storage.database import Database
from storage.tables import School
from tests.admin.conftest import Browsers
from tests.build import participation, person


async def peopled(
    database: Database, school: School, now: datetime, mentees: int, mentors: int, city: str
) -> None:
    async with database.transaction() as session:
        held = await session.get(School, school.id)
        assert held is not None
        await schools.set_municipality(Work(session, held, now, "cli"), city)
        for number in range(mentees + mentors):
            who = person(held, f"Имя{number}", "Котова")
            session.add(who)
            await session.flush()
            session.add(participation(who, Side.MENTEE if number < mentees else Side.MENTOR))


async def test_a_coordinator_sees_the_schools_of_the_municipality_without_small_groups(
    browsers: Browsers, database: Database, other_school: School
) -> None:
    await peopled(database, browsers.school, browsers.now, 7, 4, "Город")
    await peopled(database, other_school, browsers.now, 3, 6, "Город")
    coordinator = await browsers.of(StaffRole.MUNICIPAL_COORDINATOR)
    assert (await coordinator.get("/")).headers["location"] == "/schools"
    page = (await coordinator.get("/schools")).text
    assert "Школа № 1" in page
    assert "Школа № 2" in page
    assert page.count(">меньше 5<") == 2
    assert "Котова" not in page
    async with database.reading() as session:
        held = await session.get(School, browsers.school.id)
        assert held is not None
        work = Work(session, held, browsers.now)
        lines = await school_numbers.of(work, StaffRole.MUNICIPAL_COORDINATOR)
    assert [(one.mentees, one.mentors, one.pairs) for one in lines] == [(7, None, 0), (None, 6, 0)]
    assert (school_numbers.total(lines, "mentees"), school_numbers.total(lines, "mentors")) == (7, 6)


async def test_a_school_of_another_municipality_or_of_none_is_not_seen(
    browsers: Browsers, database: Database, other_school: School
) -> None:
    coordinator = await browsers.of(StaffRole.MUNICIPAL_COORDINATOR)
    assert "Школа № 2" not in (await coordinator.get("/schools")).text
    await peopled(database, browsers.school, browsers.now, 5, 5, "Город")
    await peopled(database, other_school, browsers.now, 5, 5, "Посёлок")
    assert "Школа № 2" not in (await coordinator.get("/schools")).text


async def test_an_evaluator_sees_the_own_school_only(
    browsers: Browsers, database: Database, other_school: School
) -> None:
    await peopled(database, browsers.school, browsers.now, 5, 5, "Город")
    await peopled(database, other_school, browsers.now, 5, 5, "Город")
    evaluator = await browsers.of(StaffRole.EVALUATOR)
    page = (await evaluator.get("/schools")).text
    assert "Школа № 1" in page
    assert "Школа № 2" not in page


async def test_the_coordinator_takes_the_list_out_as_it_stands_on_the_screen_and_sorted(
    browsers: Browsers, database: Database, other_school: School
) -> None:
    await peopled(database, browsers.school, browsers.now, 7, 4, "Город")
    await peopled(database, other_school, browsers.now, 3, 6, "Город")
    coordinator = await browsers.of(StaffRole.MUNICIPAL_COORDINATOR)
    page = (await coordinator.get("/schools?sort=-mentees")).text
    assert page.index("Школа № 1</th>") < page.index("Школа № 2</th>")
    answer = await coordinator.post("/schools/file?sort=-mentees")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    found = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert ["Школа № 1", "2026-2027", 7, "меньше 5", 0, 0] in found
    assert ["Школа № 2", "2026-2027", "меньше 5", 6, 0, 0] in found
    assert "персональные" not in (sheet.oddFooter.left.text or ""), "nobody is named"
    assert "Школа № 2" not in (await coordinator.get("/schools?q=№ 1")).text.split("<tbody>")[1]

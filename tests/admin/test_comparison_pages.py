"""Before and after, the pulse, and what is asked by itself, in the curator's browser."""

from __future__ import annotations

from sqlalchemy import select

from actions.work import Work
from program.roles import StaffRole
from storage.database import Database
from storage.tables import Comparison, Person, School
from tests import build
from tests.actions.files import opened
from tests.actions.test_comparisons import PUPILS, fill, people
from tests.admin.conftest import Browsers
from tests.admin.world import furnish
from tests.conftest import rows


async def answered(database: Database, school: School, work_now: object, count: int) -> None:
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), work_now)  # type: ignore[arg-type]
        for one in await people(work, count):
            await fill(work, one, f"PRE_{PUPILS}", C01=4)
            await fill(work, one, f"POST_{PUPILS}", C01=9)


async def test_the_curator_sums_up_and_the_director_reads(browsers: Browsers, database: Database) -> None:
    await answered(database, browsers.school, browsers.now, 6)
    curator = await browsers.of(StaffRole.CURATOR)
    page = await curator.get("/comparison")
    assert "Новых итоговых анкет: 6" in page.text
    done = await curator.post("/comparison/mentee", data={"sure": "yes"})
    assert done.status_code in (200, 303)
    assert len(await rows(database, Comparison)) == 1
    director = await browsers.of(StaffRole.DIRECTOR)
    page = await director.get("/comparison?side=mentee")
    assert "+5,00" in page.text
    assert "наблюдений мало" in page.text
    assert "Подвести итоги</button>" not in page.text
    file = await director.post("/comparison/mentee/1/file")
    for told in ("задают и до, и после: 4,00 → 9,00", "до работы не спрашивают"):  # C08 has no «before»
        assert told in page.text
    indices = [[cell.value for cell in row] for row in opened(file.content)["Индексы"].iter_rows()]
    satisfied = [row[3:6] for row in indices if str(row[1]).startswith("Удовлетворённость")]
    assert satisfied[:2] == [[None, 9, None], [4, 9, 5]]
    refused = await curator.post("/comparison/mentee", data={"sure": "yes"})
    assert refused.status_code == 409


async def test_what_is_asked_by_itself_can_be_switched_off(browsers: Browsers, database: Database) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    page = await curator.get("/polls")
    assert page.text.count("checked") == 9
    form = {"on": ["meeting", "pulse"], "pulse_days": "45", "satisfied_from": "7.5"}
    await curator.post("/polls", data=form)
    [school] = await rows(database, School)
    assert isinstance(school, School)
    kept = school.settings["polls"]
    assert (kept["pulse"], kept["before"], kept["pulse_days"], kept["satisfied_from"]) == (
        True,
        False,
        45,
        7.5,
    )


async def test_the_pulse_is_read_by_the_curator_and_the_psychologist_only(
    browsers: Browsers, database: Database
) -> None:
    await furnish(database, browsers.school, browsers.now)
    for role, status in ((StaffRole.CURATOR, 200), (StaffRole.PSYCHOLOGIST, 200), (StaffRole.DIRECTOR, 403)):
        page = await (await browsers.of(role)).get("/pulse")
        assert page.status_code == status, role


async def test_the_card_of_a_person_leads_to_the_answers_for_those_who_may_read_them(
    browsers: Browsers, database: Database
) -> None:
    await answered(database, browsers.school, browsers.now, 1)
    for name in ("Пётр", "Ученик0"):
        async with database.transaction() as session:
            one = await session.scalar(select(Person).where(Person.first_name == name))
            if one is None:
                session.add(one := build.person(browsers.school, name))
                await session.flush()
            link = f'href="/comparison/person/{one.id}"'
        for role in (StaffRole.CURATOR, StaffRole.PSYCHOLOGIST, StaffRole.DIRECTOR):
            page = await (await browsers.of(role)).get(f"/people/{one.id}")
            leads = name == "Ученик0" and role is not StaffRole.DIRECTOR
            assert page.status_code in (200, 403), role
            assert (link in page.text) == (leads and page.status_code == 200), (name, role)
    curator = await browsers.of(StaffRole.CURATOR)
    assert (await curator.get(link.removeprefix('href="').removesuffix('"'))).status_code == 200

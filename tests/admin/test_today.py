"""«Сегодня»: what waits, and nothing else."""

from __future__ import annotations

from datetime import datetime

import httpx2

from actions import decisions
from actions.work import Work
from admin.access import may
from program.roles import StaffRole
from storage import schools
from storage.database import Database
from storage.tables import School
from tests.admin.conftest import Browsers
from tests.admin.world import furnish


async def test_a_new_school_has_a_calm_day(curator: httpx2.AsyncClient) -> None:
    assert "Сегодня всё спокойно" in (await curator.get("/")).text


async def test_everything_that_waits_is_counted(database: Database, school: School, now: datetime) -> None:
    await furnish(database, school, now)
    async with database.reading() as session:
        work = Work(session, await schools.get(session, school.id), now)
        found = await decisions.waiting(decisions.Asking(work, StaffRole.CURATOR, 0), lambda route: True)
    assert {one.code: one.count for one in found} == {
        "help": 1, "guardians": 1, "consents": 1, "admission": 1, "suggested": 1, "approved": 1,
        "meetings": 1, "news": 1, "unreachable": 1, "failures": 1, "roadmap": 7, "roadmap-soon": 5, "partners": 1,
    }  # fmt: skip


async def test_help_stands_first_and_the_oldest_next(browsers: Browsers, database: Database) -> None:
    await furnish(database, browsers.school, browsers.now)
    text = (await (await browsers.of()).get("/")).text
    order = [
        text.index(words) for words in ("Просьбы о помощи<", "Встречи, о которых", "Пары ждут вашего решения")
    ]
    assert order == sorted(order)


async def test_a_class_teacher_counts_the_own_class_only(browsers: Browsers, database: Database) -> None:
    await furnish(database, browsers.school, browsers.now)
    own = (await (await browsers.of(StaffRole.CLASS_TEACHER, class_name="8А")).get("/")).text
    assert "Участники ждут согласия" in own
    assert "Пары ждут" not in own
    assert "Просьбы о помощи" not in own


async def test_a_director_sees_no_way_to_the_words_of_those_who_asked_for_help(
    browsers: Browsers, database: Database
) -> None:
    await furnish(database, browsers.school, browsers.now)
    text = (await (await browsers.of(StaffRole.DIRECTOR)).get("/")).text
    assert 'href="/help"' not in text
    assert "Пары ждут вашего решения" in text


async def test_a_list_that_can_be_taken_out_is_a_workbook_in_one_press(
    browsers: Browsers, database: Database
) -> None:
    await furnish(database, browsers.school, browsers.now)
    curator = await browsers.of()
    for kind in decisions.KINDS:
        if kind.file:
            at = browsers.application.url_path_for(kind.file)
            answer = await curator.post(f"{at}{kind.query}")
            assert answer.headers["content-type"].startswith("application/vnd.openxmlformats"), kind.code


def test_every_kind_can_be_opened_by_somebody_and_done_by_the_curator() -> None:
    for kind in decisions.KINDS:
        assert any(may(role, kind.route) for role in StaffRole), kind.code
        assert not kind.at_once or may(StaffRole.CURATOR, f"{kind.at_once}-do"), kind.code

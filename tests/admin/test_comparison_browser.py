"""Before and after, the pulse and the switches in a browser: on a screen and on a phone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from actions import assignments, questionnaire_offers
from actions.work import Work
from program.instruments import Value
from program.roles import Side
from storage import schools
from storage.database import Database
from storage.tables import School
from tests import build
from tests.actions.test_comparisons import PUPILS, fill, people
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site, site

__all__ = ["site"]

pytestmark = pytest.mark.browser


async def a_year(database: Database, school: School, now: datetime) -> None:
    """Seventeen pupils of three classes before and after, and a pair with two pulses."""
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, school.id), now)
        known = []
        for name, count in (("8А", 8), ("8Б", 6), ("9А", 3)):
            known += await people(work, count, class_name=name)
        for n, one in enumerate(known):
            marks: dict[str, Value] = {"C01": 3 + n % 4, "C02": 6, "S02": 4 + n % 3, "S04": 7, "S16": n % 3}
            await fill(work, one, f"PRE_{PUPILS}", **marks)
            await fill(
                work, one, f"POST_{PUPILS}", **(marks | {"C01": 5 + n % 6, "S02": 6, "S04": 4, "S16": 2})
            )
        for one in known[:2]:
            session.add(build.address(one))
        await session.flush()
        places = [build.participation(known[0], Side.MENTOR, "stud_uch"), build.participation(known[1], Side.MENTEE, "stud_uch")]  # fmt: skip
        session.add_all(places)
        await session.flush()
        pair = build.pair(*places, announced_at=now, starts_on=work.today)
        session.add(pair)
        await session.flush()
        for days, marks in ((31, {"PULSE.1": 8, "PULSE.2": 7}), (61, {"PULSE.1": 3, "PULSE.3": "talk"})):
            later = Work(session, work.school, now + timedelta(days=days))
            await assignments.invite_due(later)
            for one in known[:2]:
                facts = await questionnaire_offers.offer(later, one.id, f"PULSE:{pair.id}")
                await questionnaire_offers.fill(later, one.id, facts, marks)


@pytest.mark.parametrize("width", [1280, 360])
async def test_the_curator_sums_up_and_reads_the_pulse(
    site: Site, database: Database, school: School, now: datetime, width: int
) -> None:
    await a_year(database, school, now)
    wrong = []
    async with site.window(width) as page:
        await site.enter(page)
        await page.goto(site.url + "/comparison")
        wrong += await look(page, "/comparison-before", width)
        await page.click("main form .btn-primary")
        assert "Таблица больше не изменится" in await page.inner_text("body")
        await page.click("main form .btn-bad")
        wrong += await look(page, "/comparison", width)
        await page.click("text=Класс 8А")
        wrong += await look(page, "/comparison-class", width)
        for path in ("/pulse", "/polls", "/questionnaires/HONEST", "/questionnaires/POST_UCH_UCH_MENTEE"):
            await page.goto(site.url + path)
            wrong += await look(page, path, width)
    assert wrong == []
    assert site.strangers == []

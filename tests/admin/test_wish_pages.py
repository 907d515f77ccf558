"""«Кого имели в виду?»: the curator reads wishes in free words and says whom they mean."""

from __future__ import annotations

import httpx2

from actions import questionnaires
from actions.work import Work
from program.roles import StaffRole
from storage import people, preferences, schools
from storage.database import Database
from tests.admin.conftest import Browsers
from tests.admin.world import furnish


async def test_the_curator_says_whom_a_wish_means_and_nobody_else_reads_it(
    browsers: Browsers, database: Database, curator: httpx2.AsyncClient
) -> None:
    world = await furnish(database, browsers.school, browsers.now)
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, browsers.school.id), browsers.now)
        mentee = await people.get(session, world.mentee)
        assert mentee
        given = {"INT_ME_P.1": "Цель", "INT_ME_P.2": ["talk"], "INT_ME_P.8": ["any"], "INT_ME_P.9": "Олежка"}
        await questionnaires.save(work, mentee, "INT_ME_P", 1, given, round="2026-2027")
    assert "Неясно, кого хотят в наставники" in (await curator.get("/")).text
    shown = (await curator.get("/wishes")).text
    assert "Олежка" in shown
    assert (await (await browsers.of(StaffRole.DIRECTOR)).get("/wishes")).status_code == 403
    where = shown.split('action="')[-1].split('"')[0]

    empty = await curator.post(where, data={"do": "keep"})
    assert empty.status_code == 409
    kept = await curator.post(where, data={"do": "keep", "other": str(world.mentor), "wish": "prefer"})
    assert kept.status_code == 303
    assert "Все пожелания разобраны" in (await curator.get("/wishes")).text
    async with database.reading() as session:
        found = await preferences.preferences(session, browsers.school.id, "2026-2027", "uch_uch")
    assert [list(others.values()) for others in found.by_mentee.values()] == [["prefer"]]

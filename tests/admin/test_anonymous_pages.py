"""Anonymous polls in the curator's browser: written, sent, counted by fives, never changed into something else."""

from __future__ import annotations

import httpx2

from actions import ballots
from actions.sealing import Box
from actions.work import Work
from storage import questionnaires as stored
from storage.database import Database
from storage.tables import School
from tests.actions.test_comparisons import people
from tests.admin.conftest import Browsers

HEAD = {"title": "Честно", "minutes": "2", "audience": "both", "anonymous": "yes"}
MARK = {"kind": "scale10", "text": "Насколько спокойно?", "low": "совсем нет", "high": "очень"}


async def body(database: Database, school: School) -> dict[str, object]:
    async with database.reading() as session:
        newest = await stored.newest(session, school.id, "OWN_1")
        assert newest is not None
        return dict(newest.body)


async def test_a_school_writes_an_anonymous_poll_and_cannot_unmask_it_later(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    await curator.post("/questionnaires", data={"title": "Честно", "of": ""})
    await curator.post("/questionnaires/OWN_1/edit/head", data=HEAD)
    words = {"kind": "text", "text": "Почему?", "reader": "curator", "limit": "300"}
    await curator.post("/questionnaires/OWN_1/edit/1", data=words)
    page = await curator.get("/questionnaires/OWN_1/edit")
    assert "Этого вопроса не может быть в анонимном опросе" in page.text
    assert (await curator.post("/questionnaires/OWN_1/publish")).status_code == 409
    await curator.post("/questionnaires/OWN_1/edit/1", data=MARK)
    await curator.post("/questionnaires/OWN_1/publish")
    assert (await body(database, school))["anonymous"] is True

    await curator.post("/questionnaires/OWN_1/edit")
    assert 'name="anonymous"' not in (await curator.get("/questionnaires/OWN_1/edit")).text
    await curator.post("/questionnaires/OWN_1/edit/head", data=HEAD | {"anonymous": "", "minutes": "3"})
    await curator.post("/questionnaires/OWN_1/publish")
    found = await body(database, school)
    assert (found["version"], found["anonymous"]) == (2, True)


async def test_the_page_counts_by_fives(browsers: Browsers, database: Database) -> None:
    curator = await browsers.of()
    async with database.transaction() as session:
        work = Work(session, await session.merge(browsers.school, load=False), browsers.now)
        known = [one.id for one in await people(work, 10)]
    form = {"closes_on": "2026-09-28"}
    assert (await curator.post("/questionnaires/HONEST/send", data=form)).status_code == 303
    box: Box = browsers.application.state.house.links.ballots
    for n, person_id in enumerate(known, 1):
        async with database.transaction() as session:
            work = Work(session, await session.merge(browsers.school, load=False), browsers.now)
            await ballots.cast(work, box, person_id, "HONEST", {"HONEST.1": 9, "HONEST.4": "no"})
        if n in (9, 10):
            page = await curator.get("/questionnaires/HONEST")
            assert f"Заполнили: {n}" in page.text
            assert ("посчитаны ответы: 5" in page.text) is (n == 10)
            assert ("9,00" in page.text) is (n == 10)

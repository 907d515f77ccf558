"""The programme of a group as the school reads it: everybody's words by name, for the curator alone."""

from __future__ import annotations

import html
import re

import httpx2
import pytest

from actions.work import Work
from program.plans import PlanState
from program.roles import StaffRole
from storage.database import Database
from storage.tables import School
from tests.actions.test_plan_document import words_of
from tests.actions.test_plan_groups import CHILDREN, OWN, Circle, furnished, joins
from tests.admin.conftest import Browsers
from tests.build import NOW


async def furnish_group(database: Database, school: School) -> Circle:
    """A group at work whose children have said everything, and one who joined later."""
    async with database.transaction() as session:
        scene, _ = await furnished(Work(session, await session.merge(school, load=False), NOW), "Ольга")
        await joins(scene, "Лев")
        return scene


async def test_the_curator_reads_every_child_by_name(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    scene = await furnish_group(database, school)
    page = html.unescape((await curator.get(f"/plans/{scene.pair.id}")).text)
    for part in OWN:
        assert [name for name in CHILDREN if f"{part} {name}" not in page] == []
    assert "Итог Марии (продолжить)" in page
    assert "Пришли позже" in page
    answer = await curator.post(f"/plans/{scene.pair.id}/yes", data={"person": str(scene["Лев"])})
    assert answer.status_code == 303
    assert "Пришли позже" not in (await curator.get(f"/plans/{scene.pair.id}")).text


async def test_the_form_and_the_comparison_hold_nobodys_own_words(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    scene = await furnish_group(database, school)
    page = (await curator.get(f"/plans/{scene.pair.id}")).text
    changes = page[page.index('id="h-changes"') : page.index('id="h-result"')]
    form = (await curator.get(f"/plans/{scene.pair.id}/edit")).text
    for words in (changes, form):
        assert not [part for part in OWN if f"{part} Аня" in words]


async def test_a_childs_copy_is_taken_out_for_that_child_alone(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    scene = await furnish_group(database, school)
    page = (await curator.get(f"/plans/{scene.pair.id}")).text
    assert len(re.findall(r"Экземпляр: ", page)) == 4
    answer = await curator.post(
        f"/plans/{scene.pair.id}/file", data={"number": "1", "person": str(scene["Аня"])}
    )
    words = words_of(answer.content)
    assert "Пожелание Аня" in words
    assert "Юля" not in words
    whole = await curator.post(f"/plans/{scene.pair.id}/file", data={"number": "1", "person": "x"})
    assert "Пожелание Юля" in words_of(whole.content)
    odd = await curator.post(f"/plans/{scene.pair.id}/file", data={"number": "1", "person": "999"})
    assert odd.status_code == 409


@pytest.mark.parametrize("role", [StaffRole.DIRECTOR])
async def test_the_director_reads_what_was_agreed_and_not_what_a_child_says(
    browsers: Browsers, database: Database, school: School, role: StaffRole
) -> None:
    scene = await furnish_group(database, school)
    browser = await browsers.of(role)
    page = (await browser.get(f"/plans/{scene.pair.id}")).text
    assert "Уверенно освоить" in page
    papers = [
        words_of((await browser.post(f"/plans/{scene.pair.id}/{what}", data={"person": str(person)})).content)
        for what in ("file", "report")
        for person in (0, scene["Аня"])
    ]
    for words in (page, *papers):
        assert not [part for part in ("Пожелание Аня", "Вышло Аня", "Итог Аня") if part in words]
    assert "Пожелания и слова наставляемых читают" in page


async def test_a_pair_of_two_has_no_copies_and_no_newcomers(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    from tests.admin.test_plan_pages import furnish

    ids = await furnish(database, school, PlanState.AGREED)
    page = (await curator.get(f"/plans/{ids.pair}")).text
    assert "Экземпляр" not in page
    assert "Пришли позже" not in page

"""«Материалы», «Неделя», «Напоминания» as the staff use them, without JavaScript."""

from __future__ import annotations

from datetime import datetime

import httpx2
import pytest

from actions import ideas, nudges
from actions.work import Work
from program.roles import StaffRole
from storage.database import Database
from storage.tables import JournalEntry, School, SchoolIdea
from tests.admin.conftest import Browsers
from tests.admin.world import furnish
from tests.conftest import rows
from tests.pairs import couple

OWN = {
    "title": "Наш музей", "words": "Сходите в зал № 3.\nВыберите одну вещь.", "minutes": "40",
    "forms": ["uchit_uch"], "grade_from": "5", "grade_to": "9",
}  # fmt: skip


async def test_a_school_adds_edits_and_hides_ideas(curator: httpx2.AsyncClient, database: Database) -> None:
    assert "Идеи для встреч" in (await curator.get("/directories")).text
    added = await curator.post("/materials", data=OWN)
    assert added.headers["location"] == "/materials?done=material#idea-own1"
    shown = (await curator.get("/materials")).text
    assert "Наш музей" in shown
    assert "5–9 классы" in shown
    assert "Наш музей" not in (await curator.get("/materials?form=uchit_uchit")).text
    assert "Наш музей" in (await curator.get("/materials?form=uchit_uch")).text

    await curator.post("/materials/own1", data=OWN | {"title": "Музей школы"})
    await curator.post("/materials/our_rules", data={"title": "Наши правила", "words": ""})
    await curator.post("/materials/three_facts/switch", data={"on": "no"})
    shown = (await curator.get("/materials")).text
    assert "Музей школы" in shown
    assert "Наши правила" in shown
    assert "не предлагается" in shown
    assert "Выберите из этого пять правил" in (await curator.get("/materials/our_rules")).text
    actions = [
        entry.action for entry in await rows(database, JournalEntry) if entry.action.startswith("idea.")
    ]  # type: ignore[attr-defined]
    assert actions == ["idea.added", "idea.edited", "idea.edited", "idea.off"]


async def test_words_as_shipped_are_not_kept_as_the_schools(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    page = (await curator.get("/materials/our_rules")).text
    words = page.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0]
    await curator.post(
        "/materials/our_rules", data={"title": "Правила нашей пары", "words": words.replace("\n", "\r\n")}
    )
    (row,) = await rows(database, SchoolIdea)
    assert isinstance(row, SchoolIdea)
    assert (row.title, row.words) == ("", "")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "Назовите идею."),
        ({"title": "а" * 41}, "40"),
        ({"title": "Правила нашей пары"}, "уже есть"),
        ({"words": ""}, "Напишите, что делать."),
        ({"minutes": "1"}, "5"),
        ({"grade_from": "9", "grade_to": "5"}, "Первый класс больше последнего."),
    ],
)
async def test_what_cannot_be_shown_is_refused_beside_its_field(
    curator: httpx2.AsyncClient, database: Database, changed: dict[str, str], sentence: str
) -> None:
    answer = await curator.post("/materials", data=OWN | changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert await rows(database, SchoolIdea) == []
    assert (await curator.get("/materials/nothing")).status_code == 404


async def test_how_often_an_idea_was_taken_is_a_count(
    curator: httpx2.AsyncClient, database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        ids = await couple(session, school)
        work = Work(session, await session.merge(school, load=False), now)
        for person in (ids.mentor, ids.mentee):
            await ideas.take(work, person, ids.pair, "our_rules")
    shown = (await curator.get("/materials")).text.split('id="idea-our_rules"')[1].split("</tr>")[0]
    assert '<td data-label="Взяли пар">1</td>' in shown
    assert "Лебедева" not in shown


async def test_a_director_reads_and_does_not_change(browsers: Browsers) -> None:
    director = await browsers.of(StaffRole.DIRECTOR)
    shown = await director.get("/materials")
    assert shown.status_code == 200
    assert "Добавить свою идею" not in shown.text
    assert "Скрыть" not in shown.text
    assert (await director.post("/materials", data=OWN)).status_code == 403


async def test_the_week_is_numbers_without_names_and_help_only_for_those_who_read_it(
    browsers: Browsers, curator: httpx2.AsyncClient, database: Database, school: School, now: datetime
) -> None:
    await furnish(database, school, now)
    assert 'href="/week"' in (await curator.get("/")).text
    shown = (await curator.get("/week")).text
    assert "Открытых обращений за помощью" in shown
    for name in ("Котова", "Рыжов", "Ветров", "Аня"):
        assert name not in shown
    director = await browsers.of(StaffRole.DIRECTOR)
    assert "Открытых обращений за помощью" not in (await director.get("/week")).text


async def test_each_reminder_can_be_switched_off_and_on(
    curator: httpx2.AsyncClient, database: Database, school: School, now: datetime
) -> None:
    assert "/settings/nudges" in (await curator.get("/settings")).text
    assert (await curator.get("/settings/nudges")).text.count(" checked") == 4
    await curator.post("/settings/nudges", data={"on": ["meetings"]})
    async with database.reading() as session:
        rules = nudges.rules_of(Work(session, await session.get_one(School, school.id), now))
    assert (rules.unfinished, rules.meetings, rules.digest) == (False, True, False)
    assert (await curator.get("/settings/nudges")).text.count(" checked") == 1

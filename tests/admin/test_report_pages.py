"""A report on a page: behind every number stand its people; titles, columns, plans are the curator's."""

from __future__ import annotations

import re
from html import unescape

import httpx2
import pytest
from sqlalchemy import update

from actions.work import Work
from program.roles import StaffRole
from storage import schools
from storage.database import Database
from storage.tables import Participation, School
from tests.actions.files import opened, table
from tests.actions.season import YEAR, seed_000
from tests.admin.conftest import Browsers


@pytest.fixture(autouse=True)
async def season(database: Database, school: School, now) -> None:  # type: ignore[no-untyped-def]
    async with database.transaction() as session:
        await seed_000(Work(session, await schools.get(session, school.id), now))


def links(text: str) -> list[tuple[int, str]]:
    """(number, where it leads) of every number that leads to people."""
    found = re.findall(r'<a href="(/reports/\w+/people\?[^"]+)">(\d+)<', text)
    return [(int(number), unescape(href)) for href, number in found]


async def test_behind_every_number_stand_as_many_people_or_pairs(browsers: Browsers) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    found = links((await curator.get("/reports/coverage")).text)
    assert len(found) > 40
    for number, href in found[::6]:
        text = (await curator.get(href)).text
        listed = len(re.findall(r'href="/(?:people|pairs)/\d+"', text))
        assert listed == number, href


async def test_the_list_of_a_number_names_what_it_is_of(browsers: Browsers) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    number, href = next(one for one in links((await curator.get("/reports/coverage")).text) if one[0] == 57)
    text = (await curator.get(href)).text
    assert "База наставляемых. Ученик – ученик. учащиеся. Участий: 57" in text
    assert (await curator.get(href.replace("row=", "row=99"))).status_code == 404
    assert (await curator.get(href.replace("sheet=0", "sheet=x"))).status_code == 404
    assert number == 57


async def test_who_may_not_know_names_gets_numbers_without_lists(browsers: Browsers) -> None:
    auditor = await browsers.of(StaffRole.AUDITOR)
    answer = await auditor.get("/reports/coverage")
    assert answer.status_code == 200
    assert links(answer.text) == []
    curator = await browsers.of(StaffRole.CURATOR)
    _, href = links((await curator.get("/reports/coverage")).text)[0]
    assert (await auditor.get(href)).status_code == 403


@pytest.mark.parametrize(
    "name", ["federal", "dynamics", "swot", "cond", "programmes", "work", "process", "note"]
)
async def test_every_report_has_a_page_that_prints_and_leads_back(browsers: Browsers, name: str) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    answer = await curator.get(f"/reports/{name}?part=h1")
    assert answer.status_code == 200
    assert "style=" not in answer.text
    assert answer.text.count("<h1") == 1
    assert ("Проверьте до скачивания" in answer.text) is (
        name in ("federal", "dynamics", "swot", "cond", "note")
    )
    for href in set(re.findall(r'href="(/reports/[^"]+)"', answer.text)):
        assert (await curator.get(unescape(href))).status_code == 200, href


async def test_a_day_that_cannot_be_is_said_beside_its_field(browsers: Browsers) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    for day in ("2031-01-01", "вчера"):
        answer = await curator.get(f"/reports/coverage?day={day}")
        assert answer.status_code == 422
        assert 'id="day-error"' in answer.text


async def test_on_an_earlier_day_nobody_was_in_the_base(browsers: Browsers) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    data = (await curator.post("/reports/coverage", data={"day": "2026-08-20"})).content
    assert table(data, "Т2 Обучающиеся", "Учебный год")[1][2] == 0
    assert (await curator.post("/reports/coverage", data={"day": "2026-13-20"})).status_code == 409


@pytest.mark.parametrize(("ending", "begins"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")])
async def test_a_report_comes_as_table_words_and_pdf(browsers: Browsers, ending: str, begins: bytes) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    answer = await curator.post("/reports/federal", data={"as": ending})
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert ending in answer.headers["content-disposition"]
    refused = await curator.post("/reports/mentees", data={"as": "pdf"})
    assert refused.status_code == 409


async def saved(curator: httpx2.AsyncClient, address: str, **changes: str | list[str]) -> httpx2.Response:
    """Posts the form of a page as it came, with these fields changed."""
    text = (await curator.get(address)).text
    text = text[text.index("<main") :]
    kept: dict[str, str | list[str]] = {}
    for one in re.findall(r"<input [^>]*>", text):
        name, value = re.search(r' name="([^"]*)"', one), re.search(r' value="([^"]*)"', one)
        if name and value and "checkbox" not in one:
            kept[name[1]] = unescape(value[1])
        elif name and value and " checked" in one:
            shown = kept.setdefault(name[1], [])
            assert isinstance(shown, list)
            shown.append(value[1])
    return await curator.post(address, data=kept | changes)


async def test_plans_totals_and_titles_are_the_curators(browsers: Browsers) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    wrong = await saved(curator, "/reports/own", **{"target-F1": "много"})
    assert wrong.status_code == 422
    assert 'href="#target-F1"' in wrong.text
    changes = {"total-pupils_10_19": "400", "target-F1": "12,5", "title-federal": "Показатели школы"}
    assert (await saved(curator, "/reports/own", **changes)).status_code == 303
    answer = await curator.post("/reports/federal")
    row = table(answer.content)[1]
    assert row[3] == 400
    assert row[5] == 12.5
    assert opened(answer.content).worksheets[0]["A1"].value == "Показатели школы"
    assert "Показатели школы" in (await curator.get("/reports")).text
    await saved(curator, "/reports/own", **{"target-F1": "", "title-federal": ""})
    row = table((await curator.post("/reports/federal")).content)[1]
    assert row[5] == 70


async def test_totals_of_a_year_that_is_over_are_put_right_without_touching_this_year(
    browsers: Browsers, database: Database, school: School
) -> None:
    old, curator = "2025-2026", await browsers.of(StaffRole.CURATOR)
    async with database.transaction() as session:
        await session.execute(update(Participation).where(Participation.id == 1).values(year=old))
    page = f"/reports/own?year={old}"
    assert (
        await saved(curator, page, **{"total-pupils": "600", "total-pupils_10_19": "450"})
    ).status_code == 303
    await saved(curator, "/reports/own", **{"total-pupils_10_19": "400"})
    shown = (await curator.get(page)).text
    assert 'value="600"' in shown
    assert 'value="450"' in shown
    for year, number in ((old, 450), (YEAR, 400)):
        assert table((await curator.post("/reports/federal", data={"year": year})).content)[1][3] == number
    async with database.reading() as session:
        kept = (await schools.get(session, school.id)).settings["reports"]["totals"]
    assert kept == {old: {"pupils": 600, "pupils_10_19": 450}, YEAR: {"pupils_10_19": 400}}


async def test_columns_are_named_moved_hidden_and_come_back(browsers: Browsers) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    before = table((await curator.post("/reports/mentees")).content)[0]
    changes: dict[str, str | list[str]] = {
        "title-1": "Ученик",
        "place-1": "13",
        "place-12": "2",
        "shown": ["0", "1", "7"],
    }
    assert (await saved(curator, "/reports/own/mentees", **changes)).status_code == 303
    rows = table((await curator.post("/reports/mentees")).content)
    assert rows[0] == ["№", "Форма наставничества", "Ученик"]
    assert rows[1][2].startswith("Ромашкин")
    none = await saved(curator, "/reports/own/mentees", shown=[])
    assert none.status_code == 422
    await saved(curator, "/reports/own/mentees", usual="yes")
    assert table((await curator.post("/reports/mentees")).content)[0] == before
    assert (await curator.get("/reports/own/secrets")).status_code == 404


async def test_only_the_curator_changes_what_reports_are_like(browsers: Browsers) -> None:
    director = await browsers.of(StaffRole.DIRECTOR)
    assert (await director.get("/reports/own")).status_code == 403
    assert (await director.get(f"/reports/coverage?year={YEAR}")).status_code == 200


async def test_where_no_marks_may_be_shown_a_sentence_stands_in_place_of_zeros(browsers: Browsers) -> None:
    text = (await (await browsers.of()).get("/reports")).text
    (figure,) = (one.split("</figure")[0] for one in text.split("<figure") if 'id="marks-said"' in one)
    assert "Показывать пока нечего" in figure
    assert "<svg" not in figure
    assert "<table" not in figure

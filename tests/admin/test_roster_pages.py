"""The import wizard as the curator uses it, without JavaScript: columns, corrections, the marked file, undo."""

from __future__ import annotations

import io
import re
from datetime import date

import httpx2
import openpyxl

from storage.database import Database
from storage.tables import Person
from tests.actions.files import xlsx
from tests.admin.conftest import Browsers
from tests.conftest import rows

BAD = [
    ["ФИО", "Класс", "Дата рождения", "Связь", "Прим."],
    ["Ромашкина Алиса", "8А", date(2012, 3, 5), "89001234567", "=1+1"],
    ["Подсолнухов", "8А", "05.03.12", "", "@SUM(1)"],
    ["Ландышева Вера", "8А", "01.01.2031", "", 5],
]


async def upload(browser: httpx2.AsyncClient, table: list[list[object]]) -> str:
    """The address of the check."""
    file = xlsx(("8А", table))
    page = await browser.post("/roster", files={"file": ("8А.xlsx", file, "x/y")})
    assert page.status_code == 200
    found = re.search(r'action="(/roster/\d+)/columns"', page.text)
    assert found
    return found[1]


def field(text: str, row: int, what: str) -> str:
    found = re.search(rf'name="(fix\|{row}\|{what}\|[^"]*)"', text)
    assert found, (row, what)
    return found[1]


async def people(database: Database) -> list[tuple[str, date | None, str]]:
    found = [one for one in await rows(database, Person) if isinstance(one, Person)]
    return [(one.full_name, one.birth_date, one.phone) for one in found]


async def test_bad_cells_are_put_right_on_the_page_and_checked_again(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    check = await upload(curator, BAD)
    text = (await curator.get(check)).text
    assert "Впишите фамилию и имя (1)" in text
    assert "Проверьте дату рождения (1)" in text
    typed = {field(text, 3, "full"): "Подсолнухов Тимур", field(text, 4, "born"): "01.01.2021x"}
    sent = await curator.post(f"{check}/fix", data=typed)
    assert sent.status_code == 303
    text = (await curator.get(check)).text
    assert "Впишите фамилию и имя" not in text
    assert "01.01.2021x" in text  # what was typed stands there to be corrected
    await curator.post(f"{check}/fix", data={field(text, 4, "born"): "01.02.2012", "fix|9|full|8А": "Чужая"})
    done = await curator.post(check, data={"kinds": ["new"], "choice": "1"})
    assert done.headers["location"] == "/people?state=invited&done=imported"
    assert await people(database) == [
        ("Ромашкина Алиса", date(2012, 3, 5), ""),
        ("Подсолнухов Тимур", date(2012, 3, 5), ""),
        ("Ландышева Вера", date(2012, 2, 1), ""),
    ]


async def test_a_column_gets_its_meaning_on_the_page_and_keeps_it_for_the_next_file(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    check = await upload(curator, BAD[:2])
    text = (await curator.get(check)).text
    assert "89001234567" in text  # an example
    assert re.search(r'<option value="skip" selected>', text)
    await curator.post(f"{check}/columns", data={"column-3": "phone", "header-0": "1", "category": ""})
    await curator.post(check)
    assert await people(database) == [("Ромашкина Алиса", date(2012, 3, 5), "+79001234567")]
    check = await upload(curator, [BAD[0], ["Ландышева Вера", "8А", "", "89001234568", ""]])
    await curator.post(check)
    assert (await people(database))[1] == ("Ландышева Вера", None, "+79001234568")


async def test_a_file_without_known_titles_is_read_once_its_header_is_named(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    check = await upload(curator, [["Кто", "Где учится"], ["Ромашкина Алиса", "8А"]])
    await curator.post(f"{check}/columns", data={"header-0": "1"})
    await curator.post(f"{check}/columns", data={"header-0": "1", "column-0": "full", "column-1": "class"})
    assert "Новые (1)" in (await curator.get(check)).text
    assert await people(database) == []


async def test_their_own_file_comes_back_with_marked_cells_and_no_formulas(
    curator: httpx2.AsyncClient,
) -> None:
    check = await upload(curator, BAD)
    answer = await curator.get(f"{check}/copy")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["8А"]
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows(max_row=1)] == [BAD[0][:3]]
    marked = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert marked == {"A3", "C4"}
    assert sheet["A3"].fill.start_color.rgb == "FFFFC7CE"
    assert "Впишите фамилию и имя" in sheet["A3"].comment.text
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert (sheet["E2"].value, sheet["E3"].value) == ("=1+1", "@SUM(1)")


async def test_an_import_is_taken_back_with_one_button(
    curator: httpx2.AsyncClient, database: Database, browsers: Browsers
) -> None:
    await curator.post(await upload(curator, BAD))
    page = (await curator.get("/roster")).text
    assert "Из списка уйдут: 1" in page
    found = re.search(r'action="(/roster/\d+/undo)"', page)
    assert found
    assert (await curator.post(found[1])).headers["location"] == "/roster?done=import-undone"
    assert await people(database) == []
    assert (await curator.post(found[1])).status_code == 404


async def test_whoever_the_file_lacks_is_named_and_nothing_ticked_loads_nothing(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    await curator.post(await upload(curator, BAD))
    check = await upload(curator, [BAD[0], ["Ландышева Вера", "8А", "", "", ""]])
    text = (await curator.get(check)).text
    assert "Есть в программе, но нет в файле (1)" in text
    assert "Ромашкина Алиса, 8А</label>" in text
    assert (await curator.post(check, data={"choice": "1"})).status_code == 409
    assert len(await people(database)) == 1

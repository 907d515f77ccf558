"""Lists that behave like Excel: sorting by the head, several filters, bookmarks, saved views, the file of the screen."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import httpx2
import openpyxl
import pytest

from program.roles import Category, StaffRole
from storage.database import Database
from storage.tables import JournalEntry, SavedView
from tests.admin.conftest import Browsers
from tests.admin.world import World, furnish
from tests.both import database as database
from tests.build import person
from tests.conftest import rows

NAMES = ("Яшин", "Ёлкин", "Ежов", "Жуков", "елагин", "Абрамов")
IN_ORDER = ["Абрамов", "Ежов", "елагин", "Ёлкин", "Жуков", "Яшин"]


@pytest.fixture
async def class_of_six(browsers: Browsers, database: Database) -> None:
    async with database.transaction() as session:
        for number, name in enumerate(NAMES):
            one = person(browsers.school, "Аня", name, class_name=f"{number + 6}А")
            one.created_at = browsers.now - timedelta(days=number)
            session.add(one)


def shown(page: str) -> list[str]:
    """Surnames in the order of the rows."""
    return [name.split()[0] for name in re.findall(r'id="who-\d+"[^>]*>([^<]+)<', page)]


async def sheet(browser: httpx2.AsyncClient, query: str) -> list[list[str]]:
    answer = await browser.post(f"/people/file?{query}")
    assert answer.status_code == 200, answer.text
    found = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert found is not None
    return [[str(cell) for cell in row if cell is not None] for row in found.iter_rows(values_only=True)]


async def test_russian_names_stand_in_the_order_of_the_alphabet(
    curator: httpx2.AsyncClient, class_of_six: None
) -> None:
    assert shown((await curator.get("/people")).text) == IN_ORDER
    assert shown((await curator.get("/people?sort=-name")).text) == IN_ORDER[::-1]


async def test_a_press_on_the_head_sorts_and_a_second_one_turns_the_order_round(
    curator: httpx2.AsyncClient, class_of_six: None
) -> None:
    first = (await curator.get("/people?side=&q=аня")).text
    assert 'aria-sort="ascending"><a href="?q=%D0%B0%D0%BD%D1%8F&amp;sort=-name">' in first
    by_class = (await curator.get("/people?sort=class")).text
    assert shown(by_class) == list(NAMES), "6А stands before 10А"
    assert 'aria-sort="ascending"><a href="?sort=-class">' in by_class
    assert by_class.count("aria-sort=") == 1
    assert shown((await curator.get("/people?sort=-class")).text) == list(NAMES)[::-1]


@pytest.mark.parametrize("sort", ["places", "consent", "channel", "since", "-since", "phone", "x'; --", "-"])
async def test_every_head_can_be_pressed_and_nothing_else_breaks_the_list(
    curator: httpx2.AsyncClient, world: World, sort: str
) -> None:
    answer = await curator.get("/people", params={"sort": sort})
    assert answer.status_code == 200
    assert "Ветров" in answer.text


async def test_several_filters_hold_at_once_and_each_can_be_taken_off(
    curator: httpx2.AsyncClient, class_of_six: None
) -> None:
    page = (await curator.get("/people?since_from=2026-09-12&since_to=2026-09-14&q=я")).text
    assert shown(page) == ["Ежов", "Ёлкин", "Жуков"]
    assert "В списке с: с 12.09.2026 по 14.09.2026" in page
    assert 'href="?q=%D1%8F" aria-label="Убрать условие «В списке с' in page


async def test_what_cannot_be_read_does_not_narrow(curator: httpx2.AsyncClient, class_of_six: None) -> None:
    odd = "since_from=вчера&class_name=99Ъ&status=x&page=99999999&sort=__class__"
    assert shown((await curator.get(f"/people?{odd}")).text) == IN_ORDER


async def test_a_page_past_the_end_is_the_last_one(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    async with database.transaction() as session:
        session.add_all(person(browsers.school, "Аня", f"Ёлкина{n:03}") for n in range(60))
    page = (await curator.get("/people?page=7")).text
    assert "Страница 2 из 2" in page
    assert len(shown(page)) == 10


async def test_the_file_is_what_is_on_the_screen_and_says_how_it_was_narrowed(
    curator: httpx2.AsyncClient, class_of_six: None, database: Database
) -> None:
    cells = await sheet(curator, "q=аня&sort=-name&since_from=2026-09-12")
    heads = next(number for number, row in enumerate(cells) if row[:2] == ["Имя", "Класс, должность"])
    above = [cell for row in cells[:heads] for cell in row]
    assert "Отбор: Имя, класс или телефон: аня; В списке с: с 12.09.2026" in above
    assert "Порядок: Имя, по убыванию" in above
    assert [row[0].split()[0] for row in cells[heads + 1 :] if row] == ["Яшин", "Жуков", "Ёлкин", "Ежов"]
    (line,) = await rows(database, JournalEntry, action="table.downloaded")
    assert isinstance(line, JournalEntry)
    assert line.after == {"table": "people", "rows": 4, "by": ["q", "since_from"]}, "never what was typed"


async def test_the_file_has_widths_frozen_heads_a_filter_and_prints_on_a4(
    curator: httpx2.AsyncClient, class_of_six: None
) -> None:
    answer = await curator.post("/people/file")
    found = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert found is not None
    assert found.freeze_panes is not None
    assert found.auto_filter.ref
    assert (found.page_setup.paperSize, found.page_setup.orientation) == ("9", "landscape") or (
        found.page_setup.paperSize,
        found.page_setup.orientation,
    ) == (9, "landscape")
    assert found.print_title_rows
    assert "персональные данные" in (found.oddFooter.left.text or "")


async def test_a_hostile_name_is_never_a_formula(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    names = ('=HYPERLINK("http://bad.test";"x")', "+7(900)", "-1+1", "@SUM(A1)", "\t=1+1", "http://bad.test")
    async with database.transaction() as session:
        session.add_all(
            person(browsers.school, "Аня", name, position=name, category=Category.TEACHER, class_name="")
            for name in names
        )
    answer = await curator.post("/people/file")
    found = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert found is not None
    cells = [cell for row in found.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not [cell.coordinate for cell in cells if cell.hyperlink]
    assert sum("HYPERLINK" in str(cell.value) for cell in cells) == 2
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@")))


async def test_a_class_teacher_downloads_the_own_class_only(browsers: Browsers, class_of_six: None) -> None:
    teacher = await browsers.of(StaffRole.CLASS_TEACHER)  # of 8А
    cells = await sheet(teacher, "class_name=6А&state=")
    assert "Отбор: класс 8А" in [cell for row in cells for cell in row]
    assert [row[0] for row in cells if row and row[0].endswith(" Аня")] == ["Ежов Аня"]


# --- saved views ---


async def test_a_view_is_saved_renamed_shared_and_deleted(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database, class_of_six: None
) -> None:
    form = {
        "page": "people",
        "name": "  6-е   без согласия ",
        "query": "q=Яшин&consent=missing&sort=-class&page=3",
    }
    saved = await curator.post("/views", data=form)
    assert saved.headers["location"] == "/people?consent=missing&sort=-class&done=view-saved"
    (view,) = await rows(database, SavedView)
    assert isinstance(view, SavedView)
    assert (view.name, view.query, view.shared) == ("6-е без согласия", "consent=missing&sort=-class", False)
    page = (await curator.get("/people?consent=missing&sort=-class")).text
    assert 'href="/people?consent=missing&amp;sort=-class" aria-current="page">6-е без согласия' in page

    colleague = await browsers.of(StaffRole.DIRECTOR)
    assert "6-е без согласия" not in (await colleague.get("/people")).text
    await curator.post(f"/views/{view.id}", data={f"name-{view.id}": "Без согласия", "shared": "yes"})
    assert "Без согласия" in (await colleague.get("/people")).text
    assert (await colleague.post(f"/views/{view.id}/remove")).status_code == 404, "only the author's"
    assert (await colleague.post(f"/views/{view.id}", data={f"name-{view.id}": "x"})).status_code == 404

    done = await curator.post(f"/views/{view.id}/remove", data={"sure": "yes"})
    assert done.headers["location"] == "/views?page=people&done=view-removed"
    assert await rows(database, SavedView) == []


async def test_a_view_of_another_school_is_not_there(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database, other_school: object
) -> None:
    await curator.post(
        "/views", data={"page": "people", "name": "Шестые", "query": "sort=class", "shared": "yes"}
    )
    (view,) = await rows(database, SavedView)
    assert isinstance(view, SavedView)
    stranger = await browsers.of(StaffRole.CURATOR, other_school)  # type: ignore[arg-type]
    assert "Шестые" not in (await stranger.get("/people")).text
    assert (await stranger.post(f"/views/{view.id}/remove")).status_code == 404


@pytest.mark.parametrize(("name", "sentence"), [("", "Назовите вид"), ("Мой", "Назовите иначе")])
async def test_a_view_without_a_name_or_with_one_that_is_taken_is_asked_again(
    curator: httpx2.AsyncClient, name: str, sentence: str
) -> None:
    await curator.post("/views", data={"page": "people", "name": "Мой", "query": ""})
    answer = await curator.post("/views", data={"page": "people", "name": name, "query": "sort=class"})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="sort=class"' in answer.text
    assert "<title>Ошибка:" in answer.text


async def test_only_lists_can_be_saved(curator: httpx2.AsyncClient) -> None:
    assert (await curator.post("/views", data={"page": "today", "name": "x"})).status_code == 404
    for odd in ("settings", "quiz", "plan", "person", ""):
        assert (await curator.get(f"/views?page={odd}")).status_code == 404


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)

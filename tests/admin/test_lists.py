"""Every list of the admin: each head can be pressed, every filter used, the file holds what the screen holds."""

from __future__ import annotations

import html
import io
import re

import httpx2
import openpyxl
import pytest

from storage.database import Database
from tests.admin.conftest import Browsers
from tests.admin.world import World, furnish
from tests.both import database as database

# The list, and something that stands in one of its rows.
LISTS = {
    "/people": "Котова",
    "/consents": "Рыжов",
    "/pairs": "Котова",
    "/pairs?show=ended": None,
    "/meetings/table": "Котова",
    "/messages?state=failed": "Рыжов",
    "/selection": "Лугова",
    "/queue": "Зимин",
    "/plans": "Котова",
    "/questionnaires": None,
    "/invitations": None,
    "/journal": "Котова",
}
_BODY = re.compile(r"<tbody>.*?</tbody>", re.DOTALL)


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


def body(page: str) -> str:
    """What stands in the rows of its tables."""
    return html.unescape(" ".join(_BODY.findall(page)))


async def sheet(browser: httpx2.AsyncClient, address: str) -> list[list[str]]:
    path, _, query = address.partition("?")
    answer = await browser.post(f"{path}/file?{query}")
    assert answer.status_code == 200, answer.text[:500]
    found = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert found is not None
    assert found.freeze_panes is not None
    return [[str(cell) for cell in row if cell is not None] for row in found.iter_rows(values_only=True)]


@pytest.mark.parametrize("address", LISTS)
async def test_a_list_sorts_by_every_head_and_its_file_holds_the_same(
    curator: httpx2.AsyncClient, world: World, address: str
) -> None:
    if address == "/questionnaires":
        await curator.post("/questionnaires/INT_E/send", data={"closes_on": "2026-09-25"})
    answer = await curator.get(address)
    assert answer.status_code == 200, answer.text[-800:]
    known = LISTS[address]
    keys = set(re.findall(r'<option value="(-?\w+)"[^>]*>[^<]*: по (?:воз|убы)', answer.text))
    assert len(keys) >= 4, "each head both ways"
    for key in sorted(keys):
        sorted_ = await curator.get(address + ("&" if "?" in address else "?") + f"sort={key}")
        assert sorted_.status_code == 200, key
        if known:
            assert known in body(sorted_.text), key
    cells = await sheet(curator, address)
    assert any("Отбор" in cell for row in cells for cell in row)
    if known:
        assert any(known in cell for row in cells for cell in row)


@pytest.mark.parametrize("address", [one for one, known in LISTS.items() if known])
async def test_every_choice_of_every_filter_can_be_made(
    curator: httpx2.AsyncClient, world: World, address: str
) -> None:
    page = (await curator.get(address)).text
    path, _, _query = address.partition("?")
    form = page[page.index(f'method="get" action="{path}"') :]
    form = form[: form.index("</form>")]
    tried = 0
    for name, options in re.findall(r'<select [^>]*name="(\w+)">(.*?)</select>', form, re.DOTALL):
        for value in re.findall(r'value="([^"]+)"', options)[:4]:
            answer = await curator.get(path, params={name: html.unescape(value)})
            assert answer.status_code == 200, (name, value)
            tried += 1
    for name, kind in re.findall(r'name="(\w+_(?:from|to|min|max))"[^>]*type="(\w+)"', form):
        for value in ("2026-09-15" if kind == "date" else "1", "x"):
            assert (await curator.get(path, params={name: value})).status_code == 200
    assert (await curator.get(path, params={"q": "Такой Фамилии Нет"})).status_code == 200
    assert tried


async def test_words_narrow_pairs_meetings_and_consents(curator: httpx2.AsyncClient, world: World) -> None:
    for path in ("/pairs", "/meetings/table"):
        assert "Котова" in body((await curator.get(path, params={"q": "котова"})).text)
        assert "Котова" not in body((await curator.get(path, params={"q": "снегирева"})).text)
    assert "Рыжов" in body((await curator.get("/consents?q=рыжов&class_name=8А")).text)
    assert "Рыжов" not in body((await curator.get("/consents?q=котова")).text)


async def test_who_was_asked_and_has_not_answered_stands_in_a_list_and_nobody_of_an_anonymous_poll(
    curator: httpx2.AsyncClient, world: World, browsers: Browsers, database: Database
) -> None:
    await curator.post("/questionnaires/INT_E/send", data={"closes_on": "2026-09-25"})
    waits = body((await curator.get("/questionnaires/INT_E/people?state=waits&sort=-asked")).text)
    assert "Котова" in waits
    assert "ответа пока нет" in waits
    assert "Котова" not in body((await curator.get("/questionnaires/INT_E/people?state=answered")).text)
    answer = await curator.post("/questionnaires/INT_E/people/file?state=waits")
    found = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert found is not None
    assert any("Котова" in str(cell.value) for row in found.iter_rows() for cell in row)
    assert (await curator.get("/questionnaires/HONEST/people")).status_code == 404
    assert (await curator.post("/questionnaires/HONEST/people/file")).status_code == 404

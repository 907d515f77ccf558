"""«Справочники» as the curator uses them: words, order, on and off, without JavaScript."""

from __future__ import annotations

import httpx2
import pytest

from program.directories import Directory
from program.roles import StaffRole
from storage.database import Database
from storage.tables import DirectoryEntry, School
from tests.admin.conftest import Browsers
from tests.conftest import rows


@pytest.mark.parametrize("directory", Directory)
async def test_every_directory_has_its_page(curator: httpx2.AsyncClient, directory: Directory) -> None:
    page = await curator.get(f"/directories/{directory}")
    assert page.status_code == 200
    assert "Добавить своё" in page.text


async def test_a_model_is_explained_in_the_schools_words(curator: httpx2.AsyncClient) -> None:
    shown = (await curator.get("/directories/model/flash")).text
    assert "Одна встреча или беседа на одну тему" in shown
    saved = await curator.post(
        "/directories/model/flash", data={"label": "", "about": "Встреча в музее.", "plus": ""}
    )
    assert saved.headers["location"] == "/directories/model?done=directory#line-flash"
    page = (await curator.get("/directories/model")).text
    assert "Встреча в музее." in page
    assert "изменено школой" in page
    again = (await curator.get("/directories/model/flash")).text
    assert "В поставке: Одна встреча" in again


async def test_a_role_model_is_added_with_two_names_and_offered_to_a_group(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    wrong = await curator.post(
        "/directories/role_model",
        data={"parent": "uch_uch", "label": "Сильный – отстающий", "shown": "Отстающий"},
    )
    assert wrong.status_code == 422
    assert "может обидеть" in wrong.text
    assert 'value="Сильный – отстающий"' in wrong.text
    data = {"parent": "uch_uch", "label": "Сильный – отстающий", "shown": "Вместе сильнее"}
    assert (await curator.post("/directories/role_model", data=data)).status_code == 303
    (row,) = await rows(database, DirectoryEntry)
    assert isinstance(row, DirectoryEntry)
    assert (row.slug, row.parent, row.shown) == ("uch_uch.own1", "uch_uch", "Вместе сильнее")
    assert "Вместе сильнее" in (await curator.get("/directories/role_model")).text


async def test_a_line_moves_and_is_switched_off_by_plain_forms(curator: httpx2.AsyncClient) -> None:
    await curator.post("/directories/type/indirect/move", data={"by": "up"})
    await curator.post("/directories/type/collective/switch", data={"on": "no"})
    page = (await curator.get("/directories/type")).text
    assert page.index("Опосредованное") < page.index("Прямое")
    assert "выключено" in page
    await curator.post("/directories/type/collective/switch", data={"on": "yes"})
    assert "выключено" not in (await curator.get("/directories/type")).text


async def test_a_requirement_gets_its_forms_and_months(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    data = {"label": "Инструктаж", "months": "6", "forms": ["uch_uch"], "categories": ["pupil"]}
    assert (await curator.post("/directories/requirement", data=data)).status_code == 303
    (row,) = await rows(database, DirectoryEntry)
    assert isinstance(row, DirectoryEntry)
    assert row.extra == {"kind": "tick", "forms": ["uch_uch"], "categories": ["pupil"], "months": 6}
    odd = await curator.post("/directories/requirement", data={"label": "Ещё", "months": "сто"})
    assert odd.status_code == 422
    kept = {"label": "", "months": "24", "forms": [], "categories": ["alumnus"]}
    await curator.post("/directories/requirement/outside_check", data=kept)
    page = (await curator.get("/directories/requirement/outside_check")).text
    assert 'value="24"' in page


async def test_what_is_typed_is_shown_as_text(curator: httpx2.AsyncClient) -> None:
    await curator.post(
        "/directories/glossary", data={"label": "<b>Слово</b>", "about": "<script>alert(1)</script>"}
    )
    page = (await curator.get("/directories/glossary")).text
    assert "&lt;b&gt;Слово" in page
    assert "<script>alert" not in page


async def test_a_too_long_explanation_is_not_cut_silently(curator: httpx2.AsyncClient) -> None:
    answer = await curator.post("/directories/glossary", data={"label": "Слово", "about": "о" * 601})
    assert answer.status_code == 422


async def test_an_unknown_directory_or_line_is_not_there(curator: httpx2.AsyncClient) -> None:
    for path in ("/directories/nothing", "/directories/model/nothing"):
        assert (await curator.get(path)).status_code == 404
        assert (await curator.post(path, data={"label": "Да"})).status_code == 404


async def test_a_school_does_not_see_anothers_words(
    browsers: Browsers, curator: httpx2.AsyncClient, other_school: School
) -> None:
    await curator.post("/directories/glossary", data={"label": "Наше слово", "about": "Наше."})
    theirs = await browsers.of(StaffRole.CURATOR, other_school)
    assert "Наше слово" not in (await theirs.get("/directories/glossary")).text
    assert (await theirs.get("/directories/glossary/own1")).status_code == 404

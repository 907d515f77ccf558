"""A school's own form in the admin: added on the page of forms, then shown under its name everywhere."""

from __future__ import annotations

import httpx2
from sqlalchemy import select, update

from program.roles import StaffRole
from storage.database import Database
from storage.tables import Pair, Participation
from tests.admin.conftest import Browsers
from tests.admin.world import furnish

CLUB, SLUG = "Олимпиадный клуб", "uch_uch.own1"


async def test_an_own_form_is_added_and_its_people_are_shown_on_every_page(
    browsers: Browsers, database: Database, curator: httpx2.AsyncClient
) -> None:
    world = await furnish(database, browsers.school, browsers.now)
    page = (await curator.get("/directories/form")).text
    assert "Больше всего похожа на" in page
    nothing = await curator.post("/directories/form", data={"label": CLUB})
    assert nothing.status_code == 422
    assert "Выберите форму наставничества" in nothing.text
    data = {"label": CLUB, "parent": "uch_uch", "about": "Решаем задачи вместе."}
    assert (await curator.post("/directories/form", data=data)).status_code == 303
    async with database.transaction() as session:
        await session.execute(update(Participation).values(form=SLUG))
        await session.execute(update(Pair).values(form=SLUG))
        mentor_place = await session.scalar(select(Participation.id).where(Participation.side == "mentor"))

    for path in (
        "/settings", "/people", f"/people/{world.mentor}", "/pairs", f"/pairs/{world.active}", "/selection",
        f"/selection/{mentor_place}", "/selection?form=uch_uch.own1", f"/matching?form={SLUG}", "/groups", "/news/new",
        "/settings/ages", "/directories/requirement", "/questionnaires/INT_E", f"/directories/form/{SLUG}",
    ):  # fmt: skip
        shown = await curator.get(path)
        assert shown.status_code == 200, path
        assert CLUB in shown.text, path
    for path in ("/", "/announce", "/meetings", "/reports", "/questionnaires", "/people/paper"):
        assert (await curator.get(path)).status_code < 500, path
    pair = (await curator.get(f"/pairs/{world.active}")).text
    assert "Решаем задачи вместе." in pair
    ages = await curator.post("/settings/ages", data={f"{SLUG}-mentee-from": "12"})
    assert ages.status_code == 303
    renamed = await curator.post(f"/directories/form/{SLUG}", data={"label": "Клуб задач", "about": "Да."})
    assert renamed.status_code == 303
    assert "Клуб задач" in (await curator.get("/pairs")).text
    assert (await curator.post("/matching/suggest", data={"form": SLUG})).status_code in (303, 404, 405, 409)


async def test_the_settings_explain_forms_and_models(browsers: Browsers, curator: httpx2.AsyncClient) -> None:
    page = (await curator.get("/settings")).text
    assert "Что это такое: Ученик – ученик" in page
    assert "Добавить свою форму" in page
    sysadmin = await browsers.of(StaffRole.SYSADMIN)
    assert "Добавить свою форму" not in (await sysadmin.get("/settings")).text

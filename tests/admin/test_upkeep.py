"""Broken channels stand on «Сегодня»; a copy is a press away, and goes out only to two roles, with a line in the journal."""

from __future__ import annotations

import zipfile
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from actions import upkeep
from actions.links import Links
from admin.application import build
from app.copies import Shelf
from app.settings import load
from program.channels import Channel
from program.roles import StaffRole
from program.text import Text
from storage.database import Database
from storage.tables import JournalEntry, School
from tests import build as rows
from tests.admin.conftest import HOST, Browsers, Clock


@pytest.fixture
async def kept(database: Database, school: School, clock: Clock, tmp_path: Path) -> AsyncIterator[Browsers]:
    """Browsers of an admin that can make copies."""
    values = {
        "NASTAVNIK_DATA_DIR": str(tmp_path / "data"),
        "NASTAVNIK_DATABASE_URL": database.url,
    }
    shelf = Shelf(load(values, tmp_path / "no.env"), clock)
    links = Links(HOST, "secret", telegram_bot="nastavnik_bot", vk_group="school1")
    application = build(database, clock, links, secure_cookies=True, wake=clock.wake, copies=shelf)
    made = Browsers(application, database, school, clock())
    yield made
    for browser in made.opened:
        await browser.aclose()


async def taken(database: Database) -> list[str]:
    async with database.reading() as session:
        found = await session.scalars(
            select(JournalEntry.action)
            .where(JournalEntry.action.startswith("copy."))
            .order_by(JournalEntry.id)
        )
        return list(found)


async def test_a_copy_is_made_in_a_press_read_about_and_taken_with_a_line_in_the_journal(
    kept: Browsers, database: Database
) -> None:
    curator = await kept.of()
    assert "Резервной копии ещё нет" in (await curator.get("/")).text
    assert (await curator.post("/settings/upkeep/copy")).status_code == 303
    text = (await curator.get("/")).text
    assert "Если компьютер сломается" not in text
    shelf = kept.application.state.house.copies
    (copy,) = shelf.listed()
    for method in (curator.get, curator.post):
        assert (await method(f"/settings/upkeep/copy/{copy.name}")).status_code == 403, "the key is in it"
    sysadmin = await kept.of(StaffRole.SYSADMIN)
    page = await sysadmin.get(f"/settings/upkeep/copy/{copy.name}")
    assert "личные данные всех участников" in page.text
    assert await taken(database) == ["copy.made"]
    answer = await sysadmin.post(f"/settings/upkeep/copy/{copy.name}")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "manifest.json" in zipfile.ZipFile(BytesIO(answer.content)).namelist()
    assert await taken(database) == ["copy.made", "copy.taken"]


async def test_nobody_else_makes_or_takes_a_copy_and_no_other_file_goes_out(kept: Browsers) -> None:
    await (await kept.of()).post("/settings/upkeep/copy")
    (copy,) = kept.application.state.house.copies.listed()
    for role in set(StaffRole) - {StaffRole.CURATOR, StaffRole.SYSADMIN}:
        browser = await kept.of(role)
        for route in ("/settings/upkeep/copy", f"/settings/upkeep/copy/{copy.name}"):
            assert (await browser.post(route)).status_code == 403
    sysadmin = await kept.of(StaffRole.SYSADMIN)
    assert (await sysadmin.post(f"/settings/upkeep/copy/{copy.name}")).status_code == 200
    for name in ("no.env", "..%2Ftest.db", "nastavnik-20200101-000000.zip"):
        assert (await sysadmin.post(f"/settings/upkeep/copy/{name}")).status_code in (404, 405)


async def test_where_several_schools_share_an_installation_no_copy_is_made_or_goes_out(
    kept: Browsers, database: Database, now: datetime, clock: Clock
) -> None:
    sysadmin = await kept.of(StaffRole.SYSADMIN)
    await sysadmin.post("/settings/upkeep/copy")
    (copy,) = kept.application.state.house.copies.listed()
    async with database.transaction() as session:
        session.add(rows.school("second", now=now, name="Школа № 2"))
    assert (await sysadmin.get(f"/settings/upkeep/copy/{copy.name}")).status_code == 409
    assert (await sysadmin.post(f"/settings/upkeep/copy/{copy.name}")).status_code == 409
    for browser in (sysadmin, await kept.of()):
        assert (await browser.post("/settings/upkeep/copy")).status_code == 409
        page = (await browser.get("/settings/upkeep")).text
        assert "Сделать копию" not in page
        assert "тот, кто обслуживает сервер" in page
    clock.now += timedelta(days=3)
    today = (await (await kept.of()).get("/")).text
    assert "Резервной копии больше двух дней" in today
    assert "Сделать копию" not in today
    assert kept.application.state.house.copies.listed() == [copy]
    assert await taken(database) == ["copy.made"]


async def test_a_copy_older_than_two_days_is_asked_for_and_only_the_newest_stay(
    kept: Browsers, clock: Clock
) -> None:
    curator = await kept.of()
    for _ in range(9):
        await curator.post("/settings/upkeep/copy")
        clock.now += timedelta(hours=1)
    shelf = kept.application.state.house.copies
    assert len(shelf.listed()) == 7
    clock.now += timedelta(days=2)
    again = await kept.of()
    assert "Резервной копии больше двух дней" in (await again.get("/")).text
    clock.now += timedelta(days=29)
    shelf.tidy()  # who asked for erasure a month ago must not live on in a copy
    assert shelf.listed() == []


async def test_a_disk_that_is_nearly_full_is_said_to_who_looks_after_the_programme(
    kept: Browsers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir(exist_ok=True)
    free = 900_000_000

    def usage(_: object) -> SimpleNamespace:
        return SimpleNamespace(free=free)

    monkeypatch.setattr("app.copies.shutil.disk_usage", usage)
    curator, teacher = await kept.of(), await kept.of(StaffRole.CLASS_TEACHER)
    for page in ("/", "/settings/upkeep"):
        assert "На диске сервера" not in (await curator.get(page)).text
    free = 41_000_000
    for page in ("/", "/settings/upkeep"):
        assert "На диске сервера осталось 41 МБ" in (await curator.get(page)).text
    assert "На диске сервера" not in (await teacher.get("/")).text


async def test_a_broken_channel_is_a_red_line_with_its_cause_in_words(
    kept: Browsers, database: Database, clock: Clock
) -> None:
    async with database.transaction() as session:
        wrong = [Text("upkeep-telegram-token")]
        await upkeep.note_channel(session, Channel.TELEGRAM, upkeep.ASKED, wrong, clock())
    curator = await kept.of()
    text = (await curator.get("/")).text
    assert "Не работает Telegram" in text
    assert "Telegram не принимает ключ бота" in text
    assert "Проверить ещё раз" in text
    teacher = await kept.of(StaffRole.CLASS_TEACHER)
    assert "Не работает" not in (await teacher.get("/")).text
    assert (await curator.post("/settings/upkeep/check")).status_code == 303

"""A school signs its numbers, the coordinator takes them in: forged, old and double files are refused; RP19 and RP20."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import Any

import httpx2
import openpyxl
import pytest

from actions import comparisons
from actions.work import Work
from program.report_settings import ReportSettings
from program.roles import Side, StaffRole
from storage.database import Database
from storage.tables import JournalEntry, School, SchoolKeys, TownNumbers, TownSchool
from tests import build
from tests.actions.test_comparisons import PUPILS, fill
from tests.admin.conftest import Browsers, Clock
from tests.conftest import rows
from tests.pairs import group, member


@pytest.fixture
async def crowd(database: Database, school: School) -> None:
    """Six pairs at work in the first school."""
    async with database.transaction() as session:
        held = await session.merge(school, load=False)
        for number in range(6):
            mentor = await member(session, held, "Наставник", f"Н{number}", class_name="10А")
            mentee = await member(session, held, "Ученик", f"У{number}")
            await group(session, [mentor], [mentee], starts_on=build.NOW.date())
            work = Work(session, held, build.NOW)
            await fill(work, mentee, f"PRE_{PUPILS}", C01=4)
            await fill(work, mentee, f"POST_{PUPILS}", C01=8)
        await comparisons.sum_up(work, Side.MENTEE)
        totals = ReportSettings(totals={"2026-2027": {"pupils_10_19": 8}})
        held.settings = {**held.settings, "reports": totals.to_json()}


async def signed(browser: httpx2.AsyncClient) -> bytes:
    answer = await browser.post("/town")
    assert answer.status_code == 200
    return answer.content


async def sent(browser: httpx2.AsyncClient, data: bytes) -> httpx2.Response:
    return await browser.post("/schools/town", files={"file": ("numbers.json", data, "application/json")})


async def seat(browsers: Browsers, database: Database, other: School) -> httpx2.AsyncClient:
    """The coordinator's browser, in a municipality of its own."""
    async with database.transaction() as session:
        (await session.get_one(School, other.id)).municipality = "Город"
    return await browsers.of(StaffRole.MUNICIPAL_COORDINATOR, other)


async def test_a_signed_file_travels_and_stands_in_the_sums_once_the_fingerprint_is_compared(
    browsers: Browsers, crowd: None, curator: httpx2.AsyncClient, database: Database, other_school: School
) -> None:
    data = await signed(curator)
    text = data.decode()
    assert "Наставник" not in text
    assert "У1" not in text
    own = (await curator.get("/town")).text
    coordinator = await seat(browsers, database, other_school)
    assert (await sent(coordinator, data)).status_code == 303
    page = (await coordinator.get("/schools/town")).text
    print_ = own[own.index("<code") : own.index("</code>")].rpartition(">")[2]
    assert print_ in page
    assert "не сверен" in page
    assert "Школа № 1" not in await cells(coordinator, "rp19")
    (known,) = await rows(database, TownSchool)
    await coordinator.post(f"/schools/town/{known.id}/trust")
    found = await cells(coordinator, "rp19")
    assert "Школа № 1" in found
    assert "файл школы" in found
    assert 6 in found
    assert "Город" in await cells(coordinator, "rp20")
    assert [one for one in found if isinstance(one, float) and one == pytest.approx(6 / 583)]
    for which in ("rp19", "rp20"):
        rates = await sheet(coordinator, which, "Показатели F1–F6")
        assert rates[1][1:4] == [6, 8, 75]  # F1 of the school; nobody has named the others' totals
        assert rates[-2][1:4] == [6, 8, 75]
        assert rates[-1][:4] == ["План на год, %", None, None, 70]
        said = await sheet(coordinator, which, "Удовлетворённость")
        assert said[1][1:] == ["наставляемые", 6, 6, 1, 8, 100, 4]
        assert said[2][:2] == ["Всего", "наставляемые"]
    wrong = await coordinator.post("/schools/town/report", data={"which": "rp19", "year": "2019-2020"})
    assert wrong.status_code == 409
    assert 'value="2026-2027" selected' in page
    assert "6 из 8" in own
    assert "приглашено 6, ответило 6, в среднем 8,0 из 10" in own
    assert {one.action for one in await rows(database, JournalEntry)} >= {
        "town.signed",
        "town.added",
        "town.trusted",
    }


async def sheet(browser: httpx2.AsyncClient, which: str, name: str) -> list[list[Any]]:
    answer = await browser.post("/schools/town/report", data={"which": which})
    rows = [list(row) for row in openpyxl.load_workbook(io.BytesIO(answer.content))[name].values]
    head = next(n for n, row in enumerate(rows) if row[0] in ("Школа", "Муниципалитет"))
    return [row for row in rows[head:] if row[1] is not None or row[0] == "План на год, %"]


async def cells(browser: httpx2.AsyncClient, which: str) -> set[Any]:
    answer = await browser.post("/schools/town/report", data={"which": which})
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return {cell.value for line in sheet.iter_rows() for cell in line}


async def test_forged_old_and_double_files_are_refused_in_a_sentence(
    browsers: Browsers,
    crowd: None,
    curator: httpx2.AsyncClient,
    database: Database,
    other_school: School,
    clock: Clock,
) -> None:
    first, second = await signed(curator), await signed(curator)
    coordinator = await seat(browsers, database, other_school)
    whole = json.loads(second)
    whole["numbers"]["figures"]["pairs"] = 600
    for data, why in (
        (json.dumps(whole).encode(), "Подпись не сходится"),
        (b"", "Выберите файл"),
        *hostile(second),
    ):
        answer = await sent(coordinator, data)
        assert answer.status_code == 422
        assert why in answer.text
    assert await rows(database, TownSchool) == []
    assert (await sent(coordinator, second)).status_code == 303
    for data, why in ((second, "Этот файл уже загружен"), (first, "более новый файл")):
        answer = await sent(coordinator, data)
        assert (answer.status_code, why in answer.text) == (422, True)
    assert len(await rows(database, TownNumbers)) == 1
    # The same bytes in another form are the same file.
    again = json.dumps(json.loads(second), ensure_ascii=True).encode()
    assert "Этот файл уже загружен" in (await sent(coordinator, again)).text


def hostile(good: bytes) -> list[tuple[bytes, str]]:
    """What is sent by mistake or by malice, and how the sentence begins that says what to do."""
    other, forged = (
        "Это не файл с числами школы, или он пришёл не целиком. Попросите школу",
        "Подпись не сходится",
    )
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("../../numbers.json", good)
        pack.writestr("zeros", bytes(50_000_000))
    whole = json.loads(good)

    def changed(**values: Any) -> bytes:
        return json.dumps(whole | values).encode()

    return [
        (archive.getvalue(), other),
        (gzip.compress(good), other),
        (good[:-40], other),
        (good * 100, "Файл слишком большой"),
        (b"[" * 90_000, other),
        (b"9" * 90_000, other),
        (b"\xff\xfe" + good, other),
        (changed(version=0), other),
        (changed(version="1"), other),
        (changed(version=2), "Файл сделан более новой версией программы. Обновите свою копию"),
        (changed(numbers=[]), other),
        (changed(key="A" * 43 + "="), forged),
        (changed(key="../../etc/passwd"), other),
        (changed(signature="!"), other),
        (changed(signature=""), forged),
        (changed(numbers=whole["numbers"] | {"year": "\ud800\u0000"}), forged),
    ]


async def test_a_key_of_somebody_else_is_another_school(
    browsers: Browsers, crowd: None, curator: httpx2.AsyncClient, database: Database, other_school: School
) -> None:
    data = await signed(curator)
    async with database.transaction() as session:
        await session.delete(await session.get_one(SchoolKeys, 1))
    pretender = await signed(curator)
    coordinator = await seat(browsers, database, other_school)
    await sent(coordinator, data)
    await sent(coordinator, pretender)
    page = (await coordinator.get("/schools/town")).text
    assert page.count("с другим отпечатком") == 2
    assert len(await rows(database, TownSchool)) == 2
    asked = await coordinator.post("/schools/town/2/remove")
    assert "Убрать школу из списка?" in asked.text
    await coordinator.post("/schools/town/2/remove", data={"sure": "yes"})
    assert len(await rows(database, TownSchool)) == 1


async def test_the_private_key_is_sealed_and_small_groups_stay_at_home(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    async with database.transaction() as session:
        held = await session.merge(school, load=False)
        mentor, mentee = (
            await member(session, held, "Олег", "Один"),
            await member(session, held, "Аня", "Два"),
        )
        await group(session, [mentor], [mentee], starts_on=build.NOW.date())
    data = json.loads(await signed(curator))
    assert data["numbers"]["figures"]["pairs"] is None
    assert data["numbers"]["figures"]["meetings"] is None
    (keys,) = await rows(database, SchoolKeys)
    assert len(keys.private_key) > 1000
    assert data["key"] == keys.public_key


async def test_each_side_has_its_own_page(
    browsers: Browsers, other_school: School, database: Database
) -> None:
    coordinator = await seat(browsers, database, other_school)
    assert (await coordinator.get("/town")).status_code == 403
    assert (await coordinator.get("/schools/town")).status_code == 200
    for role in (StaffRole.CURATOR, StaffRole.DIRECTOR):
        browser = await browsers.of(role)
        assert (await browser.get("/town")).status_code == 200
        assert (await browser.get("/schools/town")).status_code == 403
    teacher = await browsers.of(StaffRole.CLASS_TEACHER)
    assert (await teacher.post("/town")).status_code == 403

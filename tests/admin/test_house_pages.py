"""Lists, reports, settings, accounts, help, the journal, and answers in words."""

from __future__ import annotations

import io

import httpx2
import openpyxl
import pytest
from structlog.testing import capture_logs

from actions import accounts
from actions.work import Work
from program.roles import StaffRole
from program.settings import SchoolSettings
from program.states import RequestState
from storage.database import Database
from storage.tables import HelpRequest, JournalEntry, Person, School, StoredFile, User
from tests.admin.conftest import PASSWORD, Browsers
from tests.admin.world import World, furnish
from tests.conftest import rows

CSV = "ФИО;Класс\nПавлова Мария Олеговна;8А\nX;8А\n".encode()


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def test_a_list_is_shown_first_and_written_when_confirmed(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    shown = await curator.post("/roster", data={"category": ""}, files={"file": ("8А.csv", CSV, "text/csv")})
    assert "Павлова Мария Олеговна" in shown.text
    assert "Впишите фамилию и имя" in shown.text
    assert await rows(database, Person) == []
    (kept,) = await rows(database, StoredFile)
    assert isinstance(kept, StoredFile)
    done = await curator.post(f"/roster/{kept.id}", data={"category": ""})
    assert done.headers["location"] == "/people?state=invited&done=imported"
    assert [p.full_name for p in await rows(database, Person) if isinstance(p, Person)] == [
        "Павлова Мария Олеговна"
    ]
    assert [
        file.content_type for file in await rows(database, StoredFile) if isinstance(file, StoredFile)
    ] == [
        "application/json"  # for taking it back
    ]
    assert (await curator.post(f"/roster/{kept.id}")).status_code == 404


async def test_a_colleagues_upload_is_not_ones_own(browsers: Browsers, database: Database) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    await curator.post("/roster", files={"file": ("8А.csv", CSV, "text/csv")})
    (kept,) = await rows(database, StoredFile)
    assert isinstance(kept, StoredFile)
    async with database.transaction() as session:
        work = Work(session, await session.merge(browsers.school, load=False), browsers.now)
        await accounts.add_user(work, "second", StaffRole.CURATOR, PASSWORD)
    colleague = browsers.anonymous()
    await colleague.post("/login", data={"login": "second", "password": PASSWORD})
    assert (await colleague.post(f"/roster/{kept.id}")).status_code == 404


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"<html></html>"])
async def test_a_file_that_is_no_list_gets_a_sentence(curator: httpx2.AsyncClient, data: bytes) -> None:
    answer = await curator.post("/roster", files={"file": ("list.xlsx", data, "x/y")})
    assert answer.status_code == 422
    assert "Нужно поправить" in answer.text


async def test_every_report_opens_and_leaves_a_line(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    for name in ("mentees", "mentors", "coverage"):
        answer = await curator.post(f"/reports/{name}")
        assert openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
        assert "filename*=UTF-8''" in answer.headers["content-disposition"]
    assert len(await rows(database, JournalEntry, action="report.made")) == 3
    assert (await curator.post("/reports/nonsense")).status_code == 404


SETTINGS = {
    "name": "Школа № 5", "city": "Реж", "timezone": "Asia/Omsk", "year": "2026-2027", "pupils": "100",
    "teachers": "20", "forms": ["uch_uch", "vyp_uch"], "quiet_pupils_from": "09:00", "quiet_pupils_to": "19:30",
    "quiet_staff_from": "08:00", "quiet_staff_to": "18:00", "bells": "8:30, 14:30; 13:30",
    "enabled_channels": ["web"], "personal_channels": [], "curator_name": "Мария Ивановна",
}  # fmt: skip


async def test_settings_are_kept_and_noted(curator: httpx2.AsyncClient, database: Database) -> None:
    assert (await curator.post("/settings", data=SETTINGS)).status_code == 303
    (school,) = await rows(database, School)
    assert isinstance(school, School)
    kept = SchoolSettings.read(school.settings)
    assert (school.name, school.timezone, kept.pupils, kept.forms) == (
        "Школа № 5",
        "Asia/Omsk",
        100,
        ("uch_uch", "vyp_uch"),
    )
    assert kept.bells == ("08:30", "13:30", "14:30")
    assert (kept.quiet_pupils, kept.enabled_channels, kept.personal_channels) == (
        ("09:00", "19:30"),
        ("web",),
        (),
    )
    (line,) = await rows(database, JournalEntry, action="settings.changed")
    assert isinstance(line, JournalEntry)
    assert "timezone" in line.after["changed"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Напишите название школы"),
        ({"timezone": "Moscow"}, "Выберите часовой пояс"),
        ({"year": "2026-2028"}, "два года подряд"),
        ({"pupils": "много"}, "число от 0"),
        ({"forms": []}, "хотя бы одну форму"),
        ({"quiet_pupils_from": "20:00"}, "первое раньше второго"),
        ({"bells": "25:00"}, "время через запятую"),
        ({"enabled_channels": []}, "хотя бы один канал"),
        ({"vk_group_url": "javascript:alert(1)"}, "https://"),
        ({"operator": "я" * 301}, "не больше 300"),
    ],
)
async def test_a_wrong_setting_is_named_and_nothing_changes(
    curator: httpx2.AsyncClient, database: Database, wrong: dict[str, object], sentence: str
) -> None:
    before = [vars(row)["settings"] for row in await rows(database, School)]
    answer = await curator.post("/settings", data=SETTINGS | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert [vars(row)["settings"] for row in await rows(database, School)] == before


async def test_ones_own_account_is_not_closed(browsers: Browsers, database: Database) -> None:
    curator = await browsers.of(StaffRole.CURATOR)
    [own] = await rows(database, User)
    assert isinstance(own, User)
    for what in ("close", "link"):
        assert (await curator.post(f"/settings/users/{own.id}/{what}")).status_code == 409


async def test_a_request_for_help_is_taken_and_closed_by_the_psychologist(
    browsers: Browsers, world: World, database: Database
) -> None:
    psychologist = await browsers.of(StaffRole.PSYCHOLOGIST)
    assert "Не получается договориться" in (await psychologist.get("/help")).text
    await psychologist.post(f"/help/{world.help}/take")
    await psychologist.post(f"/help/{world.help}/close", data={"action": "Поговорили"})
    (request,) = await rows(database, HelpRequest)
    assert isinstance(request, HelpRequest)
    assert (request.state, request.action) == (RequestState.CLOSED, "Поговорили")
    assert request.taken_by.startswith("user:")


async def test_messages_that_did_not_arrive_name_whom_to_call(
    curator: httpx2.AsyncClient, world: World
) -> None:
    text = (await curator.get("/messages")).text
    assert text.count("Рыжов") == 2  # to call, and the message itself
    assert "не дошло" in text


async def test_the_journal_speaks_words_and_narrows(curator: httpx2.AsyncClient, world: World) -> None:
    assert "новость опубликована" in (await curator.get("/journal")).text
    only = (await curator.get("/journal?group=help")).text
    assert "просьба о помощи" in only
    assert "новость опубликована" not in only


async def test_a_defect_is_told_in_words_and_logged_once_without_names(
    curator: httpx2.AsyncClient, application: object
) -> None:
    def broken() -> None:
        raise RuntimeError("Котова Аня")

    object.__setattr__(application.state.house, "clock", broken)  # type: ignore[attr-defined]
    with capture_logs() as logs:
        answer = await curator.get("/people")
    assert answer.status_code == 500
    assert "Это ошибка программы, а не ваша" in answer.text
    assert "Content-Security-Policy" in answer.headers
    (line,) = [line for line in logs if line["log_level"] == "error"]
    assert line["request"] in answer.text
    assert "Котова" not in answer.text
    assert {key for key in line if key != "exc_info"} == {"event", "log_level", "request", "method", "route"}


async def test_a_page_that_is_not_there_says_so(curator: httpx2.AsyncClient) -> None:
    for path in ("/nowhere", "/people/abc", "/people/999", "/pairs/999", "/news/999"):
        answer = await curator.get(path)
        assert answer.status_code == 404, path
        assert "Такой страницы нет" in answer.text

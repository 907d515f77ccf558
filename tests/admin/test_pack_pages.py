"""«Всё одним архивом»: asked for, watched, called off, taken; what is inside, under which names, for whom."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import httpx2
import openpyxl
import pytest
from sqlalchemy import update

from actions import erasure, pack_hands, pack_plan, packs, sweeps
from actions.streaming import Gone
from actions.work import Work
from program.packs import LONGEST, Part, chosen
from program.retention import Basis
from program.roles import StaffRole
from scheduler.packer import Packer
from storage import packs as kept
from storage.database import Database
from storage.tables import JournalEntry, PackFile, PackJob, Person, School
from tests.admin.conftest import Browsers, Clock
from tests.admin.world import World, furnish
from tests.conftest import rows

HOSTILE = '=HYPERLINK("http://x")'
QUICK = {"year": "2026-2027", "part": "year", "parts": [Part.ORDERS, Part.PROTOCOLS], "forms": ["docx"]}
# Reports and consents are held by tests of their own, and take longer than all the others together.
LONG = (Part.REPORTS, Part.CONSENTS)
WHOLE = {**QUICK, "parts": [one for one in Part if one not in LONG], "forms": ["docx", "pdf"]}


@pytest.fixture
async def world(database: Database, school: School, clock: Clock) -> World:
    made = await furnish(database, school, clock.now)
    async with database.transaction() as session:
        of = update(Person).where(Person.id == made.mentee)
        await session.execute(
            of.values(last_name=HOSTILE, first_name="{{ 7*7 }}{% x %}", class_name="8/А\u202e..\\CON")
        )
    return made


@pytest.fixture
def packer(database: Database, clock: Clock) -> Packer:
    return Packer(database, clock, hands=0)


async def taken(browser: httpx2.AsyncClient) -> tuple[bytes, zipfile.ZipFile]:
    answer = await browser.post("/pack/take", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200, answer.text[-500:]
    assert "content-encoding" not in answer.headers, "a zip is pressed already"
    return answer.content, zipfile.ZipFile(io.BytesIO(answer.content))


def sheet(pack: zipfile.ZipFile, name: str) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(pack.read("00 Оглавление.xlsx")))
    assert all(cell.data_type != "f" for line in book[name].iter_rows() for cell in line)
    assert "персональные данные" in str(book[name].oddFooter.left.text)
    return [[cell.value for cell in line] for line in book[name].iter_rows()]


async def test_everything_is_in_the_archive_or_named_with_the_reason_and_comes_out_the_same_again(
    curator: httpx2.AsyncClient, world: World, database: Database, packer: Packer, clock: Clock
) -> None:
    assert "Собрать архив" in (await curator.get("/pack")).text
    assert (await curator.post("/pack/ask", data=WHOLE)).status_code == 303
    assert (await curator.post("/pack/take")).status_code == 409
    assert (await curator.post("/pack/ask", data=WHOLE)).status_code == 409
    going = (await curator.get("/pack")).text
    assert "<progress" in going
    assert 'href="/pack"' in going  # without a script: a link that looks again
    assert "every 2s" in (await curator.get("/pack/live")).text
    assert await packer.look()
    assert not await packer.look()
    ready = (await curator.get("/pack/live")).text
    assert "Архив готов" in ready
    assert "every 2s" not in ready

    first, pack = await taken(curator)
    assert pack.testzip() is None
    names = pack.namelist()
    assert sorted({name.split("/")[0] for name in names}) == [
        "00 Оглавление.xlsx", "01 Приказы", "02 Положение, программа, дорожная карта", "04 Соглашения", "10 Документы школы",
    ]  # fmt: skip
    assert all(info.flag_bits & 0x800 for info in pack.infolist() if not info.filename.isascii())
    for name in names:
        start = pack.read(name)[:4]
        assert start == (b"%PDF" if name.endswith(".pdf") else b"PK\x03\x04"), name
    listed = sheet(pack, "Оглавление")
    assert {str(line[4]) for line in listed if isinstance(line[0], int)} == {
        name.rpartition("/")[2] for name in names if "Оглавление" not in name
    }
    assert any(HOSTILE in str(line[3]) for line in listed)
    missing = {
        str(line[1]): str(line[3]) for line in sheet(pack, "Чего нет и почему") if isinstance(line[0], int)
    }
    assert "«Документы»" in missing["Приказ о замене, продлении, завершении, выходе"]
    assert "Выдать их можно" in missing["Благодарственное письмо"]
    assert "на странице «Благодарности»" in missing["Приказ о поощрении"]
    assert "ошибка" not in " ".join(missing.values())

    clock.forward(timedelta(hours=1))
    await curator.post("/pack/ask", data={**WHOLE, "on": "2026-09-15"})
    await packer.look()
    assert (await taken(curator))[0] == first
    acts = [one.action for one in await rows(database, JournalEntry) if one.action.startswith("pack.")]  # type: ignore[attr-defined]
    assert acts == ["pack.asked", "pack.taken", "pack.asked", "pack.taken"]


async def test_names_of_files_say_what_is_inside_and_never_who(
    world: World, database: Database, school: School, clock: Clock
) -> None:
    async with database.reading() as session:
        work = Work(session, await session.get_one(School, school.id), clock.now)
        wanted = chosen("2026-2027", "h1", work.today, list(Part), ["docx", "pdf"])
        names = [name for thing in await pack_plan.planned(work, wanted) for name in thing.names if name]
    assert len({name.partition("/")[0] for name in names}) > 6
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= LONGEST and not set(name) & set('<>:"\\|?*\u202e') for name in names)
    assert not [name for name in names if "Ветров" in name or "HYPERLINK" in name]
    assert "03 Заявления и согласия/Класс 8 А .. CON. Заявление об участии.docx" in names
    assert {"09 Отчёты/01 База наставляемых.xlsx", "09 Отчёты/15 Аналитическая справка.pdf"} <= set(names)


async def test_a_pack_goes_on_after_a_restart_and_stops_when_it_is_called_off(
    curator: httpx2.AsyncClient, world: World, database: Database, packer: Packer, clock: Clock
) -> None:
    await curator.post("/pack/ask", data=QUICK)
    files = await rows(database, PackFile)
    async with database.transaction() as session:  # a process that was killed after one file
        job = await kept.waiting(session, clock.now)
        assert job is not None
        assert await kept.take(session, job, "killed", clock.now, clock.now + timedelta(seconds=30))
        await kept.keep(session, job, [{"id": files[1].id, "data": b"kept", "ready": True, "size": 4}])  # type: ignore[attr-defined]
    assert not await packer.look()  # somebody may still be at it
    assert "Готово" in (await curator.get("/pack")).text
    clock.forward(timedelta(minutes=1))
    assert await packer.look()
    assert "Архив готов" in (await curator.get("/pack")).text
    async with database.reading() as session:
        assert await kept.content(session, files[1].id) == b"kept"  # type: ignore[attr-defined]
    async with database.transaction() as session:  # the killed one wakes up: its word counts no more
        work = Work(session, await session.get_one(School, world.school), clock.now)
        late = [pack_hands.Handed(files[1].id, b"late")]  # type: ignore[attr-defined]
        assert not await packs.settle(work, "killed", job, late, clock.now)

    await curator.post("/pack/ask", data=QUICK)
    stopping = Packer(database, clock, hands=0)
    stopping.stop()
    await stopping.look()  # the house stops: what it has in hand is kept, the rest let go of
    left_out = 2
    assert len([one for one in await rows(database, PackFile) if one.ready]) == left_out + 1  # type: ignore[attr-defined]
    assert await packer.look()
    assert "Архив готов" in (await curator.get("/pack")).text
    asked = await curator.post("/pack/drop")
    assert "Удалить готовый архив?" in asked.text
    assert (await curator.post("/pack/drop", data={"sure": "yes"})).status_code == 303
    await curator.post("/pack/ask", data=QUICK)
    assert (await curator.post("/pack/drop")).status_code == 303  # nothing is lost by calling off
    assert await rows(database, PackJob) == await rows(database, PackFile) == []
    assert not await packer.look()
    assert (await curator.get("/pack/live")).status_code == 303


@pytest.mark.long
async def test_processes_of_their_own_make_the_same_pack(
    curator: httpx2.AsyncClient, world: World, database: Database, packer: Packer, clock: Clock
) -> None:
    made = []
    for one in (packer, Packer(database, clock, hands=1)):
        await curator.post("/pack/ask", data=QUICK)
        assert await one.look()
        made.append((await taken(curator))[0])
    assert made[0] == made[1]


async def test_what_breaks_its_maker_every_time_is_given_up(
    curator: httpx2.AsyncClient, world: World, database: Database, packer: Packer, clock: Clock
) -> None:
    await curator.post("/pack/ask", data=QUICK)
    async with database.transaction() as session:
        await session.execute(update(PackJob).values(tries=packs.TRIES))
    await packer.look()
    page = (await curator.get("/pack")).text
    assert "Архив не собрался" in page
    assert "Собрать архив" in page
    assert (await curator.post("/pack/ask", data=QUICK)).status_code == 303


async def test_a_pack_is_withdrawn_when_somebody_is_erased_and_after_a_day(
    curator: httpx2.AsyncClient,
    world: World,
    database: Database,
    packer: Packer,
    school: School,
    clock: Clock,
) -> None:
    await curator.post("/pack/ask", data=QUICK)
    await packer.look()
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), clock.now)
        _, wanted, files = await packs.take(work)
    parts = packs.sent(database, wanted, files)
    await anext(parts)
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), clock.now)
        await erasure.erase(work, world.waiting, Basis.CURATOR)
    with pytest.raises(Gone):  # an archive that breaks off is taken for whole by nobody
        await anext(parts)
    assert (await curator.post("/pack/take")).status_code == 409
    await curator.post("/pack/ask", data=QUICK)
    await packer.look()
    clock.forward(timedelta(hours=25))
    async with database.transaction() as session:
        await sweeps.clean(Work(session, await session.merge(school, load=False), clock.now))
    assert await rows(database, PackFile) == []


async def test_what_was_chosen_wrongly_stays_on_the_page_and_only_the_curator_gets_there(
    curator: httpx2.AsyncClient, browsers: Browsers, world: World
) -> None:
    for wrong, said in (
        ({"parts": []}, "Отметьте хотя бы одну"), ({"forms": []}, "Выберите Word"), ({"on": "2026-09-16"}, "2026"),
        ({"on": "2026-02-01"}, "2026"), ({"year": "2026"}, "2026"), ({"part": "x"}, "част"),
    ):  # fmt: skip
        answer = await curator.post("/pack/ask", data={**QUICK, **wrong})
        assert answer.status_code == 422, wrong
        assert said in answer.text
        assert "Ошибка:" in answer.text
    for role in StaffRole:
        if role is not StaffRole.CURATOR:
            browser = await browsers.of(role)
            answers = [
                await browser.get("/pack"),
                await browser.post("/pack/ask", data=QUICK),
                await browser.post("/pack/take"),
            ]
            assert [one.status_code for one in answers] == [403, 403, 403], role

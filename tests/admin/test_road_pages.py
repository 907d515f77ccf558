"""«Дорожная карта»: begun, filled, marked, copied, taken out; its documents and its stages."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import httpx2
import openpyxl
from docx import Document
from sqlalchemy import select

from actions import roadmap_events
from actions.work import Work
from program.roadmap import Status
from program.roles import StaffRole
from storage.database import Database
from storage.tables import JournalEntry, RoadmapEvent, RoadmapProof, RoadmapStage, School, StoredFile
from tests.admin.conftest import Browsers
from tests.admin.road import PDF, lay
from tests.conftest import NOW, rows

YEAR = "2026-2027"


async def laid(database: Database, school: School) -> tuple[int, int]:
    """An event of the first stage and the stage."""
    async with database.transaction() as session:
        made = await lay(Work(session, await session.merge(school, load=False), NOW))
    return made.event, made.stage


async def test_a_year_without_a_map_offers_the_recommended_one(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    offered = (await curator.get("/roadmap")).text
    assert "На этот год карты ещё нет" in offered
    answer = await curator.post("/roadmap/begin", data={"year": YEAR, "how": "year"})
    assert answer.status_code == 303
    shown = (await curator.get(answer.headers["location"])).text
    assert "Карта готова" in shown
    assert "Приказ о внедрении целевой модели наставничества" in shown
    assert len(await rows(database, RoadmapStage)) == 7
    assert len(await rows(database, RoadmapEvent)) == 28
    again = await curator.post("/roadmap/begin", data={"year": YEAR, "how": "year"})
    assert again.status_code == 409
    assert len(await rows(database, RoadmapEvent)) == 28


async def test_a_school_that_begins_in_mid_year_is_not_told_off(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    assert "Год уже идёт" in (await curator.get("/roadmap")).text
    assert "Год уже идёт" not in (await curator.get("/roadmap?year=2027-2028")).text
    await curator.post("/roadmap/begin", data={"year": YEAR, "how": "year", "past": "done"})
    events = await rows(database, RoadmapEvent)
    assert {one.done_on == one.ends_on for one in events if one.status == Status.DONE} == {True}
    assert sum(one.status == Status.DONE for one in events) == 7
    assert "Просроченного нет." in (await curator.get("/roadmap")).text


async def test_an_empty_map_has_the_stages_only(curator: httpx2.AsyncClient, database: Database) -> None:
    await curator.post("/roadmap/begin", data={"year": YEAR, "how": "empty"})
    shown = (await curator.get("/roadmap")).text
    assert "В карте пока нет мероприятий." in shown
    assert "Завершение программы" in shown


async def test_what_is_overdue_stands_first_and_is_said_in_words(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    event, _ = await laid(database, school)
    shown = (await curator.get("/roadmap")).text
    attention = shown[shown.index("Просрочено и подходит срок") : shown.index("Что показать")]
    assert "просрочено" in attention
    assert "Приказ о внедрении" in attention
    assert "на этой неделе" in attention
    await curator.post(f"/roadmap/events/{event}/mark", data={"state": "done", "done_on": "2026-08-31"})
    shown = (await curator.get("/roadmap")).text
    attention = shown[shown.index("Просрочено и подходит срок") : shown.index("Что показать")]
    assert "Приказ о внедрении" not in attention
    assert "31 августа" in shown
    assert "Выполнено 1 из 28." in shown


async def test_the_picture_has_a_sentence_and_a_table(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    await laid(database, school)
    shown = (await curator.get("/roadmap")).text
    figure = shown[shown.index("<figure") : shown.index("</figure>")]
    assert 'role="img"' in figure
    assert "viewBox" not in figure
    assert "Сейчас идёт этап" not in figure or "Подготовка" in figure
    assert "Просрочено" in figure
    assert figure.count("<tr>") == 8


async def test_an_event_is_added_moved_and_removed(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    _, stage = await laid(database, school)
    wrong = await curator.post("/roadmap/new", data={"year": YEAR, "stage": str(stage), "title": ""})
    assert wrong.status_code == 422
    assert "Напишите, что за мероприятие." in wrong.text
    assert "<title>Ошибка:" in wrong.text
    odd = await curator.post(
        "/roadmap/new",
        data={
            "year": YEAR,
            "stage": str(stage),
            "title": "Квест",
            "starts_on": "2026-10-02",
            "ends_on": "2026-10-01",
        },
    )
    assert "Срок раньше начала" in odd.text
    assert 'value="Квест"' in odd.text
    data = {"year": YEAR, "stage": str(stage), "title": "Квест", "ends_on": "2026-10-01", "owner": "совет"}
    assert (await curator.post("/roadmap/new", data=data)).status_code == 303
    made = next(one for one in await rows(database, RoadmapEvent) if one.title == "Квест")
    assert (made.position, made.owner, made.status) == (11, "совет", Status.PLANNED)
    await curator.post(f"/roadmap/events/{made.id}/move", data={"way": "up"})
    order = [one.title for one in await _of_stage(database, stage)]
    assert order.index("Квест") == 9
    await curator.post(f"/roadmap/events/{made.id}/remove")
    assert "Квест" not in [one.title for one in await _of_stage(database, stage)]


async def test_two_who_edit_one_event_are_told(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    event, stage = await laid(database, school)
    page = (await curator.get(f"/roadmap/events/{event}")).text
    stamp = re.search(r'name="version"[^>]* value="([^"]*)"', page)
    assert stamp is not None
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), NOW, "user:1")
        await roadmap_events.edit(work, event, roadmap_events.Words("Другое название", stage))
    answer = await curator.post(
        f"/roadmap/events/{event}", data={"version": stamp[1], "title": "Моё название", "stage": str(stage)}
    )
    assert answer.status_code == 422
    assert "Это уже изменено" in answer.text
    assert "Другое название" in answer.text
    assert "Моё название" in answer.text


async def test_a_document_is_attached_downloaded_and_taken_away(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    event, _ = await laid(database, school)
    where = f"/roadmap/events/{event}/documents"
    for name, data, sentence in (
        ("virus.exe", b"MZ\x90", "Такой файл принять нельзя"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "старого вида"),
        ("empty.pdf", b"", "Выберите файл"),
    ):
        answer = await curator.post(where, files={"file": (name, data)})
        assert answer.status_code == 422, name
        assert sentence in answer.text
    assert (await curator.post(where, files={"file": ("Протокол № 1.pdf", PDF)})).status_code == 303
    assert (await curator.post(where, data={"url": "javascript:alert(1)"})).status_code == 422
    assert (await curator.post(where, data={"url": "https://school.example/news/1"})).status_code == 303
    made = [one for one in await rows(database, RoadmapProof) if one.event_id == event]
    assert [one.title for one in made] == ["Приказ.pdf", "Протокол № 1.pdf", "school.example"]
    got = await curator.get(f"/roadmap/documents/{made[1].id}")
    assert got.content == PDF
    assert got.headers["content-disposition"].startswith("attachment")
    await curator.post(f"{where}/remove", data={"proof": str(made[1].id), "sure": "yes"})
    assert "Протокол № 1.pdf" not in (await curator.get(f"/roadmap/events/{event}")).text
    assert "Протокол № 1.pdf" not in [one.name for one in await rows(database, StoredFile)]


async def test_the_next_year_is_copied_clean_and_off_days_of_rest(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    event, _ = await laid(database, school)
    await curator.post(f"/roadmap/events/{event}/mark", data={"state": "done"})
    answer = await curator.post("/roadmap/copy", data={"year": YEAR})
    assert answer.status_code == 303
    assert "year=2027-2028" in answer.headers["location"]
    made = [one for one in await rows(database, RoadmapEvent) if one.year == "2027-2028"]
    assert len(made) == 28
    assert {one.status for one in made} == {Status.PLANNED}
    assert {one.done_on for one in made} == {None}
    for one in made:
        for day in (one.starts_on, one.ends_on):
            assert day is None or (
                day.weekday() < 5 and (day.month, day.day) not in {(5, 1), (5, 9), (6, 12)}
            )
    assert min(one.starts_on for one in made if one.starts_on) == date(2027, 8, 20)
    assert len([one for one in await rows(database, RoadmapEvent) if one.year == YEAR]) == 28
    assert (await curator.post("/roadmap/copy", data={"year": YEAR})).status_code == 409
    both = (await curator.get("/roadmap?year=2027-2028")).text
    assert "2026–2027" in both


async def test_the_map_is_taken_out_as_a_table_and_as_a_document(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    await laid(database, school)
    sheet = await curator.post("/roadmap/file", data={"year": YEAR, "kind": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert any("Приказ о внедрении целевой модели наставничества" in row for row in cells)
    assert any("просрочено" in row for row in cells)
    paper = await curator.post("/roadmap/file", data={"year": YEAR, "kind": "docx"})
    assert zipfile.is_zipfile(io.BytesIO(paper.content))
    document = Document(io.BytesIO(paper.content))
    assert len(document.tables) == 8  # seven stages and the signature
    assert "УТВЕРЖДАЮ" in [line.text for line in document.paragraphs]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == [
        "№", "Наименование мероприятия", "Срок реализации", "Ответственный исполнитель", "Результат. Вид документа",
    ]  # fmt: skip
    actions = [line.action for line in await rows(database, JournalEntry)]
    assert {"report.made", "roadmap.document"} <= set(actions)


async def test_stages_are_renamed_moved_added_and_removed_when_empty(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    _, stage = await laid(database, school)
    await curator.post(f"/roadmap/stages/name?stage={stage}", data={f"title-{stage}": "Подготовка"})
    for path, name in (
        (f"/roadmap/stages/name?stage={stage}", f"title-{stage}"),
        ("/roadmap/stages", "title"),
    ):
        long = await curator.post(path, data={"year": YEAR, name: "Ж" * 301})
        assert (long.status_code, "Ж" * 301 in long.text) == (422, True), path
    full = await curator.post(f"/roadmap/stages/{stage}/remove")
    assert full.status_code == 409
    await curator.post("/roadmap/stages", data={"year": YEAR, "title": "Летняя смена"})
    added = next(one for one in await rows(database, RoadmapStage) if one.title == "Летняя смена")
    await curator.post(f"/roadmap/stages/{added.id}/move", data={"way": "up"})
    page = (await curator.get(f"/roadmap/stages?year={YEAR}")).text
    assert page.index("Летняя смена") < page.index("Завершение программы")
    assert page.index('value="Подготовка"') < page.index("Летняя смена")
    await curator.post(f"/roadmap/stages/{added.id}/remove")
    assert len(await rows(database, RoadmapStage)) == 7


async def test_the_director_looks_and_does_not_change(
    browsers: Browsers, database: Database, school: School
) -> None:
    event, _ = await laid(database, school)
    director = await browsers.of(StaffRole.DIRECTOR)
    shown = (await director.get("/roadmap")).text
    assert "Добавить мероприятие" not in shown
    assert "Скачать в Word" in shown
    assert "Сохранить" not in (await director.get(f"/roadmap/events/{event}")).text
    assert (await director.post(f"/roadmap/events/{event}/mark", data={"state": "done"})).status_code == 403


async def _of_stage(database: Database, stage: int) -> list[RoadmapEvent]:
    async with database.reading() as session:
        found = select(RoadmapEvent).where(RoadmapEvent.stage_id == stage).order_by(RoadmapEvent.position)
        return list(await session.scalars(found))

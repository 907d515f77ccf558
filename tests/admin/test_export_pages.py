"""«Выгрузка всего»: made piece by piece, taken by who may, without secrets, the same bytes for the same rows."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import datetime, timedelta

import httpx2
import openpyxl
import pytest
from sqlalchemy import String, delete, update

from actions import erasure, export_words, exporting, sweeps
from actions.streaming import Gone
from actions.work import Work
from locales import has
from program.care import About, CallKind
from program.channels import Channel
from program.consents import ConsentEvent, ConsentKind, ConsentMethod
from program.directories import Directory
from program.early_warning import Sign
from program.encounters import EncounterKind, EncounterState, QuestionKind, QuestionState, SeatState, Word
from program.gatherings import GatheringState
from program.outgoing import Kind as MessageKind
from program.pair_life import REASONS, STAFF_ENDS, STAFF_LEAVES, STAFF_PAUSES, By, Wish
from program.partners import Deed, Ground, PartnerState
from program.plans import (
    DIRECTIONS,
    EVENT_FORMS,
    GRADES,
    HOURS,
    PROJECT_STAGES,
    RECOMMENDED,
    REQUESTS,
    RESPONSIBLE,
    AmendmentState,
    PlanState,
    Present,
    Said,
    Way,
)
from program.retention import Basis
from program.roadmap import FUNCTIONS, Status
from program.roles import Category, PersonState, StaffRole
from program.school_years import Question, Step
from program.selection import Decision
from program.states import (
    IdeaState,
    MailingState,
    MeetingFormat,
    MeetingKind,
    MeetingStatus,
    NewsStatus,
    PairStatus,
    ParticipationStatus,
    RequestState,
    StoryState,
    WallState,
)
from program.templates import BY_CODE
from scheduler.packer import Packer
from storage.database import Database
from storage.tables import Base, ExportJob, ExportPart, JournalEntry, Person, School, StoredFile
from tests.admin.conftest import Browsers, Clock
from tests.admin.world import World, furnish
from tests.conftest import rows


@pytest.fixture
async def world(database: Database, school: School, now: datetime) -> World:
    made = await furnish(database, school, now)
    async with database.transaction() as session:
        await session.execute(
            update(Person)
            .where(Person.id == made.mentee)
            .values(last_name='=HYPERLINK("http://x")', position="+7")
        )
        data = b"%PDF-1.4 diploma"
        for name in ("../диплом:1.pdf", "upload:list.xlsx"):
            session.add(
                StoredFile(
                    school_id=school.id, name=name, content_type="application/pdf", size=len(data), data=data,
                    sha256=hashlib.sha256(data).hexdigest(), created_at=now,
                )
            )  # fmt: skip
    return made


async def made(database: Database, school: School, clock: Clock) -> None:
    packer = Packer(database, clock, hands=0)
    while await packer.export():
        pass


async def archive(curator: httpx2.AsyncClient) -> zipfile.ZipFile:
    answer = await curator.post("/export/take", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200, answer.text[-500:]
    assert "content-encoding" not in answer.headers, "a zip is pressed already"
    return zipfile.ZipFile(io.BytesIO(answer.content))


async def test_everything_is_taken_home_in_one_archive(
    curator: httpx2.AsyncClient, world: World, database: Database, school: School, clock: Clock
) -> None:
    assert (await curator.post("/export/ask")).status_code == 303
    assert "Архив собирается: готово" in (await curator.get("/export")).text
    assert (await curator.post("/export/take")).status_code == 409
    await made(database, school, clock)
    assert "Архив готов" in (await curator.get("/export")).text

    pack = await archive(curator)
    assert pack.testzip() is None
    names = pack.namelist()
    people = json.loads(pack.read("данные/person.json"))
    assert {one["id"] for one in people} == {one.id for one in await rows(database, Person)}
    sheet = openpyxl.load_workbook(io.BytesIO(pack.read("таблицы/Люди.xlsx"))).active
    assert sheet is not None
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert {"Номер", "Фамилия", "Имя", "Класс", "Дата рождения"} <= set(cells[0])
    assert len(cells) == len(people) + 1
    hostile = next(
        cell for line in sheet.iter_rows() for cell in line if cell.value == '=HYPERLINK("http://x")'
    )
    assert hostile.data_type == "s"
    assert "персональные данные" in str(sheet.oddFooter.left.text)
    files = [name for name in names if name.startswith("файлы/")]
    assert any("диплом" in name for name in files)
    assert not any(".." in name or "upload" in name for name in files)
    readme = pack.read("ЧИТАЙ МЕНЯ.txt").decode("utf-8-sig")
    assert "СОДЕРЖИТ ПЕРСОНАЛЬНЫЕ ДАННЫЕ" in readme
    assert f"Люди (person): {len(people)}" in readme
    assert {one.action for one in await rows(database, JournalEntry)} >= {"export.asked", "export.taken"}
    whole = b"".join(pack.read(name) for name in names if name.endswith(".json"))
    assert not [word for word in (b"password_hash", b"argon2", b'"token"', b'"sealed"') if word in whole]
    assert not {name.split(".")[0] for name in names} & {f"данные/{name}" for name in exporting.OUT}


async def test_the_same_rows_give_the_same_bytes(
    curator: httpx2.AsyncClient, world: World, database: Database, school: School, clock: Clock
) -> None:
    found = []
    for _ in range(2):
        await curator.post("/export/ask")
        await made(database, school, clock)
        pack = await archive(curator)
        found.append({name: pack.read(name) for name in pack.namelist()})
        clock.forward(timedelta(minutes=5))
    grown = {
        "данные/journal_entry.json",
        "таблицы/Журнал изменений.xlsx",
        "ЧИТАЙ МЕНЯ.txt",
    }  # what was done between
    assert found[0].keys() == found[1].keys()
    assert {name for name in found[0] if found[0][name] != found[1][name]} <= grown


async def test_only_the_curator_takes_it_and_the_head_sees_what_will_be_erased(
    browsers: Browsers, world: World, database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        await session.execute(
            update(Person)
            .where(Person.id == world.waiting)
            .values(erase_after=now + timedelta(days=9), erase_basis=Basis.LEFT)
        )
    director = await browsers.of(StaffRole.DIRECTOR)
    shown = (await director.get("/export")).text
    assert "24.09.2026" in shown
    assert "Собрать архив" not in shown
    for role in (StaffRole.DIRECTOR, StaffRole.CLASS_TEACHER, StaffRole.AUDITOR, StaffRole.SYSADMIN):
        browser = await browsers.of(role)
        assert (await browser.post("/export/ask")).status_code == 403
        assert (await browser.post("/export/take")).status_code == 403


async def test_it_is_gone_after_a_day_and_at_once_when_somebody_is_erased(
    curator: httpx2.AsyncClient, world: World, database: Database, school: School, clock: Clock
) -> None:
    await curator.post("/export/ask")
    await made(database, school, clock)
    async with database.transaction() as session:
        await session.execute(delete(StoredFile).where(StoredFile.name.contains("диплом")))
    assert "убрали один из файлов" in (await curator.post("/export/take")).text
    parts = [one.id for one in await rows(database, ExportPart)]  # type: ignore[attr-defined]
    with pytest.raises(Gone):  # an archive that breaks off is taken for whole by nobody
        [_ async for _ in exporting.packed(database, parts)]
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), clock.now)
        await erasure.erase(work, world.waiting, Basis.CURATOR)
    assert await rows(database, ExportPart) == []
    assert (await curator.post("/export/take")).status_code == 409
    await curator.post("/export/ask")
    clock.forward(timedelta(hours=25))
    async with database.transaction() as session:
        await sweeps.clean(Work(session, await session.merge(school, load=False), clock.now))
    assert await rows(database, ExportJob) == []


def test_every_table_has_a_plain_title_and_every_column_a_plain_head() -> None:
    tables = set(Base.metadata.tables) - exporting.OUT
    assert not [name for name in tables if not has(f"export-table-{name}")]
    assert not exporting.OUT - set(Base.metadata.tables)
    shown = {
        (name, column)
        for name, table in exporting.exported().items()
        for column in export_words.shown(table, exporting.columns(table))
    }
    known = Base.metadata.tables
    wordless = {
        f"{name}.{column}" for name, column in shown if export_words.head(known[name], column) == column
    }
    assert wordless == set()
    titles = [exporting.title(name) for name in tables]
    assert len(set(titles)) == len(titles)


def test_every_code_of_a_table_for_people_has_words() -> None:
    lists = {
        ("consent", "event"): ConsentEvent, ("consent", "kind"): ConsentKind, ("consent", "method"): ConsentMethod,
        ("directory_entry", "directory"): Directory, ("encounter", "kind"): EncounterKind,
        ("encounter", "state"): EncounterState, ("encounter_seat", "state"): SeatState,
        ("gathering", "state"): GatheringState, ("help_request", "about"): About,
        ("help_request", "kind"): CallKind, ("help_request", "state"): RequestState, ("impression", "word"): Word,
        ("interview", "decision"): Decision, ("mailing", "state"): MailingState, ("meeting", "kind"): MeetingKind,
        ("meeting", "format"): MeetingFormat, ("meeting", "status"): MeetingStatus, ("news_idea", "state"): IdeaState,
        ("news_item", "status"): NewsStatus, ("news_item", "wall"): WallState, ("news_story", "state"): StoryState,
        ("outbox", "kind"): MessageKind, ("pair", "status"): PairStatus, ("pair_project", "stage"): PROJECT_STAGES,
        ("pair_request", "kind"): Wish, ("pair_request", "reason"): {one for of in REASONS.values() for one in of},
        ("pair_member", "left_for"): STAFF_LEAVES, ("pair", "end_reason"): STAFF_ENDS,
        ("pair", "paused_for"): (*STAFF_PAUSES, "consents"), ("pair_worry", "sign"): Sign,
        ("pair_worry", "light"): ("0", "1", "2"), ("participation", "status"): ParticipationStatus,
        ("partner", "contact_ground"): Ground, ("partner", "state"): PartnerState, ("partner_deed", "kind"): Deed,
        ("person", "category"): Category, ("person", "erase_basis"): Basis, ("person", "state"): PersonState,
        ("plan", "state"): PlanState, ("plan_acknowledgement", "present"): Present,
        ("plan_acknowledgement", "way"): Way, ("plan_amendment", "state"): AmendmentState,
        ("plan_fact", "grade"): GRADES, ("plan_item", "direction"): (*DIRECTIONS, *REQUESTS),
        ("plan_item", "form"): EVENT_FORMS, ("plan_item", "responsible"): RESPONSIBLE,
        ("plan_word", "advice"): RECOMMENDED, ("plan_word", "kind"): Said, ("mentor_hours", "what"): HOURS,
        ("pool_question", "kind"): QuestionKind, ("pool_question", "state"): QuestionState,
        ("roadmap_event", "function"): FUNCTIONS, ("roadmap_event", "status"): Status, ("", "side"): By,
        ("user_account", "role"): StaffRole, ("year_turn", "step"): Step, ("year_word", "question"): Question,
        ("", "channel"): Channel, ("issued_paper", "code"): BY_CODE,
    }  # fmt: skip
    silent = {
        f"{table}.{column}: {code}"
        for (table, column), codes in lists.items()
        for code in codes
        if not export_words.worded(table, column, str(code))
    }
    assert silent == set()


def test_a_table_for_people_has_neither_secrets_of_programs_nor_columns_without_words() -> None:
    """A new column of codes gets its words, or is named here as one that people write themselves."""
    by_hand = {
        "action", "agreement_number", "body", "case_url", "city", "class_name", "contact", "contact_position", "content",
        "decision_reason", "effect", "email", "first_name", "interviewers", "label", "last_name", "link", "login",
        "middle_name", "municipality", "name", "notes", "number", "owner", "paper_number", "parent", "phone", "place",
        "plus", "position", "question", "result", "revoked_why", "round", "shown", "signed_number", "site_url", "slug",
        "step", "term", "timezone", "title", "topic", "topic_words", "url", "wall_error", "wall_url", "words",
        "workplace", "year", "about", "event", "focus", "final", "interim", "form", "forms", "guests", "risk",
    }  # fmt: skip
    known = {*export_words.WORDED, *export_words.LISTED, *export_words.ASKED, *export_words.SUBJECTS}
    known.add(("journal_entry", "origin"))
    odd = set()
    for name, table in exporting.exported().items():
        for column in export_words.shown(table, exporting.columns(table)):
            place = (name, column)
            free = column in by_hand or not isinstance(table.c[column].type, String)
            worded = place in known or ("", column) in known or export_words.is_actor(table, column)
            if not free and not worded:
                odd.add(f"{name}.{column}")
    assert odd == set()

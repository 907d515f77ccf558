"""«Документы»: what can be made, and the school's own papers with their versions."""

from __future__ import annotations

import io
import re
import zipfile

import httpx2
import pytest

from actions import school_papers
from actions.work import Work
from admin import made_papers
from admin.access import RULES
from program.errors import Refusal
from program.paper_files import LARGEST, checked
from program.roles import StaffRole
from storage import school_papers as stored
from storage.database import Database
from storage.tables import RoadmapProof, School, SchoolPaper, SchoolPaperVersion, StoredFile
from tests.admin.conftest import Browsers
from tests.admin.road import PDF, docx, lay
from tests.conftest import NOW, rows

RULE = {"title": "Положение о наставничестве", "kind": "regulation"}


async def laid(database: Database, school: School) -> int:
    async with database.transaction() as session:
        return (await lay(Work(session, await session.merge(school, load=False), NOW))).paper


def test_the_page_names_every_file_that_the_admin_hands_out_and_no_other() -> None:
    listed = {*made_papers.DOCUMENTS, *made_papers.SHEETS, *made_papers.NUMBERS}
    covered = {route for one in listed for route in one.covers}
    lists = {f"{route}{made_papers.FILE}" for role in StaffRole for route, _ in made_papers.lists(role)}
    files = {name for name in RULES if name.endswith(made_papers.FILE)}
    assert {one.route for one in listed} | covered <= set(RULES)
    assert files - covered - lists - made_papers.NOT_MADE == set()


async def test_every_way_of_the_page_leads_somewhere(curator: httpx2.AsyncClient) -> None:
    page = (await curator.get("/documents")).text
    main = page[page.index("<main") : page.index("</main>")]
    ways = set(re.findall(r'class="btn btn-plain" href="([^"]+)"', main))
    assert len(ways) > 8
    for way in ways:
        assert (await curator.get(way)).status_code == 200, way


async def test_each_role_reads_only_what_it_may_make(browsers: Browsers) -> None:
    director = (await (await browsers.of(StaffRole.DIRECTOR)).get("/documents")).text
    assert "Приказ о закреплении пар и групп" in director
    assert "Карточки с QR-кодом" not in director
    assert "Загрузить документ" not in director


async def test_a_paper_is_uploaded_and_downloaded(curator: httpx2.AsyncClient, database: Database) -> None:
    data = RULE | {"signed_number": "12-О", "signed_on": "2026-08-28"}
    answer = await curator.post("/documents/new", data=data, files={"file": ("../Положение.pdf", PDF)})
    assert answer.status_code == 303
    (paper,) = await rows(database, SchoolPaper)
    assert paper.public is False
    got = await curator.get(f"/documents/{paper.id}/file")
    assert got.content == PDF
    assert got.headers["content-type"] == "application/pdf"
    assert "%D0%9F%D0%BE%D0%BB%D0%BE%D0%B6%D0%B5%D0%BD%D0%B8%D0%B5.pdf" in got.headers["content-disposition"]
    assert "12-О" in (await curator.get("/documents")).text


@pytest.mark.parametrize("damage", ["stream", "method", "sum"])
def test_an_archive_damaged_in_any_way_is_refused_in_a_sentence(damage: str) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    data = bytearray(made.getvalue())
    index = data.index(b"PK\x01\x02")
    match damage:
        case "stream":
            begin = 30 + len("mimetype")
            data[begin : begin + 8] = b"\xff" * 8
        case "method":  # of a kind that zipfile has no code for
            data[8:10] = data[index + 10 : index + 12] = (99).to_bytes(2, "little")
        case "sum":
            data[14] ^= 0xFF
            data[index + 16] ^= 0xFF
    with pytest.raises(Refusal) as no:
        checked("Положение.odt", bytes(data))
    assert no.value.text.id == "papers-file-broken"


async def test_a_wrong_upload_keeps_what_was_typed(curator: httpx2.AsyncClient, database: Database) -> None:
    answer = await curator.post("/documents/new", data=RULE, files={"file": ("x.exe", b"MZ")})
    assert answer.status_code == 422
    assert "Такой файл принять нельзя" in answer.text
    assert 'value="Положение о наставничестве"' in answer.text
    none = await curator.post("/documents/new", data={"title": "", "kind": "regulation"})
    assert "Назовите документ." in none.text
    ahead = await curator.post(
        "/documents/new", data=RULE | {"signed_on": "2027-01-01"}, files={"file": ("a.pdf", PDF)}
    )
    assert ahead.status_code == 422
    assert await rows(database, SchoolPaper) == []
    assert await rows(database, StoredFile) == []


async def test_a_new_version_keeps_the_old_one_and_closes_the_paper(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    paper = await laid(database, school)
    unread = await curator.post(f"/documents/{paper}", data=RULE | {"public": "yes"})
    assert unread.status_code == 422
    assert "просмотрите файл" in unread.text
    await curator.post(f"/documents/{paper}", data=RULE | {"public": "yes", "clean": "yes"})
    async with database.reading() as session:
        (shown,) = await stored.public(session, school.id)
        assert (shown.title, shown.signed_number) == ("Положение о наставничестве", "14-О")
        kept = await stored.public_file(session, school.id, paper)
        assert kept is not None
        assert kept.data == PDF
    newer = PDF + b"\n"
    answer = await curator.post(f"/documents/{paper}/versions", files={"file": ("Новое.pdf", newer)})
    assert "paper-replaced-closed" in answer.headers["location"]
    assert [one.number for one in await rows(database, SchoolPaperVersion)] == [1, 2, 3]
    assert (await curator.get(f"/documents/{paper}/file")).content == newer
    assert (await curator.get(f"/documents/{paper}/file?version=1")).content == PDF
    assert (await curator.get(f"/documents/{paper}/file?version=9")).status_code == 404
    async with database.reading() as session:
        assert await stored.public(session, school.id) == []
        assert await stored.public_file(session, school.id, paper) is None


async def test_a_removed_paper_leaves_nothing(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    paper = await laid(database, school)
    event = (await rows(database, RoadmapProof))[0].event_id
    await curator.post(f"/roadmap/events/{event}/documents", data={"paper": str(paper)})
    assert len(await rows(database, RoadmapProof)) == 2
    leads = await curator.get(f"/roadmap/documents/{(await rows(database, RoadmapProof))[1].id}")
    assert leads.headers["location"] == f"/documents/{paper}/file"
    await curator.post(f"/documents/{paper}/remove")
    assert await rows(database, SchoolPaper) == []
    assert len(await rows(database, RoadmapProof)) == 1
    assert [one.name for one in await rows(database, StoredFile)] == ["Приказ.pdf"]


async def test_the_report_of_papers_opens(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    await laid(database, school)
    answer = await curator.post("/reports/papers")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


async def test_a_refused_file_changes_nothing_of_the_paper(work: Work) -> None:
    made = await lay(work)
    with pytest.raises(Refusal):
        await school_papers.replace(work, made.paper, school_papers.Signed(), "x.doc", b"nothing")
    paper = await stored.get(work.session, work.school.id, made.paper)
    assert paper is not None
    assert len(paper.versions) == 2


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("Приказ.PDF", PDF, "Приказ.pdf"),
        ("C:\\дела\\Приказ.docx", docx(), "Приказ.docx"),
        ("что-то", docx(), "что-то.docx"),
        ("..", PDF, "документ.pdf"),
        ("a\u202efdp.exe", PDF, "a fdp.pdf"),
    ],
)
def test_a_file_is_known_by_its_bytes(name: str, data: bytes, kept: str) -> None:
    assert checked(name, data).name == kept


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "papers-file-none"),
        (b"x" * (LARGEST + 1), "papers-file-large"),
        (b"<html>", "papers-file-kind"),
        (docx("word/vbaProject.bin"), "papers-file-macros"),
        pytest.param(docx()[:40], "papers-file-broken", id="cut"),  # its bytes hold the time of day
        (b"\x89PNG\r\n\x1a\nbroken", "papers-file-broken"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, text: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked("файл.pdf", data)
    assert refused.value.text.id == text

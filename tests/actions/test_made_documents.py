"""Documents made from templates with a school's own data: every one, as Word and as PDF, with hostile words in it."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sqlalchemy import select, update

from actions import awards, made_documents, school_settings
from actions.awards import Said
from actions.made_documents import Wanted
from actions.plan_drafting import Chosen, draft
from actions.work import Work
from program.errors import Refusal
from program.gatherings import GatheringState
from program.letterhead import Letterhead
from program.roles import Category
from program.states import MeetingFormat, MeetingKind
from program.templates import AWARDS, TEMPLATES, Pick
from storage.tables import Gathering, Invitee, IssuedPaper, JournalEntry, Pair, Person
from tests.pairs import couple

HOSTILE = (
    "{{ школа }} {% if %} <w:t> & \"кавычки\" =CMD|'/c calc'!A0 \u202eобратно\u202c \x07 " + "длинно " * 1500
)
MADE = [one.code for one in TEMPLATES if one.pick is not Pick.AWARD]
HEAD = Letterhead(
    "МБОУ «Школа № 1» <&>", "Управление", "ул. Садовая, 5", "тел. 1", "Орлова Мария Петровна", "Директор"
)


async def scene(work: Work, reason: str = "за терпение") -> Wanted:
    """A pair with a programme, a gathering, a letter of thanks; what each document is asked for with."""
    await school_settings.save_letterhead(work, HEAD)
    ids = await couple(work.session, work.school, starts_on=work.today, ends_on=work.today + timedelta(200))
    mentee = await work.session.get(Person, ids.mentee)
    assert mentee is not None
    mentee.middle_name, mentee.gender, mentee.class_name = "Сергеевна", "female", "8А"
    plan = await draft(work, ids.mentor, ids.pair, Chosen("subject", "subject", ("know",), ("study",), ("meet", "topic"), ("free",)))  # fmt: skip
    assert plan is not None
    gathering = Gathering(
        school_id=work.school.id, year=work.settings.year, kind=MeetingKind.M6, state=GatheringState.HELD,
        starts_at=work.now, minutes=60, format=MeetingFormat.OFFLINE, place="актовый зал", uid="u", created_at=work.now,
    )  # fmt: skip
    work.session.add(gathering)
    await work.session.flush()
    work.session.add(
        Invitee(
            school_id=work.school.id,
            gathering_id=gathering.id,
            person_id=ids.mentor,
            at=work.now,
            coming=True,
            came=True,
        )
    )
    said = Said(
        "letter", "press", (f"person:{ids.mentor}",), reason[:300], work.today, work.today, work.today
    )
    await awards.give(work, said)
    return Wanted(
        "", pair=ids.pair, gathering=gathering.id, first=work.today, last=work.today + timedelta(30), change="prolong",
        people=(ids.mentee, ids.mentor), reason=reason, number="12-О", on=work.today,
    )  # fmt: skip


def wanted(scene: Wanted, code: str, **values: object) -> Wanted:
    return Wanted(**{**scene.__dict__, "code": code, **values})


def words(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as pack:
        for name in pack.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(pack.read(name))
        root = ElementTree.fromstring(pack.read("word/document.xml"))
    mark = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "\n".join(
        "".join(run.text or "" for run in line.iter(f"{mark}t")) for line in root.iter(f"{mark}p")
    )


async def test_every_document_is_made_of_the_schools_data(work: Work) -> None:
    asked = await scene(work)
    for code in MADE:
        if code == "roadmap":
            continue  # its own test: it needs a map
        name, data = await made_documents.make(work, wanted(asked, code))
        said = words(data)
        assert name.endswith(".docx"), code
        assert "{{" not in said, code
        assert "{%" not in said, code
        assert "Школа № 1" in said, code


async def test_an_order_has_the_fields_that_school_papers_carry(work: Work) -> None:
    asked = await scene(work)
    _, data = await made_documents.make(work, wanted(asked, "order-pairs"))
    said = words(data)
    for part in (
        "МБОУ «Школа № 1» <&>", "ПРИКАЗ", "№ 12-О", "15 сентября 2026 г.", "ПРИКАЗЫВАЮ", "М. П. Орлова", "Приложение к приказу",
        "Лебедева Мария Ивановна", "Котова Аня Сергеевна", "8А", "пара",
    ):  # fmt: skip
        assert part in said, part


async def test_an_order_names_the_last_day_as_the_pairs_card_does(work: Work) -> None:
    asked = await scene(work)
    for ends_on, said in ((date(2027, 4, 3), "03.04.2027"), (None, "31.05.2027")):
        await work.session.execute(update(Pair).values(ends_on=ends_on))
        _, data = await made_documents.make(work, wanted(asked, "order-pairs"))
        assert f"15.09.2026\n{said}" in words(data), ends_on


async def test_names_stand_in_their_case_and_a_correction_wins(work: Work) -> None:
    asked = await scene(work)
    _, data = await made_documents.make(work, wanted(asked, "application", people=asked.people[:1]))
    assert "от Котовой Ани Сергеевны" in words(data)
    mentee = await work.session.get(Person, asked.people[0])
    assert mentee is not None
    mentee.name_cases = {"genitive": "Котовой Анны Сергеевны"}
    _, data = await made_documents.make(work, wanted(asked, "application", people=asked.people[:1]))
    assert "от Котовой Анны Сергеевны" in words(data)


async def test_a_paper_without_anybody_leaves_lines_to_fill_in(work: Work) -> None:
    asked = await scene(work)
    _, data = await made_documents.make(work, wanted(asked, "consent-data", people=(), number="", on=None))
    assert "____" in words(data)
    assert "Полный текст" in words(data)


async def test_hostile_words_stay_words(work: Work) -> None:
    asked = await scene(work, HOSTILE)
    mentee = await work.session.get(Person, asked.people[0])
    assert mentee is not None
    mentee.last_name, mentee.class_name = HOSTILE[:290], "{% for"
    for code in ("order-change", "order-reward", "application", "order-pairs", "plan"):
        for pdf in (False, True):
            _, data = await made_documents.make(work, wanted(asked, code, reason=HOSTILE, pdf=pdf))
            if pdf:
                assert data.startswith(b"%PDF-"), code
            else:
                said = words(data)
                assert "{{ школа }}" in said, code
                assert "\u202e" not in said, code


async def test_the_same_data_give_the_same_bytes_all_day(work: Work) -> None:
    asked = await scene(work)
    later = Work(work.session, work.school, work.now + timedelta(hours=3), work.actor)
    for pdf in (False, True):
        for code in ("order-pairs", "diary"):
            first = await made_documents.make(work, wanted(asked, code, pdf=pdf))
            assert first == await made_documents.make(later, wanted(asked, code, pdf=pdf))


async def test_a_number_is_registered_once_and_every_file_is_in_the_journal(work: Work) -> None:
    asked = await scene(work)
    for _ in range(2):
        await made_documents.make(work, wanted(asked, "agreement"))
    rows = (await work.session.scalars(select(IssuedPaper).where(IssuedPaper.code == "agreement"))).all()
    assert [(one.number, one.on_day, one.about) for one in rows] == [
        ("12-О", work.today, f"pair:{asked.pair}")
    ]
    lines = await work.session.scalars(select(JournalEntry).where(JournalEntry.action == "template.made"))
    assert len(lines.all()) == 2


@pytest.mark.parametrize(
    ("code", "values", "why"),
    [
        ("order-change", {"change": ""}, "templates-no-change"),
        ("order-change", {"change": "prolong", "last": None}, "templates-no-until"),
        ("order-change", {"change": "replace", "other": 0}, "templates-no-other"),
        ("order-change", {"change": "leave", "other": 999}, "templates-no-leaver"),
        ("order-reward", {"first": date(2027, 1, 2), "last": date(2027, 1, 1)}, "templates-no-period"),
        ("order-reward", {"first": date(2020, 1, 1), "last": date(2020, 1, 2)}, "templates-no-awards"),
        ("agreement", {"pair": 999}, "templates-no-pair"),
        ("plan", {"pair": 999}, "templates-no-plan"),
        ("protocol", {"gathering": 999}, "templates-no-gathering"),
        ("application", {"people": (999,)}, "templates-nobody"),
        ("letter", {}, "templates-unknown"),
    ],
)
async def test_what_cannot_be_made_says_why(
    work: Work, code: str, values: dict[str, object], why: str
) -> None:
    asked = await scene(work)
    with pytest.raises(Refusal) as refusal:
        await made_documents.make(work, wanted(asked, code, **values))
    assert refusal.value.text.id == why


@pytest.mark.office
async def test_an_office_opens_every_document(work: Work, tmp_path: Path) -> None:
    asked = await scene(work, HOSTILE[:290])
    for code in MADE:
        if code != "roadmap":
            _, data = await made_documents.make(work, wanted(asked, code))
            (tmp_path / f"{code}.docx").write_bytes(data)
    teacher = (
        await work.session.scalars(select(Person.id).where(Person.category == Category.TEACHER))
    ).first()
    for code in AWARDS:
        said = Said(
            code,
            f"p{code}",
            (f"person:{teacher}", f"family:{asked.people[0]}"),
            "за терпение",
            *[work.today] * 3,
        )
        _, data = await awards.printed(
            work, await awards.give(work, said), "https://school.test/check", "docx"
        )
        (tmp_path / f"{code}.docx").write_bytes(data)
    assert in_an_office(tmp_path) == sorted([*(code for code in MADE if code != "roadmap"), *AWARDS])


def in_an_office(folder: Path) -> list[str]:
    """Names of those documents of a folder that LibreOffice has turned into a PDF."""
    files = sorted(folder.glob("*.docx"))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return sorted(one.stem for one in folder.glob("*.pdf"))

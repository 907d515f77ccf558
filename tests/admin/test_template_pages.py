"""«Шаблоны», «Составить», «Благодарности»: the pages, from the first press to the file."""

from __future__ import annotations

import re
from datetime import date

import httpx2
from fastapi import FastAPI

from program.templates import TEMPLATES, Pick
from storage.database import Database
from storage.tables import IssuedPaper, School
from tests.actions.test_made_documents import words
from tests.actions.test_templates import edited
from tests.admin.conftest import HOST
from tests.admin.world import furnish
from tests.build import person
from tests.conftest import NOW

MADE = [one.code for one in TEMPLATES if one.pick is not Pick.AWARD]


async def test_every_document_has_a_page(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    await furnish(database, school, NOW)
    for code in MADE:
        assert (await curator.get(f"/documents/make/{code}")).status_code == 200, code


async def test_a_document_is_made_and_its_number_registered(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    world = await furnish(database, school, NOW)
    asked = {"pair": str(world.active), "number": "12-О", "on": "2026-09-15", "as": "pdf"}
    made = await curator.post("/documents/make/agreement", data=asked)
    assert made.status_code == 200
    assert made.content.startswith(b"%PDF-")
    assert "attachment" in made.headers["content-disposition"]
    assert "№ 12-О" in (await curator.get("/documents/issued")).text
    nobody = await curator.post("/documents/make/consent-data", data={"as": "docx", "whom": "class:99Я"})
    assert nobody.status_code == 422
    assert '<a class="bad" href="#whom">' in nobody.text
    wrong = await curator.post("/documents/make/agreement", data={"as": "docx"})
    assert wrong.status_code == 422
    assert "Выберите пару" in wrong.text


async def test_the_letterhead_stands_on_papers(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    await furnish(database, school, NOW)
    head = {"full_name": "Средняя школа", "head_name": "Орлова Мария Петровна", "head_position": "Директор"}
    assert (await curator.post("/documents/letterhead", data=head)).status_code == 303
    made = await curator.post("/documents/make/order-pairs", data={"as": "docx"})
    assert "М. П. Орлова" in words(made.content)
    assert (await curator.post("/documents/letterhead", data={"address": "я" * 301})).status_code == 422


async def test_an_own_template_goes_from_upload_to_use_and_back(
    curator: httpx2.AsyncClient, school: School
) -> None:
    page = await curator.get("/documents/templates/agreement")
    assert "/documents/templates/agreement/sample?version=0&amp;as=png" in page.text
    drawn = await curator.get("/documents/templates/agreement/sample?version=0&as=png")
    assert drawn.content.startswith(b"\x89PNG")
    assert "{{ наставник_кому }}" in page.text
    given = (await curator.get("/documents/templates/agreement/file")).content
    wrong = await curator.post(
        "/documents/templates/agreement", files={"file": ("мой.docx", edited("agreement", "{{ школы }}"))}
    )
    assert wrong.status_code == 422
    assert "Возможно, «школа»" in wrong.text
    fine = await curator.post("/documents/templates/agreement", files={"file": ("мой.docx", given)})
    assert fine.status_code == 303
    assert "version=1" in fine.headers["location"]
    assert (
        await curator.post("/documents/templates/agreement/use", data={"version": "1"})
    ).status_code == 303
    assert "своя редакция 1" in (await curator.get("/documents/templates")).text
    assert (await curator.get("/documents/templates/agreement/sample?version=1&as=pdf")).content.startswith(
        b"%PDF-"
    )
    assert (await curator.get("/documents/templates/agreement/fields")).content.startswith(b"%PDF-")
    assert (
        await curator.post("/documents/templates/agreement/use", data={"version": "0"})
    ).status_code == 303
    assert (
        await curator.post("/documents/templates/agreement/remove", data={"version": "1", "sure": "yes"})
    ).status_code == 303
    assert (await curator.get("/documents/templates/agreement?version=1")).status_code == 404
    assert (await curator.get("/documents/templates/secret")).status_code == 404
    roadmap = (await curator.get("/documents/templates/roadmap")).text
    assert "{%tr for дело in строка.мероприятия %}" in roadmap
    assert "{{ дело.срок }}" in roadmap


async def test_letters_are_looked_at_given_printed_told_and_taken_back(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    world = await furnish(database, school, NOW)
    said = {"code": "letter", "reason": "за терпение", "people": f"person:{world.mentor}", "on": "2026-09-15", "first": "2026-09-01", "last": "2026-09-15"}  # fmt: skip
    none = await curator.post("/awards/new", data=said | {"people": ""})
    assert none.status_code == 422
    shown = await curator.post("/awards/new", data=said)
    assert "Ветрову Олегу" in shown.text or "Ветров Олег" in shown.text
    name = re.search(r'name="name" value="(\w+)"', shown.text)
    assert name is not None
    for _ in range(2):
        given = await curator.post("/awards/give", data=said | {"name": name[1]})
        assert given.status_code == 303
    batch = given.headers["location"].partition("?")[0]
    page = (await curator.get(batch)).text
    assert "№ БП-1" in page
    assert "БП-2" not in page
    for kind, begins in (("pdf", b"%PDF-"), ("docx", b"PK"), ("zip", b"PK")):
        assert (await curator.post(f"{batch}/take", data={"as": kind})).content.startswith(begins)
    assert "Отправить документы" in (await curator.post(f"{batch}/tell")).text
    assert (await curator.post(f"{batch}/tell", data={"sure": "yes"})).status_code == 303
    code = re.search(r"/check/(\w{12})", page)
    assert code is not None
    assert "действует" in (await curator.get(f"/check/{code[1]}")).text
    assert (await curator.post(f"{batch}/revoke", data={"why": ""})).status_code == 422
    assert (await curator.post(f"{batch}/revoke", data={"why": "ошибка", "sure": "yes"})).status_code == 303
    told = (await curator.get(f"/check/{code[1]}")).text
    assert "отозвала" in told
    assert "ошибка" not in told


async def test_a_code_is_checked_without_signing_in_and_not_too_often(
    application: FastAPI, database: Database, school: School
) -> None:
    async with database.transaction() as session:
        teacher = person(school, "Нина", "Ручьёва", category="teacher", middle_name="Ильинична")
        session.add(teacher)
        await session.flush()
        session.add(
            IssuedPaper(
                school_id=school.id, year="2026-2027", code="certificate", serial=1, number="С-1", on_day=date(2026, 9, 15),
                person_id=teacher.id, check_code="23456789BCDF", at=NOW, facts={"side": "mentor", "reason": "тайна"},
            )
        )  # fmt: skip
    transport = httpx2.ASGITransport(application)
    async with httpx2.AsyncClient(transport=transport, base_url=HOST) as anybody:
        answer = await anybody.get("/check/2345-6789-bcdf")
        assert answer.status_code == 200
        assert "Ручьёва Н. И." in answer.text
        assert "Ильинична" not in answer.text
        assert "тайна" not in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex"
        assert (await anybody.get("/check?code=2345 6789 BCDF")).headers["location"] == "/check/23456789BCDF"
        assert (await anybody.get("/check/23456789BCDG")).status_code == 404
        assert (await anybody.get("/check?code=<b>")).status_code == 404
        answers = [(await anybody.get("/check/23456789BCDF")).status_code for _ in range(40)]
        assert answers[-1] == 429


async def test_the_poster_of_a_class_is_a_page_to_print(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    await furnish(database, school, NOW)
    made = await curator.post("/qr-cards/poster", data={"class_name": "8А"})
    answer = await curator.get(f"{made.headers['location'].partition('?')[0]}/poster")
    assert answer.content.startswith(b"%PDF-")

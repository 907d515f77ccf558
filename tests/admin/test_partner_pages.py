"""«Партнёры»: written down, found, taken out; contacts only with a ground, gone when the work is over."""

from __future__ import annotations

import io
from datetime import timedelta

import httpx2
import openpyxl
import pytest

from actions import erasure, my_data_more, sweeps
from actions.work import Work
from locales import Texts
from program.channels import Channel
from program.partners import PartnerState
from program.retention import Basis
from program.roles import Category, Side
from storage import partners as register
from storage.database import Database
from storage.tables import JournalEntry, Partner, PartnerDeed, PartnerPerson, School
from tests import build
from tests.admin.road import lay
from tests.conftest import NOW, rows

COLLEGE = {"name": "Колледж связи", "kind": "college", "state": "active"}


async def laid(database: Database, school: School) -> int:
    async with database.transaction() as session:
        return (await lay(Work(session, await session.merge(school, load=False), NOW))).partner


async def test_a_partner_is_written_down_and_found(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    assert "Здесь будут предприятия" in (await curator.get("/partners")).text
    await laid(database, school)
    answer = await curator.post("/partners/new", data={**COLLEGE, "forms": ["stud_uch"]})
    assert answer.status_code == 303
    listed = (await curator.get("/partners")).text
    assert "Партнёры (2)" in listed
    assert "скоро закончится" in listed
    found = (await curator.get("/partners?q=колледж")).text
    assert "Партнёры (1)" in found
    assert "Прибор" not in found[found.index("<table") :]
    ending = (await curator.get("/partners?until=soon")).text
    assert "Колледж связи" not in ending[ending.index("<table") :]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"name": ""}, "Напишите название."),
        ({"kind": "никакой"}, "Выберите вид партнёра"),
        ({"contact": "Лариса Юрьевна"}, "почему школа может хранить"),
        ({"phone": "12", "ground": "consent"}, "Телефон не читается"),
        ({"email": "нет почты", "ground": "consent"}, "Проверьте адрес почты"),
        ({"agreement_on": "2026-09-01", "agreement_until": "2026-08-01"}, "Срок действия раньше"),
    ],
)
async def test_what_cannot_be_kept_is_said_beside_its_field(
    curator: httpx2.AsyncClient, database: Database, more: dict[str, str], sentence: str
) -> None:
    answer = await curator.post("/partners/new", data=COLLEGE | more)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<title>Ошибка:" in answer.text
    assert await rows(database, Partner) == []


async def test_a_name_stands_once(curator: httpx2.AsyncClient, database: Database, school: School) -> None:
    partner = await laid(database, school)
    await curator.post("/partners/new", data=COLLEGE)
    assert "уже есть" in (await curator.post("/partners/new", data=COLLEGE)).text
    renamed = await curator.post(f"/partners/{partner}/edit", data=COLLEGE)
    assert renamed.status_code == 422
    assert "уже есть" in renamed.text


async def test_offers_and_events_stand_on_the_card(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    partner = await laid(database, school)
    event = {"deed": "event", "event-title": "День профессий", "event-on": "2026-10-01", "event-people": "40"}
    assert (await curator.post(f"/partners/{partner}/deeds", data=event)).status_code == 303
    bad = await curator.post(
        f"/partners/{partner}/deeds", data={"deed": "offer", "offer-title": "", "offer-on": ""}
    )
    assert bad.status_code == 422
    offer = next(one for one in await rows(database, PartnerDeed) if one.kind == "offer")
    await curator.post(f"/partners/{partner}/deeds/received", data={"deed": str(offer.id), "received": "yes"})
    card = (await curator.get(f"/partners/{partner}")).text
    assert "День профессий" in card
    assert "15 сентября" in card
    await curator.post(f"/partners/{partner}/deeds/remove", data={"deed": str(offer.id), "sure": "yes"})
    assert "Экскурсия по цехам" not in (await curator.get(f"/partners/{partner}")).text


async def test_only_mentors_from_outside_are_theirs(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    partner = await laid(database, school)
    async with database.transaction() as session:
        engineer = build.person(school, "Глеб", "Туров", category=Category.EMPLOYER)
        pupil = build.person(school)
        session.add_all([engineer, pupil])
        await session.flush()
        for one in (engineer, pupil):
            session.add(build.participation(one, Side.MENTOR, "rab_uch"))
    refused = await curator.post(f"/partners/{partner}/people", data={"person": str(pupil.id)})
    assert refused.status_code == 409
    for _ in range(2):
        await curator.post(f"/partners/{partner}/people", data={"person": str(engineer.id)})
    assert [one.person_id for one in await rows(database, PartnerPerson)] == [engineer.id]
    assert "Туров" in (await curator.get(f"/partners/{partner}")).text
    await curator.post(f"/partners/{partner}/people/remove", data={"person": str(engineer.id), "sure": "yes"})
    assert await rows(database, PartnerPerson) == []


async def test_the_list_and_the_report_are_taken_out(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    await laid(database, school)
    listed = await curator.post("/partners/file")
    cells = _cells(listed.content)
    assert any("Завод «Прибор»" in row for row in cells)
    assert any("Лариса Юрьевна" in row for row in cells)
    report = _cells((await curator.post("/reports/partners")).content)
    assert any("Завод «Прибор»" in row for row in report)
    assert not any("Лариса Юрьевна" in row for row in report)  # numbers leave the school, people do not
    assert "table.downloaded" in [line.action for line in await rows(database, JournalEntry)]


async def test_a_contact_goes_a_month_after_the_archive(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    partner = await laid(database, school)
    await curator.post(f"/partners/{partner}/state", data={"state": "archived"})
    assert "Завод «Прибор»" not in (await curator.get("/partners")).text
    assert "Завод «Прибор»" in (await curator.get("/partners?state=archived")).text
    for days, kept in ((29, "Лариса Юрьевна"), (31, "")):
        async with database.transaction() as session:
            await sweeps.clean(
                Work(session, await session.merge(school, load=False), NOW + timedelta(days=days))
            )
        (held,) = await rows(database, Partner)
        assert held.contact == kept
    assert (held.phone, held.contact_ground, held.state) == ("", "", PartnerState.ARCHIVED)


async def test_a_contact_is_wiped_by_a_button(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    partner = await laid(database, school)
    await curator.post(f"/partners/{partner}/contact/remove", data={"sure": "yes"})
    (held,) = await rows(database, Partner)
    assert (held.contact, held.phone, held.contact_ground) == ("", "", "")


async def test_who_is_erased_is_erased_here_too(work: Work) -> None:
    made = await lay(work)
    engineer = build.person(
        work.school, "Лариса", "Туманова", category=Category.EMPLOYER, phone="+79000000011"
    )
    work.session.add(engineer)
    await work.session.flush()
    work.session.add(build.address(engineer, Channel.WEB))
    work.session.add(
        PartnerPerson(school_id=work.school.id, partner_id=made.partner, person_id=engineer.id, at=work.now)
    )
    partner = await register.get(work.session, work.school.id, made.partner)
    assert partner is not None
    partner.notes = "Звонить Ларисе Тумановой"
    await work.session.flush()
    known = await my_data_more.partners(work, engineer, Texts())
    assert [value for _, value in known] == ["Завод «Прибор»", "Лариса Юрьевна, +79000000011"]

    await erasure.erase(work, engineer.id, Basis.REQUEST)

    partner = await register.get(work.session, work.school.id, made.partner)
    assert partner is not None
    assert (partner.contact, partner.phone, partner.notes, list(partner.people)) == ("", "", "", [])
    assert partner.name == "Завод «Прибор»"


async def test_an_agreement_that_ends_waits_for_a_decision(work: Work) -> None:
    made = await lay(work)
    session, school = work.session, work.school.id
    (one,) = await register.waiting(session, school, work.today)
    assert (one.code, one.count, one.oldest) == ("partners", 1, None)
    (one,) = await register.waiting(session, school, work.today + timedelta(days=20))
    assert one.oldest is not None
    assert await register.waiting(session, school, work.today - timedelta(days=30)) == []
    partner = await register.get(session, school, made.partner)
    assert partner is not None
    partner.state = PartnerState.ARCHIVED
    await session.flush()
    assert await register.waiting(session, school, work.today) == []


def _cells(data: bytes) -> list[list[object]]:
    return [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows()
    ]

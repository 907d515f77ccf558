"""«Программы пар» as the curator and the director see and change them."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx2
import pytest

from actions import mentor_hours, plan_items, plans
from actions.plan_drafting import Chosen, draft
from actions.work import Work
from program.plans import PlanState
from program.roles import StaffRole
from storage import plans as rows
from storage.database import Database
from storage.tables import Achievement, Plan, PlanAcknowledgement, PlanVersion, School
from tests.admin.conftest import Browsers
from tests.admin.world import PNG
from tests.build import NOW
from tests.conftest import rows as every
from tests.pairs import Couple, couple

CHOSEN = Chosen("subject", "subject", ("know",), ("study",), ("meet", "topic"), ("free",))


async def furnish(database: Database, school: School, upto: PlanState | None = PlanState.AGREED) -> Couple:
    """A pair with a programme in that state; None: without one."""
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), NOW)
        ids = await couple(session, work.school, starts_on=work.today)
        if upto is None:
            return ids
        plan = await draft(work.by(f"person:{ids.mentor}"), ids.mentor, ids.pair, CHOSEN)
        assert plan is not None
        if upto is not PlanState.DRAFT:
            await plans.send(work, plan.id, author=ids.mentor)
        if upto is PlanState.AGREED:
            await plans.agree(work.by(f"person:{ids.mentee}"), ids.mentee, plan.id, plan.version)
        return ids


def values(page: str) -> dict[str, object]:
    """Every field of the form as a browser would send it back."""
    found: dict[str, object] = {}
    body = page.split('<form method="post"')[1].split("</form>")[0]
    for tag in re.findall(r"<input[^>]*>", body):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            found[name[1]] = value[1] if value else ""
    for name, words in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', body):
        found[name] = words
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


async def plan_of(database: Database, ids: Couple) -> Plan:
    async with database.reading() as session:
        (mine,) = [one for one in await every(database, Plan) if one.pair_id == ids.pair]  # type: ignore[attr-defined]
        found = await rows.current(session, mine.school_id, ids.pair)  # type: ignore[attr-defined]
        assert found is not None
        return found


async def test_the_list_says_who_has_none_and_who_waits(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    without = await furnish(database, school, None)
    page = (await curator.get("/plans")).text
    assert "Программы пока нет" in page
    assert "Нет программы: 1" in page
    assert (await curator.post(f"/plans/{without.pair}/start")).headers[
        "location"
    ] == f"/plans/{without.pair}/edit"
    assert (await plan_of(database, without)).state == PlanState.DRAFT
    assert "Черновики: 1" in (await curator.get("/plans?show=draft")).text


async def test_a_programme_both_agreed_to_waits_on_the_first_page_until_it_is_seen(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    ids = await furnish(database, school)
    assert "Программы пар ждут ознакомления" in (await curator.get("/")).text
    for sent, field in (
        ({"way": "jointly", "held_on": "вчера"}, "held_on"),
        ({"way": "jointly", "held_on": "2099-01-01"}, "held_on"),
        ({"way": "zz"}, "way"),
    ):
        odd = await curator.post(f"/plans/{ids.pair}/read", data=sent | {"present": ["method"]})
        assert odd.status_code == 422, sent
        assert f'<a class="bad" href="#{field}">' in odd.text
        assert f'id="{field}-error"' in odd.text
        assert 'value="method" checked' in odd.text
        assert 'value="curator" checked' not in odd.text
    answer = await curator.post(
        f"/plans/{ids.pair}/read", data={"way": "jointly", "present": ["curator", "method"], "held_on": ""}
    )
    assert answer.headers["location"].endswith("done=plan-read")
    (read,) = await every(database, PlanAcknowledgement)
    assert read.present == ["curator", "method"]  # type: ignore[attr-defined]
    assert (await plan_of(database, ids)).state == PlanState.WORK
    assert "Программы пар ждут ознакомления" not in (await curator.get("/")).text


async def test_a_form_that_is_saved_unchanged_changes_nothing(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    ids = await furnish(database, school)
    page = (await curator.get(f"/plans/{ids.pair}/edit")).text
    answer = await curator.post(f"/plans/{ids.pair}/edit", data=values(page))
    assert answer.status_code == 303
    assert len(await every(database, PlanVersion)) == 1


async def test_the_curator_amends_and_both_sides_are_asked(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    ids = await furnish(database, school)
    form = values((await curator.get(f"/plans/{ids.pair}/edit")).text)
    changed = form | {"goal": "Выступить на олимпиаде", "event-3": "Сходить в музей", "due-3": "2026-12-01", "by": "mentor"}  # fmt: skip
    assert (await curator.post(f"/plans/{ids.pair}/edit", data=changed)).status_code == 303
    plan = await plan_of(database, ids)
    assert (plan.state, plan.content["goal"], len(plan.items)) == (
        PlanState.AMENDED,
        "Выступить на олимпиаде",
        3,
    )
    page = (await curator.get(f"/plans/{ids.pair}")).text
    assert "Изменение ждёт согласия" in page
    assert "Выступить на олимпиаде" in page
    assert "Уверенно освоить" in page  # how it was, in the comparison
    for person in (ids.mentor, ids.mentee):
        await curator.post(f"/plans/{ids.pair}/yes", data={"person": str(person)})
    assert (await plan_of(database, ids)).state == PlanState.AGREED
    late = await curator.post(f"/plans/{ids.pair}/edit", data=changed | {"goal": "Другая"})
    assert late.status_code == 422
    assert "Это уже изменено" in late.text


async def test_a_wrong_day_is_told_beside_its_field(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    ids = await furnish(database, school, PlanState.DRAFT)
    form = values((await curator.get(f"/plans/{ids.pair}/edit")).text)
    answer = await curator.post(
        f"/plans/{ids.pair}/edit", data=form | {"ends_on": "2028-01-01", "goal": "Новая цель"}
    )
    assert answer.status_code == 422
    assert "не больше 12 месяцев" in answer.text
    assert "Новая цель" in answer.text
    answer = await curator.post(f"/plans/{ids.pair}/edit", data=form | {"ends_on": "2026-10-30"})
    assert "короче трёх месяцев" in (await curator.get(answer.headers["location"])).text


async def test_the_document_is_taken_out_and_the_journal_knows(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    ids = await furnish(database, school)
    answer = await curator.post(f"/plans/{ids.pair}/file", data={"number": "1"})
    assert answer.content.startswith(b"PK")
    assert "wordprocessingml" in answer.headers["content-type"]
    report = await curator.post(f"/plans/{ids.pair}/report")
    assert report.content.startswith(b"PK")
    assert "программа скачана документом" in (await curator.get(f"/pairs/{ids.pair}")).text


async def test_plan_and_fact_stand_on_the_card_of_the_pair(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    ids = await furnish(database, school)
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), NOW)
        plan = await rows.current(session, school.id, ids.pair)
        assert plan is not None
        await plan_items.mark(work, ids.mentee, plan.items[0].id)
        plan.items[1].due_on = work.today - timedelta(days=1)
    page = (await curator.get(f"/pairs/{ids.pair}")).text
    assert "Дел выполнено: 1 из 2" in page
    assert "у 1 дела прошёл срок" in page
    assert "Прошёл срок дела: 1" in (await curator.get("/plans?show=late")).text


async def test_an_achievement_is_entered_with_its_diploma_and_taken_back(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    ids = await furnish(database, school)
    answer = await curator.post(
        f"/plans/{ids.pair}/achievements",
        data={"person": str(ids.mentee), "kind": "olympiad", "title": "Биология", "level": "regional", "outcome": "winner", "won_on": "2026-09-01"},
        files={"paper": ("Котова Аня.png", PNG, "image/png")},
    )  # fmt: skip
    assert answer.status_code == 303
    (won,) = await every(database, Achievement)
    shown = await curator.get(f"/plans/achievements/{won.id}/file")  # type: ignore[attr-defined]
    assert shown.headers["content-type"] == "image/png"
    assert "achievement-1.png" in shown.headers["content-disposition"]
    await curator.post(f"/plans/achievements/{won.id}/remove", data={"sure": "yes"})  # type: ignore[attr-defined]
    assert await every(database, Achievement) == []


async def test_what_is_wrong_with_an_achievement_stands_beside_its_field_and_nothing_typed_is_lost(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    ids = await furnish(database, school)
    answer = await curator.post(
        f"/plans/{ids.pair}/achievements",
        data={"person": str(ids.mentee), "kind": "olympiad", "title": "Биология", "level": "regional", "outcome": "winner", "won_on": "2026-09-01"},
        files={"paper": ("a.svg", b"<svg onload='x'>", "image/svg+xml")},
    )  # fmt: skip
    assert answer.status_code == 422
    for words in (
        "<title>Ошибка:",
        'id="paper-error"',
        'value="Биология"',
        'value="regional" selected',
        "выберите его ещё раз",
    ):
        assert words in answer.text, words
    answer = await curator.post(
        f"/plans/{ids.pair}/achievements",
        data={"person": str(ids.mentee), "kind": "olympiad", "title": "Биология", "level": "regional", "outcome": "winner", "won_on": "2099-09-01"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert 'href="#won_on"' in answer.text
    assert 'value="2099-09-01"' in answer.text
    assert await every(database, Achievement) == []


@pytest.mark.parametrize(("role", "status"), [(StaffRole.DIRECTOR, 200), (StaffRole.PSYCHOLOGIST, 403)])
async def test_who_may_read(
    browsers: Browsers, database: Database, school: School, role: StaffRole, status: int
) -> None:
    ids = await furnish(database, school)
    browser = await browsers.of(role)
    page = await browser.get(f"/plans/{ids.pair}")
    assert page.status_code == status
    if status == 200:
        assert "Изменить программу" not in page.text
        assert "Отметить ознакомление" not in page.text


async def test_hours_of_the_mentor_are_summed_by_month(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    ids = await furnish(database, school)
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), NOW)
        await mentor_hours.add(work, ids.mentor, ids.pair, 90, "prepare", work.today)
        await mentor_hours.add(work, ids.mentor, ids.pair, 30, "family", work.today - timedelta(days=20))
    page = (await curator.get(f"/plans/{ids.pair}")).text
    assert "Время наставника: 2 ч 00 мин" in page
    assert "09.2026: 1 ч 30 мин; 08.2026: 0 ч 30 мин." in page


async def test_a_completed_programme_has_a_next_one(
    curator: httpx2.AsyncClient, database: Database, school: School
) -> None:
    ids = await furnish(database, school)
    odd = await curator.post(f"/plans/{ids.pair}/finish", data={"achieved": "Тема", "recommendation": "zz"})
    assert odd.status_code == 422
    assert '<a class="bad" href="#recommendation">' in odd.text
    assert ">Тема</textarea>" in odd.text
    await curator.post(
        f"/plans/{ids.pair}/finish", data={"achieved": "Тема освоена", "recommendation": "continue"}
    )
    assert (await plan_of(database, ids)).state == PlanState.COMPLETED
    await curator.post(f"/plans/{ids.pair}/start")
    page = (await curator.get(f"/plans/{ids.pair}")).text
    assert "Другие программы пары" in page
    assert "Тема освоена" in (await curator.get(f"/plans/{ids.pair}?number=1")).text

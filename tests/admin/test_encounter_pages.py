"""Meetings outside of pairs on the curator's pages: from a form to people's chats."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import delete, select

from actions import encounter_questions as pool
from actions import encounters
from actions.encounters import Draft
from actions.work import Work
from program.encounters import EncounterKind, EncounterState, QuestionKind, QuestionState
from program.roles import StaffRole
from program.rounds import Plan
from storage.database import Database
from storage.tables import Address, Encounter, Impression, OutboxRow, Person, PoolQuestion, Seat
from tests import meetups
from tests.admin.conftest import Browsers, Clock
from tests.conftest import rows

FORM = {
    "kind": "flash", "topic": "Как выбрать профессию", "day": "2026-09-16", "clock": "15:30", "minutes": "45",
    "seats": "8", "rounds": "5", "place": "Кабинет 214",
}  # fmt: skip


async def make(database: Database, browsers: Browsers, what: Any) -> Any:
    async with database.transaction() as session:
        work = Work(session, await session.merge(browsers.school, load=False), browsers.now)
        return await what(work)


async def only(database: Database) -> Encounter:
    (one,) = await rows(database, Encounter)
    assert isinstance(one, Encounter)
    return one


async def told(database: Database, prefix: str) -> list[int | None]:
    found = [row for row in await rows(database, OutboxRow) if isinstance(row, OutboxRow)]
    return [row.person_id for row in found if row.key.startswith(prefix)]


async def test_a_meeting_is_published_from_a_form_and_its_host_is_told(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    host = await make(database, browsers, meetups.mentor)
    assert "Лебедева Мария Ивановна" in (await curator.get("/encounters/new")).text
    for wrong in (
        {"topic": ""},
        {"day": "2026-09-01"},
        {"clock": "25:00"},
        {"seats": "0"},
        {"link": "vk.com/x"},
    ):
        answer = await curator.post("/encounters/new", data=FORM | wrong)
        assert answer.status_code == 422, wrong
        assert "Кабинет 214" in answer.text
    made = await curator.post("/encounters/new", data=FORM | {"host": str(host.id), "categories": ["pupil"]})
    one = await only(database)
    assert made.headers["location"] == f"/encounters/{one.id}?done=encounter-open"
    assert (one.host_id, one.seats, one.starts_at.isoformat()) == (host.id, 8, "2026-09-16T10:30:00+00:00")
    assert await told(database, "encounter-lead:") == [host.id]
    assert "Запись открыта" in (await curator.get(made.headers["location"])).text
    assert "Как выбрать профессию" in (await curator.get("/encounters")).text


async def test_an_offer_is_decided_from_today_on(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    async def offer(work: Work) -> Encounter:
        return await encounters.offer(
            work, await meetups.mentor(work), Draft("Шахматы", meetups.tomorrow(work))
        )

    made = await make(database, browsers, offer)
    assert "Предлагают провести разовую встречу" in (await curator.get("/")).text
    assert "Шахматы" in (await curator.get("/encounters")).text
    await curator.post(f"/encounters/{made.id}/decide", data={"answer": "yes"})
    assert (await only(database)).state == EncounterState.OPEN
    again = await curator.post(f"/encounters/{made.id}/decide", data={"answer": "no"})
    assert again.status_code == 409
    off = await curator.post(f"/encounters/{made.id}/cancel")
    assert off.headers["location"] == "/encounters?done=encounter-off"
    assert await told(database, "encounter-off:") == await told(database, "encounter-decided:")


async def test_who_came_is_noted_and_counted(browsers: Browsers, database: Database, clock: Clock) -> None:
    async def hold(work: Work) -> tuple[int, list[int]]:
        one = await meetups.flash(work)
        guests = await meetups.pupils(work, 2)
        for guest in guests:
            await encounters.sign_up(work, guest, one.id)
        return one.id, [guest.id for guest in guests]

    key, guests = await make(database, browsers, hold)
    clock.forward(timedelta(days=1, hours=3))
    curator = await browsers.of()
    assert "не отмечено, кто был" in (await curator.get("/")).text
    assert "Кто был" in (await curator.get(f"/encounters/{key}")).text
    await curator.post(f"/encounters/{key}/came", data={"came": [str(guests[0])]})
    seats = {seat.person_id: seat.came for seat in await rows(database, Seat) if isinstance(seat, Seat)}
    assert seats == {guests[0]: True, guests[1]: False}
    page = (await curator.get("/encounters")).text
    assert '<td data-label="Прошли">1</td><td data-label="Участников">1</td>' in page


async def test_an_event_of_rounds_is_planned_printed_and_mended_on_the_spot(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    async def gather(work: Work) -> tuple[int, list[Person], list[Person], Person]:
        one = await meetups.speed(work, 2)
        leaders = [await meetups.mentor(work, name, "Лебедева") for name in ("Мария", "Ирина", "Нина")]
        guests = await meetups.pupils(work, 2)
        for person in (*leaders[:2], *guests):
            await encounters.sign_up(work, person, one.id)
        return one.id, leaders, guests, leaders[2]

    key, leaders, guests, spare = await make(database, browsers, gather)
    assert (await curator.post(f"/encounters/{key}/table")).status_code == 303
    plan = Plan.read((await only(database)).plan)
    assert [len(one) for one in plan.rounds] == [2, 2]
    assert (await curator.post(f"/encounters/{key}/cards")).status_code == 303
    assert len(await told(database, "encounter-card:")) == 4
    sheet = (await curator.get(f"/encounters/{key}/sheet")).text
    assert "Круг 2" in sheet
    assert "Ромашкина0" not in sheet, "a sheet on the wall shows no surnames"

    change = {"person": str(leaders[0].id), "done": "1", "instead": str(spare.id)}
    assert (await curator.post(f"/encounters/{key}/absent", data=change)).status_code == 303
    mended = Plan.read((await only(database)).plan)
    assert mended.rounds[0] == plan.rounds[0]
    assert mended.tables[spare.id] == plan.tables[leaders[0].id]
    assert spare.id in dict(mended.rounds[1])
    assert leaders[0].id not in dict(mended.rounds[1])
    await curator.post(f"/encounters/{key}/cards")
    assert len(await told(database, "encounter-card:")) > 4
    side = {"person": str(guests[0].id), "side": "mentor"}
    assert (await curator.post(f"/encounters/{key}/side", data=side)).status_code == 409


async def test_trial_meetings_are_arranged_and_their_words_are_for_the_curator_alone(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    async def people(work: Work) -> tuple[int, int, int]:
        child = await meetups.pupil(work, looks=True)
        one, two = await meetups.mentor(work), await meetups.mentor(work, "Ирина", "Лугова")
        return child.id, one.id, two.id

    child, one, two = await make(database, browsers, people)
    shown = (await curator.get(f"/encounters/trials?person={child}")).text
    assert "Лугова Ирина" in shown
    form = {"person": str(child), "with": [str(one), str(two)], "day-1": "2026-09-17", "clock-1": "15:00"}
    assert (await curator.post("/encounters/trials", data=form)).status_code == 422
    form |= {"day-2": "2026-09-18", "clock-2": "15:00"}
    assert (await curator.post("/encounters/trials", data=form)).status_code == 303
    assert sorted(await told(database, "encounter-trial:")) == sorted([child, child, one, two])
    again = await curator.post("/encounters/trials", data=form)
    assert "уже пригласили" in again.text
    first = (await rows(database, Encounter))[0]
    assert isinstance(first, Encounter)
    async with database.transaction() as session:
        session.add(
            Impression(
                school_id=browsers.school.id, encounter_id=first.id, person_id=child, about_id=one, word="avoid",
                at=browsers.now,
            )
        )  # fmt: skip
    assert "лучше с кем-то другим" in (await curator.get(f"/encounters/{first.id}")).text
    head = await browsers.of(StaffRole.DIRECTOR)
    assert "лучше с кем-то другим" not in (await head.get(f"/encounters/{first.id}")).text
    # Whoever said «avoid» is not brought together with that person again.
    assert (
        f'value="{one}"'
        not in (await curator.get(f"/encounters/trials?person={child}")).text.split("with-1")[1]
    )


async def test_a_question_nobody_answers_is_found_on_the_first_page_and_helped_on(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    async def ask(work: Work) -> tuple[int, int, int]:
        child, helper = await meetups.pupil(work), await meetups.mentor(work)
        asked, told_to = await pool.ask(
            work, child.id, QuestionKind.QUESTION, "career", "Кем мне стать, подскажите?"
        )
        assert told_to == 0
        wanted, _ = await pool.ask(work, child.id, QuestionKind.REQUEST, "study", "Нужна помощь с дробями")
        assert asked is not None
        assert wanted is not None
        return asked.id, wanted.id, helper.id

    asked, wanted, helper = await make(database, browsers, ask)
    clock.forward(timedelta(days=3, hours=1))
    curator = await browsers.of()
    assert "без ответа" in (await curator.get("/")).text
    page = (await curator.get("/encounters/questions")).text
    assert "Кем мне стать" in page
    assert "Нет ответа три дня" in page
    await curator.post(f"/encounters/questions/{asked}/assign", data={"mentor": str(helper)})
    assert await told(database, "pool-assigned:") == [helper]
    await curator.post(f"/encounters/questions/{asked}/back")
    short = await curator.post(f"/encounters/questions/{asked}/answer", data={"words": "да"})
    assert short.status_code == 409
    await curator.post(
        f"/encounters/questions/{asked}/answer", data={"words": "Приходи, поговорим о профессиях."}
    )
    meet = {"mentor": str(helper), "day": "2026-09-22", "clock": "15:00", "place": "Библиотека"}
    assert (await curator.post(f"/encounters/questions/{wanted}/meet", data=meet)).status_code == 303
    one = await only(database)
    assert (one.kind, one.host_id) == (EncounterKind.SITUATIONAL, helper)
    found = [row for row in await rows(database, PoolQuestion) if isinstance(row, PoolQuestion)]
    assert [row.state for row in found] == [QuestionState.ANSWERED, QuestionState.ANSWERED]
    assert "без ответа" not in (await curator.get("/")).text
    await curator.post(f"/encounters/questions/{asked}/close", data={"sure": "yes"})
    async with database.reading() as session:
        state = await session.scalar(select(PoolQuestion.state).where(PoolQuestion.id == asked))
    assert state == QuestionState.CLOSED


@pytest.mark.parametrize("role", [StaffRole.DIRECTOR, StaffRole.CLASS_TEACHER])
async def test_what_children_ask_is_not_for_everybody(browsers: Browsers, role: StaffRole) -> None:
    browser = await browsers.of(role)
    assert (await browser.get("/encounters/questions")).status_code == 403


async def test_a_published_meeting_is_changed_and_those_nobody_can_write_to_are_named(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    async def ready(work: Work) -> tuple[int, list[Person]]:
        people = await meetups.pupils(work, 2)
        meeting = await meetups.flash(work, await meetups.mentor(work), seats=3)
        for person in people:
            await encounters.sign_up(work, person, meeting.id)
        for row in await work.session.scalars(select(OutboxRow)):
            row.sent_at = work.now
        await work.session.execute(delete(Address).where(Address.person_id == people[0].id))
        return meeting.id, people

    key, people = await make(database, browsers, ready)
    assert f"/encounters/{key}/edit" in (await curator.get(f"/encounters/{key}")).text
    form = (await curator.get(f"/encounters/{key}/edit")).text
    assert 'value="Как выбрать профессию"' in form
    assert 'value="12:00"' in form
    same = FORM | {"clock": "12:00", "seats": "3", "place": "Кабинет 214"}
    for wrong in (
        {"topic": ""},
        {"day": "2026-09-01"},
        {"clock": "25:00"},
        {"seats": "1"},
        {"link": "vk.com/x"},
    ):
        answer = await curator.post(f"/encounters/{key}/edit", data=same | wrong)
        assert answer.status_code == 422, wrong
    assert "не меньше 2" in (await curator.post(f"/encounters/{key}/edit", data=same | {"seats": "1"})).text

    unchanged = await curator.post(f"/encounters/{key}/edit", data=same)
    assert "encounter-same" in unchanged.headers["location"]
    assert await told(database, "encounter-changed:") == []

    done = await curator.post(
        f"/encounters/{key}/edit", data=same | {"clock": "14:00", "place": "Актовый зал"}
    )

    page = (await curator.get(done.headers["location"])).text
    assert "Встреча изменена" in page
    assert f"позвоните: {people[0].full_name}" in page
    assert "Актовый зал" in page
    assert people[1].id in await told(database, "encounter-changed:")


async def test_the_card_of_a_person_lists_one_off_meetings_without_what_was_said_silently(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    async def ready(work: Work) -> Person:
        host = await meetups.mentor(work)
        (one,) = await meetups.pupils(work, 1)
        meeting = await meetups.flash(work, host)
        await encounters.sign_up(work, one, meeting.id)
        return one

    one = await make(database, browsers, ready)
    page = (await curator.get(f"/people/{one.id}")).text
    assert "Как выбрать профессию" in page
    assert "записан на встречу" in page
    assert "лучше с кем-то другим" not in page
    teacher = await browsers.of(StaffRole.CLASS_TEACHER)
    shown = await teacher.get(f"/people/{one.id}")
    assert shown.status_code == 404 or "лучше с кем-то другим" not in shown.text

"""One thing done to many people: what the page says beforehand, what is kept, and taking it back."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import httpx2
import pytest

from actions import directories
from actions.work import Work
from program.directories import Directory
from program.roles import Category, PersonState, Side, StaffRole
from program.states import ParticipationStatus
from storage import roster
from storage.database import Database
from storage.tables import (
    BulkChange,
    BulkChangeLine,
    Invitation,
    JournalEntry,
    OutboxRow,
    Participation,
    Person,
)
from tests.admin.conftest import PASSWORD, Browsers, Clock
from tests.admin.world import World, furnish
from tests.build import address, participation, person
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


@pytest.fixture
async def ids(browsers: Browsers, database: Database) -> list[int]:
    """Sixty pupils of 7Б and a teacher."""
    async with database.transaction() as session:
        made = [person(browsers.school, "Аня", f"Ёлкина{n:02}", class_name="7Б") for n in range(60)]
        made.append(person(browsers.school, "Нина", "Ручьёва", category=Category.TEACHER, class_name=""))
        session.add_all(made)
        await session.flush()
        return [one.id for one in made]


async def press(browser: httpx2.AsyncClient, verb: str, ids: list[int], **options: str) -> httpx2.Response:
    form = {"verb": verb, "ids": ",".join(map(str, ids)), **options}
    return await browser.post("/people/changes/do", data=form)


async def people(database: Database, ids: list[int]) -> dict[int, Person]:
    found = await rows(database, Person)
    return {one.id: one for one in found if isinstance(one, Person) and one.id in ids}


async def test_the_page_says_how_many_whom_what_and_who_is_left_out(
    curator: httpx2.AsyncClient, ids: list[int], database: Database
) -> None:
    form = {"verb": "class", "ids": [str(one) for one in (*ids[:7], ids[-1])]}
    page = (await curator.post("/people/changes", data=form)).text
    assert "Коснётся 7 человек" in page
    assert "Ёлкина00 Аня, 7Б; Ёлкина01 Аня, 7Б" in page
    assert "и ещё 2" in page
    assert "Останется как есть: 1 человек" in page
    assert "не ученик: 1" in page
    assert "Ручьёва Нина" in page
    assert "Это можно отменить в течение 24 часов." in page
    assert await rows(database, BulkChange) == []


async def test_all_of_the_narrowed_list_are_taken_over_its_pages(
    curator: httpx2.AsyncClient, ids: list[int]
) -> None:
    page = (await curator.get("/people?class_name=7Б")).text
    assert "Со всеми по этому отбору: 60" in page
    form = {"verb": "class", "all": "yes", "query": "class_name=7Б"}
    assert "Коснётся 60 человек" in (await curator.post("/people/changes", data=form)).text


async def test_another_class_for_many_is_done_told_and_taken_back(
    curator: httpx2.AsyncClient, ids: list[int], database: Database
) -> None:
    done = await press(curator, "class", ids[:3], to_class="8 б")
    assert done.status_code == 303
    assert {one.class_name for one in (await people(database, ids[:3])).values()} == {"8Б"}
    page = (await curator.get(done.headers["location"])).text
    assert "Готово: класс изменён. Учеников: 3." in page
    (line,) = await rows(database, JournalEntry, action="bulk.class")
    assert isinstance(line, JournalEntry)
    assert line.after == {"people": 3, "skipped": 0, "to_class": "8 б"}
    assert len(await rows(database, JournalEntry, action="person.class")) == 3
    assert f'<a href="{done.headers["location"]}">' in (await curator.get("/journal")).text

    async with database.transaction() as session:
        moved = await session.get(Person, ids[0])
        assert moved is not None
        moved.class_name = "9А"
    undone = await curator.post(done.headers["location"] + "/undo")
    page = (await curator.get(undone.headers["location"])).text
    assert "Не удалось вернуть: 1" in page
    assert "с тех пор это изменили" in page
    after = await people(database, ids[:3])
    assert [after[key].class_name for key in ids[:3]] == ["9А", "7Б", "7Б"]
    assert (await curator.post(done.headers["location"] + "/undo")).status_code == 409, "once"


async def test_after_a_day_it_stays(
    curator: httpx2.AsyncClient, ids: list[int], database: Database, clock: Clock
) -> None:
    done = await press(curator, "class", ids[:2], to_class="8Б")
    clock.forward(timedelta(hours=24))
    await curator.post("/login", data={"login": "curator-first", "password": PASSWORD})
    assert (await curator.post(done.headers["location"] + "/undo")).status_code == 409
    assert {one.class_name for one in (await people(database, ids[:2])).values()} == {"8Б"}


@pytest.mark.parametrize("odd", ["", "школа", "13А", "=1+1"])
async def test_what_is_no_class_is_asked_again_with_what_was_typed(
    curator: httpx2.AsyncClient, ids: list[int], database: Database, odd: str
) -> None:
    answer = await press(curator, "class", ids[:2], to_class=odd)
    assert answer.status_code == 422
    assert "Напишите класс цифрой и буквой" in answer.text
    assert "<title>Ошибка:" in answer.text
    assert await rows(database, BulkChange) == []


async def test_cards_are_made_for_many_and_those_unused_taken_back(
    curator: httpx2.AsyncClient, ids: list[int], database: Database
) -> None:
    done = await press(curator, "cards", ids[:3])
    page = (await curator.get(done.headers["location"])).text
    assert "/qr-cards?ids=" in page
    made = [one for one in await rows(database, Invitation) if isinstance(one, Invitation)]
    assert len(made) == 3
    async with database.transaction() as session:
        used = await session.get(Invitation, made[0].id)
        assert used is not None
        used.uses_left = 0
    page = (
        await curator.get((await curator.post(done.headers["location"] + "/undo")).headers["location"])
    ).text
    assert "по карточке уже вошли" in page
    after = [one for one in await rows(database, Invitation) if isinstance(one, Invitation)]
    assert [one.revoked_at is None for one in after] == [True, False, False]


async def test_who_has_left_comes_back_unless_a_pair_ended(
    curator: httpx2.AsyncClient, world: World, ids: list[int], database: Database
) -> None:
    chosen = [world.mentee, ids[0]]
    form = {"verb": "left", "ids": [str(one) for one in chosen]}
    assert "У 1 человека завершится пара" in (await curator.post("/people/changes", data=form)).text
    done = await press(curator, "left", chosen)
    states = {one.state for one in (await people(database, chosen)).values()}
    assert states == {PersonState.FROZEN}
    page = (
        await curator.get((await curator.post(done.headers["location"] + "/undo")).headers["location"])
    ).text
    assert "пара завершена" in page
    after = await people(database, chosen)
    assert (after[ids[0]].state, after[world.mentee].state) == (PersonState.INVITED, PersonState.FROZEN)


async def test_a_reminder_of_a_consent_goes_out_once_and_cannot_be_taken_back(
    curator: httpx2.AsyncClient, browsers: Browsers, world: World, database: Database
) -> None:
    async with database.transaction() as session:
        session.add(address(await session.get_one(Person, world.waiting)))
    done = await press(curator, "consent", [world.waiting, world.mentor])
    assert done.status_code == 303, done.text
    sent = [one for one in await rows(database, OutboxRow) if isinstance(one, OutboxRow)]
    assert sum(one.key.startswith("consent-remind:") for one in sent) == 1
    page = (await curator.get(done.headers["location"])).text
    assert "Отменить нельзя: сообщения отправлены." in page
    assert "согласие не ждут" in page
    assert (await curator.post(done.headers["location"] + "/undo")).status_code == 409
    again = await press(curator, "consent", [world.waiting])
    assert again.status_code == 409, "within three days nobody is told twice"


async def test_only_mentors_who_lack_nothing_are_admitted(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    places = [one for one in await rows(database, Participation) if isinstance(one, Participation)]
    waiting = next(one for one in places if not one.admitted)
    page = (
        await curator.post("/people/changes", data={"verb": "admit", "ids": [str(waiting.person_id)]})
    ).text
    assert "пока не хватает" in page
    assert (await press(curator, "admit", [waiting.person_id])).status_code == 409
    nobody = await curator.post("/people/changes", data={"verb": "admit"})
    assert "Никто не отмечен" in nobody.text


async def test_a_class_teacher_does_it_to_the_own_class_and_nothing_that_is_not_theirs(
    browsers: Browsers, ids: list[int], database: Database
) -> None:
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="8А")
    assert (await press(teacher, "class", ids[:2], to_class="8Б")).status_code == 403
    assert (await press(teacher, "cards", ids[:2])).status_code == 409, "nobody of them is seen"
    async with database.transaction() as session:
        own = person(browsers.school, "Вера", "Своя", class_name="8А")
        session.add(own)
        await session.flush()
        key = own.id
    done = await press(teacher, "cards", [*ids[:2], key])
    lines = [one for one in await rows(database, BulkChangeLine) if isinstance(one, BulkChangeLine)]
    assert [line.person_id for line in lines] == [key]
    assert (await teacher.get(done.headers["location"])).status_code == 200


async def test_a_class_teacher_takes_back_only_what_concerns_the_own_class_alone(
    curator: httpx2.AsyncClient, browsers: Browsers, ids: list[int], database: Database
) -> None:
    async with database.transaction() as session:
        own = person(browsers.school, "Вера", "Своя", class_name="8А")
        session.add(own)
        await session.flush()
        key = own.id
    others = (await press(curator, "cards", ids[:3])).headers["location"]
    mixed = (await press(curator, "cards", [key, ids[3]])).headers["location"]
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="8А")
    assert (await teacher.get(others)).status_code == 404
    assert (await teacher.post(others + "/undo")).status_code == 404
    page = (await teacher.get(mixed)).text
    assert "Своя" in page
    assert "Ёлкина" not in page
    assert "Отменить может куратор" in page
    assert "/undo" not in page
    assert (await teacher.post(mixed + "/undo")).status_code == 409
    cards = [one for one in await rows(database, Invitation) if isinstance(one, Invitation)]
    assert [one.revoked_at for one in cards] == [None] * 5
    mine = (await press(teacher, "cards", [key])).headers["location"]
    assert (await teacher.post(mine + "/undo")).status_code == 303
    assert (await curator.post(others + "/undo")).status_code == 303


async def test_another_school_neither_sees_nor_undoes(
    curator: httpx2.AsyncClient, browsers: Browsers, ids: list[int], other_school: object, database: Database
) -> None:
    done = await press(curator, "class", ids[:2], to_class="8Б")
    stranger = await browsers.of(StaffRole.CURATOR, other_school)  # type: ignore[arg-type]
    assert (await stranger.get(done.headers["location"])).status_code == 404
    assert (await stranger.post(done.headers["location"] + "/undo")).status_code == 404
    assert (await press(stranger, "class", ids[:2], to_class="9А")).status_code in (409, 422)
    assert {one.class_name for one in (await people(database, ids[:2])).values()} == {"8Б"}


async def test_an_erased_person_is_gone_from_what_was_done(
    curator: httpx2.AsyncClient, ids: list[int], database: Database
) -> None:
    await press(curator, "class", ids[:2], to_class="8Б")
    assert (await curator.post(f"/people/{ids[0]}/erase", data={"sure": "yes"})).status_code == 303
    lines = [one for one in await rows(database, BulkChangeLine) if isinstance(one, BulkChangeLine)]
    assert [line.person_id for line in lines] == [ids[1]]


async def test_nothing_is_done_to_more_than_a_thousand_at_once(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    async with database.transaction() as session:
        session.add_all(person(browsers.school, "Аня", f"Много{n:04}", class_name="7В") for n in range(1001))
    answer = await curator.post(
        "/people/changes", data={"verb": "class", "all": "yes", "query": "class_name=7В"}
    )
    assert answer.status_code == 409
    assert "За один раз можно изменить до" in answer.text


async def test_a_mentor_who_lacks_nothing_is_admitted_and_the_admission_taken_back(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    async with database.transaction() as session:
        work = Work(session, await session.merge(browsers.school, load=False), browsers.now)
        for entry in await directories.entries(work, Directory.REQUIREMENT):
            await directories.switch(work, Directory.REQUIREMENT, entry.slug, on=False)
        who = person(browsers.school, "Глеб", "Готовый", class_name="10А")
        session.add(who)
        await session.flush()
        place = participation(who, Side.MENTOR, admitted=False)
        session.add(place)
        await session.flush()
        key, place_id = who.id, place.id
    done = await press(curator, "admit", [key])
    assert done.status_code == 303, done.text
    for path, admitted in ((None, True), (done.headers["location"] + "/undo", False)):
        if path:
            await curator.post(path)
        (after,) = await rows(database, Participation, id=place_id)
        assert isinstance(after, Participation)
        assert after.admitted is admitted


async def test_cards_made_for_many_do_not_hold_anybody_on_the_list(
    curator: httpx2.AsyncClient, browsers: Browsers, ids: list[int], database: Database
) -> None:
    """Taking an import back, and joining two records of one pupil, ask whether anything hangs on the person."""
    await press(curator, "cards", ids[:2])
    async with database.transaction() as session:
        for key in ids[:2]:
            (await session.get_one(Person, key)).state = PersonState.INVITED
        await session.flush()
        assert await roster.untouched(session, browsers.school.id, ids[:2]) == ids[:2]
        await roster.remove(session, ids[:1])
    lines = [one for one in await rows(database, BulkChangeLine) if isinstance(one, BulkChangeLine)]
    assert [line.person_id for line in lines] == [ids[1]]


async def test_whoever_stands_in_other_lists_is_reminded_from_there_and_told_why_not(
    browsers: Browsers, world: World
) -> None:
    curator, director = await browsers.of(StaffRole.CURATOR), await browsers.of(StaffRole.DIRECTOR)
    pairs = (await curator.get("/pairs")).text
    assert f'name="pairs" value="{world.active}"' in pairs
    page = unescape(
        (await curator.post("/people/changes", data={"verb": "quiz", "pairs": [str(world.active)]})).text
    )
    assert "Котова" in page, "both of the pair, and why there is nothing to remind them of"
    assert (
        await curator.post("/people/changes", data={"verb": "quiz", "pairs": ["999", "x"]})
    ).status_code in (200, 409)
    await curator.post("/questionnaires/INT_E/send", data={"closes_on": "2026-09-25"})
    for path in ("/consents", "/questionnaires/INT_E/people"):
        text = (await curator.get(path)).text
        assert 'form="bulk" name="ids"' in text, path
        assert 'form="bulk"' not in (await director.get(path)).text, path
    asked = re.findall(r'form="bulk" name="ids" value="(\d+)"', (await curator.get("/consents")).text)
    page = unescape((await curator.post("/people/changes", data={"verb": "consent", "ids": asked})).text)
    assert "Рыжов" in page


async def test_many_change_their_role_unless_something_has_come_of_it_and_go_back(
    curator: httpx2.AsyncClient, world: World, browsers: Browsers, database: Database
) -> None:
    async with database.transaction() as session:
        free = person(browsers.school, "Лев", "Свободный", class_name="9А")
        teacher = person(browsers.school, "Нина", "Ручьёва", category=Category.TEACHER, class_name="")
        nobody = person(browsers.school, "Яна", "Новая")
        session.add_all([free, teacher, nobody])
        await session.flush()
        place = participation(free, Side.MENTEE)
        session.add_all([place, participation(teacher, Side.MENTOR, "uchit_uch")])
        await session.flush()
        ids, place_id = {"free": free.id, "teacher": teacher.id, "nobody": nobody.id}, place.id
    chosen = [*ids.values(), world.mentor, world.mentee, world.waiting]
    asked = {"verb": "mentor", "ids": [str(one) for one in chosen]}
    page = unescape((await curator.post("/people/changes", data=asked)).text)
    for words in (
        "Коснётся 1 человека", "Свободный Лев", "Станут наставниками", "Людям об этом не пишем",
        "Это можно отменить в течение 24 часов", "в паре, или пара уже предложена: 1", "согласия ещё нет: 1",
        "ещё нет роли: её выбирают, когда вступают в программу: 1", "уже наставник: 2",
    ):  # fmt: skip
        assert words in page, words
    page = (await curator.post("/people/changes", data={"verb": "mentee", "ids": [str(ids["teacher"])]})).text
    assert "наставляемыми бывают другие: 1" in page

    done = await press(curator, "mentor", chosen)
    assert done.status_code == 303, done.text
    (after,) = await rows(database, Participation, id=place_id)
    assert isinstance(after, Participation)
    # Who has not filled in the mentor's questionnaire is in the base only.
    assert (after.side, after.status, after.admitted) == (Side.MENTOR, ParticipationStatus.IN_BASE, False)
    assert [one for one in await rows(database, OutboxRow) if one.person_id == ids["free"]] == []  # type: ignore[attr-defined]
    story = (await curator.get(f"/people/{ids['free']}")).text
    assert "роль в программе изменена" in story
    assert "Сменить роль: наставляемый" in story

    await curator.post(done.headers["location"] + "/undo")
    (after,) = await rows(database, Participation, id=place_id)
    assert isinstance(after, Participation)
    assert (after.side, after.status, after.admitted) == (Side.MENTEE, ParticipationStatus.SEARCHING, True)

    done = await press(curator, "mentor", [ids["free"]])
    async with database.transaction() as session:
        (await session.get_one(Participation, place_id)).admitted = True
    await curator.post(done.headers["location"] + "/undo")
    (after,) = await rows(database, Participation, id=place_id)
    assert isinstance(after, Participation)
    assert after.side == Side.MENTOR, "somebody has admitted the new mentor meanwhile"

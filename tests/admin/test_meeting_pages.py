"""«Встречи», «Общие встречи» and «Время школы» in the curator's browser."""

from __future__ import annotations

from datetime import timedelta

import httpx2
import pytest

from actions import meeting_diary, meeting_met
from actions.work import Work
from program.roles import PersonState, StaffRole
from program.settings import SchoolSettings
from program.states import MeetingStatus
from storage import schools
from storage.database import Database
from storage.tables import Attendance, Gathering, Invitee, Meeting, Pair, Person, School
from tests import build
from tests.admin.conftest import Browsers
from tests.admin.world import World, furnish
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


@pytest.fixture
async def curator(browsers: Browsers) -> httpx2.AsyncClient:
    return await browsers.of()


async def test_a_week_is_shown_and_other_weeks_are_a_press_away(
    curator: httpx2.AsyncClient, world: World
) -> None:
    text = (await curator.get("/meetings")).text
    assert "встреча-знакомство" in text
    assert "На этой неделе встреч нет" in (await curator.get("/meetings?week=2026-12-01")).text
    for odd in ("yesterday", "1999-01-01", "2026-99-01", "'"):
        assert (await curator.get("/meetings", params={"week": odd})).status_code == 200


async def test_the_curator_says_how_it_was_and_who_came(
    curator: httpx2.AsyncClient, world: World, database: Database, browsers: Browsers
) -> None:
    path = f"/meetings/{world.meeting}"
    assert "Состоялась ли встреча?" in (await curator.get(path)).text
    assert (await curator.post(f"{path}/outcome", data={"outcome": "lost"})).status_code == 422
    assert (await curator.post(f"{path}/outcome", data={"outcome": "held"})).status_code == 303
    assert (await curator.post(f"{path}/outcome", data={"outcome": "missed"})).status_code == 409
    assert (
        await curator.post(f"{path}/came", data={"came": [str(world.mentor), "x", "9" * 30]})
    ).status_code == 303
    found = await rows(database, Attendance, meeting_id=world.meeting)
    came = {one.person_id: one.came for one in found if isinstance(one, Attendance)}
    assert came == {world.mentor: True, world.mentee: False}

    async with database.transaction() as session:
        work = Work(session, await schools.get(session, browsers.school.id), browsers.now)
        mentor = await session.get_one(Person, world.mentor)
        await meeting_diary.write(work, mentor, world.meeting, topic_words="Дроби <b>")
        await meeting_diary.add_step(work, mentor, world.meeting, "Решить задачи", None)
    for page in (path, f"/pairs/{world.active}"):
        text = (await curator.get(page)).text
        assert "Дроби &lt;b&gt;" in text
        assert "Решить задачи" in text
    assert "По порядку следующая: пробная рабочая встреча" in text


async def test_of_a_meeting_noted_afterwards_only_the_day_is_shown(
    curator: httpx2.AsyncClient, world: World, database: Database, browsers: Browsers
) -> None:
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, browsers.school.id), browsers.now)
        pair = await session.get_one(Pair, world.active)
        pair.starts_on = work.today - timedelta(days=9)
        mentor = await session.get_one(Person, world.mentor)
        meeting, _, made = await meeting_met.note(work, mentor, pair.id, work.today - timedelta(days=1))
    assert made
    path = f"/meetings/{meeting.id}"
    for page in (path, f"/pairs/{world.active}", "/meetings", "/meetings/table", f"/people/{world.mentor}"):
        text = (await curator.get(page)).text
        assert f'{path}"' in text or page == path, page
        assert "14 сентября, 12:00" not in text, page
    assert "без часа" in (await curator.get("/meetings")).text
    month = (await curator.get("/meetings/month")).text
    assert f'{path}"' in month
    assert f'{path}"><strong>' not in month
    assert "отмечена встреча, о которой не договаривались" in (await curator.get(f"/pairs/{pair.id}")).text
    outcome = {"was": "held", "outcome": "missed"}
    assert (await curator.post(f"{path}/outcome", data=outcome)).status_code == 303
    assert "отменена" in (await curator.get(path)).text


async def test_what_was_noted_by_mistake_is_put_right_by_the_school(
    curator: httpx2.AsyncClient, world: World, database: Database, browsers: Browsers
) -> None:
    path = f"/meetings/{world.meeting}"
    assert "Отмечено по ошибке" not in (await curator.get(path)).text
    await curator.post(f"{path}/outcome", data={"outcome": "missed"})
    assert "На самом деле состоялась" in (await curator.get(path)).text
    answer = await curator.post(f"{path}/outcome", data={"outcome": "held", "was": "missed"})
    assert answer.headers["location"].startswith(path)
    text = (await curator.get(path)).text
    assert "На самом деле не состоялась" in text
    found = await rows(database, Attendance, meeting_id=world.meeting)
    assert {one.person_id: one.came for one in found if isinstance(one, Attendance)} == {
        world.mentor: True, world.mentee: True,
    }  # fmt: skip
    late = await curator.post(f"{path}/outcome", data={"outcome": "held", "was": "missed"})
    assert late.status_code == 409, "a page that was opened before"
    await curator.post(f"{path}/outcome", data={"outcome": "missed", "was": "held"})
    (meeting,) = [one for one in await rows(database, Meeting) if one.id == world.meeting]  # type: ignore[attr-defined]
    assert meeting.status == MeetingStatus.MISSED  # type: ignore[attr-defined]
    found = await rows(database, Attendance, meeting_id=world.meeting)
    assert not any(one.came for one in found if isinstance(one, Attendance))
    assert "исправлено, состоялась ли встреча" in (await curator.get("/journal")).text


async def test_the_invited_stand_in_the_order_of_the_alphabet(
    curator: httpx2.AsyncClient, world: World, database: Database, browsers: Browsers
) -> None:
    names = ("Яшин", "Ёжиков", "Авдеев")
    async with database.transaction() as session:
        for last_name in names:
            one = build.person(browsers.school, "Лев", last_name, state=PersonState.ACTIVE)
            session.add(one)
            await session.flush()
            session.add(
                Invitee(
                    school_id=one.school_id,
                    gathering_id=world.gathering,
                    person_id=one.id,
                    at=browsers.now,
                )
            )
    text = (await curator.get(f"/gatherings/{world.gathering}")).text
    assert sorted(names, key=text.index) == ["Авдеев", "Ёжиков", "Яшин"]


async def test_the_director_reads_and_changes_nothing(browsers: Browsers, world: World) -> None:
    director = await browsers.of(StaffRole.DIRECTOR)
    assert (await director.get(f"/meetings/{world.meeting}")).status_code == 200
    for path in (f"/meetings/{world.meeting}/outcome", f"/gatherings/{world.gathering}/off"):
        assert (await director.post(path)).status_code == 403


NEW = {
    "kind": "m6", "day": "2027-05-20", "clock": "15:00", "minutes": "90", "format": "offline",
    "place": "Актовый зал", "guests": "Родители", "about": "Будет чай",
}  # fmt: skip


async def test_guests_are_kept_whatever_the_gathering_is_for(
    curator: httpx2.AsyncClient, world: World
) -> None:
    made = await curator.post("/gatherings/new", data=NEW | {"kind": "m0"})
    path = made.headers["location"].split("?")[0]
    assert "Родители" in (await curator.get(path)).text
    assert "Родители" in (await curator.get(f"{path}/edit")).text


async def test_the_curator_calls_everybody_together_and_ticks_who_came(
    curator: httpx2.AsyncClient, world: World, database: Database, browsers: Browsers
) -> None:
    made = await curator.post("/gatherings/new", data=NEW)
    assert made.status_code == 303
    path = made.headers["location"].split("?")[0]
    text = (await curator.get(path)).text
    assert "Приглашены: " in text
    assert "Будет чай" in text
    changed = await curator.post(f"{path}/edit", data=NEW | {"clock": "16:00"})
    assert changed.status_code == 303
    assert (await curator.post(f"{path}/came")).status_code == 409  # not yet
    assert (await curator.post(f"{path}/off")).status_code == 303
    last = (await rows(database, Gathering))[-1]
    assert isinstance(last, Gathering)
    assert (last.state, last.sequence) == ("cancelled", 2)

    async with database.transaction() as session:
        first = await session.get_one(Gathering, world.gathering)
        first.starts_at = browsers.now - timedelta(hours=2)
    assert "Общая встреча прошла" in (await curator.get("/")).text
    came = await curator.post(f"/gatherings/{world.gathering}/came", data={"came": str(world.mentee)})
    assert came.status_code == 303
    seats = await rows(database, Invitee, gathering_id=world.gathering)
    assert {one.person_id for one in seats if isinstance(one, Invitee) and one.came} == {world.mentee}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"day": "вчера"}, "дат"),
        ({"clock": "полдень"}, "15:30"),
        ({"day": "2020-01-01"}, "впереди"),
        ({"place": ""}, "где встреча"),
        ({"format": "online", "link": "javascript:alert(1)"}, "https://"),
        ({"minutes": "1000"}, "480"),
        ({"kind": "m3"}, "Выберите"),
    ],
)
async def test_what_is_typed_wrongly_is_said_beside_its_field(
    curator: httpx2.AsyncClient, world: World, wrong: dict[str, str], said: str
) -> None:
    answer = await curator.post("/gatherings/new", data=NEW | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Будет чай" in answer.text  # what was typed stays


TIME = {
    "lessons": "8:30-9:10\n9:20 – 10:00\n", "short_lessons": "09:00-09:30", "short_days": ["5"],
    "rest_days": ["6"], "holidays": "26.10.2026-03.11.2026\n23.02.2027", "exams": "24.05.2027-05.06.2027",
    "meeting_minutes": "40", "meeting_places": "Кабинет 214\nСпортзал",
}  # fmt: skip


async def test_lessons_holidays_exams_and_places_are_kept(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    assert (await curator.post("/settings/time", data=TIME)).status_code == 303
    (school,) = await rows(database, School)
    assert isinstance(school, School)
    kept = SchoolSettings.read(school.settings)
    assert kept.lessons == ("08:30-09:10", "09:20-10:00")
    assert (kept.short_lessons, kept.short_days, kept.rest_days) == (("09:00-09:30",), (5,), (6,))
    assert kept.holidays == ("2026-10-26/2026-11-03", "2027-02-23")
    assert kept.exams == ("2027-05-24/2027-06-05",)
    assert (kept.meeting_minutes, kept.meeting_places) == (40, ("Кабинет 214", "Спортзал"))
    text = (await curator.get("/settings/time")).text
    assert "26.10.2026-03.11.2026" in text
    assert 'value="5" checked' in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"lessons": "первый урок"},
        {"lessons": "10:00-09:00"},
        {"holidays": "осень"},
        {"exams": "05.06.2027-24.05.2027"},
        {"rest_days": [str(day) for day in range(7)]},
        {"meeting_minutes": "5"},
        {"meeting_places": "\n".join(f"Кабинет {n}" for n in range(40))},
    ],
)
async def test_odd_times_are_shown_again_with_what_to_do(
    curator: httpx2.AsyncClient, database: Database, wrong: dict[str, str | list[str]]
) -> None:
    answer = await curator.post("/settings/time", data=TIME | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    (school,) = await rows(database, School)
    assert isinstance(school, School)
    assert SchoolSettings.read(school.settings).lessons == ()


async def test_what_nobody_answered_waits_for_the_curator_only_after_three_questions(
    curator: httpx2.AsyncClient, world: World, database: Database, browsers: Browsers
) -> None:
    assert "Встречи, о которых никто не ответил" in (await curator.get("/")).text
    async with database.transaction() as session:
        meeting = await session.get_one(Meeting, world.meeting)
        meeting.starts_at = browsers.now - timedelta(days=2)
    assert "Встречи, о которых никто не ответил" not in (await curator.get("/")).text


async def test_a_month_is_a_grid_of_days_with_its_meetings_events_and_days_of_rest(
    curator: httpx2.AsyncClient, world: World, database: Database, browsers: Browsers
) -> None:
    async with database.transaction() as session:
        meeting = await session.get_one(Meeting, world.meeting)
        start = meeting.starts_at
        assert start is not None
        for n in range(5):
            session.add(
                Meeting(
                    school_id=meeting.school_id, pair_id=meeting.pair_id, kind=meeting.kind, proposed_by=meeting.proposed_by,
                    status="held", starts_at=start + timedelta(minutes=n + 1), format=meeting.format, uid=f"more-{n}",
                    created_at=browsers.now,
                )
            )  # fmt: skip
    text = (await curator.get(f"/meetings/month?month={start:%Y-%m}")).text
    assert "За месяц 7 встреч." in text, "with one more of another day"
    assert text.count(f'href="/meetings/{world.meeting}"') == 1
    assert text.count("✓</span>") == 3, "four meetings of a day, of which three are held"
    assert "ещё 2" in text
    assert text.count("<td") % 7 == 0
    assert 'class="free' in text.replace("other ", "")
    assert "сегодня</span>" in (await curator.get("/meetings/month")).text
    assert "В этом месяце встреч нет." in (await curator.get("/meetings/month?month=2027-03")).text
    for odd in ("yesterday", "1999-01", "2026-99", "'"):
        assert (await curator.get("/meetings/month", params={"month": odd})).status_code == 200
    for route in ("/meetings", "/meetings/table"):
        assert 'href="/meetings/month"' in (await curator.get(route)).text
